"""The event folder on the disk: its parts, its lock, and the open database behind it."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from filelock import FileLock, Timeout

from station.clock import Clock
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.store import instance as instances
from station.store import migration
from station.store.backup import back_up
from station.store.connection import (
    DATABASE_NAME,
    WriteConnection,
    damage_named,
    damaged,
    exchanged,
    file_number,
    has_foreign_log,
    log_of,
    open_for_writing,
    reading,
    set_log_aside,
    snapshot,
    unreadable,
)
from station.store.instance import Instance
from station.store.journal import chain_problems, entries
from station.store.writer import Writer

PARTS = ("documents", "photos", "outbox", "exports", "backups")
_LOCK_NAME = "station.lock"
Result = TypeVar("Result")


class EventFolder:
    """An event folder that this program holds open; no other program can open it for writing meanwhile.

    Attributes:
        path: the folder. database: its SQLite file. instance: who writes here.
        written: called, on the thread that wrote, after everything that was recorded; must return at once.
        last_write_at: when something was written last that somebody waited for; seconds of time.monotonic.
    """

    def __init__(self, path: Path, clock: Clock, wait_s: float = 0.0) -> None:
        """Open, lock, migrate and check the folder; a moved or copied one continues as a new instance.

        Raises Refusal (not an event folder, newer version, held by another program) or EnvironmentFault
        (disk faults, damage).
        """
        self.path = path
        self.written: Callable[[], None] = lambda: None
        self.last_write_at = 0.0
        self.database = database_of(path)
        self._lock = _locked(path, wait_s)
        try:
            with damage_named(self.database):
                self._prepare(clock)
                self._file = file_number(self.database)
                self._writer = Writer(self.database)
                try:
                    self.instance = self._marked(
                        lambda connection, nonce: _instance_here(connection, path, clock, nonce)
                    )
                    self._refuse_broken_chain()
                except BaseException:
                    self._writer.close()
                    raise
        except BaseException:
            self._lock.release()
            raise

    def write(self, work: Callable[[WriteConnection], Result], *, beside: bool = False) -> Result:
        """Do the work on the writer thread in one durable transaction. Raises EnvironmentFault.

        ``beside``: it is a step of long work, which lets the desk go first.
        """
        result = self._writer.run(work)
        if not beside:
            self.last_write_at = time.monotonic()
        self.written()
        return result

    def is_awaited(self) -> bool:
        """Whether somebody waits to write: long work ends its transaction early then, and goes on in another one."""
        return self._writer.is_awaited()

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection of the caller's own that cannot write. Raises EnvironmentFault."""
        self._refuse_exchanged()
        return reading(self.database)

    def snapshot(self) -> AbstractContextManager[sqlite3.Connection]:
        """A reading connection whose statements all see one and the same moment. Raises EnvironmentFault."""
        self._refuse_exchanged()
        return snapshot(self.database)

    def close(self) -> None:
        """Finish writing, close and let go of the folder."""
        try:
            self._marked(
                lambda connection, nonce: instances.mark(
                    connection, self.instance.id, instances.marker_of(self.path, nonce)
                )
            )
        except (EnvironmentFault, OSError):
            pass  # without a new nonce a copy made meanwhile is told less surely
        finally:
            self._writer.close()
            self._lock.release()

    def _marked(self, work: Callable[[WriteConnection, str], Result]) -> Result:
        """Do work that marks the database with a new nonce; cut short at any moment, one of the nonces fits.

        All old ones stay until the mark is durable: after several openings that were cut short any may be the one.
        """
        nonce = instances.new_nonce()
        instances.write_nonces(self.path, [nonce, *instances.nonces_beside(self.path)])
        result = self.write(lambda connection: work(connection, nonce))
        instances.write_nonces(self.path, [nonce])
        return result

    def _refuse_exchanged(self) -> None:
        if file_number(self.database) != self._file:
            raise exchanged(self.database)  # a reader would join the new file with the log of the old one

    def _prepare(self, clock: Clock) -> None:
        if has_foreign_log(self.database):
            set_log_aside(self.database)
        with reading(self.database) as connection:
            migration.refuse_foreign(connection, self.path)
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damaged(self.database)
            outdated = migration.version_of(connection) < migration.steps()[-1][0]
        if outdated:
            back_up(self.database, self.path / "backups", clock.now())
        with closing(open_for_writing(self.database)) as connection:
            migration.migrate(connection)
            if not migration.is_complete(connection):
                raise damaged(self.database)

    def _refuse_broken_chain(self) -> None:
        with self.reading() as connection:
            problems = chain_problems(entries(connection, self.instance.id))
            if problems:
                raise EnvironmentFault(f"{damaged(self.database)} {problems[0]}")
            if not instances.keys_hold(connection, self.instance.id):
                raise damaged(self.database)


def database_of(path: Path) -> Path:
    """The database file of an event folder. Raises Refusal when the folder is none, EnvironmentFault."""
    database = path / DATABASE_NAME
    try:
        is_folder, has_database = path.is_dir(), database.is_file()
    except OSError as error:
        raise unreadable(path) from error
    if not is_folder:
        raise Refusal(_("There is no folder {path}. Check the name.").format(path=path))
    if not has_database:
        raise Refusal(
            _(
                "{path} is not an event folder (there is no {name} in it). "
                "Choose the folder that holds that file, or make a new event."
            ).format(path=path, name=DATABASE_NAME)
        )
    return database


@contextmanager
def database_at_rest(path: Path) -> Iterator[Path]:
    """The database of an event folder for who only looks: a private copy, so that the folder stays as it is.

    While a desk has the folder open, the file itself, which a reader may then share. Raises Refusal, OSError.
    """
    database = database_of(path)
    try:
        lock = _locked(path, 0.0) if (path / _LOCK_NAME).exists() else None
    except Refusal:
        yield database
        return
    except EnvironmentFault:  # a medium that cannot be written: nobody has the folder open there
        lock = None
    try:
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            parts = [database] if has_foreign_log(database) else [database, log_of(database)]
            for part in parts:
                if part.exists():
                    shutil.copyfile(part, Path(place) / part.name)
            yield Path(place) / DATABASE_NAME
    finally:
        if lock is not None:
            lock.release()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every program from opening an event folder meanwhile. Raises Refusal (it is open), EnvironmentFault."""
    lock = _locked(path, 0.0)
    try:
        yield
    finally:
        lock.release()


def create_database(path: Path) -> WriteConnection:
    """Lay out a new event folder at an existing empty path; returns its write connection, to be closed.

    Raises OSError, sqlite3.Error.
    """
    for part in PARTS:
        (path / part).mkdir()
    connection = open_for_writing(path / DATABASE_NAME, create=True)
    try:
        migration.migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _locked(path: Path, wait_s: float) -> FileLock:
    lock = FileLock(path / _LOCK_NAME, timeout=wait_s, thread_local=False)  # any thread may close the folder
    try:
        lock.acquire()
    except Timeout:
        raise Refusal(
            _(
                "The event in {path} is already open in another window or program. "
                "Go on there, or close it first."
            ).format(path=path)
        ) from None
    except OSError as error:
        raise EnvironmentFault(
            _("{path} may not be written: check the folder's permissions and the disk.").format(path=path)
        ) from error
    return lock


def _instance_here(connection: WriteConnection, path: Path, clock: Clock, nonce: str) -> Instance:
    """Who writes here: the instance whose marker fits, else a new one; marked with a new nonce from now on."""
    marker = instances.marker_of(path, nonce)
    for known in instances.nonces_beside(path):
        here = instances.instance_here(
            connection, instances.marker_of(path, known)
        ) or instances.instance_here(connection, instances.former_marker_of(path, known))
        if here is not None:
            instances.mark(connection, here.id, marker)
            return here
    return instances.start_instance(connection, instances.next_name(connection) or _("Desk 1"), marker, clock)
