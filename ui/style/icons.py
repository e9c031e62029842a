"""Icons: SVG outlines tinted at load, because a theme decides their colour."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "icons"


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    source = (_FOLDER / f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(source.encode()))


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: str, stroke: float = 2.0) -> None:
    """Draw an icon into a box of logical pixels."""
    _renderer(name, colour, stroke).render(painter, box)


def icon(name: str, colour: str, size_px: int = 20) -> QIcon:
    """An icon for buttons and lists, sharp at up to three device pixels a logical one."""
    result = QIcon()
    for ratio in (1, 1.5, 2, 3):
        pixmap = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, name, QRectF(pixmap.rect()), colour)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        result.addPixmap(pixmap)
    return result


def logo() -> QIcon:
    """The mark of the program for windows."""
    result = QIcon()
    for size_px in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size_px, size_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, "logo", QRectF(pixmap.rect()), "#000000")
        painter.end()
        result.addPixmap(pixmap)
    return result
