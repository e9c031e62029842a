"""A badge on its way to paper."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """Where a job is; ``UNKNOWN``: it went to a printer, and nobody knows whether it came out."""

    QUEUED = "queued"
    SENT = "sent"
    UNKNOWN = "unknown"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


CLOSED = frozenset({JobState.DONE, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Job:
    """One wished badge.

    Attributes:
        delegate: the identity; name, code, category: of that delegate.
        why: the reason for printing it once more; desk: where it was wished.
        printer: where it went, '' before; ticket: the job's name in the printer's own queue, '' for none.
        reason: why it is not printed.
        confirmed: whether the printer's queue said that it came out; else it was handed over, no more is known.
    """

    number: int
    delegate: str
    name: str
    code: str
    category: str
    wished_at: datetime
    state: JobState
    why: str = ""
    desk: str = ""
    printer: str = ""
    ticket: str = ""
    reason: str = ""
    attempts: int = 0
    printed_at: datetime | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Printing:
    """When and at which desk a badge was printed."""

    at: datetime
    desk: str


@dataclass(frozen=True, slots=True)
class Roll:
    """What came out of a printer in all and of the roll in it; ``size`` 0: nobody said how many are on it."""

    printed: int = 0
    size: int = 0
    used: int = 0

    @property
    def left(self) -> int | None:
        """How many labels are left on the roll; None where nobody knows."""
        return max(0, self.size - self.used) if self.size else None
