"""Scans go first: long work stops between its steps while something is being recorded.

Threads of Python share one interpreter. A scan passes from the desk to the writing thread and back, and each time it
would have to wait until a thread at long work lets go. So long work that asks here at every small step stands still
for the few milliseconds that a record takes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT_S = 0.25  # a step waits no longer: where the disk hangs, long work creeps on

_count = 0
_lock = threading.Lock()
_free = threading.Event()
_free.set()


@contextmanager
def recording() -> Iterator[None]:
    """What happens inside has the right of way."""
    global _count
    with _lock:
        _count += 1
        _free.clear()
    try:
        yield
    finally:
        with _lock:
            _count -= 1
            if not _count:
                _free.set()


def give_way() -> None:
    """Wait while something is being recorded; costs next to nothing where nothing is."""
    if _count:
        _free.wait(LONGEST_WAIT_S)
