"""The program's mark as the systems want it: PNG of several sizes for Linux, one ICO for Windows."""

import io
from pathlib import Path

SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
SIDE_PX, SIDE_COLOUR = (164, 314), "#0c2348"  # that of the rail in the window
LOGO = Path(__file__).resolve().parent.parent / "assets" / "icons" / "logo.svg"


def png(size_px: int) -> bytes:
    """The mark as a square PNG; a picture without text needs no Qt application."""
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(LOGO)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a text
    return bytes(content.data())


def write_ico(to: Path) -> str:
    """Write the mark with all its sizes; returns the path."""
    from PIL import Image

    pictures = [Image.open(io.BytesIO(png(size))) for size in SIZES_PX]
    pictures[-1].save(to, append_images=pictures[:-1], sizes=[(size, size) for size in SIZES_PX])
    return str(to)


def write_side(to: Path) -> str:
    """Write the picture beside the first and last page of Windows' setup program; returns the path."""
    from PIL import Image

    side = Image.new("RGB", SIDE_PX, SIDE_COLOUR)
    mark = Image.open(io.BytesIO(png(96))).convert("RGBA")
    side.paste(mark, ((SIDE_PX[0] - mark.width) // 2, 40), mark)
    side.save(to, "BMP")
    return str(to)
