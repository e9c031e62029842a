"""The fake of a frame source: it gives the pictures it was made with."""

import threading
from collections.abc import Sequence

from tests.unit.capture.pictures import Picture


class PicturedSource:
    """Gives these pictures, then none; what it promises is checked in ``tests/contracts``.

    Args:
        shutter: when given, each picture waits until a test releases it, or closes the source.
    """

    def __init__(
        self, pictures: Sequence[Picture], *, finite: bool = True, shutter: threading.Semaphore | None = None
    ) -> None:
        self._pictures = list(pictures)
        self._shutter = shutter
        self.frames_per_second = 30.0
        self.finite = finite
        self.announced_frames = len(self._pictures) if finite else 0
        self.closed = threading.Event()

    def read(self) -> Picture | None:
        if self._shutter is not None:
            self._shutter.acquire()
        return self._pictures.pop(0) if self._pictures and not self.closed.is_set() else None

    def skip(self) -> bool:
        return self.read() is not None

    def close(self) -> None:
        self.closed.set()
