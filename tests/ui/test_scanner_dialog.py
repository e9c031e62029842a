"""The scanner test in the window: scans go to it and nowhere else, and it says what is to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.capture.scanner_test import Grade, Sample
from station.settings import Settings
from tests.ui.keyboard import FRENCH, Keyboard
from ui.app import OpenEvent
from ui.dialogs.choose import Choose
from ui.dialogs.scanner import ScannerDialog
from ui.dialogs.settings import SettingsDialog


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[OpenEvent]:
    opened = OpenEvent(
        qapp, station, Settings(sound=False, theme="light", language="en"), keep=lambda _s: None
    )
    opened.choose_language("en")
    opened.window.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    yield opened
    opened.close()


def test_scans_during_the_test_are_examined_and_not_recorded(qtbot: QtBot, event: OpenEvent) -> None:
    keyboard, seen = Keyboard(), []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ScannerDialog)
        seen.append(dialog.instruction())
        for sample in (Sample.DIGITS, Sample.LETTERS, Sample.LONG):
            keyboard.type(sample.value + "\r", 8, FRENCH if sample is Sample.DIGITS else {})
            keyboard.pause(1)
        seen.append(dialog.instruction())
        dialog.take_bytes(Sample.NAMES.value.encode())
        seen.append(dialog.instruction())
        seen.append(dialog.findings(Sample.DIGITS))
        dialog.accept()

    settings = SettingsDialog(Settings(), event.window)
    qtbot.addWidget(settings)
    QTimer.singleShot(100, act)
    event.trials.open_scanner(settings)
    assert seen[:3] == [
        "Scan this code, or code 1 of the printed sheet.",
        "Scan this code, or code 3 of the printed sheet.",
        "This scanner reads everything that a desk needs.",
    ]
    assert [finding.grade for finding in seen[3]] == [Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.NOTE]
    assert event.station.desk.counts().scans == 0
    keyboard.pause(2)
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    keyboard.type("11111\r")
    qtbot.waitUntil(lambda: event.station.desk.counts().scans == 1)


def test_a_faulty_scanner_is_not_recommended(qtbot: QtBot) -> None:
    dialog = ScannerDialog()
    qtbot.addWidget(dialog)
    for sample in Sample:
        dialog.take_bytes(
            sample.value.encode() if sample is not Sample.DIGITS else sample.value[:-4].encode()
        )
    assert any(finding.grade is Grade.FAULT for finding in dialog.findings(Sample.DIGITS))
    assert "Chưa nên dùng" in dialog.instruction() or "Do not use" in dialog.instruction()
    dialog.take_bytes(Sample.DIGITS.value.encode())
    assert all(finding.grade is Grade.GOOD for finding in dialog.findings(Sample.DIGITS))


def test_another_code_is_told_apart_and_changes_nothing(qtbot: QtBot) -> None:
    dialog = ScannerDialog()
    qtbot.addWidget(dialog)
    dialog.take_bytes(b"https://example.org/x")
    assert all(not dialog.findings(sample) for sample in Sample)


def test_the_sheet_is_written_or_the_reason_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ScannerDialog()
    qtbot.addWidget(dialog)
    monkeypatch.setattr(Choose, "new_pdf", classmethod(lambda *_a: tmp_path / "sheet.pdf"))
    dialog._on_sheet_wanted()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in dialog.instruction()
    told: list[str] = []
    monkeypatch.setattr(Choose, "new_pdf", classmethod(lambda *_a: tmp_path / "nowhere" / "sheet.pdf"))

    def read() -> None:
        message = QApplication.activeModalWidget()
        assert message is not None
        told.append(message.windowTitle())
        message.close()

    QTimer.singleShot(50, read)
    dialog._on_sheet_wanted()
    assert len(told) == 1
