"""The event and its sessions."""

from dataclasses import dataclass
from datetime import date, datetime

from station.i18n import _, pick


@dataclass(frozen=True, slots=True)
class Event:
    """The whole gathering.

    Attributes:
        id: UUID text, the same on every laptop of the event.
        zone: IANA time zone in which dates and windows are meant.
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
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Part of an event that one checks into.

    Attributes:
        id: short identifier that people type, for example ``CD1``.
        number: place in the order of sessions.
        opens_at, closes_at: the window as aware UTC instants; None where the organiser set none.
    """

    id: str
    number: int
    title: str
    title_en: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def mark_of(event: Event) -> str:
    """The word that stands wherever a rehearsal is shown or printed; '' for an event that counts."""
    return _("REHEARSAL") if event.rehearsal else ""


def title_of(event: Event) -> str:
    """The event's name in the language in force, a rehearsal's with its mark before it."""
    return " – ".join(filter(None, (mark_of(event), pick(event.name, event.name_en))))
