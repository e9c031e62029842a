"""What stands at the head and foot of an official form besides the event's own data."""

from dataclasses import dataclass

from station.i18n import language
from station.model.event import Event


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Words that only the organiser knows; all may be empty.

    Attributes:
        superior: the body above the organiser. organisation: instead of the event's organiser.
        number: number and symbol of the paper (``12/DS-BTC``); empty leaves room to write it by hand.
        place: where it is signed; empty takes the last part of the venue.
        national: with state and motto; None where the language decides.
    """

    superior: str = ""
    organisation: str = ""
    number: str = ""
    place: str = ""
    national: bool | None = None

    @property
    def is_national(self) -> bool:
        """Whether state and motto head the paper: in Vietnamese, unless somebody chose."""
        return language() == "vi" if self.national is None else self.national

    def organisation_of(self, event: Event) -> str:
        """Who issues the paper."""
        return self.organisation or event.organiser

    def place_of(self, event: Event) -> str:
        """Where it is signed, '' where nobody said."""
        return self.place or event.venue.rpartition(",")[2].strip()
