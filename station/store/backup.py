"""Copies of the database that are whole at one moment, made while the desk goes on."""

import os
import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from station.errors import StationError
from station.media.atomic import sync_folder
from station.media.faults import write_fault
from station.store import migration
from station.store.connection import (
    DATABASE_NAME,
    WriteConnection,
    damage_named,
    damaged,
    faults_named,
    log_of,
    reading,
)
from station.store.journal import chain_problems, entries, instances_with_entries

KEPT = 6
_ONE_AT_A_TIME = threading.Lock()  # the hour strikes while somebody presses the button
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: its file, the moment (UTC) whose records it holds, its size."""

    path: Path
    at: datetime
    bytes: int


def back_up(database: Path, folder: Path, at: datetime) -> Path:
    """Copy the database to ``folder`` under its time, keep the newest six; returns the copy.

    Raises EnvironmentFault.
    """
    final = folder / f"{at.astimezone(UTC):{_STAMP}}-{DATABASE_NAME}"
    part = final.with_name(final.name + ".part")
    try:
        folder.mkdir(exist_ok=True)
        with _ONE_AT_A_TIME:
            copy_database(database, part)
            part.replace(final)
    except OSError as error:
        raise write_fault(error, final) from error
    with suppress(OSError):
        sync_folder(folder)
    for older in sorted(folder.glob(f"*-{DATABASE_NAME}"))[:-KEPT]:
        with suppress(OSError):
            older.unlink()
    return final


def backups_in(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first; files that are none are passed over."""
    found = []
    for path in sorted(folder.glob(f"*-{DATABASE_NAME}"), reverse=True):
        with suppress(OSError, ValueError):
            at = datetime.strptime(path.name.removesuffix(f"-{DATABASE_NAME}"), _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, at, path.stat().st_size))
    return found


def backup_problems(path: Path) -> list[str]:
    """What is wrong with a copy, a sentence each: its pages, its tables, the chains in it. A total function."""
    try:
        with damage_named(path), reading(path) as connection:
            migration.refuse_foreign(connection, path)
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return [str(damaged(path))]
            chains = [entries(connection, instance) for instance in instances_with_entries(connection)]
            return [problem for chain in chains for problem in chain_problems(chain)]
    except (StationError, OSError) as error:
        return [str(error)]


def made_current(connection: WriteConnection, path: Path) -> None:
    """Prove a copied database that is about to be worked with, and bring it to this program's schema.

    Raises Refusal for one of a newer program, EnvironmentFault for damage.
    """
    migration.refuse_foreign(connection, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)
    migration.migrate(connection)
    if not migration.is_complete(connection):
        raise damaged(path)


def state_of(database: Path) -> tuple[tuple[int, int], ...]:
    """Changes whenever something was written to a database: sizes and times of its file and log. Raises OSError."""
    found = [path.stat() for path in (database, log_of(database)) if path.exists()]
    return tuple((about.st_size, about.st_mtime_ns) for about in found)


def copy_database(database: Path, copy: Path) -> None:
    """Copy a database as it is at one moment into one file; whoever opens that goes on as a new instance.

    Raises OSError, EnvironmentFault.
    """
    copy.unlink(missing_ok=True)
    with reading(database) as source, faults_named(copy):
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file; ``has_foreign_log`` counts on it
            target.execute("UPDATE instance SET marker = NULL")  # put back, it goes on as a new instance
            target.commit()
        finally:
            target.close()
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
