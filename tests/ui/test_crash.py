"""A bug is kept in a file, told once and plainly, and the desk goes on."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.crash import CrashReporter, write_crash_file
from ui.dialogs.message import MessageDialog


def _fail(name: str) -> None:
    raise LookupError(f"no such delegate: {name}")


def _error() -> Exception:
    try:
        _fail("Nguyễn " + "Thị Ánh")
    except LookupError as error:
        return error
    raise AssertionError


def test_the_crash_file_says_where_but_holds_no_personal_data(_own_settings: Path) -> None:
    path = write_crash_file(_error())
    assert path is not None
    assert path.parent == _own_settings / "crashes"
    text = path.read_text("utf-8")
    assert "LookupError" in text
    assert "in _fail" in text
    assert "Nguyễn Thị Ánh" not in text


def test_ten_bugs_are_ten_files_and_one_apology(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, _own_settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(MessageDialog, "tell", lambda _parent, headline, _text: told.append(headline))
    reporter = CrashReporter()
    seen: list[Exception] = []
    reporter.crashed.connect(seen.append)
    for _again in range(10):
        reporter._caught(_error())
    qtbot.waitUntil(lambda: len(seen) == 10)
    assert told == ["Chương trình gặp lỗi"]
    assert len(list((_own_settings / "crashes").iterdir())) == 10
    assert "LookupError" in capsys.readouterr().err
