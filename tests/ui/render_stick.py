"""The states of the export, of the second copy, and of wiping, for render_screens.py."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from station.errors import EnvironmentFault
from station.exchange.continuing import copies_in
from station.exchange.keeping import CopyKeeper, CopyState
from station.exchange.wiping import look_at
from station.media.course import Course, Phase
from station.media.drives import Drive
from station.settings import Settings
from ui.copies import copy_text
from ui.dialogs.continuing import ContinueDialog
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.wipe import WipeDialog
from ui.widgets.place_list import Place, place_of


def states(studio: Any, wait: Callable[[int], None]) -> dict[str, Callable[[], QWidget]]:
    """Every state by name; ``wait`` lets the event loop run for milliseconds."""
    return {
        "export": lambda: _export(studio, wait, _sticks(studio)),
        "export-no-stick": lambda: _export(studio, wait, []),
        "export-running": lambda: _running(studio, wait, moving=True),
        "export-slow": lambda: _running(studio, wait, moving=False),
        "export-done": lambda: _exported(studio, wait, released=False),
        "export-released": lambda: _exported(studio, wait, released=True),
        "export-pulled": lambda: _failed(studio, wait, "/media/ban1/KINGSTON"),
        "copies": lambda: _copies(studio, wait),
        "copies-backups": lambda: _backups(studio, wait),
        "copy-strip": lambda: _strip(studio, wait, late=False),
        "copy-late": lambda: _strip(studio, wait, late=True),
        "continue": lambda: _continue(studio, wait, found=True),
        "continue-none": lambda: _continue(studio, wait, found=False),
        "continue-done": lambda: _continued(studio, wait),
        "wipe": lambda: _wipe(studio),
        "wipe-not-yet": lambda: studio._dialog(
            WipeDialog(studio.event.station, look_at(studio.event.station.folder), studio.event.window)
        ),
    }


def _top(studio: Any) -> Path:
    return Path(studio.event.station.folder).parent


def _sticks(studio: Any) -> list[Place]:
    """Two sticks, as a laptop shows them, of which one is protected."""
    real = _top(studio) / "KINGSTON"
    real.mkdir(exist_ok=True)
    here = place_of(real)
    assert here is not None
    drives = (
        (Drive(real, "exfat", "KINGSTON", key="uuid:1"), 12_400_000_000),
        (Drive(Path("/media/ban1/VAN PHONG"), "vfat", "VĂN PHÒNG", read_only=True), 740_000_000),
    )
    return [replace(here, path=drive.path, drive=drive, free=free) for drive, free in drives]


def _export(studio: Any, wait: Callable[[int], None], sticks: list[Place], **more: Any) -> ExportDialog:
    dialog = ExportDialog(studio.event.station, studio.event.window, find=lambda: sticks, **more)
    studio._dialog(dialog)
    wait(120)
    dialog.fit_content()
    wait(50)
    return dialog


def _running(studio: Any, wait: Callable[[int], None], *, moving: bool) -> ExportDialog:
    dialog = _export(studio, wait, _sticks(studio))
    now = [100.0]
    course = Course(monotonic=lambda: now[0])
    course.begin(41_000_000, 41_000_000, 0)
    course.phase = Phase.WRITING
    now[0] += 4.2
    course.advance(23_000_000)
    now[0] += 0.1 if moving else 9.0
    dialog._at, dialog._course = dialog.places.place(), course
    dialog._show_parts(choosing=False)
    dialog._operation = object()  # type: ignore[assignment]
    dialog._start.setEnabled(False)
    dialog._bar.show()
    dialog._on_progressed(course.done_bytes, course.total_bytes)
    dialog._figures.show()
    dialog._show_course()
    dialog._operation = None
    dialog.fit_content()
    wait(50)
    return dialog


def _exported(studio: Any, wait: Callable[[int], None], *, released: bool) -> ExportDialog:
    dialog = _export(studio, wait, _sticks(studio), release=lambda _drive: released)
    dialog.begin()
    while dialog.is_working():
        wait(20)
    return dialog


def _failed(studio: Any, wait: Callable[[int], None], path: str) -> ExportDialog:
    from station.media.delivery import gone

    dialog = _export(studio, wait, _sticks(studio))
    fault: EnvironmentFault = gone(Path(path))
    dialog._at = dialog.places.place()
    dialog._on_failed(fault)
    wait(50)
    return dialog


def _copies(studio: Any, wait: Callable[[int], None]) -> CopiesDialog:
    settings = Settings(second_copy_drive="uuid:1", second_copy_label="KINGSTON")
    state = CopyState(studio.event.station.clock.now(), 20, "KINGSTON", is_there=True)
    dialog = CopiesDialog(
        studio.event.station, settings, lambda: state, studio.event.window, lambda: _sticks(studio)
    )
    studio._dialog(dialog)
    wait(120)
    dialog.fit_content()
    wait(50)
    return dialog


def _backups(studio: Any, wait: Callable[[int], None]) -> CopiesDialog:
    studio.event.station.back_up()
    dialog = _copies(studio, wait)
    dialog.show_backups()
    dialog._on_prove_clicked()
    wait(500)
    return dialog


def _strip(studio: Any, wait: Callable[[int], None], *, late: bool) -> QWidget:
    now = studio.event.station.clock.now()
    at = now - timedelta(minutes=14) if late else now
    text = copy_text(
        CopyState(at, 20, "KINGSTON", is_there=not late), "", studio.event.station.event.zone, late=late
    )
    studio.event.window.status.show_text(text, late=late)
    wait(50)
    return studio.event.window  # type: ignore[no-any-return]


def _second_copy(studio: Any) -> Path:
    stick = _top(studio) / "KINGSTON"
    stick.mkdir(exist_ok=True)
    keeper = CopyKeeper(studio.event.station.files, studio.event.station.clock, lambda: Drive(stick))
    keeper.look(whole=True)
    return stick


def _continue(studio: Any, wait: Callable[[int], None], *, found: bool) -> ContinueDialog:
    stick = _second_copy(studio)
    dialog = ContinueDialog(
        _top(studio) / "moi", studio.event.window, lambda: copies_in(stick) if found else []
    )
    studio._dialog(dialog)
    wait(150)
    dialog.fit_content()
    wait(50)
    return dialog


def _continued(studio: Any, wait: Callable[[int], None]) -> ContinueDialog:
    dialog = _continue(studio, wait, found=True)
    dialog.begin()
    while dialog.is_working():
        wait(20)
    return dialog


def _wipe(studio: Any) -> QWidget:
    studio.event.station.export(_top(studio) / "KINGSTON")
    found = look_at(studio.event.station.folder)
    return studio._dialog(WipeDialog(studio.event.station, found, studio.event.window))  # type: ignore[no-any-return]
