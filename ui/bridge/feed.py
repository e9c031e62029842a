"""Turns the callbacks of a capture feed, which come on its threads, into signals on the GUI thread."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.errors import StationError

if TYPE_CHECKING:
    from station.capture.feed import CameraStatus
    from station.capture.frame import Sighting


class FeedBridge(QObject):
    """Listens to one feed; create it on the GUI thread and stop the feed before deleting it.

    Args:
        take: what answers a sighting, called on the feed's decoding thread.

    Signals:
        frame_arrived: the camera thread poked; never more than one of these is under way.
        redeemed: (answer, Sighting) after it was taken; at the desk the answer is a verdict, which was recorded.
        failed: (StationError or another exception) a scan was not recorded.
        status_changed: (CameraStatus) the camera was found, lost, or came to its end.
        faulted: (Exception) a bug in capture, which goes on.
    """

    frame_arrived = Signal()
    redeemed = Signal(object, object)
    failed = Signal(object)
    status_changed = Signal(object)
    faulted = Signal(object)
    _poked = Signal()

    def __init__(self, take: Callable[["Sighting"], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._pending = threading.Event()
        self._poked.connect(self._on_poked, Qt.ConnectionType.QueuedConnection)

    def is_poked(self) -> bool:
        """Whether the GUI thread has not yet answered the last poke."""
        return self._pending.is_set()

    def poke(self) -> None:
        """For the camera thread: a picture waits. Signals have no back-pressure, so one poke waits at most."""
        if not self._pending.is_set():
            self._pending.set()
            self._poked.emit()

    def on_sighting(self, sighting: "Sighting") -> None:
        """For the decoding thread: redeem, then tell the screen."""
        try:
            answer = self._take(sighting)
        except Exception as error:  # edge: the scan of a broken rule must be as loud as that of a full disk
            self.failed.emit(error)
            if not isinstance(error, StationError):
                self.faulted.emit(error)
        else:
            self.redeemed.emit(answer, sighting)

    def on_state(self, status: "CameraStatus") -> None:
        """For any thread of the feed."""
        self.status_changed.emit(status)

    def on_fault(self, error: Exception) -> None:
        """For any thread of the feed."""
        self.faulted.emit(error)

    @Slot()
    def _on_poked(self) -> None:
        self._pending.clear()
        self.frame_arrived.emit()
