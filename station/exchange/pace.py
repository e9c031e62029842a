"""Lets the desk go first: long work beside it pauses while scans come, and goes on in short steps."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from station.store.folder import EventFolder

_BUSY_S = 0.15  # so long after a record the next one is expected
_STEP_S = 0.004  # of work between two pauses; a scan may have to wait that long
_LONGEST_PAUSE_S = 0.3  # a desk that never rests does not stop the work for good
_EVERY = 25  # items between two looks at the clock
Item = TypeVar("Item")


class Pace:
    """When work on a thread beside the desk may go on."""

    def __init__(self, files: EventFolder) -> None:
        self._files = files
        self._began = time.monotonic()

    def is_busy(self) -> bool:
        """Whether the desk recorded something just now, or waits to."""
        return self._files.is_awaited() or time.monotonic() - self._files.last_write_at < _BUSY_S

    def pause(self) -> None:
        """Wait while the desk is busy, after a step of work; not longer than a moment."""
        now = time.monotonic()
        if now - self._began < _STEP_S or not self.is_busy():
            return
        until = now + _LONGEST_PAUSE_S
        while time.monotonic() < until and self.is_busy():
            time.sleep(0.01)
        self._began = time.monotonic()

    def paced(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, with pauses between some of them."""
        for number, item in enumerate(items):
            if number % _EVERY == 0:
                self.pause()
            yield item
