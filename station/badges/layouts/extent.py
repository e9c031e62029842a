"""How far down a badge is drawn: on a continuous roll the label is cut there."""

from collections.abc import Sequence

from station.badges.fonts import Font
from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.model import BadgeLayout
from station.badges.qr import Run
from station.badges.typesetting import POINTS_PER_MM

_DESCENT = 0.25  # of the size: how far letters with a mark below reach under their line
_LEAST_MM = 20.0  # what a label printer can still cut


class _Extent:
    """A surface on which nothing is seen but how far down something was drawn."""

    def __init__(self) -> None:
        self.bottom_mm = 0.0

    def rectangle(
        self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str, radius_mm: float = 0
    ) -> None:
        """See Surface."""
        self._reach(y_mm + height_mm)

    def text(
        self, x_mm: float, baseline_mm: float, text: str, font: Font, size_pt: float, colour: str
    ) -> None:
        """See Surface."""
        self._reach(baseline_mm + _DESCENT * size_pt / POINTS_PER_MM)

    def logo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, png: bytes) -> None:
        """See Surface."""
        self._reach(y_mm + height_mm)

    def photo(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, jpeg: bytes) -> None:
        """See Surface."""
        self._reach(y_mm + height_mm)

    def modules(self, x_mm: float, y_mm: float, side_mm: float, count: int, runs: Sequence[Run]) -> None:
        """See Surface."""
        self._reach(y_mm + side_mm)

    def watermark(self, text: str, y_mm: float, width_mm: float, height_mm: float, x_mm: float = 0) -> None:
        """See Surface. It lies upon what is there and makes no label longer."""

    def _reach(self, y_mm: float) -> None:
        self.bottom_mm = max(self.bottom_mm, y_mm)


def drawn_height_mm(layout: BadgeLayout, filling: Filling) -> float:
    """The height of a roll's page for one badge: to the lowest thing drawn, and the edge that the layout leaves below.

    Never more than the layout's own height.
    """
    extent = _Extent()
    draw_side(extent, layout.card, layout.front, filling)
    lowest_mm = max((element.place.bottom_mm for element in layout.front), default=layout.height_mm)
    edge_mm = max(0.0, layout.card_height_mm - lowest_mm)
    return min(layout.height_mm, max(_LEAST_MM, extent.bottom_mm + edge_mm))
