"""How far a delivery to a stick is: written by the thread that delivers, read by the screen that shows it."""

import time
from collections.abc import Callable
from enum import Enum, auto

Progress = Callable[[int, int], None]
_SLOW_S = 2.5  # without a byte for so long, a stick is being waited for


class Phase(Enum):
    """What is being done."""

    PREPARING = auto()
    WRITING = auto()
    PROVING = auto()


class Course:
    """One delivery as it stands.

    Attributes:
        phase: what is being done. done_bytes, total_bytes: written and read back, of all that is to be.
        kept_bytes: what an earlier try had delivered already.

    Args:
        progress: is told (done, total) with every step, and may raise Cancelled.
    """

    def __init__(
        self, progress: Progress | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.phase = Phase.PREPARING
        self.done_bytes = self.total_bytes = self.kept_bytes = 0
        self._written = 0
        self._progress = progress or (lambda _done, _total: None)
        self._monotonic = monotonic
        self._begun = self._moved = monotonic()

    def hear(self, progress: Progress | None) -> None:
        """From now on tell somebody else."""
        self._progress = progress or self._progress

    def prepare(self, done: int, total: int) -> None:
        """A step before anything is written."""
        self._moved = self._monotonic()
        self._progress(done, total)

    def begin(self, to_write: int, to_prove: int, kept: int) -> None:
        """The bytes to be written, to be read back, and those that lie there already."""
        self.phase, self.done_bytes, self.total_bytes = Phase.WRITING, 0, to_write + to_prove
        self.kept_bytes, self._written = kept, 0
        self._begun = self._moved = self._monotonic()
        self.advance(0)

    def prove(self) -> None:
        """Everything is written, and is read back from now on."""
        self.phase = Phase.PROVING

    def advance(self, count: int) -> None:
        """So many bytes more. Raises what ``progress`` raises."""
        self.done_bytes += count
        self._moved = self._monotonic()
        self._progress(self.done_bytes, max(1, self.total_bytes))

    def is_waiting(self) -> bool:
        """Whether the medium has not taken or given a byte for a while."""
        return self.phase is not Phase.PREPARING and self._monotonic() - self._moved > _SLOW_S

    def speed(self) -> float:
        """Bytes a second since the first; 0 while that cannot be said."""
        span = self._monotonic() - self._begun
        return self.done_bytes / span if self.phase is not Phase.PREPARING and span > 0.3 else 0.0

    def remaining_s(self) -> float | None:
        """How long it will take still, None while that cannot be said."""
        speed = self.speed()
        return (self.total_bytes - self.done_bytes) / speed if speed > 0 else None
