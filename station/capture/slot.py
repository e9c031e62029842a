"""The place between two threads that holds only the newest frame."""

import threading

from station.capture.frame import Frame


class FrameSlot:
    """One thread puts frames in, one takes them out; a frame that was not taken in time is replaced."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: Frame | None = None
        self._newest: Frame | None = None
        self._taker_is_idle = False
        self._closed = False

    def put(self, frame: Frame) -> bool:
        """Leave a frame. Returns whether it replaced one that nobody had taken."""
        with self._changed:
            replaced = self._waiting is not None
            self._waiting = self._newest = frame
            self._changed.notify_all()
            return replaced

    def newest(self) -> Frame | None:
        """The frame that was put in last, taken or not."""
        return self._newest

    def take(self) -> Frame | None:
        """The newest frame that was not taken yet; waits for one. None when the slot is closed."""
        with self._changed:
            self._taker_is_idle = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting is not None or self._closed)
            frame, self._waiting = self._waiting, None
            self._taker_is_idle = False
            return None if self._closed else frame

    def settle(self) -> None:
        """Wait until the taker has taken everything and asks for more, or the slot is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._taker_is_idle and self._waiting is None))

    def close(self) -> None:
        """Let nobody wait any longer; the newest frame stays."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
