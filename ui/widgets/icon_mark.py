"""An icon that stands by itself, in a colour of the theme."""

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.style.fonts import scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme


class IconMark(QWidget):
    """A square of ``size_px`` with one icon."""

    def __init__(
        self, size_px: int, icon: str = "", role: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._role = role
        self._size_px = size_px
        self.setFixedSize(scaled(size_px), scaled(size_px))

    def set_icon(self, icon: str, role: str) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setFixedSize(scaled(self._size_px), scaled(self._size_px))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_icon(painter, self._icon, QRectF(self.rect()), getattr(theme(), self._role), 2.2)
