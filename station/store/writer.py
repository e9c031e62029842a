"""The one thread that writes: every change is a function that runs there, in one durable transaction."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from station.errors import EnvironmentFault
from station.i18n import _
from station.right_of_way import recording
from station.store.connection import (
    WriteConnection,
    exchanged,
    fault_of,
    file_number,
    is_fault,
    log_of,
    open_for_writing,
    set_log_aside,
)

Result = TypeVar("Result")
Work = Callable[[WriteConnection], Result]


class _Job:
    """Work on its way to the writer thread, and what came of it; a lock wakes the caller quicker than a Future."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()


class Writer:
    """Owns the write connection. ``run`` may be called from any thread; work is done in the order it came.

    After a disk fault at commit the outcome is unknown: the connection is closed, opened again, and the entries
    that the work appended are looked for. Found and flushed: the work counts as done. Else: EnvironmentFault.
    """

    def __init__(self, path: Path) -> None:
        """Open the database. Raises sqlite3.Error, EnvironmentFault."""
        self._path = path
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()  # nothing is queued behind the end
        self._closed = False
        self._file = file_number(path)
        self._log: tuple[int, int] | None = None
        self._connection: WriteConnection | None = None
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._serve, args=(opened,), name="store-writer", daemon=True)
        self._thread.start()
        try:
            opened.result()
        except BaseException:
            self._thread.join()
            raise

    def is_awaited(self) -> bool:
        """Whether somebody waits for the work under way to end."""
        return not self._queue.empty()

    def run(self, work: Work[Result]) -> Result:
        """Do the work in one transaction; returns once it is durable. Raises EnvironmentFault if it is not."""
        job = _Job(work)
        with recording():
            with self._gate:
                if self._closed:
                    raise EnvironmentFault(_("The event is closed; nothing was recorded."))
                self._queue.put(job)
            job.done.acquire()
        if job.error is not None:
            raise job.error
        result: Result = job.result
        return result

    def close(self) -> None:
        """Finish what was asked for, empty the write-ahead log and close."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self, opened: "Future[None]") -> None:
        try:
            self._open_connection()
        except BaseException as error:  # edge: handed to the caller that waits for it
            opened.set_exception(error)
            return
        opened.set_result(None)
        while (job := self._queue.get()) is not None:
            try:
                job.result = self._transact(job.work)
            except BaseException as error:  # edge: handed to the caller that waits for it
                job.error = error
            job.done.release()
        self._close_connection()

    def _transact(self, work: Work[Result]) -> Result:
        if file_number(self._path) != self._file:
            self._let_go()
            raise exchanged(self._path)  # else the record would go into a file that nobody finds again
        if file_number(log_of(self._path)) != self._log:
            self._close_connection()  # somebody removed the log: closing saves from it what it holds
        committing = False
        appended: list[tuple[str, int, str]] = []
        try:
            connection = self._open_connection()
            connection.appended = appended
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                committing = True
                connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        except sqlite3.Error as error:
            if not is_fault(error):
                raise
            self._close_connection()
            if not committing or not self._reconciled(appended, error):
                raise fault_of(error, self._path) from error
        return result

    def _reconciled(self, appended: list[tuple[str, int, str]], fault: sqlite3.Error) -> bool:
        """Whether, after a fault at commit, the entries turn out to be in the database and on the disk.

        False: they are not in it. Raises EnvironmentFault where neither is certain.
        """
        uncertain = EnvironmentFault(
            _(
                "The disk failed at {path} at the moment of recording: it is not certain whether it was recorded. "
                "Check the disk, then do it once more; nothing counts twice."
            ).format(path=self._path)
        )
        try:
            connection = self._open_connection()
            found = [
                connection.execute(
                    "SELECT 1 FROM entry WHERE instance = ? AND sequence = ? AND hash = ?", entry
                ).fetchone()
                for entry in appended
            ]
            # Writes what the log holds to the disk once more, where a fault may have dropped it, and empties the log,
            # so that what is not found now is not found after a crash either.
            busy = self._emptied_log(connection, needed=any(found))
        except (sqlite3.Error, EnvironmentFault):
            self._close_connection()
            raise uncertain from fault
        if found and not any(found):
            return False
        if busy or not found or not all(found):
            raise uncertain from fault
        return True

    @staticmethod
    def _emptied_log(connection: WriteConnection, *, needed: bool) -> bool:
        """Move the log into the database; returns whether a reader stood in the way. Fails only where it is needed."""
        try:
            return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        except sqlite3.Error:
            if needed:
                raise
            return True

    def _let_go(self) -> None:
        """Close a database that is no longer at its place, and keep its log from the one that is there instead."""
        self._close_connection()  # SQLite leaves the log where the database was moved
        with suppress(OSError):
            if self._log is not None and file_number(log_of(self._path)) == self._log:
                set_log_aside(self._path)

    def _roll_back(self) -> None:
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._close_connection()  # which rolls back, too

    def _open_connection(self) -> WriteConnection:
        if self._connection is None:
            self._connection = open_for_writing(self._path)
            self._log = file_number(log_of(self._path))
        return self._connection

    def _close_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except sqlite3.Error:
                return  # the disk is gone; what was committed is in the log and is recovered at the next open
