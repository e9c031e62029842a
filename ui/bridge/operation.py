"""Long work as a value: started once, reports progress, succeeds, fails or is cancelled."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.errors import Cancelled, StationError

Progress = Callable[[int, int], None]


class Operation(QObject):
    """Runs one function in a named thread.

    Args:
        work: gets a ``progress(done, total)`` to call now and then; that call raises ``Cancelled`` when a
            person cancelled, and the work must then leave nothing half-written.

    Signals:
        progressed: (done, total); total is 0 while unknown.
        succeeded: (result of the work).
        failed: (StationError) with a sentence for the person.
        cancelled: the work stopped on request.
        finished: at the end, after one of the three above or, where the work had a bug, alone.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(self, name: str, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._cancel.set()

    def wait(self) -> None:
        """Block until the thread has ended."""
        if self._thread.ident is not None:
            self._thread.join()

    def _progress(self, done: int, total: int) -> None:
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            result, error = self._work(self._progress), None
        except Exception as caught:  # edge: sorted on the GUI thread
            result, error = None, caught
        self._ended.emit(result, error)

    @Slot(object, object)
    def _on_ended(self, result: Any, error: Exception | None) -> None:
        self._thread.join()
        if error is None:
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, StationError):
            self.failed.emit(error)
        self.finished.emit()
        if error is not None and not isinstance(error, StationError):
            raise error
