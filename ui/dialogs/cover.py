"""Hides what a dialog shows while the role that opened it is not in force; what was typed there stays."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from station.i18n import _
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided


class Cover(QWidget):
    """Lies over a whole dialog; the question for the PIN, which is modal, keeps keys and mouse from it."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.setAccessibleName(_("Locked"))
        self.setGeometry(dialog.rect())
        dialog.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._dialog and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._dialog.rect())
        return False

    def is_needed(self) -> bool:
        """Whether the dialog is still there."""
        return isValid(self) and isValid(self._dialog) and self._dialog.isVisible()

    def close_dialog(self) -> None:
        """As its own Cancel would."""
        if self.is_needed():
            self._dialog.reject()

    def uncover(self) -> None:
        """Show the dialog as it was."""
        if isValid(self):
            self.hide()
            self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme().canvas))
        middle = QRectF(self.rect()).center()
        paint_icon(painter, "lock-keyhole", QRectF(middle.x() - 28, middle.y() - 60, 56, 56), theme().muted)
        box = QRectF(20, middle.y() + 8, self.width() - 40, 32)
        chosen = font(18, QFont.Weight.Bold)
        draw_elided(painter, _("Locked"), chosen, box, theme().text, Qt.AlignmentFlag.AlignHCenter)
