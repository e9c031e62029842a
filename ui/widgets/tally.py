"""A figure that can be pressed: how many there are of a kind, and a way to see only these."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from station.i18n import _
from ui.style.fonts import font, scaled
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided


class Tally(QAbstractButton):
    """A figure with its word, in a colour of the theme; pressed, only what it counts is to be shown.

    Args:
        caption: marked for translation. role: the name of a colour of the theme.
    """

    def __init__(self, caption: str, role: str) -> None:
        super().__init__()
        self._figure = 0
        self._caption, self._role = caption, role
        self.setAccessibleName(_(caption))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_figure(self, figure: int) -> None:
        """How many lines there are; none cannot be pressed."""
        self._figure = figure
        self.setEnabled(figure > 0)
        self.setAccessibleName(f"{figure} {_(self._caption)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        word = QFontMetricsF(font(13, QFont.Weight.DemiBold)).horizontalAdvance(_(self._caption))
        figure = QFontMetricsF(font(22, QFont.Weight.Bold)).horizontalAdvance(str(self._figure))
        return QSize(round(max(word, figure)) + scaled(30), scaled(58))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(66), scaled(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        ink = getattr(colours, self._role) if self._figure else colours.muted
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        focus = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(QColor(colours.accent if focus else colours.line), 2 if focus else 1))
        painter.setBrush(QColor(colours.accent_soft if self.isChecked() else colours.surface))
        painter.drawRoundedRect(box, 8, 8)
        inside = box.adjusted(12, 4, -8, -5)
        left = Qt.AlignmentFlag.AlignLeft
        figure = QRectF(inside.left(), inside.top(), inside.width(), scaled(28))
        word = QRectF(inside.left(), figure.bottom(), inside.width(), scaled(19))
        draw_elided(painter, str(self._figure), font(22, QFont.Weight.Bold), figure, ink, left)
        draw_elided(painter, _(self._caption), font(13, QFont.Weight.DemiBold), word, colours.muted, left)
