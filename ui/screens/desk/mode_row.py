"""The modes of the desk next to each other, each with its key: how one learns that there are others."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from station.model.mode import Mode
from ui.screens.desk.mode_looks import LOOKS
from ui.widgets.key_button import KeyButton


class ModeRow(QWidget):
    """A button a mode, that in force filled.

    Signals:
        mode_requested: (Mode) a button.
    """

    mode_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        self._buttons = {mode: KeyButton("", look.key, bound=False) for mode, look in LOOKS.items()}
        for mode, button in self._buttons.items():
            button.clicked.connect(lambda _checked, mode=mode: self.mode_requested.emit(mode))
            row.addWidget(button)
        row.addStretch(1)
        self.show_mode(Mode.ADMISSION, exits=False)
        self._dress()

    def show_mode(self, mode: Mode, *, exits: bool) -> None:
        """Which mode is in force, and whether the session records exits."""
        for each, button in self._buttons.items():
            button.set_primary(each is mode)
        self._buttons[Mode.EXIT].setVisible(exits)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _dress(self) -> None:
        for mode, button in self._buttons.items():
            button.set_caption(_(LOOKS[mode].caption))
