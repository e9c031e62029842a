"""States of the help window and of the first start."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.dialogs.help import HelpDialog


def states(studio: Any) -> dict[str, Callable[[], QWidget]]:
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

    return {
        "help": at("desk#all-keys"),
        "help-roster": at("organiser#roster"),
        "help-export": at("secretary#export"),
        "help-searched": searched,
    }
