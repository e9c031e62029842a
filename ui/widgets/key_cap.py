"""A key as it looks on the keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style.fonts import font, scaled
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided


class KeyCap(QWidget):
    """One key or a combination."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._key) + scaled(20)
        return QSize(max(scaled(42), round(width)), scaled(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.strong_line), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(box, 6, 6)
        draw_elided(painter, self._key, self._font(), box, colours.text, Qt.AlignmentFlag.AlignHCenter)

    def _font(self) -> QFont:
        return font(13, QFont.Weight.DemiBold)
