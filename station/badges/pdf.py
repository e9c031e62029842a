"""Designs on the pages of a PDF; every text is drawn as it is, nothing in it is markup."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from station.badges.colours import WATERMARK, WATERMARK_OPACITY
from station.badges.fonts import CAPITAL_HEIGHT, Font, register_fonts
from station.badges.logo import upon_white
from station.badges.pdf_file import PdfFile
from station.badges.qr import Run
from station.badges.typesetting import POINTS_PER_MM, across
from station.i18n import language
from station.media.atomic import write_file
from station.right_of_way import give_way

Target = Path | BinaryIO


class PdfPages:
    """A PDF in the making; a ``Surface`` whose origin ``place`` puts somewhere on the current page.

    Args:
        shift_mm: everything is drawn so much further right and down, on every page.
    """

    def __init__(
        self,
        width_mm: float,
        height_mm: float,
        title: str,
        author: str,
        shift_mm: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        register_fonts()
        self._width_mm, self._height_mm = width_mm, height_mm
        self._shift_mm = shift_mm
        self._canvas = Canvas(
            io.BytesIO(),  # which stays empty: the file below is written instead
            pagesize=(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM),
            initialFontName=str(Font.REGULAR),
            pageCompression=1,
            lang=language(),
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("")
        self._file = PdfFile(self._canvas._doc)
        self._logos: dict[bytes, str] = {}
        self._x_mm = self._y_mm = 0.0

    def place(self, x_mm: float, y_mm: float) -> None:
        """Put the origin of what follows at a point of the page, from its top left corner."""
        self._x_mm, self._y_mm = x_mm, y_mm

    def cut_at(self, height_mm: float) -> None:
        """Give the current page another height; say it before anything is drawn on it."""
        self._height_mm = height_mm
        self._canvas.setPageSize((self._width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM))

    @contextmanager
    def turned(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> Iterator[None]:
        """Put the origin at a rectangle of the page whose content stands on its head."""
        self.place(x_mm, y_mm)
        centre_x, centre_y = self._point(width_mm / 2, height_mm / 2)
        self._canvas.saveState()
        self._canvas.translate(2 * centre_x, 2 * centre_y)
        self._canvas.rotate(180)
        yield
        self._canvas.restoreState()

    def next_page(self) -> None:
        """Finish the current page, once no scan is under way. Raises EnvironmentFault when no disk has room for it."""
        give_way()
        self._canvas.showPage()
        self._file.take()

    def save(self, target: Target) -> None:
        """Write the finished pages, a path atomically. Raises EnvironmentFault."""
        if self._canvas._code:
            self.next_page()
        pieces = self._file.pieces(self._canvas)
        if isinstance(target, Path):
            write_file(target, pieces)
        else:
            target.writelines(pieces)

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """See Surface."""
        give_way()
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
        give_way()
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(str(font), size_pt)
        self._canvas.drawString(*self._point(x_mm, baseline_mm), text)

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """See Surface. It is in the file once, however many pages show it."""
        canvas = self._canvas
        if png not in self._logos:
            self._logos[png] = f"logo{len(self._logos)}"
            canvas.beginForm(self._logos[png], 0, 0, 1, 1)
            canvas.drawImage(ImageReader(upon_white(png)), 0, 0, 1, 1)
            canvas.endForm()
        self._draw_form(self._logos[png], x_mm, y_mm, width_mm, height_mm)

    def photo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, jpeg: bytes) -> None:
        """See Surface. The JPEG goes into the file as it is, once."""
        name = f"photo{hashlib.sha256(jpeg).hexdigest()[:32]}"
        if not self._canvas.hasForm(name):
            picture = PDFImageXObject(name)
            picture.loadImageFromJPEG(io.BytesIO(jpeg))
            picture.streamContent, picture._filters = jpeg, ("DCTDecode",)
            self._canvas._doc.addForm(name, picture)
        self._draw_form(name, x_mm, y_mm, width_mm, height_mm)

    def _draw_form(self, name: str, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
        give_way()
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(*self._point(x_mm, y_mm + height_mm))
        canvas.scale(width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM)
        canvas.doForm(name)
        canvas.restoreState()

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """See Surface. One path: neighbouring modules then show no seams."""
        give_way()
        module = side_mm / count
        path = self._canvas.beginPath()
        for row, column, length in runs:
            corner = self._point(x_mm + column * module, y_mm + (row + 1) * module)
            path.rect(*corner, length * module * POINTS_PER_MM, module * POINTS_PER_MM)
        self._canvas.setFillGray(0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float, x_mm: float = 0) -> None:
        """See Surface."""
        size_pt, angle = across(text, Font.BOLD, width_mm, height_mm)
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColor(HexColor(WATERMARK))
        canvas.setFillAlpha(WATERMARK_OPACITY)
        canvas.translate(*self._point(x_mm + width_mm / 2, y_mm + height_mm / 2))
        canvas.rotate(angle)
        canvas.setFont(str(Font.BOLD), size_pt)
        canvas.drawCentredString(0, -size_pt * CAPITAL_HEIGHT / 2, text)
        canvas.restoreState()

    def _point(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Reportlab's point, counted from the bottom left of the page."""
        return (
            (self._shift_mm[0] + self._x_mm + x_mm) * POINTS_PER_MM,
            (self._height_mm - self._shift_mm[1] - self._y_mm - y_mm) * POINTS_PER_MM,
        )
