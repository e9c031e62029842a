"""Flat drawing in millimetres: text in Be Vietnam Pro, rounded boxes and QR symbols on a picture."""

from functools import cache
from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
DRAWN_PER_MM = 10  # pixels; twice as fine as the textures, so that edges come out smooth
Colour = str | tuple[int, ...]


@cache
def font(weight: str, height_mm: float) -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro with an em of so many millimetres."""
    path = FONTS / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(
        str(path), round(height_mm * DRAWN_PER_MM), layout_engine=ImageFont.Layout.BASIC
    )


def wrapped(text: str, weight: str, height_mm: float, width_mm: float) -> list[str]:
    """The text in as few lines as fit the width, broken between words, the lines about equally long."""
    lines = _filled(text, weight, height_mm, width_mm)
    while (
        len(narrower := _filled(text, weight, height_mm, width_mm * 0.97)) == len(lines) > 1 and width_mm > 5
    ):
        width_mm, lines = width_mm * 0.97, narrower
    return lines


def _filled(text: str, weight: str, height_mm: float, width_mm: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font(weight, height_mm).getlength(longer) > width_mm * DRAWN_PER_MM:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Sheet:
    """A picture that is drawn on in millimetres, origin at its top left corner."""

    def __init__(self, width_mm: float, height_mm: float, colour: Colour = (0, 0, 0, 0)) -> None:
        self.width_mm, self.height_mm = width_mm, height_mm
        size = round(width_mm * DRAWN_PER_MM), round(height_mm * DRAWN_PER_MM)
        self.image = Image.new("RGBA", size, colour)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        """A filled box with rounded corners."""
        corners = [value * DRAWN_PER_MM for value in (x, y, x + width, y + height)]
        self.draw.rounded_rectangle(corners, radius * DRAWN_PER_MM, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle around x, y."""
        corners = [value * DRAWN_PER_MM for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(corners, fill=colour)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        height: float,
        colour: Colour,
        weight: str = "Regular",
        anchor: str = "la",
    ) -> None:
        """One line of text; anchor as Pillow's: l m r and a (ascender) m (middle) s (baseline)."""
        place = x * DRAWN_PER_MM, y * DRAWN_PER_MM
        self.draw.text(place, text, font=font(weight, height), fill=colour, anchor=anchor)

    def lines(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        height: float,
        colour: Colour,
        weight: str = "Regular",
        anchor: str = "la",
        most: int = 3,
    ) -> float:
        """Text in lines no wider than width, made smaller until it needs no more than most; the y below it."""
        while len(lines := wrapped(text, weight, height, width)) > most:
            height *= 0.95
        for line in lines:
            self.text(x, y, line, height, colour, weight, anchor)
            y += height * 1.32
        return y

    def qr(
        self, x: float, y: float, size: float, payload: str, dark: Colour, light: Colour, quiet: int = 3
    ) -> None:
        """A QR symbol at level Q, size without the quiet zone, whose modules all have the same size."""
        matrix = np.array(segno.make(payload, error="q", micro=False, boost_error=False).matrix, dtype=bool)
        module = size / len(matrix)
        margin = quiet * module
        self.box(x - margin, y - margin, size + 2 * margin, size + 2 * margin, light, radius=module)
        for row, column in np.argwhere(matrix):
            left, top = x + column * module, y + row * module
            corners = [left, top, left + module, top + module]
            self.draw.rectangle([round(value * DRAWN_PER_MM) for value in corners], fill=dark)

    def array(self) -> NDArray[np.uint8]:
        """The picture as height × width × BGRA, alpha not multiplied in."""
        return np.ascontiguousarray(np.asarray(self.image)[:, :, [2, 1, 0, 3]])
