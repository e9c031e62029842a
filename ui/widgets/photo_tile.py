"""The photo of a delegate with rounded corners, and what stands in its place while it comes or cannot come."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.i18n import _
from ui.style.icons import paint_icon
from ui.style.theme import theme

_ROUND_PX = 8


def photo_image(jpeg: bytes, size: QSize) -> QImage:
    """A JPEG scaled to fill a size in device pixels; works on any thread. A null image where it is none."""
    image = QImage.fromData(QByteArray(jpeg))
    if image.isNull():
        return image
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    return image.scaled(size, mode, Qt.TransformationMode.SmoothTransformation)


def paint_photo(painter: QPainter, image: QImage, box: QRectF, round_px: float = _ROUND_PX) -> None:
    """Fill a box with a picture, its middle where the box has another shape."""
    scale = min(image.width() / box.width(), image.height() / box.height())
    source = QRectF(0, 0, box.width() * scale, box.height() * scale)
    source.moveCenter(QRectF(image.rect()).center())
    outline = QPainterPath()
    outline.addRoundedRect(box, round_px, round_px)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawImage(box, image, source)
    painter.restore()


class PhotoTile(QWidget):
    """One photo, 3:4; its place is kept while the picture is still on its way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._icon = "user-round"

    def expect(self) -> None:
        """A picture is on its way."""
        self._show(None, "user-round", "")

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        if image.isNull():
            self.show_missing()
        else:
            self._show(image, "", _("Photo"))

    def show_missing(self) -> None:
        """There should be a picture, but its file is missing or was changed."""
        self._show(None, "image-off", _("The photo is missing or was changed."))

    def image(self) -> QImage | None:
        """The picture on show."""
        return self._image

    def is_missing(self) -> bool:
        """Whether the file of the picture could not be shown."""
        return self._icon == "image-off"

    def pixels(self) -> QSize:
        """Its size in device pixels."""
        return self.size() * self.devicePixelRatioF()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._image is not None:
            paint_photo(painter, self._image, box)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().hover))
        painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)
        side = box.width() * 0.42
        middle = box.center()
        place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        paint_icon(painter, self._icon, place, theme().muted)

    def _show(self, image: QImage | None, icon: str, said: str) -> None:
        self._image, self._icon = image, icon
        self.setAccessibleName(said)
        self.setToolTip(said if icon else "")
        self.update()
