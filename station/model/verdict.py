"""What the desk answers to a scan: a verdict and, unless it is a plain yes, the reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.model.clue import Recogniser
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.model.event import Session


class Outcome(StrEnum):
    """The three answers: green, amber, red."""

    ADMITTED = "admitted"
    ATTENTION = "attention"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a verdict is not a plain yes."""

    MISREAD = "MISREAD"
    FORGED = "FORGED"
    UNKNOWN = "UNKNOWN"
    WRONG_EVENT = "WRONG_EVENT"
    REVOKED = "REVOKED"
    BLOCKED = "BLOCKED"
    WITHDRAWN = "WITHDRAWN"
    NOT_ON_ROSTER = "NOT_ON_ROSTER"
    NOT_YET_OPEN = "NOT_YET_OPEN"
    CLOSED = "CLOSED"
    NOT_ENTITLED = "NOT_ENTITLED"
    ALREADY_IN = "ALREADY_IN"
    NOT_IN = "NOT_IN"
    AMBIGUOUS = "AMBIGUOUS"
    SUBSTITUTED = "SUBSTITUTED"
    SIGN_IN_ROW = "SIGN_IN_ROW"  # of a printed sheet: it admits nobody at the desk
    OTHER_SHEET = "OTHER_SHEET"  # a row of another session's sheet than the one that is taken in
    CERTIFICATE = "CERTIFICATE"


ATTENTION_REASONS = frozenset({Reason.ALREADY_IN, Reason.NOT_ON_ROSTER})


class Source(StrEnum):
    """How a scan reached the desk."""

    CAMERA = "camera"
    SCANNER = "scanner"
    IMAGE = "image"
    TYPED = "typed"
    HAND = "hand"  # the clerk found the delegate by name and admitted them without a code
    PAPER = "paper"  # a signature on a printed sheet, taken in afterwards


class Direction(StrEnum):
    """Which way a delegate passes the desk."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Movement:
    """An admission of a delegate to a session, or an exit from it.

    Attributes:
        at: when, aware UTC.
        station: the name of the station whose desk recorded it.
        here: whether that was this very station.
        entry: the journal entry that says so.
    """

    direction: Direction
    at: datetime
    station: str
    here: bool
    entry: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one scan; exists only once its journal entry is durable.

    Attributes:
        reason: None exactly when the outcome is a plain ``admitted``.
        delegate: the person, where the code leads to one.
        session: what was checked into.
        at: when the desk decided, aware UTC.
        entry: identifier of the journal entry, ``instance-sequence``.
        bundle: the delegate's documents with their state; empty without a delegate.
        direction: whether the delegate wanted in or out.
        admission: the admission to this session that counts now: the one of this scan, or the one before that stands
            in its way, or with which a delegate who leaves had come in.
        departure: the exit with which a delegate left who is outside now; of this scan or before.
        enquiry: the code was a delegate's readable code: show the card, not a verdict.
        source: how the scan reached the desk.
        recogniser: what found the delegate in the code; None where nothing did, or nobody scanned a code.
        candidates: for ``AMBIGUOUS`` the delegates whom the code may mean, at most 9.
    """

    outcome: Outcome
    reason: Reason | None
    delegate: Delegate | None
    session: Session
    at: datetime
    entry: str
    bundle: tuple[BundleItem, ...] = ()
    admission: Movement | None = None
    enquiry: bool = False
    source: Source = Source.TYPED
    recogniser: Recogniser | None = None
    candidates: tuple[Delegate, ...] = ()
    direction: Direction = Direction.IN
    departure: Movement | None = None
