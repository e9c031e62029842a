"""How this machine prints badges: when, on which printer, and each printer's paper, offset and copies."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from station.badges.layout import CARD
from station.settings import Settings

FILE_PRINTER = "file:"
ROTATIONS = (0, 90, 180, 270)
MOST_OFFSET_MM, SCALES_PERCENT, MOST_COPIES, MOST_LABELS = 50.0, (50, 150), 20, 100_000


class When(StrEnum):
    """When an admission queues a badge; ``DEMAND``: only the clerk does; ``NEVER``: nobody at this desk."""

    NEVER = "never"
    FIRST = "first"
    ALWAYS = "always"
    DEMAND = "demand"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one printer needs.

    Attributes:
        layout: name of the badge layout, ready-made or the event's own.
        offset_x_mm, offset_y_mm: everything is printed so much further right and down.
        rotation: clockwise, degrees. scale_percent: of the drawn size. Both only where this program drives the printer.
        double_sided: the badge is on both sides; where its layout has a back, that is what is there.
        cut_marks: those that the layout has are printed. copies: of each badge.
        warn_at: labels left on the roll at which it is told.
    """

    layout: str = CARD.name
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0
    rotation: int = 0
    scale_percent: float = 100.0
    double_sided: bool = False
    cut_marks: bool = True
    copies: int = 1
    warn_at: int = 20

    @property
    def labels(self) -> int:
        """How many labels one badge takes."""
        return self.copies

    @property
    def offset_mm(self) -> tuple[float, float]:
        """Both offsets."""
        return self.offset_x_mm, self.offset_y_mm


@dataclass(frozen=True, slots=True)
class Printing:
    """The choices of one machine.

    Attributes:
        at_once: whether a wished badge goes to the printer at once; else it waits for a person.
        printer: address of the usual printer, '' for none. by_category: of other printers for some categories.
        profiles: by the printer's address.
    """

    when: When = When.FIRST
    at_once: bool = False
    printer: str = ""
    by_category: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    def printer_for(self, category: str) -> str:
        """The address of the printer for a category, '' for none."""
        return self.by_category.get(category) or self.printer

    def profile(self, printer: str) -> Profile:
        """What a printer needs; the usual where nobody said."""
        return self.profiles.get(printer, Profile())

    def printers(self) -> list[str]:
        """Every printer that is chosen for something, the usual one first."""
        return [name for name in dict.fromkeys([self.printer, *self.by_category.values()]) if name]


def printing_of(settings: Settings) -> Printing:
    """The choices in the settings; whatever cannot be read is as usual."""
    stored = settings.printing
    when = stored.get("when")
    by_category, profiles = stored.get("by_category"), stored.get("profiles")
    return Printing(
        When(when) if when in list(When) else When.FIRST,
        stored.get("at_once") is True,
        printer if isinstance(printer := stored.get("printer"), str) else "",
        {key: name for key, name in by_category.items() if isinstance(name, str)}
        if isinstance(by_category, dict)
        else {},
        {name: _profile(values) for name, values in profiles.items() if isinstance(values, dict)}
        if isinstance(profiles, dict)
        else {},
    )


def keep_printing(settings: Settings, printing: Printing) -> None:
    """Put the choices into the settings."""
    settings.printing = asdict(printing)


def _profile(values: Mapping[str, Any]) -> Profile:
    """A profile from stored values, each within its limits."""
    usual = Profile()
    known = {
        each.name: values[each.name]
        for each in fields(Profile)
        if each.name in values and _fits(getattr(usual, each.name), values[each.name])
    }
    read = replace(usual, **known)
    return replace(
        read,
        offset_x_mm=_between(read.offset_x_mm, -MOST_OFFSET_MM, MOST_OFFSET_MM),
        offset_y_mm=_between(read.offset_y_mm, -MOST_OFFSET_MM, MOST_OFFSET_MM),
        rotation=read.rotation if read.rotation in ROTATIONS else 0,
        scale_percent=_between(read.scale_percent, *SCALES_PERCENT),
        copies=int(_between(read.copies, 1, MOST_COPIES)),
        warn_at=int(_between(read.warn_at, 0, MOST_LABELS)),
    )


def _fits(usual: object, value: object) -> bool:
    if isinstance(usual, float):
        return type(value) in (int, float)
    return type(value) is type(usual)


def _between(value: float, least: float, most: float) -> float:
    return min(max(value, least), most) if value == value else least  # NaN is not equal to itself
