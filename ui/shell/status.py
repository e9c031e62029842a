"""A strip at the foot of the window: how the second copy or the outbox stands; amber when somebody should look."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style.fonts import scaled
from ui.style.theme import theme
from ui.style.tokens import Tone
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_HEIGHT_PX = 28
_BAND_PX = 6


class StatusStrip(QWidget):
    """One line; hidden while there is nothing to say.

    Signals:
        pressed: somebody wants to look after it.
    """

    pressed = Signal()

    def __init__(self, icon: str = "hard-drive") -> None:
        super().__init__()
        self._late = False
        self._icon = icon
        self._mark = IconMark(16, icon, "muted")
        self._text = PlainLabel(size_px=13, role="muted", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_text(self, text: str, *, late: bool) -> None:
        """Say something; '' hides the strip."""
        self.setVisible(bool(text))
        self.setFixedHeight(scaled(_HEIGHT_PX))
        if (text, late) == (self._text.full_text(), self._late):
            return
        self._late = late
        self._text.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._text.set_type(13, QFont.Weight.DemiBold if late else QFont.Weight.Normal)
        self._text.set_role("warning" if late else "muted")
        self._mark.set_icon("triangle-alert" if late else self._icon, "warning" if late else "muted")
        self.update()

    def text(self) -> str:
        """What is said, '' for nothing."""
        return "" if self.isHidden() else self._text.full_text()

    def is_late(self) -> bool:
        """Whether it is said in amber."""
        return self._late

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(colours.line))
        if self._late:
            painter.fillRect(
                QRectF(0, 0, _BAND_PX, self.height()), QColor(colours.tones[Tone.ATTENTION].back)
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
