"""Sign-in sheets from the window: printed, filmed, scanned and typed; and the desk gets camera and scanners back."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.delegate import Delegate
from station.model.verdict import Source
from station.reports.sheet_making import make_sheets
from station.reports.sign_in import SheetLook, SheetOrder, SignInSheet
from station.settings import Settings
from station.store import checkin
from station.store.sheets import printed_sheets
from tests.builders import MORNING, payload
from tests.ui.dialogs import Script
from tests.unit.capture.pictures import write_video
from tests.unit.reports.test_sign_in import photographed, read
from ui.app import OpenEvent
from ui.dialogs.choose import Choose
from ui.dialogs.paper.sheets import SheetsDialog
from ui.dialogs.paper.take_in import TakeInDialog
from ui.screens.prepare.steps import TAKING_IN

FRAMES_PER_SECOND, HELD_S = 15, 12  # the film goes on until it was read, however busy the machine is
Shown = Callable[[Settings | None], TakeInDialog]


@pytest.fixture
def sheet(station: Station) -> SignInSheet:
    """A sheet that was printed, with a PDF of it."""
    return printed(station)[0]


def printed(station: Station) -> tuple[SignInSheet, bytes]:
    pdf = BytesIO()
    sessions = station.desk.sessions()
    made = make_sheets(station.files, station.event, station.key, station.clock, sessions, SheetLook(), pdf)
    return made.sheets[0], pdf.getvalue()


@pytest.fixture
def shown(qtbot: QtBot, station: Station) -> Iterator[Shown]:
    """Makes dialogs and closes them."""
    dialogs: list[TakeInDialog] = []

    def show(settings: Settings | None = None) -> TakeInDialog:
        dialogs.append(TakeInDialog(station, settings))
        qtbot.addWidget(dialogs[-1])
        dialogs[-1].show()
        return dialogs[-1]

    yield show
    for dialog in dialogs:
        dialog.done(0)
    assert not [thread.name for thread in threading.enumerate() if thread.name in ("camera", "decoder")]


def present(station: Station) -> set[str]:
    with station.files.reading() as connection:
        return {seen.delegate for seen in checkin.attendance(connection) if seen.source is Source.PAPER}


def filmed(path: Path, pdf: bytes, row: int) -> Path:
    """A webcam over the sheet: one row is held before it, with its neighbours in view."""
    grey = np.array(pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().convert("L"))
    x, y = sorted((tuple(np.mean(code.corners, axis=0)) for code in read(grey)), key=lambda at: float(at[1]))[
        row
    ]
    frame = np.repeat(photographed(grey, 300, float(x), float(y))[:, :, None], 3, axis=2)
    return write_video(path, [frame] * (HELD_S * FRAMES_PER_SECOND), "MJPG", FRAMES_PER_SECOND)


def test_only_the_row_that_is_held_before_the_camera_is_taken_in(
    qtbot: QtBot, station: Station, shown: Shown, tmp_path: Path
) -> None:
    sheet, pdf = printed(station)
    dialog = shown(Settings(camera=str(filmed(tmp_path / "sheet.avi", pdf, 2))))
    qtbot.waitUntil(lambda: bool(dialog.list.rows()), timeout=30_000)
    feed = dialog.camera.feed()
    assert feed is not None
    qtbot.waitUntil(lambda: len(feed.codes_in_view()) > 1, timeout=30_000)  # the neighbours are read as well
    assert present(station) == {sheet.rows[2][0].id}


def test_rows_are_typed_and_the_latest_is_undone(
    qtbot: QtBot, station: Station, sheet: SignInSheet, shown: Shown
) -> None:
    dialog = shown(None)
    qtbot.waitUntil(lambda: dialog.field.hasFocus())
    for text in ("2", "db00001"):
        dialog.field.setText(text)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.list.rows()) == 2)
    assert len(present(station)) == 2
    assert dialog.list.rows()[1].title == sheet.rows[1][0].name
    QTest.keyClick(dialog.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(present(station)) == 1)
    qtbot.waitUntil(lambda: dialog.list.rows()[0].muted)
    dialog.undo()
    qtbot.waitUntil(lambda: not present(station))
    dialog.undo()
    assert "0" in dialog.sums()


def test_what_is_already_there_and_what_is_no_row_is_said(
    qtbot: QtBot, station: Station, sheet: SignInSheet, shown: Shown
) -> None:
    dialog = shown(None)
    for raw in (sheet.rows[0][1].encode(), sheet.rows[0][1].encode(), payload(2), b"<b>x</b>"):
        dialog.take_raw(raw)
    qtbot.waitUntil(lambda: len(dialog.list.rows()) == 4)
    roles = [row.role for row in dialog.list.rows()]
    assert roles == ["negative", "negative", "warning", "positive"]
    assert [word for word in dialog.sums().split() if word.isdigit()] == ["1", "1", "2"]
    dialog.field.setText("4711")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "4711" in dialog.said())


def test_times_that_make_no_sense_take_nothing_in(
    qtbot: QtBot, station: Station, sheet: SignInSheet, shown: Shown
) -> None:
    dialog = shown(None)
    for text in ("gestern", "27/10/2999 07:30", "01/01/2001 07:30"):
        dialog.start.setText(text)
        dialog.take_raw(sheet.rows[0][1].encode())
    dialog.start.setText("27/10/2022 07:15")
    for text in ("07:14", "26/10/2022 07:20", "99:99"):
        dialog.end.setText(text)
        dialog.take_raw(sheet.rows[0][1].encode())
    assert not dialog.list.rows()
    assert not present(station)
    dialog.end.setText("7:25")
    dialog.take_raw(sheet.rows[0][1].encode())
    qtbot.waitUntil(lambda: bool(present(station)))
    with station.files.reading() as connection:
        (seen,) = checkin.attendance(connection)
    assert seen.first_in == MORNING - timedelta(minutes=15)


def test_a_sheet_is_saved_with_its_number(
    qtbot: QtBot, station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = SheetsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    to = tmp_path / "sheets.pdf"
    monkeypatch.setattr(Choose, "new_pdf", lambda *_arguments: to)
    dialog.order.setCurrentIndex(1)
    dialog.phones.setChecked(True)
    dialog.blank.setValue(2)
    assert dialog.look() == SheetLook(SheetOrder.NAME, phones=True, blank_rows=2)
    dialog.pdf.click()
    qtbot.waitUntil(lambda: str(to) in dialog.outcome())
    text = pypdfium2.PdfDocument(to)[0].get_textpage().get_text_bounded()
    assert all(name in text for name in ("Nguyễn Thị Ánh", "Trần Văn Đức"))
    with station.files.reading() as connection:
        (known,) = printed_sheets(connection)
    assert (known.rows, known.blank_rows) == (5, 2)


def test_while_sheets_are_taken_in_a_scan_goes_there_and_afterwards_to_the_desk(
    qtbot: QtBot, qapp: QApplication, station: Station, sheet: SignInSheet
) -> None:
    event = OpenEvent(qapp, station, Settings(), keep=lambda _settings: None)
    event.window.show()
    code = sheet.rows[2][1].encode()

    def scan(dialog: object) -> None:
        assert isinstance(dialog, TakeInDialog)
        event._wedge.scanned.emit(code)
        closer = QTimer(dialog)
        closer.timeout.connect(lambda: dialog.list.rows() and dialog.reject())
        closer.start(20)

    with Script((TakeInDialog, scan)):
        event.office.open(TAKING_IN)
    assert present(station) == {sheet.rows[2][0].id}
    event._wedge.scanned.emit(code)
    qtbot.waitUntil(lambda: station.desk.counts().refused == 1)
    event.close()


def test_a_name_with_markup_is_shown_as_it_is(qtbot: QtBot, station: Station, shown: Shown) -> None:
    person: Delegate = printed(station)[0].rows[0][0]
    station.cases.correct(person.id, {"name": "<img src=x>Ánh"})
    dialog = shown(None)
    dialog.field.setText(person.code)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "<img src=x>" in dialog.said())
