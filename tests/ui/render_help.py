"""States of the help window and of the first start."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from station.capture.devices import CameraDevice
from station.capture.preview import preview_image
from station.i18n import language
from station.settings import Settings
from ui.dialogs.diagnostics import DiagnosticsDialog
from ui.dialogs.first_start import FirstStartDialog
from ui.dialogs.help import HelpDialog


def states(studio: Any, wait: Callable[[int], None]) -> dict[str, Callable[[], QWidget]]:
    """Every state by name."""
    window = studio.event.window

    def shown(dialog: HelpDialog) -> QWidget:
        studio._dialog(dialog)
        dialog.resize(1120, 700)  # the screen of a rendering is small
        return dialog

    def searched() -> QWidget:
        dialog = HelpDialog(window, "organiser#roster", lambda _over: None)
        dialog._search.setText("máy in")
        return shown(dialog)

    def at(place: str) -> Callable[[], QWidget]:
        return lambda: shown(HelpDialog(window, place, lambda _over: None))

    def first_start(cameras: list[CameraDevice], printers: list[str]) -> QWidget:
        settings = Settings(language=language())
        dialog = FirstStartDialog(settings, None, lambda: cameras, lambda: printers)
        if cameras:
            dialog._again.stop()
            wait(300)  # until it is sure that there is none
            dialog.camera.stop()
            picture = preview_image(studio.picture, *dialog.preview.picture_size())
            dialog.preview.show_picture(picture, ())
        return studio._dialog(dialog)

    def diagnosed() -> QWidget:
        dialog = DiagnosticsDialog(Settings(), None, studio.event.station.folder.parent, window)
        studio._dialog(dialog)
        dialog.begin()
        while dialog.is_working():
            wait(20)
        return dialog

    c920 = [CameraDevice(0, "HD Pro Webcam C920")]
    return {
        "first-start": lambda: first_start(c920, ["Brother QL-820NWB", "HP LaserJet 400"]),
        "first-start-bare": lambda: first_start([], []),
        "diagnostics": diagnosed,
        "help": at("desk#all-keys"),
        "help-roster": at("organiser#roster"),
        "help-export": at("secretary#export"),
        "help-searched": searched,
    }
