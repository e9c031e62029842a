"""A small rounded field with a word: a category in its colour, a seat, a code."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import text_on
from ui.widgets.painted_text import draw_elided


class Chip(QWidget):
    """A word in a pill; hidden while it has none.

    Args:
        icon: name of an icon before the word, empty for none.
    """

    def __init__(self, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._text = ""
        self._colour = ""
        self._height_px = 30
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_text(self, text: str, colour: str = "") -> None:
        """Show a word, filled with a colour (``#rrggbb``) or, without one, only outlined."""
        self._text = text
        self._colour = colour
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_height(self, height_px: int) -> None:
        """Change the height, and the type with it."""
        self._height_px = height_px
        self.updateGeometry()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._text) + scaled(self._height_px) * 0.9 + 2
        if self._icon:
            width += scaled(self._height_px) * 0.75
        return QSize(round(width), scaled(self._height_px))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(scaled(48), self.sizeHint().width()), scaled(self._height_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        text = text_on(self._colour) if self._colour else colours.text
        painter.setPen(Qt.PenStyle.NoPen if self._colour else QPen(QColor(colours.strong_line), 1))
        painter.setBrush(QColor(self._colour or colours.hover))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        inner = box.adjusted(box.height() * 0.44, 0, -box.height() * 0.4, 0)
        if self._icon:
            size_px = box.height() * 0.58
            icon_box = QRectF(inner.left() - 2, inner.center().y() - size_px / 2, size_px, size_px)
            paint_icon(painter, self._icon, icon_box, text)
            inner.setLeft(inner.left() + box.height() * 0.75)
        draw_elided(painter, self._text, self._font(), inner, text)

    def _font(self) -> QFont:
        return font(self._height_px * 0.48, QFont.Weight.DemiBold)
