"""What delegates bring in, of whom it is expected, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubmissionKind(StrEnum):
    """What is brought in."""

    SLIDES = "slides"
    VIDEO = "video"
    POSTER = "poster"
    REPORT = "report"
    OTHER = "other"


class How(StrEnum):
    """How it came in; a delegate who has none to bring owes it no more."""

    FILE = "file"
    PAPER = "paper"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Submission:
    """Something delegates were to bring. Who is said by rules, see Entitlement, whose document is this code.

    Attributes:
        code: short identifier that people type, for example ``SP01``. number: place in the order.
        session: before which it is due, '' for none. due_at: aware instant, None for no time.
    """

    code: str
    number: int
    title: str
    kind: SubmissionKind = SubmissionKind.OTHER
    session: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one delegate's submission.

    Attributes:
        delegate: identity. submission: its code. at: aware instant. station: the desk that took it.
        file_name: below ``submissions/`` of the event folder of that station; '' where it is no file.
    """

    delegate: str
    submission: str
    how: How
    at: datetime
    station: str
    file_name: str = ""
    sha256: str = ""
    bytes: int = 0
