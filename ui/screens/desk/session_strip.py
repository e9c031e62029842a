"""A strip above every verdict: the session that was chosen by hand is not the clock's, or was not a moment ago."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import Pair, Tone
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height

_HEIGHT_PX = 50


class SessionStrip(QWidget):
    """One sentence and one button; hidden while there is nothing to say.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._warns = False
        self._button = KeyButton("clock", "Shift+F6", bound=False)
        self._button.set_caption(_("Follow the clock"))
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.addStretch(1)
        row.addWidget(self._button)
        self.setFixedHeight(_HEIGHT_PX)
        self.hide()

    def tell(self, text: str, button: str, *, warns: bool) -> None:
        """Say something; ``warns``: in the colour of what wants attention."""
        self._text, self._warns = text, warns
        self._button.set_caption(button)
        self._button.set_icon("clock" if warns else "arrow-right")
        self.setAccessibleName(text)
        self.show()
        self.update()

    def text(self) -> str:
        """What it says; '' while it is hidden."""
        return "" if self.isHidden() else self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        pair = colours.tones[Tone.ATTENTION] if self._warns else Pair(colours.accent_soft, colours.text)
        painter.setPen(QColor(pair.back))
        painter.setBrush(QColor(pair.back))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        icon = QRectF(14, self.height() / 2 - 11, 22, 22)
        paint_icon(painter, "triangle-alert" if self._warns else "info", icon, pair.text, 2.4)
        box = QRectF(46, 0, self._button.x() - 56, self.height())
        chosen, lines = fit(self._text, box, 16, 13, QFont.Weight.Bold, 2)
        top = box.center().y() - lines_height(chosen, lines) / 2
        draw_lines(painter, lines, chosen, QPointF(box.left(), top), pair.text)
