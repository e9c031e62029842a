"""A new layout from nothing: the sizes of cards and papers, and how many cards stand on a sheet."""

from dataclasses import dataclass, replace

from station.badges.layouts.model import BadgeLayout
from station.i18n import N_

LEAST_MM, MOST_MM = 20.0, 900.0
_EDGE_MM = 0.05
Origins = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A size with a name; ``caption`` is a text of the catalogue."""

    key: str
    caption: str
    width_mm: float
    height_mm: float


CARDS = (
    Format("a6", N_("A6 upright – 105 × 148 mm"), 105, 148),
    Format("a6-wide", N_("A6 wide – 148 × 105 mm"), 148, 105),
    Format("a7", N_("A7 upright – 74 × 105 mm"), 74, 105),
    Format("90x55", N_("Name card – 90 × 55 mm"), 90, 55),
    Format("86x54", N_("Plastic card – 86 × 54 mm"), 86, 54),
    Format("roll-62", N_("Label on a roll – 62 × 100 mm"), 62, 100),
)
ONE_CARD = "card"  # the paper is as large as the card
PAPERS = (
    Format(ONE_CARD, N_("As large as the card: one a page"), 0, 0),
    Format("a4", N_("A4 upright – 210 × 297 mm"), 210, 297),
    Format("a4-wide", N_("A4 wide – 297 × 210 mm"), 297, 210),
    Format("a5", N_("A5 upright – 148 × 210 mm"), 148, 210),
    Format("letter", N_("Letter – 216 × 279 mm"), 215.9, 279.4),
)


def blank_layout(name: str, title: str) -> BadgeLayout:
    """Nothing on one A6 card."""
    return BadgeLayout(name, title, "", 105, 148, 105, 148, ((0.0, 0.0),), ())


def on_paper(
    layout: BadgeLayout, card: tuple[float, float], paper: Format, gap_mm: float, *, folds: bool, cuts: bool
) -> BadgeLayout:
    """The layout with other sizes and as many cards on a sheet as it holds, centred; none fits: no origins."""
    width_mm, height_mm = card
    deep_mm = height_mm * (2 if folds else 1)
    page = (width_mm, deep_mm) if paper.key == ONE_CARD else (paper.width_mm, paper.height_mm)
    return replace(
        layout,
        width_mm=page[0],
        height_mm=page[1],
        card_width_mm=width_mm,
        card_height_mm=height_mm,
        origins_mm=origins((width_mm, deep_mm), page, gap_mm),
        folds=folds,
        has_cut_marks=cuts,
    )


def origins(card: tuple[float, float], page: tuple[float, float], gap_mm: float) -> Origins:
    """Top left corners of as many cards as a page holds, row by row, in its middle."""
    columns, rows = (
        int((room + gap_mm + _EDGE_MM) // (side + gap_mm)) for side, room in zip(card, page, strict=True)
    )
    left, top = (
        round((room - number * side - (number - 1) * gap_mm) / 2, 3)
        for side, room, number in zip(card, page, (columns, rows), strict=True)
    )
    return tuple(
        (left + column * (card[0] + gap_mm), top + row * (card[1] + gap_mm))
        for row in range(rows)
        for column in range(columns)
    )


def paper_of(layout: BadgeLayout) -> str:
    """The key of the paper a layout is for, '' for another one."""
    deep_mm = layout.card_height_mm * (2 if layout.folds else 1)
    if (layout.width_mm, layout.height_mm) == (layout.card_width_mm, deep_mm):
        return ONE_CARD
    sizes = {(paper.width_mm, paper.height_mm): paper.key for paper in PAPERS}
    return sizes.get((layout.width_mm, layout.height_mm), "")
