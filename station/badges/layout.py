"""Designs of the program in millimetres, as plain values: invitations, and the badge of the printer's test page.

All y are measured downwards from the top of the card. A QR square includes its quiet zone and is at least 25 mm.
"""

from dataclasses import dataclass
from typing import Literal

from station.badges.fonts import Font

Role = Literal["accent", "on_accent", "accent_text", "tint", "ink", "muted", "line", "white"]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; ``colour`` is a role of the palette."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    colour: Role
    radius_mm: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """How one field is set.

    Attributes:
        field: which text; an empty one takes no room.
        gap_mm: to the text above it.
    """

    field: str
    font: Font
    size_pt: float
    smallest_pt: float
    lines: int = 1
    colour: Role = "ink"
    gap_mm: float = 0
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Texts one below the other within a rectangle."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    texts: tuple[Text, ...]
    across: Literal["left", "centre"] = "left"
    down: Literal["top", "middle", "bottom"] = "top"


@dataclass(frozen=True, slots=True)
class LogoPlace:
    """Where the logo stands if there is one: on a white plate as wide as it needs, for which a column makes room.

    Attributes:
        side: of the column; x_mm: the plate's outer edge on that side.
        y_mm: the plate's middle.
        column: which of the card's columns.
    """

    side: Literal["left", "right"]
    x_mm: float
    y_mm: float
    most_width_mm: float
    most_height_mm: float
    column: int


@dataclass(frozen=True, slots=True)
class Card:
    """One designed card: boxes first, then columns and logo, then the QR square."""

    width_mm: float
    height_mm: float
    boxes: tuple[Box, ...]
    columns: tuple[Column, ...]
    qr_x_mm: float
    qr_y_mm: float
    qr_side_mm: float
    logo: LogoPlace | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A page and where the cards stand on it.

    Attributes:
        origins_mm: top left corner of each card.
        cuts_mm: where marks at the edges show the knife: x of vertical cuts, y of horizontal ones.
    """

    name: str
    width_mm: float
    height_mm: float
    card: Card
    origins_mm: tuple[tuple[float, float], ...] = ((0, 0),)
    cuts_mm: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


_MARGIN = 9.0
_WIDTH = 105.0
_TEXT_WIDTH = _WIDTH - 2 * _MARGIN

A6_CARD = Card(
    width_mm=_WIDTH,
    height_mm=148,
    boxes=(
        Box(0, 0, _WIDTH, 40, "accent"),
        Box(_MARGIN, 95, _TEXT_WIDTH, 0.25, "line"),
        Box(0, 134, _WIDTH, 14, "accent"),
    ),
    columns=(
        Column(
            _MARGIN,
            9,
            _TEXT_WIDTH,
            28,
            (
                Text("organiser", Font.SEMI_BOLD, 8.5, 7, 1, "on_accent", capitals=True),
                Text("event", Font.MEDIUM, 12, 8.5, 3, "on_accent", 1.5),
                Text("dates", Font.REGULAR, 9, 7, 1, "on_accent", 1.5),
            ),
            down="middle",
        ),
        Column(
            _MARGIN,
            42,
            _TEXT_WIDTH,
            53,
            (
                Text("name", Font.BOLD, 30, 17, 2),
                Text("position", Font.MEDIUM, 12.5, 9, 2, "accent_text", 1.5),
                Text("unit", Font.REGULAR, 12.5, 9, 2, "ink", 0.5),
            ),
            down="middle",
        ),
        Column(
            48,
            96,
            _WIDTH - 48 - _MARGIN,
            37.5,
            (
                Text("seat_label", Font.MEDIUM, 8, 7, 1, "muted"),
                Text("seat", Font.BOLD, 24, 12, 2),
                Text("code_label", Font.MEDIUM, 8, 7, 1, "muted", 1),
                Text("code", Font.SEMI_BOLD, 14, 8, 1),
            ),
            down="middle",
        ),
        Column(
            _MARGIN,
            134,
            _TEXT_WIDTH,
            14,
            (Text("category", Font.BOLD, 18, 9, 1, "on_accent", capitals=True),),
            down="middle",
        ),
    ),
    qr_x_mm=_MARGIN
    - 3.9,  # the quiet zone reaches into the margin, so that the symbol lines up with the text
    qr_y_mm=97,
    qr_side_mm=36,
    logo=LogoPlace("right", _WIDTH - _MARGIN, 23, 32, 24, 0),
)

CARD = Layout("card", 105, 148, A6_CARD)
SHEET = Layout("sheet", 210, 297, A6_CARD, ((0, 0), (105, 0), (0, 149), (105, 149)), ((105,), (148, 149)))
