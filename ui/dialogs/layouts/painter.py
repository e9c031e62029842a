"""The designs of badges on a painter of Qt, letter by letter where the PDF has them."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QRawFont, QTransform

from station.badges.colours import WATERMARK, WATERMARK_OPACITY
from station.badges.fonts import CAPITAL_HEIGHT, Font, font_file, width_em
from station.badges.qr import Run
from station.badges.typesetting import POINTS_PER_MM, across

_UNITS = 1000.0  # pixels of an em in which outlines are kept: no hinting is left of such a size


class PainterSurface:
    """A ``Surface``; the painter counts in millimetres from the card's top left corner."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform, True
        )
        painter.setPen(Qt.PenStyle.NoPen)

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """See Surface."""
        self._painter.setBrush(QColor(colour))
        radius_mm = min(radius_mm, width_mm / 2, height_mm / 2)
        self._painter.drawRoundedRect(QRectF(x_mm, y_mm, width_mm, height_mm), radius_mm, radius_mm)

    def text(
        self, x_mm: float, baseline_mm: float, text: str, font: Font, size_pt: float, colour: str
    ) -> None:
        """See Surface."""
        scale = size_pt / POINTS_PER_MM / _UNITS
        place = QTransform.fromTranslate(x_mm, baseline_mm).scale(scale, scale)
        self._painter.fillPath(place.map(_line(text, font)), QColor(colour))

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """See Surface."""
        place = QRectF(x_mm, y_mm, width_mm, height_mm)
        self._painter.fillRect(place, QColor("#ffffff"))
        self._draw(place, png)

    def photo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, jpeg: bytes) -> None:
        """See Surface."""
        self._draw(QRectF(x_mm, y_mm, width_mm, height_mm), jpeg)

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """See Surface."""
        module = side_mm / count
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for row, column, length in runs:
            path.addRect(x_mm + column * module, y_mm + row * module, length * module, module)
        self._painter.fillPath(path, QColor("#000000"))

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float, x_mm: float = 0) -> None:
        """See Surface."""
        size_pt, angle = across(text, Font.BOLD, width_mm, height_mm)
        size_mm = size_pt / POINTS_PER_MM
        colour = QColor(WATERMARK)
        colour.setAlphaF(WATERMARK_OPACITY)
        place = QTransform.fromTranslate(x_mm + width_mm / 2, y_mm + height_mm / 2).rotate(-angle)
        place.translate(-width_em(text, Font.BOLD) * size_mm / 2, size_mm * CAPITAL_HEIGHT / 2)
        place.scale(size_mm / _UNITS, size_mm / _UNITS)
        self._painter.fillPath(place.map(_line(text, Font.BOLD)), colour)

    def _draw(self, place: QRectF, content: bytes) -> None:
        """In the pixels it takes here: a painter alone would leave out most of a large picture's."""
        scale = abs(self._painter.combinedTransform().m11())
        size = max(1, round(place.width() * scale)), max(1, round(place.height() * scale))
        image = _image(hashlib.sha256(content).digest(), content)
        if size[0] < image.width():
            image = _scaled(hashlib.sha256(content).digest(), content, size)
        self._painter.drawImage(place, image)


@lru_cache(maxsize=8)
def _image(_digest: bytes, content: bytes) -> QImage:
    return QImage.fromData(QByteArray(content))


@lru_cache(maxsize=32)
def _scaled(digest: bytes, content: bytes, size: tuple[int, int]) -> QImage:
    return _image(digest, content).scaled(
        QSize(*size), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


@lru_cache(maxsize=len(Font))
def _typeface(font: Font) -> QRawFont:
    return QRawFont(str(font_file(font)), _UNITS, QFont.HintingPreference.PreferNoHinting)


@lru_cache(maxsize=512)
def _glyph(character: str, font: Font) -> QPainterPath:
    numbers = _typeface(font).glyphIndexesForString(character)
    return _typeface(font).pathForGlyph(numbers[0]) if numbers else QPainterPath()


@lru_cache(maxsize=512)
def _line(text: str, font: Font) -> QPainterPath:
    """The outlines of a line, each letter where the widths of the PDF put it: without kerning."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    x = 0.0
    for character in text:
        path.addPath(_glyph(character, font).translated(QPointF(x, 0)))
        x += width_em(character, font) * _UNITS
    return path
