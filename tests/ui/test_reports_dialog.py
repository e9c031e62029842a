"""The choice of reports in the window: ticked with the keyboard, kept with the event, found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.exchange.headquarters import key_in, lock_for
from station.reports.catalogue import all_reports, report_of
from station.reports.choice import Choice, read_choice
from station.reports.letterhead import Letterhead
from station.reports.report import Format
from station.settings import Settings
from tests.builders import HandClock, make_event
from ui.app import OpenEvent
from ui.dialogs.reports.choice import ReportChoice
from ui.dialogs.reports.dialog import ReportsDialog
from ui.screens.prepare import steps
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def dialog(qtbot: QtBot, station: Station) -> ReportsDialog:
    shown = ReportsDialog(station)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    clock = HandClock()
    event = OpenEvent(
        qapp, open_station(make_event(tmp_path / "event"), clock=clock), Settings(sound=False, theme="light")
    )
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def kept(station: Station) -> Choice:
    with station.files.reading() as connection:
        return read_choice(connection)


def place(name: str) -> int:
    return [report.name for report in all_reports()].index(name)


def test_it_shows_what_exports_hold_by_default(dialog: ReportsDialog) -> None:
    model = dialog.reports.reports.model()
    assert model.rowCount() == len(all_reports())
    row = place("attendance")
    ticks = [model.index(row, column).data(Qt.ItemDataRole.CheckStateRole) for column in (1, 2, 3)]
    assert [tick and Qt.CheckState(tick) for tick in ticks] == [
        Qt.CheckState.Checked,
        Qt.CheckState.Checked,
        None,
    ]


def test_the_space_bar_ticks_and_the_choice_is_kept(dialog: ReportsDialog, station: Station) -> None:
    table = dialog.reports.reports
    table.setFocus()
    table.setCurrentIndex(table.model().index(place("refusals"), 2))
    QTest.keyClick(table, Qt.Key.Key_Space)
    table.setCurrentIndex(table.model().index(place("attendance"), 1))
    QTest.keyClick(table, Qt.Key.Key_Space)
    fields = dialog.reports.fields
    names = [fields.model().index(row, 0).data() for row in range(fields.model().rowCount())]
    fields.setCurrentIndex(fields.model().index(names.index("Phone"), 0))
    QTest.keyClick(fields, Qt.Key.Key_Space)
    dialog.superior.setText("  Tổng Liên đoàn ")
    dialog.form.setCurrentIndex(2)
    QTest.keyClick(dialog.superior, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    choice = kept(station)
    assert choice.formats_of(report_of("refusals")) == {Format.XLSX, Format.CSV}
    assert choice.formats_of(report_of("attendance")) == {Format.CSV}
    assert "phone" in choice.fields_of(report_of("attendance"))
    assert choice.letterhead == Letterhead("Tổng Liên đoàn", national=False)
    again = ReportsDialog(station)
    assert again.reports.choice() == choice
    assert again.letterhead() == choice.letterhead


def test_what_is_not_saved_is_not_kept(dialog: ReportsDialog, station: Station) -> None:
    dialog.superior.setText("Tổng Liên đoàn")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert kept(station) == Choice()


def test_another_dialog_can_hold_the_choice(qtbot: QtBot) -> None:
    widget = ReportChoice(Choice())
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.changed):
        item = widget.reports.model().index(place("attendance-list"), 3)
        widget.reports.model().setData(item, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not widget.choice().formats_of(report_of("attendance-list"))


def test_it_is_a_step_of_preparing(qtbot: QtBot, event: OpenEvent) -> None:
    (line,) = [line for line in steps.lines(event.station) if line.step.key == steps.REPORTS]
    assert line.detail == "6 files in every export"
    seen: list[str] = []

    def close() -> None:
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, ReportsDialog) or not shown.isActiveWindow():
            QTimer.singleShot(20, close)
            return
        seen.append(shown.windowTitle())
        shown.reject()

    QTimer.singleShot(20, close)
    event.office.open(steps.REPORTS)
    assert seen == ["Reports"]


def test_journals_are_locked_with_a_key_that_is_made_on_saving(
    dialog: ReportsDialog, station: Station
) -> None:
    assert lock_for(station.files) is None
    assert "Whoever has the file" in dialog._about_journal.full_text()
    dialog.journal.setFocus()
    QTest.keyClick(dialog.journal, Qt.Key.Key_Down)
    assert "A key is made" in dialog._about_journal.full_text()
    assert key_in(station.folder) is None
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    key = key_in(station.folder)
    assert key is not None
    assert lock_for(station.files) == key.lock


def test_the_dialog_of_reports_fits_a_small_screen(dialog: ReportsDialog) -> None:
    assert dialog.minimumSizeHint().height() <= 512  # 1366 × 768 at 150 %
