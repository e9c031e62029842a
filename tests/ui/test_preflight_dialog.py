"""Ready for the doors in the window: by keyboard alone, row by row, and what was tried is remembered."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.badges.layout import CARD, SHEET, Layout
from station.badges.printer_page import render_test_page
from station.capture.decoder import decode_image
from station.capture.scanner_test import Sample
from station.errors import EnvironmentFault
from station.media.drives import Drive
from station.media.faults import MEGABYTE
from station.preflight import trials
from station.preflight.all_checks import CHECKS
from station.preflight.check import Level
from station.preflight.subject import Machine
from station.settings import Settings
from tests.builders import EVENT, INSTANCE, HandClock, make_event, payload
from tests.ui.keyboard import Keyboard
from tests.unit.capture.pictures import code_picture, scene, write_video
from ui.app import OpenEvent
from ui.devices.printer import paint_pdf, print_pdf
from ui.dialogs.camera import CameraDialog
from ui.dialogs.choose import Choose
from ui.dialogs.preflight import dialog as dialog_module
from ui.dialogs.preflight.dialog import PreflightDialog
from ui.dialogs.preflight.test_page import TestPageDialog
from ui.dialogs.printing import PrintDialog
from ui.dialogs.scanner import ScannerDialog
from ui.screens.prepare import steps
from ui.style.theme import apply_language

PRINTERS = ["HP LaserJet M404", "Brother QL-820NWB"]


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """An open event on its first morning; its camera is a video in which somebody holds a code."""
    video = write_video(
        tmp_path / "camera.avi", [scene(code_picture(payload(1).decode()))] * 20, codec="MJPG"
    )
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    settings = Settings(theme="light", language="en", camera=str(video))
    opened = OpenEvent(qapp, station, settings, keep=lambda _settings: None)
    opened.choose_language("en")
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    yield opened
    opened.close()
    apply_language("vi")


def machine(stick: Path, **changes: Any) -> Machine:
    """A laptop without a fault."""
    good: dict[str, Any] = {
        "free_bytes": lambda _path: 84_000 * MEGABYTE,
        "drives": lambda: [Drive(stick)],
        "battery": lambda: None,
        "utc_offset": lambda _at: timedelta(hours=7),
        "built_at": lambda: None,
        "printers": lambda: PRINTERS,
        "plays_sound": lambda: True,
    }
    return Machine(**{**good, **changes})


@pytest.fixture
def checked(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> Callable[..., PreflightDialog]:
    """Opens the dialog and waits for its first round."""

    def opened(**changes: Any) -> PreflightDialog:
        dialog = PreflightDialog(event.station, event.trials, event.window, machine(tmp_path, **changes))
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(dialog.ended, timeout=20_000):
            dialog.show()
        return dialog

    return opened


def when_modal(kind: type, act: Callable[[Any], None]) -> None:
    """Do something with the dialog that is going to be opened over the others, as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def test_the_step_opens_it_by_keyboard_and_it_checks_by_itself(
    qtbot: QtBot, event: OpenEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_module, "printer_names", lambda: [])
    event.start_camera()
    seen: list[Any] = []

    def act(dialog: PreflightDialog) -> None:
        qtbot.waitUntil(lambda: len(dialog.results()) == len(CHECKS), timeout=20_000)
        qtbot.waitUntil(lambda: not dialog.is_working())
        seen.extend((dialog.headline(), event.camera.feed()))
        Keyboard().type(payload(2).decode() + "\r", 8)  # somebody plays with the scanner meanwhile
        Keyboard().pause(1)
        with qtbot.waitSignal(dialog.ended, timeout=20_000):
            QTest.keyClick(dialog, Qt.Key.Key_F5)
        seen.append(dialog.results()["camera"].text)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTest.keyClick(event.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: steps.DOORS in event.prepare.details())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    for _down in range([step.key for step in steps.STEPS].index(steps.DOORS)):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    when_modal(PreflightDialog, act)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert seen[0].startswith(("Look at", "Not ready"))
    assert seen[1] is None  # the desk had let its camera go
    assert "A code was read." in seen[2]
    assert event.camera.feed() is not None
    # What the camera saw before or after may be there; what was scanned meanwhile is not.
    assert f"{INSTANCE}-2" not in [scan.delegate for scan in event.station.desk.recent()]


def test_scans_meanwhile_are_not_recorded(qtbot: QtBot, event: OpenEvent) -> None:
    keyboard = Keyboard()
    with event.trials.borrowed():
        keyboard.type(payload(2).decode() + "\r", 8)
        keyboard.pause(1)
        qtbot.wait(1)
        assert event.station.desk.counts().scans == 0
    keyboard.type(payload(2).decode() + "\r", 8)
    qtbot.waitUntil(lambda: event.station.desk.counts().scans == 1)


def test_a_laptop_in_order_is_green_once_everything_was_tried(
    qtbot: QtBot, checked: Callable[..., PreflightDialog]
) -> None:
    dialog = checked()
    amber = {name for name, check in dialog.results().items() if check.level is not Level.OK}
    assert amber == {"scanner", "printer"}
    assert dialog.headline() == "Look at 2 points"

    when_modal(ScannerDialog, lambda tested: (tested.take_bytes(Sample.DIGITS.encode()), tested.accept()))
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "scanner")
    assert dialog.results()["scanner"].level is Level.OK
    when_modal(TestPageDialog, print_it)
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "printer")
    assert dialog.headline() == "Ready for the doors"
    assert dialog.focusWidget() is dialog.remedy("printer")  # where the person was before


def print_it(dialog: TestPageDialog) -> None:
    """As a person with a printer would."""
    dialog._print = lambda pdf, _name, _title, _progress: len(pypdfium2.PdfDocument(pdf))
    dialog._printer.addItem(PRINTERS[0], PRINTERS[0])
    dialog.begin()

    def judge() -> None:
        if dialog.is_working():
            QTimer.singleShot(20, judge)
        else:
            assert dialog.outcome() == "Is the page good?"
            QTest.keyClick(dialog._fine, Qt.Key.Key_Return)

    judge()


def press(dialog: PreflightDialog, name: str) -> None:
    button = dialog.remedy(name)
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def test_a_scanner_that_spoils_digits_is_remembered_as_such(
    qtbot: QtBot, event: OpenEvent, checked: Callable[..., PreflightDialog]
) -> None:
    dialog = checked()
    spoilt = Sample.DIGITS.value.replace("7", "")
    when_modal(ScannerDialog, lambda tested: (tested.take_bytes(spoilt.encode()), tested.accept()))
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "scanner")
    assert "changes the digits" in dialog.results()["scanner"].text
    trial = trials.latest(event.trials.settings(), trials.SCANNER)
    assert trial is not None
    assert not trial.passed


def test_a_code_before_the_camera_is_remembered(
    qtbot: QtBot, event: OpenEvent, checked: Callable[..., PreflightDialog]
) -> None:
    dialog = checked()

    def read(camera: CameraDialog) -> None:
        qtbot.waitUntil(lambda: camera.reading().startswith("Read: "), timeout=15_000)
        camera.reject()

    when_modal(CameraDialog, read)
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "camera")
    trial = trials.latest(event.trials.settings(), trials.CAMERA)
    assert trial is not None
    assert (trial.what, trial.passed) == (event.trials.settings().camera, True)


def test_a_backup_is_made_and_a_stick_chosen(
    qtbot: QtBot,
    event: OpenEvent,
    checked: Callable[..., PreflightDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    qtbot.waitUntil(lambda: bool(list((event.station.folder / "backups").glob("*-event.sqlite3"))))
    for copy in (event.station.folder / "backups").iterdir():
        copy.unlink()
    dialog = checked(drives=lambda: [])
    assert dialog.results()["backup"].level is Level.WARN
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "backup")
    assert dialog.results()["backup"].level is Level.OK
    assert dialog.remedy("backup") is None
    monkeypatch.setattr(Choose, "folder", classmethod(lambda *_all: tmp_path))
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        press(dialog, "stick")
    assert str(tmp_path) in dialog.results()["stick"].text


def test_closing_ends_the_checks_that_are_under_way(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> None:
    wall = [scene()] * 300
    event.trials.settings().camera = str(write_video(tmp_path / "wall.avi", wall, codec="MJPG"))
    dialog = PreflightDialog(event.station, event.trials, event.window, machine(tmp_path))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.results()) == len(CHECKS) - 1, timeout=20_000)
    assert dialog.is_working()
    assert dialog.headline() == "Checking this laptop…"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5000)
    assert not dialog.is_working()


def test_the_record_is_saved(
    checked: Callable[..., PreflightDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = checked(battery=None)
    assert dialog.results()["power"].level is Level.FAIL  # a bug in a check, for once
    target = tmp_path / "record.pdf"
    monkeypatch.setattr(Choose, "new_pdf", classmethod(lambda *_all: target))
    dialog.save_sheet()
    page = pypdfium2.PdfDocument(target)[0].get_textpage().get_text_bounded()
    assert "Not ready: 1 point must be mended" in page
    assert "This could not be checked" in page


def test_the_other_language_asks_again_in_it(
    qtbot: QtBot, event: OpenEvent, checked: Callable[..., PreflightDialog]
) -> None:
    dialog = checked()
    with qtbot.waitSignal(dialog.ended, timeout=20_000):
        event.choose_language("vi")
    assert dialog.headline() == "Cần xem lại 2 điểm"
    assert dialog.windowTitle() == "Sẵn sàng mở cửa"


# Paper.


def page(layout: Layout) -> bytes:
    import io

    pdf = io.BytesIO()
    render_test_page(pdf, EVENT, layout)
    return pdf.getvalue()


@pytest.mark.parametrize(("layout", "count"), [(SHEET, 1), (CARD, 2)])
def test_pages_are_printed_in_their_own_size_and_their_codes_can_be_read(
    qapp: QApplication, tmp_path: Path, layout: Layout, count: int
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    assert paint_pdf(page(layout), printer) == count
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(paper) == count
    for sheet in paper:
        assert [round(side * 25.4 / 72) for side in sheet.get_size()] == [layout.width_mm, layout.height_mm]
        codes = decode_image(sheet.render(scale=3).to_numpy())
        assert {code.text for code in codes} == {Sample.DIGITS.value}


def test_the_test_page_goes_to_the_printer_off_the_gui_thread(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    def print_with(pdf: bytes, _name: str, _title: str, progress: Callable[[int, int], None]) -> int:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return paint_pdf(pdf, printer, progress)

    dialog = TestPageDialog(station, printers=PRINTERS, print_with=print_with)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._paper.setCurrentIndex(1)
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=15_000)
    assert dialog.outcome() == "Trang in có tốt không?"
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 2
    dialog._bad.click()
    assert dialog.judgement() is False


class StubbornPrinter(QPrinter):
    """A driver that knows A4 alone and says so, as QPrinter does, by returning False."""

    def setPageLayout(self, layout: QPageLayout) -> bool:
        return False


def test_a_refused_size_is_told_and_nothing_is_printed(qapp: QApplication, tmp_path: Path) -> None:
    apply_language("en")
    printer = StubbornPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    with pytest.raises(EnvironmentFault, match="does not take paper of 105 × 148 mm, so nothing was printed"):
        paint_pdf(page(CARD), printer)
    assert not (tmp_path / "paper.pdf").exists()
    apply_language("vi")


def test_a_printer_that_is_gone_is_named(qtbot: QtBot, station: Station) -> None:
    dialog = TestPageDialog(station, printers=["Gone"], print_with=print_pdf)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.outcome() == "Chưa thực hiện được"
    assert "Gone" in dialog.text()
    assert dialog.judgement() is None


def test_without_a_printer_nothing_can_be_begun(qtbot: QtBot) -> None:
    dialog = PrintDialog(None, "In", "…", lambda _paper: b"", printers=[])
    qtbot.addWidget(dialog)
    assert dialog.text() == "Máy này chưa cài máy in nào."
    assert not dialog._start.isEnabled()
