"""The event and its sessions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from station.i18n import _, pick
from station.model.delegate import Delegate

LONGEST_GRACE_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Event:
    """The whole gathering.

    Attributes:
        id: UUID text, the same on every laptop of the event.
        zone: IANA time zone in which dates and windows are meant.
        logo: PNG as station.badges.logo makes it; empty for none.
        archived_at: since when the event rests; None while it can be worked with.
        rehearsal: everything works and nothing counts; said wherever the event is shown or printed.
    """

    id: str
    name: str
    name_en: str
    starts_on: date
    ends_on: date
    venue: str = ""
    organiser: str = ""
    zone: str = "Asia/Ho_Chi_Minh"
    logo: bytes = field(default=b"", repr=False)
    archived_at: datetime | None = None
    rehearsal: bool = False


class Repeats(StrEnum):
    """How often one delegate may be admitted to a session."""

    ONCE = "once"
    DAILY = "daily"  # once on every day, as the calendar of the event's zone counts them
    ALWAYS = "always"


class Audience(NamedTuple):
    """Whom one rule lets in: a category, a unit, or, with both, that category of that unit; '' stands for all."""

    category: str = ""
    unit: str = ""

    def holds(self, delegate: Delegate) -> bool:
        """Whether the rule speaks of this delegate."""
        return self.category in ("", delegate.category) and self.unit in ("", delegate.unit)


@dataclass(frozen=True, slots=True)
class Session:
    """Part of an event that one checks into.

    Attributes:
        id: short identifier that people type, for example ``CD1``.
        number: place in the order of sessions.
        opens_at, closes_at: the window as aware UTC instants; None where the organiser set none.
        grace_before_minutes, grace_after_minutes: so long before and after its window it admits, too.
        admits: who may enter, any rule suffices, in their order; empty for everybody.
        exits: whether leaving is recorded, too.
        repeats: how often one may be admitted.
        re_entry: with exits: whoever left may come in again.
    """

    id: str
    number: int
    title: str
    title_en: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    grace_before_minutes: int = 0
    grace_after_minutes: int = 0
    admits: tuple[Audience, ...] = ()
    exits: bool = False
    repeats: Repeats = Repeats.ONCE
    re_entry: bool = False

    @property
    def admits_from(self) -> datetime | None:
        """The first instant at which it admits, grace included; None for always."""
        return self.opens_at and self.opens_at - timedelta(minutes=self.grace_before_minutes)

    @property
    def admits_until(self) -> datetime | None:
        """The instant from which it admits no more, grace included; None for never."""
        return self.closes_at and self.closes_at + timedelta(minutes=self.grace_after_minutes)

    @property
    def admits_anew(self) -> bool:
        """Whether who is in may be admitted again without having left or another day having come."""
        return self.repeats is Repeats.ALWAYS and not (self.exits and self.re_entry)

    def entitles(self, delegate: Delegate) -> bool:
        """Whether a delegate's category and unit may enter."""
        return not self.admits or any(rule.holds(delegate) for rule in self.admits)


def mark_of(event: Event) -> str:
    """The word that stands wherever a rehearsal is shown or printed; '' for an event that counts."""
    return _("REHEARSAL") if event.rehearsal else ""


def title_of(event: Event) -> str:
    """The event's name in the language in force, a rehearsal's with its mark before it."""
    return " – ".join(filter(None, (mark_of(event), pick(event.name, event.name_en))))
