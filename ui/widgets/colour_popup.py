"""A small window to choose a colour in: named swatches, none, or any colour by its figures."""

import re

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from station.i18n import _
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.swatch import SWATCHES, SwatchMark, colour_name, paint_swatch

_IN_A_ROW = 6
_SIDE_PX = 44
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_IN_A_ROW,
    Qt.Key.Key_Down: _IN_A_ROW,
}


class _SwatchButton(QAbstractButton):
    """One colour; a ring shows the chosen one and the focus."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(colour_name(colour))
        self.setFixedSize(_SIDE_PX, _SIDE_PX)

    def sizeHint(self) -> QSize:
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        paint_swatch(painter, box.adjusted(8, 8, -8, -8), self.colour)
        if self.hasFocus() or self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme().accent), 3 if self.hasFocus() else 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 9, 9)


class ColourPopup(QFrame):
    """Closes with the choice; Esc or a click beside it chooses nothing.

    Signals:
        chosen: (colour as ``#rrggbb``, '' for none).
    """

    chosen = Signal(str)

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = PlainLabel(size_px=13, role="muted")
        self._buttons = [_SwatchButton(swatch) for swatch in SWATCHES]
        for button in self._buttons:
            button.setChecked(button.colour == colour)
            button.clicked.connect(lambda _on, chosen=button.colour: self._choose(chosen))
            button.installEventFilter(self)
        self._field = QLineEdit(colour)
        self._field.setPlaceholderText(next(iter(SWATCHES)))
        self._field.setMaxLength(7)
        self._field.setAccessibleName(_("Another colour"))
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_take_clicked)
        self._mark = SwatchMark(26)
        self._take = KeyButton("check")
        self._take.set_caption(_("Take"))
        self._take.clicked.connect(self._on_take_clicked)
        self._none = KeyButton("x")
        self._none.set_caption(_("No colour"))
        self._none.clicked.connect(lambda: self._choose(""))
        self._none.setEnabled(bool(colour))
        self._build()
        self._on_typed(colour)
        self._tell(colour)
        chosen = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        chosen.setFocus()

    def open_below(self, anchor: QWidget, box: QPoint) -> None:
        """Show it at a point of a widget, within the screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(box)
        # Not anchor.screen(): PySide would end the screen together with the widget.
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.move(
            max(room.left(), min(place.x(), room.right() - self.width())),
            max(room.top(), min(place.y(), room.bottom() - self.height())),
        )
        self.show()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if isinstance(watched, _SwatchButton):
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
                self._tell(watched.colour)
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, button: _SwatchButton, event: QKeyEvent) -> bool:
        place = self._buttons.index(button)
        if event.key() in _ARROWS:
            to = place + _ARROWS[Qt.Key(event.key())]
            if 0 <= to < len(self._buttons):
                self._buttons[to].setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button.click()
            return True
        return False

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(0)
        for place, button in enumerate(self._buttons):
            grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(self._mark)
        typed.addWidget(self._field, 1)
        typed.addWidget(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(self._name)
        layout.addLayout(typed)
        layout.addWidget(self._none)

    def _tell(self, colour: str) -> None:
        self._name.setText(colour_name(colour))

    def _on_typed(self, text: str) -> None:
        colour = _colour_of(text)
        self._mark.set_colour(colour)
        self._mark.show()
        self._take.setEnabled(bool(colour))

    def _on_take_clicked(self) -> None:
        colour = _colour_of(self._field.text())
        if colour:
            self._choose(colour)

    def _choose(self, colour: str) -> None:
        self.chosen.emit(colour)
        self.close()


def _colour_of(text: str) -> str:
    """``#rrggbb`` of what was typed, with or without its #, also in the short form; '' for no colour."""
    figures = text.strip().lower().removeprefix("#")
    if re.fullmatch("[0-9a-f]{3}", figures):
        figures = "".join(figure * 2 for figure in figures)
    return f"#{figures}" if re.fullmatch("[0-9a-f]{6}", figures) else ""
