"""The modes of the desk next to each other, each with its key: how one learns that there are others."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from station.model.mode import Mode
from ui.screens.desk.mode_looks import LOOKS
from ui.widgets.key_button import KeyButton

_GAP_PX = 8


class ModeRow(QWidget):
    """A button a mode, that in force filled, or left out where there is no room for all.

    Signals:
        mode_requested: (Mode) a button.
    """

    mode_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.addStretch(1)
        self._buttons = {mode: KeyButton("", look.key, bound=False) for mode, look in LOOKS.items()}
        for mode, button in self._buttons.items():
            button.clicked.connect(lambda _checked, mode=mode: self.mode_requested.emit(mode))
            row.addWidget(button)
        row.addStretch(1)
        self._mode, self._exits = Mode.ADMISSION, False
        self._dress()

    def show_mode(self, mode: Mode, *, exits: bool) -> None:
        """Which mode is in force, and whether the session records exits."""
        self._mode, self._exits = mode, exits
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._width_px(), 38)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 38)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _dress(self) -> None:
        for mode, button in self._buttons.items():
            button.set_caption(_(LOOKS[mode].caption))
        self._arrange()

    def _possible(self) -> list[Mode]:
        return [mode for mode in LOOKS if mode is not Mode.EXIT or self._exits]

    def _width_px(self) -> int:
        return sum(self._buttons[mode].sizeHint().width() + _GAP_PX for mode in self._possible())

    def _arrange(self) -> None:
        room = self._width_px() <= self.width()
        for mode, button in self._buttons.items():
            button.set_primary(mode is self._mode)
            button.setVisible(mode in self._possible() and (room or mode is not self._mode))
