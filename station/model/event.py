"""The event and its sessions."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """The whole gathering.

    Attributes:
        id: UUID text, the same on every laptop of the event.
        zone: IANA time zone in which dates and windows are meant.
        logo: PNG as station.badges.logo makes it; empty for none.
        archived_at: since when the event rests; None while it can be worked with.
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
