"""The states of the preflight to look at; tests/ui/render_screens.py shows them among its own."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.media.drives import Drive
from station.media.faults import MEGABYTE
from station.preflight import trials
from station.preflight.battery import Battery
from station.preflight.subject import Machine
from station.preflight.trials import Trial
from station.sample_event import VIDEO
from ui.app import OpenEvent
from ui.dialogs.preflight.dialog import PreflightDialog
from ui.dialogs.preflight.test_page import TestPageDialog
from ui.dialogs.printing import PrintDialog

Show = Callable[[QWidget], QWidget]
PRINTERS = ["HP LaserJet M404", "Brother QL-820NWB"]


def machine(stick: Path, *, troubled: bool) -> Machine:
    """A laptop on a good evening, or on a bad one."""
    return Machine(
        free_bytes=lambda _path: (150 if troubled else 84_000) * MEGABYTE,
        drives=lambda: [] if troubled else [Drive(stick)],
        battery=lambda: Battery(12 if troubled else 100, plugged=not troubled),
        utc_offset=lambda _at: timedelta(hours=0 if troubled else 7),
        built_at=lambda: None,
        printers=lambda: PRINTERS,
        plays_sound=lambda: True,
    )


def preflight_states(event: OpenEvent, show: Show) -> dict[str, Callable[[], QWidget]]:
    """By name."""
    return {
        "preflight-trouble": lambda: _dialog(event, show, troubled=True),
        "preflight-good": lambda: _dialog(event, show, troubled=False),
        "preflight-checking": lambda: _begun(event, show),
        "test-page": lambda: show(TestPageDialog(event.station, event.window, PRINTERS)),
        "test-page-printed": lambda: _printed(event, show),
        "record-no-printer": lambda: show(PrintDialog(event.window, "…", "…", lambda _p: b"", printers=[])),
    }


def _dialog(event: OpenEvent, show: Show, *, troubled: bool) -> PreflightDialog:
    """The sample event itself is always a point to look at, and the camera plays its sample video."""
    stick = event.station.folder.parent / "KINGSTON"
    stick.mkdir(exist_ok=True)
    settings = event.trials.settings()
    settings.camera = "" if troubled else str(VIDEO)
    settings.trials.clear()
    if not troubled:
        for name, what in ((trials.SCANNER, ""), (trials.PRINTER, PRINTERS[0])):
            trials.remember(settings, name, Trial(what, event.station.clock.now(), passed=True))
    dialog = PreflightDialog(event.station, event.trials, event.window, machine(stick, troubled=troubled))
    show(dialog)
    room = event.window.size()  # the screen's own is smaller where there is none
    dialog.resize(min(1040, room.width() - 40), min(700, room.height() - 40))
    while not dialog.results() or dialog.is_working():
        _wait(30)
    return dialog


def _begun(event: OpenEvent, show: Show) -> PreflightDialog:
    dialog = _dialog(event, show, troubled=True)
    event.trials.settings().camera = str(VIDEO)  # which is looked at for a while
    dialog.check(["roster", "documents", "camera"])
    return dialog


def _printed(event: OpenEvent, show: Show) -> TestPageDialog:
    dialog = TestPageDialog(event.station, event.window, PRINTERS, lambda *_all: 1)
    show(dialog)
    dialog.begin()
    while dialog.is_working():
        _wait(30)
    return dialog


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
