"""The states of the event pack and of the rehearsal, for render_screens.py."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from station.app import open_station
from station.exchange.rehearsal import make_rehearsal
from station.model.verdict import Source
from station.sample_event import first_morning
from station.settings import Settings
from ui.app import OpenEvent
from ui.dialogs.pack import PackDialog
from ui.dialogs.rehearsal import RehearsalDialog
from ui.dialogs.unpack import UnpackDialog
from ui.screens.welcome.window import WelcomeWindow
from ui.shell import rail

PASSPHRASE = "bốn từ rất khác nhau 27"


def states(studio: Any, wait: Callable[[int], None]) -> dict[str, Callable[[], QWidget]]:
    """Every state by name; ``wait`` lets the event loop run for milliseconds."""
    return {
        "pack": lambda: _pack(studio),
        "pack-weak": lambda: _pack(studio, "123"),
        "pack-done": lambda: _packed(studio, wait),
        "unpack": lambda: studio._dialog(UnpackDialog(_home(studio), [])),
        "unpack-wrong": lambda: _unpack(studio, wait, "sai rồi"),
        "unpack-desk": lambda: _unpack(studio, wait, PASSPHRASE),
        "unpack-update": lambda: _unpack(studio, wait, PASSPHRASE, [studio.event.station.folder]),
        "unpack-done": lambda: _unpacked(studio, wait),
        "rehearsal": lambda: studio._dialog(RehearsalDialog(studio.event.station, studio.event.window)),
        "rehearsal-idle": lambda: _rehearsing(studio).window,
        "rehearsal-admitted": lambda: _admitted(studio, wait),
        "rehearsal-steps": lambda: _steps(studio, wait),
        "rehearsal-welcome": lambda: _welcome(studio),
    }


def _home(studio: Any) -> Path:
    return Path(studio.event.station.folder).parent / "desks"


def _pack(studio: Any, passphrase: str = PASSPHRASE) -> QWidget:
    dialog = PackDialog(studio.event.station, studio.event.window)
    dialog.set_file(_file(studio))
    dialog.passphrase.set_passphrase(passphrase)
    studio._dialog(dialog)
    if passphrase == "123":
        dialog.passphrase._second.setText("124")
        dialog.passphrase._show.setChecked(True)
        dialog.begin()
    return dialog


def _file(studio: Any) -> Path:
    return Path(studio.event.station.folder).parent / "goi-20221026.ckpack"


def _packed(studio: Any, wait: Callable[[int], None]) -> PackDialog:
    dialog = _pack(studio)
    assert isinstance(dialog, PackDialog)
    dialog.begin()
    while dialog.is_working():
        wait(20)
    return dialog


def _unpack(
    studio: Any, wait: Callable[[int], None], passphrase: str, recent: list[Path] | None = None
) -> UnpackDialog:
    if not _file(studio).exists():
        _packed(studio, wait).close()
    dialog = UnpackDialog(_home(studio), recent or [])
    dialog.set_file(_file(studio))
    dialog.passphrase.set_passphrase(passphrase)
    studio._dialog(dialog)
    dialog.begin()
    while dialog.is_looking():
        wait(20)
    return dialog


def _unpacked(studio: Any, wait: Callable[[int], None]) -> UnpackDialog:
    dialog = _unpack(studio, wait, PASSPHRASE)
    dialog.begin()
    while dialog.is_working():
        wait(20)
    return dialog


def _rehearsing(studio: Any) -> OpenEvent:
    """The rehearsal's own window, opened once."""
    folder = Path(studio.event.station.folder).parent / "event-dien-tap"
    if not folder.exists():
        make_rehearsal(studio.event.station.files, folder, first_morning())
    event = OpenEvent(
        studio.application,
        open_station(folder, clock=first_morning()),
        Settings(sound=False, theme=studio.event._settings.theme, language=studio.event._settings.language),
        keep=lambda _settings: None,
    )
    event.window.resize(studio.event.window.size())
    event.window.show()
    studio.extra.append(_Closing(event))
    return event


class _Closing(QWidget):
    """Closes an event in the place of a widget."""

    def __init__(self, event: OpenEvent) -> None:
        super().__init__()
        self._event = event

    def close(self) -> bool:
        self._event.close()
        return super().close()


def _admitted(studio: Any, wait: Callable[[int], None]) -> QWidget:
    event = _rehearsing(studio)
    payload = list(event.station.payloads().values())[20].encode()
    event.controller.show_verdict(event.station.desk.redeem(payload, Source.CAMERA))
    wait(200)
    return event.window


def _steps(studio: Any, wait: Callable[[int], None]) -> QWidget:
    event = _rehearsing(studio)
    event._on_place_chosen(rail.PREPARE)
    wait(200)
    return event.window


def _welcome(studio: Any) -> QWidget:
    _rehearsing(studio)
    folder = Path(studio.event.station.folder)
    window = WelcomeWindow([str(folder), str(folder.parent / "event-dien-tap"), "/media/usb/dai-hoi-xiii"])
    window.resize(900, 560)
    return studio._dialog(window)  # type: ignore[no-any-return]
