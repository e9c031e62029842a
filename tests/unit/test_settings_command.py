"""What this machine remembers, on the command line: the way out of a kiosk."""

import json
from pathlib import Path

import pytest

from station import settings as settings_store
from station.commands import main
from station.settings import Settings


def test_the_kiosk_is_ended_and_everything_else_stays(capsys: pytest.CaptureFixture[str]) -> None:
    settings_store.save(Settings(kiosk=True, theme="contrast", zoom=120, idle_minutes=2))
    assert main(["settings", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kiosk"] is True
    assert main(["settings", "--no-kiosk", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["kiosk"], shown["theme"], shown["zoom"], shown["idle_minutes"]) == (
        False,
        "contrast",
        120,
        2,
    )
    assert settings_store.load() == Settings(theme="contrast", zoom=120, idle_minutes=2)


@pytest.mark.parametrize(("stored", "held"), [(1000, 150), (3, 90), (110, 110)])
def test_a_size_beyond_the_limits_is_brought_back(stored: int, held: int) -> None:
    settings_store.save(Settings(zoom=stored, idle_minutes=77, volume=300))
    loaded = settings_store.load()
    assert (loaded.zoom, loaded.idle_minutes, loaded.volume) == (held, 5, 100)


def test_settings_that_cannot_be_written_are_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("STATION_SETTINGS_DIR", str(tmp_path / "file" / "below"))
    assert main(["settings", "--no-kiosk"]) == 1
    assert "below" in capsys.readouterr().err
