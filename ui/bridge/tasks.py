"""Short work that may wait for the disk, run in order on one thread, its results brought to the GUI thread."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.errors import StationError

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    topic: str
    ticket: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: _Task
    result: Any
    error: Exception | None


class Tasks(QObject):
    """One named worker thread; ``done`` and ``failed`` are called on the GUI thread.

    Signals:
        failed: (Exception) a task without its own ``failed`` did not succeed.
    """

    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._tickets = 0
        self._closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        topic: str = "",
    ) -> None:
        """Do the work soon. Of tasks with the same topic only the newest matters: older ones are skipped."""
        self._tickets += 1
        if topic:
            self._newest[topic] = self._tickets
        self._queue.put(_Task(work, done, failed, topic, self._tickets))

    def close(self) -> None:
        """Finish what waits, then end the thread; results that arrive afterwards are dropped."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()

    def _outdated(self, task: _Task) -> bool:
        return bool(task.topic) and self._newest[task.topic] != task.ticket

    def _run(self) -> None:
        while (task := self._queue.get()) is not None:
            if self._outdated(task):
                continue
            try:
                outcome = _Outcome(task, task.work(), None)
            except Exception as error:  # edge: raised again on the GUI thread
                outcome = _Outcome(task, None, error)
            self._finished.emit(outcome)

    @Slot(object)
    def _on_finished(self, outcome: _Outcome) -> None:
        task = outcome.task
        if self._closed or self._outdated(task):
            return
        if outcome.error is None:
            if task.done is not None:
                task.done(outcome.result)
            return
        (task.failed or self.failed.emit)(outcome.error)
        if not isinstance(outcome.error, StationError):
            raise outcome.error  # a bug: told like any failure, and kept by the exception hook
