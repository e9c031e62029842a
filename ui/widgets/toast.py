"""A short message that comes and goes by itself, for small things that went well."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_SHOWN_MS = 3500


class Toast(QWidget):
    """Floats at the foot of its parent, or at its head."""

    def __init__(self, parent: QWidget, *, at_top: bool = False) -> None:
        super().__init__(parent)
        self._at_top = at_top
        self._parent = parent
        self._text = ""
        self._icon = "check"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, text: str, icon: str = "check") -> None:
        """Show a message for a few seconds."""
        self._text, self._icon = text, icon
        self.setAccessibleName(text)
        parent = self._parent
        width = min(QFontMetricsF(self._font()).horizontalAdvance(text) + scaled(76), parent.width() - 32)
        top = scaled(12) if self._at_top else parent.height() - scaled(64)
        self.setGeometry(round((parent.width() - width) / 2), top, round(width), scaled(48))
        self.raise_()
        self.show()
        self.update()
        self._timer.start()

    def text(self) -> str:
        """The message shown last."""
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.text))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, 10, 10)
        size = scaled(20)
        paint_icon(
            painter,
            self._icon,
            QRectF(scaled(18), box.center().y() - size / 2, size, size),
            colours.canvas,
            2.6,
        )
        draw_elided(
            painter, self._text, self._font(), box.adjusted(scaled(50), 0, -scaled(16), 0), colours.canvas
        )

    def _font(self) -> QFont:
        return font(15, QFont.Weight.DemiBold)
