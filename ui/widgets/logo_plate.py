"""The event's logo on a white plate, so that it looks as it was drawn in the light and in the dark theme."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.style.theme import theme

_WIDEST = 2.6  # times the height
_EDGE = 0.1  # of the height, between the plate's edge and the logo


def logo_pixmap(logo: bytes) -> QPixmap:
    """The picture of a PNG; a null one for none."""
    pixmap = QPixmap()
    if logo:
        pixmap.loadFromData(logo, "PNG")
    return pixmap


def plate_width(pixmap: QPixmap, height_px: int) -> int:
    """How wide the plate of a logo is at a height."""
    if pixmap.isNull():
        return height_px
    edge = 2 * _EDGE * height_px
    widest = _WIDEST * height_px - edge
    return round(min(widest, (height_px - edge) * pixmap.width() / pixmap.height()) + edge)


def paint_plate(painter: QPainter, box: QRectF, pixmap: QPixmap) -> None:
    """The plate filling a box, the logo within it as large as fits."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QPen(QColor(theme().line), 1))
    painter.setBrush(QColor("#ffffff"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
    edge = _EDGE * min(box.width(), box.height())
    room = box.adjusted(edge, edge, -edge, -edge)
    scale = min(room.width() / pixmap.width(), room.height() / pixmap.height())
    width, height = pixmap.width() * scale, pixmap.height() * scale
    place = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
    ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
    # Qt's smooth scaling takes the four nearest pixels only: a large logo is made small beforehand.
    small = _shrunk(pixmap, place, ratio)
    painter.drawPixmap(place, small, QRectF(small.rect()))
    painter.restore()


def _shrunk(pixmap: QPixmap, place: QRectF, ratio: float) -> QPixmap:
    wanted = QSize(max(1, round(place.width() * ratio)), max(1, round(place.height() * ratio)))
    return pixmap.scaled(
        wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
