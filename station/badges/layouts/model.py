"""What a badge layout says, as plain values; all lengths in millimetres from the top left corner of the card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from station.badges.fonts import Font
from station.i18n import pick
from station.model.delegate import Delegate
from station.text import fold

Across = Literal["left", "centre", "right"]
Down = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the card."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """The x of its right edge."""
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """The y of its lower edge."""
        return self.y_mm + self.height_mm

    def overlaps(self, other: "Place", tolerance_mm: float = 0.05) -> bool:
        """Whether both cover a common spot."""
        return (
            self.x_mm + tolerance_mm < other.right_mm
            and other.x_mm + tolerance_mm < self.right_mm
            and self.y_mm + tolerance_mm < other.bottom_mm
            and other.y_mm + tolerance_mm < self.bottom_mm
        )

    def lies_within(self, other: "Place", tolerance_mm: float = 0.05) -> bool:
        """Whether nothing of it is outside another one."""
        return (
            self.x_mm >= other.x_mm - tolerance_mm
            and self.y_mm >= other.y_mm - tolerance_mm
            and self.right_mm <= other.right_mm + tolerance_mm
            and self.bottom_mm <= other.bottom_mm + tolerance_mm
        )


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose badges show an element; category names are compared without case and accents.

    Attributes:
        only_for, not_for: names of categories; empty for everybody, for nobody.
    """

    only_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()

    def holds(self, delegate: Delegate) -> bool:
        """Whether this delegate's badge shows it."""
        category = fold(delegate.category)
        return (not self.only_for or category in map(fold, self.only_for)) and category not in map(
            fold, self.not_for
        )


@dataclass(frozen=True, slots=True)
class Words:
    """How one text is set.

    Attributes:
        text: a template as station.badges.layouts.words fills it; text_en: in English, empty for the same.
        colour: a role of the palette or ``#rrggbb``.
        lines: the most there may be. gap_mm: to the text above it.
        abbreviate: the middle names become initials before letters are cut off.
    """

    text: str
    text_en: str
    font: Font
    size_pt: float
    smallest_pt: float
    lines: int = 1
    colour: str = "ink"
    gap_mm: float = 0
    capitals: bool = False
    abbreviate: bool = False

    @property
    def template(self) -> str:
        """The template in the language in force."""
        return pick(self.text, self.text_en)


@dataclass(frozen=True, slots=True)
class Label:
    """Where an element stands in the file.

    Attributes:
        side: ``front`` or ``back``. number: counted from 1 on its side. kind: as the file says it.
        line: of the file, None if it could not be told.
    """

    side: str
    number: int
    kind: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Texts one below the other; empty ones take no room.

    Attributes:
        beside: what it makes room for, if it is there: ``logo``, ``photo``.
    """

    label: Label
    place: Place
    words: tuple[Words, ...]
    across: Across = "left"
    down: Down = "top"
    beside: tuple[str, ...] = ()
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Code:
    """The QR symbol with its quiet zone, a square."""

    label: Label
    place: Place
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Photo:
    """The delegate's photo, as large as its place allows in its own proportions, or nothing."""

    label: Label
    place: Place
    across: Across = "centre"
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Logo:
    """The event's logo, or nothing; ``has_plate``: with white around it, for a coloured ground."""

    label: Label
    place: Place
    across: Across = "left"
    has_plate: bool = True
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that lies beside the layout's file."""

    label: Label
    place: Place
    file: str
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle: a box, a line or the band of a category."""

    label: Label
    place: Place
    colour: str
    radius_mm: float = 0
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Ticks:
    """Items with an empty box before each, one below the other, for a pen."""

    label: Label
    place: Place
    items: tuple[str, ...]
    items_en: tuple[str, ...]
    size_pt: float
    smallest_pt: float
    colour: str = "ink"
    audience: Audience = Audience()

    @property
    def texts(self) -> tuple[str, ...]:
        """The items in the language in force."""
        return tuple(map(pick, self.items, self.items_en or self.items))


Element = TextBlock | Code | Photo | Logo | Drawing | Fill | Ticks


@dataclass(frozen=True, slots=True)
class BadgeLayout:
    """A page, where the cards stand on it, and what stands on a card.

    Attributes:
        origins_mm: top left corner of each card's front.
        has_cut_marks: whether marks at the page's edges show where the knife goes.
        is_roll: the page is as long as what is drawn on it, at most as long as the layout says.
        is_badge: printing it counts as the delegate's badge; a table sign does not.
        folds: the back stands below the front, turned by 180°, on the same page; else on a page that follows.
        pictures: the content of the files that drawings name, as PNG.
    """

    name: str
    title: str
    title_en: str
    width_mm: float
    height_mm: float
    card_width_mm: float
    card_height_mm: float
    origins_mm: tuple[tuple[float, float], ...]
    front: tuple[Element, ...]
    back: tuple[Element, ...] = ()
    has_cut_marks: bool = False
    folds: bool = False
    is_roll: bool = False
    is_badge: bool = True
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def card(self) -> Place:
        """The whole card."""
        return Place(0, 0, self.card_width_mm, self.card_height_mm)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Those of both sides."""
        return self.front + self.back

    @property
    def cuts_mm(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """x of vertical cuts and y of horizontal ones; none at the page's own edges."""
        if not self.has_cut_marks:
            return (), ()
        deep_mm = self.card_height_mm * (2 if self.folds else 1)
        across = {edge for x_mm, _y in self.origins_mm for edge in (x_mm, x_mm + self.card_width_mm)}
        down = {edge for _x, y_mm in self.origins_mm for edge in (y_mm, y_mm + deep_mm)}
        return _within(across, self.width_mm), _within(down, self.height_mm)

    @property
    def folds_mm(self) -> tuple[float, ...]:
        """y of the lines at which cards are folded."""
        return (
            tuple(sorted({y_mm + self.card_height_mm for _x, y_mm in self.origins_mm})) if self.folds else ()
        )


def _within(edges: set[float], most_mm: float) -> tuple[float, ...]:
    rounded = {round(edge, 3) for edge in edges}
    return tuple(sorted(edge for edge in rounded if 0.5 < edge < most_mm - 0.5))
