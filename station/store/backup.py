"""Copies of the database that are whole at one moment, made while the desk goes on."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from station.store.connection import DATABASE_NAME, faults_named, reading


def back_up(database: Path, folder: Path, at: datetime) -> Path:
    """Copy the database to ``folder`` under its time; returns the copy. Raises EnvironmentFault."""
    folder.mkdir(exist_ok=True)
    final = folder / f"{at:%Y%m%dT%H%M%SZ}-{DATABASE_NAME}"
    temporary = final.with_name(final.name + ".part")
    temporary.unlink(missing_ok=True)
    with reading(database) as source, faults_named(temporary):
        target = sqlite3.connect(temporary)
        try:
            source.backup(target)
        finally:
            target.close()
    with temporary.open("rb+") as copy:
        os.fsync(copy.fileno())
    temporary.replace(final)
    return final
