"""What time it is: the only source of wall-clock time, so that a demo or a test can start on another day."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a chosen instant and runs at the machine's pace."""

    def __init__(self, starts_at: datetime) -> None:
        self._starts_at = starts_at.astimezone(UTC)
        self._origin = time.monotonic()

    def now(self) -> datetime:
        return self._starts_at + timedelta(seconds=time.monotonic() - self._origin)


def to_ms(instant: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC of an aware instant."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC instant of milliseconds since 1970-01-01 UTC. Raises OverflowError beyond the year 9999."""
    return _EPOCH + timedelta(milliseconds=milliseconds)
