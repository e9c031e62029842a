"""Opens SQLite connections as durable, guarded and plain as the station needs them, and names their faults."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from station.errors import EnvironmentFault, Refusal
from station.i18n import _

DATABASE_NAME = "event.sqlite3"
APPLICATION_ID = 0x43484B53  # "CHKS"
_SYNCHRONOUS_FULL = 2
# The world's faults, told from our bugs once, here (primary SQLite result codes).
_FAULT_CODES = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
}
_GUARDS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else INSERT OR REPLACE walks past a delete trigger
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
)


ReadConnection = sqlite3.Connection


class WriteConnection(sqlite3.Connection):
    """The write connection; remembers what the open transaction appended, in case its commit is in doubt.

    Attributes:
        appended: (instance, sequence, hash) of each entry, in order.
    """

    appended: list[tuple[str, int, str]]


def primary_code(error: sqlite3.Error) -> int:
    """The primary SQLite result code of an error, -1 where Python raised it without one."""
    return getattr(error, "sqlite_errorcode", -1) & 0xFF


def is_fault(error: sqlite3.Error) -> bool:
    """Whether the world failed (disk, file), not our code."""
    return primary_code(error) in _FAULT_CODES


def fault_of(error: sqlite3.Error, path: Path) -> EnvironmentFault:
    """The sentence for the desk that belongs to a fault of SQLite."""
    code = primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        text = _(
            "The disk is full: nothing was recorded. Free some space on the disk of {path}, then try again."
        )
    elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        text = _(
            "{path} may not be written: nothing was recorded. Check the folder's permissions and the disk."
        )
    elif code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        text = _(
            "{path} is damaged. Stop using this folder and restore the newest copy from its backups folder."
        )
    elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        text = _(
            "{path} is held by another program: nothing was recorded. Close the other program, then try again."
        )
    else:
        text = _("The disk failed at {path}: nothing was recorded. Check the disk, then try again.")
    return EnvironmentFault(text.format(path=path))


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Turn SQLite's faults of the world into EnvironmentFault; let bugs through."""
    try:
        yield
    except sqlite3.Error as error:
        if is_fault(error):
            raise fault_of(error, path) from error
        raise


def open_for_writing(path: Path) -> WriteConnection:
    """The one write connection: WAL, synchronous=FULL, both asserted. Raises sqlite3.Error, Refusal."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5, factory=WriteConnection)
    try:
        connection.appended = []
        _guard(connection)
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA fullfsync=ON")  # acts on macOS only
        connection.execute("PRAGMA journal_size_limit=16777216")
        synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, synchronous) != ("wal", _SYNCHRONOUS_FULL):
            raise Refusal(
                _(
                    "The disk of {path} cannot keep records safely (journal mode {mode}). "
                    "Copy the event folder to the laptop's own disk and open it there."
                ).format(path=path, mode=mode)
            )
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own for one reader, unable to write. Faults are named."""
    with faults_named(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=5)
        try:
            _guard(connection)
            connection.execute("PRAGMA query_only=ON")
            yield connection
        finally:
            connection.close()


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A reading connection whose statements all see one and the same moment."""
    with reading(path) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def scratch_copy(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory that may be changed freely: what would happen, without its happening."""
    with reading(path) as source:
        copy = sqlite3.connect(":memory:", isolation_level=None)
        try:
            _guard(copy)
            source.backup(copy)
            yield copy
        finally:
            copy.close()


def _guard(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    for pragma in _GUARDS:
        connection.execute(pragma)
