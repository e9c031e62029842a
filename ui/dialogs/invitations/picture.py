"""One invitation as it will be, drawn by the code that makes all of them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.style.theme import theme

PIXELS_PER_MM = 6.0  # sharp at the size of a dialog on a screen at 200 %


class InvitationPicture(QWidget):
    """A picture in the middle of its place, as large as fits."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setMinimumSize(90, 84)

    def show_png(self, png: bytes) -> None:
        """Show another picture; empty bytes show none."""
        self._pixmap = QPixmap()
        if png:
            self._pixmap.loadFromData(png)
        self.update()

    def has_picture(self) -> bool:
        """Whether something is on show."""
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        return QSize(200, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.size() - QSize(2, 2)
        size = self._pixmap.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatioF()
        sharp = self._pixmap.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        box = QRectF((self.width() - size.width()) / 2, 1, size.width(), size.height())
        painter.drawPixmap(box, sharp, QRectF(sharp.rect()))
        painter.setPen(QPen(QColor(theme().strong_line), 1))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
