"""Designs on the pages of a PDF; every text is drawn as it is, nothing in it is markup."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from station.badges.colours import WATERMARK, WATERMARK_OPACITY
from station.badges.fonts import CAPITAL_HEIGHT, Font, register_fonts
from station.badges.logo import upon_white
from station.badges.qr import Run
from station.badges.typesetting import POINTS_PER_MM, across
from station.i18n import language
from station.media.atomic import write_file

Target = Path | BinaryIO
_LOGO_FORM = "logo"


class PdfPages:
    """A PDF in the making; a ``Surface`` whose origin ``place`` puts somewhere on the current page."""

    def __init__(self, width_mm: float, height_mm: float, title: str, author: str) -> None:
        register_fonts()
        self._buffer = io.BytesIO()
        self._height_mm = height_mm
        self._canvas = Canvas(
            self._buffer,
            pagesize=(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM),
            initialFontName=str(Font.REGULAR),
            pageCompression=1,
            lang=language(),
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("")
        self._x_mm = self._y_mm = 0.0

    def place(self, x_mm: float, y_mm: float) -> None:
        """Put the origin of what follows at a point of the page, from its top left corner."""
        self._x_mm, self._y_mm = x_mm, y_mm

    def next_page(self) -> None:
        """Finish the current page."""
        self._canvas.showPage()

    def save(self, target: Target) -> None:
        """Write the finished pages, a path atomically. Raises EnvironmentFault."""
        self._canvas.save()
        if isinstance(target, Path):
            write_file(target, self._buffer.getvalue())
        else:
            target.write(self._buffer.getvalue())

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """See Surface."""
        self._canvas.setFillColor(HexColor(colour))
        corner = self._point(x_mm, y_mm + height_mm)
        size = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
        if radius_mm:
            self._canvas.roundRect(*corner, *size, radius_mm * POINTS_PER_MM, stroke=0, fill=1)
        else:
            self._canvas.rect(*corner, *size, stroke=0, fill=1)

    def text(
        self, x_mm: float, baseline_mm: float, text: str, font: Font, size_pt: float, colour: str
    ) -> None:
        """See Surface."""
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(str(font), size_pt)
        self._canvas.drawString(*self._point(x_mm, baseline_mm), text)

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """See Surface. It is in the file once, however many pages show it."""
        canvas = self._canvas
        if not canvas.hasForm(_LOGO_FORM):
            canvas.beginForm(_LOGO_FORM, 0, 0, 1, 1)
            canvas.drawImage(ImageReader(upon_white(png)), 0, 0, 1, 1)
            canvas.endForm()
        canvas.saveState()
        canvas.translate(*self._point(x_mm, y_mm + height_mm))
        canvas.scale(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM)
        canvas.doForm(_LOGO_FORM)
        canvas.restoreState()

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """See Surface. One path: neighbouring modules then show no seams."""
        module = side_mm / count
        path = self._canvas.beginPath()
        for row, column, length in runs:
            corner = self._point(x_mm + column * module, y_mm + (row + 1) * module)
            path.rect(*corner, length * module * POINTS_PER_MM, module * POINTS_PER_MM)
        self._canvas.setFillGray(0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float) -> None:
        """See Surface."""
        size_pt, angle = across(text, Font.BOLD, width_mm, height_mm)
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(HexColor(WATERMARK))
        canvas.setFillAlpha(WATERMARK_OPACITY)
        canvas.translate(*self._point(width_mm / 2, y_mm + height_mm / 2))
        canvas.rotate(angle)
        canvas.setFont(str(Font.BOLD), size_pt)
        canvas.drawCentredString(0, -size_pt * CAPITAL_HEIGHT / 2, text)
        canvas.restoreState()

    def _point(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Reportlab's point, counted from the bottom left of the page."""
        return (
            (self._x_mm + x_mm) * POINTS_PER_MM,
            (self._height_mm - self._y_mm - y_mm) * POINTS_PER_MM,
        )
