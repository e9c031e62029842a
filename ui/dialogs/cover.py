"""Hides what a dialog shows while the role that opened it is not in force; what was typed there stays."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from station.i18n import _
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_BEYOND_PX = 8000  # larger than any dialog can become


class Cover(QWidget):
    """Lies over a whole dialog; the question for the PIN, which is modal, keeps keys and mouse from it."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self.setAccessibleName(_("Locked"))
        self.setGeometry(0, 0, _BEYOND_PX, _BEYOND_PX)
        self.raise_()
        self.show()

    def is_needed(self) -> bool:
        """Whether the dialog is still there."""
        return isValid(self) and isValid(self.dialog) and self.dialog.isVisible()

    def close_dialog(self) -> None:
        """As its own Cancel would."""
        if self.is_needed():
            self.dialog.reject()

    def uncover(self) -> None:
        """Show the dialog as it was; the cover itself ends with it."""
        if isValid(self):
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme().canvas))
        whole = QRectF(self.dialog.rect())
        middle = whole.center()
        paint_icon(painter, "lock-keyhole", QRectF(middle.x() - 28, middle.y() - 60, 56, 56), theme().muted)
        box = QRectF(20, middle.y() + 8, whole.width() - 40, 32)
        chosen = font(18, QFont.Weight.Bold)
        draw_elided(painter, _("Locked"), chosen, box, theme().text, Qt.AlignmentFlag.AlignHCenter)
