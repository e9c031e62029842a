"""Opens SQLite connections as durable, guarded and plain as the station needs them, and names their faults."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from station.errors import EnvironmentFault
from station.i18n import _
from station.right_of_way import give_way

DATABASE_NAME = "event.sqlite3"
ENGINE_VERSION = sqlite3.sqlite_version
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
# What a full disk also looks like: SQLite could not make or lengthen a file beside the database.
_FULL_TOO = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
_STEPS_BETWEEN_WAYS = 500  # of SQLite's machine: well below a millisecond
_NEXT_TO_NOTHING_BYTES = 65_536
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
    """The primary SQLite result code of an error, 0 where Python raised it for a wrong call."""
    # Python's own OperationalError, the one without a code: a stored text that is not UTF-8.
    own = sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else sqlite3.SQLITE_OK
    return int(getattr(error, "sqlite_errorcode", own)) & 0xFF


def is_fault(error: sqlite3.Error) -> bool:
    """Whether the world failed (disk, file), not our code."""
    return primary_code(error) in _FAULT_CODES


def fault_of(error: sqlite3.Error, path: Path) -> EnvironmentFault:
    """The sentence for the desk that belongs to a fault of SQLite while something was to be recorded."""
    code = primary_code(error)
    if code == sqlite3.SQLITE_FULL or (code in _FULL_TOO and _is_full(path)):
        text = _(
            "The disk is full: nothing was recorded. Free some space on the disk of {path}, then try again."
        )
    elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        text = _(
            "{path} may not be written: nothing was recorded. Check the folder's permissions and the disk."
        )
    elif code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path)
    elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        text = _(
            "{path} is held by another program: nothing was recorded. Close the other program, then try again."
        )
    else:
        text = _("The disk failed at {path}: nothing was recorded. Check the disk, then try again.")
    return EnvironmentFault(text.format(path=path))


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEXT_TO_NOTHING_BYTES
    except OSError:
        return False


def _reading_fault_of(error: sqlite3.Error, path: Path) -> EnvironmentFault:
    code = primary_code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path)
    if code in _FULL_TOO and _is_full(path):
        return fault_of(error, path)
    return unreadable(path)


def damaged(path: Path) -> EnvironmentFault:
    """The sentence for a file that is not as it was written, or seems so: to SQLite a failed reading is damage, too."""
    return EnvironmentFault(
        _(
            "{path} is damaged or could not be read. Close the program and open the event folder again; "
            "if that repeats, restore the newest copy from its backups folder."
        ).format(path=path)
    )


def unreadable(path: Path) -> EnvironmentFault:
    """The sentence for a file that the disk does not give back."""
    return EnvironmentFault(_("{path} could not be read. Check the disk, then try again.").format(path=path))


def exchanged(path: Path) -> EnvironmentFault:
    """The sentence for a file that is no longer the one that was opened."""
    return EnvironmentFault(
        _(
            "{path} was moved, removed or exchanged while the event was open: nothing more is recorded there. "
            "Close the program, then open the event folder again."
        ).format(path=path)
    )


def file_number(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of the same name; None if it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def log_of(database: Path) -> Path:
    """Where SQLite keeps what is recorded and not yet in the database file."""
    return database.with_name(f"{database.name}-wal")


def has_foreign_log(database: Path) -> bool:
    """Whether the log beside a database is that of another one, as after a backup was put in its place.

    SQLite would mix the two. Backups are in rollback mode, so they never had a log; a station's database is not,
    from its first moment on (file format, byte 18: 1 rollback, 2 WAL). Raises OSError.
    """
    with database.open("rb") as file:
        file.seek(18)
        return file.read(1) == b"\1" and log_of(database).exists()


def set_log_aside(database: Path) -> None:
    """Keep a log that does not belong to the database beside it under another name. Raises OSError."""
    log, number = log_of(database), 1
    while (aside := log.with_name(f"{log.name}.{number}")).exists():
        number += 1
    log.replace(aside)


@contextmanager
def faults_named(
    path: Path, name: Callable[[sqlite3.Error, Path], EnvironmentFault] = fault_of
) -> Iterator[None]:
    """Turn SQLite's faults of the world into EnvironmentFault; let bugs through."""
    try:
        yield
    except sqlite3.Error as error:
        if is_fault(error):
            raise name(error, path) from error
        raise


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
    """While a file is opened or proved: whatever SQLite or a stored value objects to is damage of the file.

    ValueError: values that are no dates, no JSON, no UTF-8 (SQLite's own messages quote them); TypeError: of another
    type than their column's.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise (fault_of(error, path) if is_fault(error) else damaged(path)) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise damaged(path) from error
    except OSError as error:
        raise unreadable(path) from error


def _connect(
    path: Path, factory: type[sqlite3.Connection] = sqlite3.Connection, *, create: bool = False
) -> sqlite3.Connection:
    """Open a file that is there: left to itself SQLite makes a missing one anew, and records go astray."""
    place = quote(os.fsencode(path.absolute().as_posix()))
    address = f"file://{'' if place.startswith('/') else '/'}{place}?mode={'rwc' if create else 'rw'}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=5, factory=factory)


def open_for_writing(path: Path, *, create: bool = False) -> WriteConnection:
    """The one write connection: WAL, synchronous=FULL, both asserted. Raises sqlite3.Error, EnvironmentFault."""
    connection = _connect(path, WriteConnection, create=create)
    assert isinstance(connection, WriteConnection)
    try:
        connection.appended = []
        _guard(connection)
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA fullfsync=ON")  # acts on macOS only
        connection.execute("PRAGMA journal_size_limit=16777216")
        synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, synchronous) != ("wal", _SYNCHRONOUS_FULL):
            raise EnvironmentFault(
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
    with faults_named(path, _reading_fault_of):
        connection = _connect(path)
        try:
            _guard(connection)
            connection.execute("PRAGMA query_only=ON")
            yield connection
        finally:
            connection.close()


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A reading connection whose statements all see one and the same moment; for long work, which gives way."""
    with reading(path) as connection:
        connection.set_progress_handler(give_way, _STEPS_BETWEEN_WAYS)
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
