"""What a design is drawn on: a page of a PDF or a picture; millimetres from the top left corner of the card."""

from collections.abc import Sequence
from typing import Protocol

from station.badges.fonts import Font
from station.badges.qr import Run


class Surface(Protocol):
    """The few things that designs are made of. Colours are ``#rrggbb``."""

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """A filled rectangle; x and y are its top left corner."""
        ...

    def text(
        self, x_mm: float, baseline_mm: float, text: str, font: Font, size_pt: float, colour: str
    ) -> None:
        """A line of printable text from its left end."""
        ...

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """The event's logo upon white."""
        ...

    def photo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, jpeg: bytes) -> None:
        """A delegate's photo, an RGB or grey JPEG."""
        ...

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """The dark modules of a QR symbol, black; the square does not include the quiet zone."""
        ...

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float, x_mm: float = 0) -> None:
        """A word across a part of the card, large and translucent, upon what was drawn so far; x, y are its corner."""
        ...
