"""Copies of the database that are whole at one moment, made while the desk goes on."""

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from station.media.atomic import sync_folder
from station.media.faults import write_fault
from station.store.connection import DATABASE_NAME, faults_named, reading

KEPT = 3


def back_up(database: Path, folder: Path, at: datetime) -> Path:
    """Copy the database to ``folder`` under its time, keep the newest three; returns the copy.

    Raises EnvironmentFault.
    """
    final = folder / f"{at:%Y%m%dT%H%M%SZ}-{DATABASE_NAME}"
    try:
        folder.mkdir(exist_ok=True)
        _copy(database, final.with_name(final.name + ".part"))
        final.with_name(final.name + ".part").replace(final)
    except OSError as error:
        raise write_fault(error, final) from error
    with suppress(OSError):
        sync_folder(folder)
    for older in sorted(folder.glob(f"*-{DATABASE_NAME}"))[:-KEPT]:
        with suppress(OSError):
            older.unlink()
    return final


def _copy(database: Path, copy: Path) -> None:
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
