"""A row of words of which one is chosen: the faces of a dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_HEIGHT_PX, _PAD_PX = 38, 14


class _Tab(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(_type()).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * _PAD_PX, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        lit = self.underMouse() and not self.isChecked()
        painter.setBrush(QColor(colours.hover) if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 7, 7)
        ink = colours.accent if self.isChecked() else colours.muted
        draw_elided(painter, self.text(), _type(), box, ink, Qt.AlignmentFlag.AlignHCenter)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            line = QRectF(box.left() + 8, box.bottom() - 3, box.width() - 16, 3)
            painter.drawRoundedRect(line, 1.5, 1.5)


class Tabs(QWidget):
    """Chosen with the mouse, with the arrows, or with Ctrl and the number of its place.

    Signals:
        chosen: (place, from 0).
    """

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._tabs = [_Tab(self) for _place in range(count)]
        for place, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _checked, place=place: self.choose(place))
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, lambda place=place: self.choose(place))
            row.addWidget(tab)
        row.addStretch(1)
        self._tabs[0].setChecked(True)

    def set_captions(self, captions: Sequence[str]) -> None:
        """The words, in order."""
        for tab, caption in zip(self._tabs, captions, strict=True):
            tab.setText(caption)
            tab.setAccessibleName(caption)
            tab.updateGeometry()

    def choose(self, place: int) -> None:
        """As if a word was pressed."""
        self._tabs[place].setChecked(True)
        self.chosen.emit(place)

    def place(self) -> int:
        """Which one is chosen."""
        return next(place for place, tab in enumerate(self._tabs) if tab.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            place = (self.place() + steps[Qt.Key(event.key())]) % len(self._tabs)
            self.choose(place)
            self._tabs[place].setFocus()
        else:
            super().keyPressEvent(event)


def _type() -> QFont:
    return font(15, QFont.Weight.DemiBold)
