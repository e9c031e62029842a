"""What the desk tells of delegates besides verdicts: a card, a match of a search, a line of the roster."""

from dataclasses import dataclass
from datetime import datetime

from station.documents.bundles import Bundle
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.verdict import Movement


@dataclass(frozen=True, slots=True)
class Card:
    """All the desk shows of a delegate; an enquiry, never a verdict. Admission and departure as in a verdict."""

    delegate: Delegate
    bundle: Bundle
    admission: Movement | None
    session: Session
    departure: Movement | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A delegate who was searched for; score from 0 to 1; ``alike``: somebody else's name is easily taken for it."""

    delegate: Delegate
    score: float
    present: bool
    alike: bool = False


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A delegate with the attendance of one session: there now, and when they first came and last left.

    Attributes:
        unit_colour, category_colour: ``#rrggbb``, '' for none.
    """

    delegate: Delegate
    present: bool
    first_in: datetime | None
    last_out: datetime | None = None
    unit_colour: str = ""
    category_colour: str = ""
