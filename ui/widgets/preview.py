"""What the camera sees, with every found code outlined, and the camera's state when there is nothing to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.capture.frame import Image as Pixels
from station.i18n import _
from ui.style.fonts import font, scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import Tone
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height

_RADIUS = 12
_DARK, _PALE = "#0a0f18", "#e9eff9"
_OUTLINES = {
    Tone.IDLE: "#7db0ff",
    Tone.ENQUIRY: "#7db0ff",
    Tone.ADMITTED: "#35e08a",
    Tone.ATTENTION: "#ffc233",
    Tone.REFUSED: "#ff5468",
    Tone.ALARM: "#ffd21f",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """Corners of a code as fractions 0…1 of the picture, and the tone of its verdict."""

    corners: tuple[tuple[float, float], ...]
    tone: Tone


class Preview(QWidget):
    """Paints the newest picture; when the camera is away, says so and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: Pixels | None = None
        self._image: QImage | None = None
        self._outlines: Sequence[Outline] = ()
        self._trouble: tuple[str, str] | None = None
        self._hint = ""
        self._mirrored = False
        self._furniture: dict[bool, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # or all parents are painted 30 times a second

    def set_mirrored(self, mirrored: bool) -> None:
        """Show the picture like a mirror."""
        self._mirrored = mirrored
        self.update()

    def show_picture(self, pixels: Pixels, outlines: Sequence[Outline], hint: str = "") -> None:
        """Show a picture (height × width × 4, blue green red unused) of :meth:`picture_size`.

        Args:
            hint: what the person who holds a code can do better; empty for nothing.
        """
        height, width, _channels = pixels.shape
        # The image only borrows the pixels, so both are kept until the next picture.
        if self._image is None or (width, height) != (self._image.width(), self._image.height()):
            self._furniture.clear()
        self._image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._pixels = pixels
        self._outlines = outlines
        self._trouble = None
        if hint != self._hint:
            self._hint = hint
            self.setAccessibleName(hint)
            self._furniture.clear()
        self.update()

    def show_trouble(self, headline: str, advice: str) -> None:
        """Say that there is no picture."""
        self._trouble = (headline, advice)
        self._outlines = ()
        self.setAccessibleName(f"{headline}. {advice}")
        self.update()

    def hint(self) -> str:
        """What is said about the picture."""
        return self._hint

    def picture_size(self) -> tuple[int, int]:
        """Width and height in device pixels that a picture may fill."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._furniture.clear()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._furniture.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme().line), 1))
        painter.setBrush(QColor(_DARK))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._trouble is not None or self._image is None:
            self._paint_trouble(painter)
            return
        place = self._paint_picture(painter, self._image)
        for outline in self._outlines:
            self._paint_outline(painter, outline, place)
        painter.drawPixmap(0, 0, self._furniture_on(place, with_aim=not self._outlines))

    def _furniture_on(self, place: QRectF, *, with_aim: bool) -> QPixmap:
        """What lies on every picture alike, drawn once for a size and a language."""
        if with_aim not in self._furniture:
            ratio = self.devicePixelRatioF()
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if with_aim:
                self._paint_aim(painter, place)
            self._paint_live(painter)
            if self._hint:
                self._paint_hint(painter)
            painter.end()
            self._furniture[with_aim] = pixmap
        return self._furniture[with_aim]

    def _paint_picture(self, painter: QPainter, image: QImage) -> QRectF:
        """Draw the picture through a brush, which rounds its corners at no cost; returns its place."""
        scale = min(self.width() / image.width(), self.height() / image.height())
        size = (image.width() * scale, image.height() * scale)
        place = QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)
        brush = QBrush(image)
        transform = QTransform.fromTranslate(place.left(), place.top()).scale(scale, scale)
        if self._mirrored:
            transform = transform.translate(image.width(), 0).scale(-1, 1)
        brush.setTransform(transform)
        painter.setBrush(brush)
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        return place

    def _paint_outline(self, painter: QPainter, outline: Outline, place: QRectF) -> None:
        points = [
            QPointF(
                place.left() + (1 - x if self._mirrored else x) * place.width(),
                place.top() + y * place.height(),
            )
            for x, y in outline.corners
        ]
        polygon = QPolygonF(points)
        colour = QColor(_OUTLINES[outline.tone])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, alpha in ((9.0, 90), (4.0, 255)):
            colour.setAlpha(alpha)
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolygon(polygon)

    def _paint_aim(self, painter: QPainter, place: QRectF) -> None:
        """Four quiet corners that say where a code is looked for."""
        side = min(place.width(), place.height()) * 0.62
        aim = QRectF(0, 0, side, side)
        aim.moveCenter(place.center())
        arm = side * 0.14
        path = QPainterPath()
        for corner, dx, dy in (
            (aim.topLeft(), arm, arm),
            (aim.topRight(), -arm, arm),
            (aim.bottomRight(), -arm, -arm),
            (aim.bottomLeft(), arm, -arm),
        ):
            path.moveTo(corner + QPointF(dx, 0))
            path.lineTo(corner)
            path.lineTo(corner + QPointF(0, dy))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(255, 255, 255, 170), 3)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPath(path)

    def _paint_live(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 15, 24, 190))
        pill = QRectF(10, self.height() - scaled(34), scaled(106), scaled(24))
        painter.drawRoundedRect(pill, 12, 12)
        painter.setBrush(QColor(_OUTLINES[Tone.ADMITTED]))
        painter.drawEllipse(QPointF(pill.left() + scaled(14), pill.center().y()), 4, 4)
        box = pill.adjusted(scaled(25), 0, -6, 0)
        draw_elided(painter, _("Scanning"), font(12, QFont.Weight.Medium), box, _PALE)

    def _paint_hint(self, painter: QPainter) -> None:
        """A band at the top, where no hand that holds a code covers it."""
        box = QRectF(0, 0, self.width() * 0.9, self.height() * 0.3)
        chosen, lines = fit(
            self._hint, box, min(16.0, self.height() / scale() * 0.075), 12, QFont.Weight.DemiBold, 2
        )
        widest = max(QFontMetricsF(chosen).horizontalAdvance(line) for line in lines)
        height = lines_height(chosen, lines)
        pill = QRectF(0, 10, widest + 62, height + 12)
        pill.moveLeft((self.width() - pill.width()) / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_OUTLINES[Tone.ATTENTION]))
        painter.drawRoundedRect(pill, 10, 10)
        icon_box = QRectF(pill.left() + 14, pill.center().y() - 10, 20, 20)
        paint_icon(painter, "triangle-alert", icon_box, _DARK, 2.4)
        draw_lines(painter, lines, chosen, QPointF(pill.left() + 44, pill.top() + 6), _DARK)

    def _paint_trouble(self, painter: QPainter) -> None:
        headline, advice = self._trouble or (_("Looking for the camera…"), "")
        icon_px = min(56.0, self.height() * 0.22)
        width = self.width() * 0.86
        box = QRectF(0, 0, width, self.height() * 0.3)
        head = fit(
            headline, box, min(20.0, self.height() / scale() * 0.085), 13, QFont.Weight.Bold, 2, balanced=True
        )
        body = fit(
            advice, box, min(15.0, self.height() / scale() * 0.065), 12, QFont.Weight.Normal, 4, balanced=True
        )
        gap = self.height() * 0.04
        height = icon_px + gap + lines_height(*head) + lines_height(*body)
        top = (self.height() - height) / 2
        icon = "camera-off" if self._trouble else "camera"
        icon_box = QRectF((self.width() - icon_px) / 2, top, icon_px, icon_px)
        paint_icon(painter, icon, icon_box, theme().rail_text)
        left = (self.width() - width) / 2
        top += icon_px + gap
        draw_lines(painter, head[1], head[0], QPointF(left, top), _PALE, centred_in=width)
        top += lines_height(*head)
        draw_lines(painter, body[1], body[0], QPointF(left, top), "#b9c6db", centred_in=width)
