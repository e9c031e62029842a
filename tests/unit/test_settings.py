"""Settings survive whatever stands in their file."""

import json

import pytest

from station import settings


@pytest.mark.parametrize(
    "content",
    ['{"language": "fr", "theme": "pink"}', "[]", "no JSON", '{"language": 7, "recent_events": [1, "x"]}'],
)
def test_what_cannot_be_used_is_the_default(content: str) -> None:
    folder = settings.settings_dir()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(content, "utf-8")
    loaded = settings.load()
    assert (loaded.language, loaded.theme) == ("vi", "system")
    assert all(isinstance(path, str) for path in loaded.recent_events)


def test_what_is_saved_is_loaded() -> None:
    wished = settings.Settings(language="en", theme="dark", camera="1", mirror=True, sound=False)
    settings.save(wished)
    assert settings.load() == wished
    assert json.loads((settings.settings_dir() / "settings.json").read_text("utf-8"))["camera"] == "1"
