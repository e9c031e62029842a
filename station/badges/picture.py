"""Designs as a PNG picture, for chat, e-mail and previews."""

import io
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from station.badges.colours import WATERMARK, WATERMARK_OPACITY
from station.badges.fonts import CAPITAL_HEIGHT, Font, font_file
from station.badges.logo import upon_white
from station.badges.qr import Run
from station.badges.typesetting import across

_POINT_MM = 25.4 / 72
_COMPRESSION = 3  # of 9: from here on a third less space costs three times the time


class Picture:
    """A picture in the making; a ``Surface``."""

    def __init__(self, width_mm: float, height_mm: float, pixels_per_mm: float) -> None:
        self._scale = pixels_per_mm
        size = round(width_mm * pixels_per_mm), round(height_mm * pixels_per_mm)
        self._image = Image.new("RGB", size, "#ffffff")
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """The finished picture."""
        file = io.BytesIO()
        self._image.save(file, "PNG", compress_level=_COMPRESSION)
        return file.getvalue()

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """See Surface."""
        left, top = round(x_mm * self._scale), round(y_mm * self._scale)
        right, bottom = round((x_mm + width_mm) * self._scale), round((y_mm + height_mm) * self._scale)
        box = (left, top, max(left, right - 1), max(top, bottom - 1))
        self._draw.rounded_rectangle(box, round(radius_mm * self._scale), fill=colour)

    def text(
        self, x_mm: float, baseline_mm: float, text: str, font: Font, size_pt: float, colour: str
    ) -> None:
        """See Surface."""
        point = x_mm * self._scale, baseline_mm * self._scale
        typeface = _typeface(font, size_pt * _POINT_MM * self._scale)
        self._draw.text(point, text, fill=colour, font=typeface, anchor="ls")

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """See Surface."""
        size = max(1, round(width_mm * self._scale)), max(1, round(height_mm * self._scale))
        self._image.paste(_scaled(png, size), (round(x_mm * self._scale), round(y_mm * self._scale)))

    def photo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, jpeg: bytes) -> None:
        """See Surface."""
        size = max(1, round(width_mm * self._scale)), max(1, round(height_mm * self._scale))
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as photo:
            scaled = photo.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        self._image.paste(scaled, (round(x_mm * self._scale), round(y_mm * self._scale)))

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """See Surface. Modules are whole pixels, so the symbol may come out a little smaller, centred."""
        module = max(1, int(side_mm * self._scale / count))
        inset = (side_mm * self._scale - module * count) / 2
        left, top = round(x_mm * self._scale + inset), round(y_mm * self._scale + inset)
        for row, column, length in runs:
            x, y = left + column * module, top + row * module
            self._draw.rectangle((x, y, x + length * module - 1, y + module - 1), fill="#000000")

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float, x_mm: float = 0) -> None:
        """See Surface."""
        size_pt, angle = across(text, Font.BOLD, width_mm, height_mm)
        mask = Image.new("L", (round(width_mm * self._scale), round(height_mm * self._scale)), 0)
        wide = Image.new("L", (2 * max(mask.size),) * 2, 0)
        typeface = _typeface(Font.BOLD, size_pt * _POINT_MM * self._scale)
        centre = wide.width / 2, wide.height / 2 + typeface.size * CAPITAL_HEIGHT / 2
        ImageDraw.Draw(wide).text(
            centre, text, fill=round(255 * WATERMARK_OPACITY), font=typeface, anchor="ms"
        )
        turned = wide.rotate(angle, Image.Resampling.BICUBIC)
        left, top = (wide.width - mask.width) // 2, (wide.height - mask.height) // 2
        mask = turned.crop((left, top, left + mask.width, top + mask.height))
        x, y = round(x_mm * self._scale), round(y_mm * self._scale)
        self._image.paste(WATERMARK, (x, y, x + mask.width, y + mask.height), mask)


@lru_cache(maxsize=4)
def _scaled(png: bytes, size: tuple[int, int]) -> Image.Image:
    return upon_white(png).resize(size, Image.Resampling.LANCZOS)


@lru_cache(maxsize=64)
def _typeface(font: Font, size_px: float) -> ImageFont.FreeTypeFont:
    # The basic layout sets the widths that typesetting counted on, with or without Raqm on the machine.
    return ImageFont.truetype(font_file(font), size_px, layout_engine=ImageFont.Layout.BASIC)
