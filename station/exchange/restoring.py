"""Puts a backup in the place of a damaged or spoilt database, and keeps what the old one had recorded since."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

from station.clock import Clock
from station.errors import BadInput, EnvironmentFault, Refusal, StationError
from station.exchange.intake import proved_segment, secret_and_event, take_in
from station.exchange.segment import segment_lines
from station.i18n import _
from station.media.atomic import sync_folder
from station.media.faults import write_fault
from station.store import journal
from station.store.backup import Backup, backup_problems
from station.store.connection import DATABASE_NAME, damage_named, log_of, reading
from station.store.folder import EventFolder, held


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        backup: which. aside: where the database lies that was there. rescued: records since the backup that were
            taken over from it. warnings: what could not be.
    """

    backup: Backup
    aside: Path
    rescued: int
    warnings: tuple[str, ...]


def restore(folder: Path, backup: Backup, clock: Clock) -> Restored:
    """Put a backup in the place of an event's database; the event goes on as a new instance.

    The old database stays under ``backups/``. Raises Refusal (the event is open), EnvironmentFault
    (the backup is not whole, the disk).
    """
    problems = backup_problems(backup.path)
    if problems:
        text = _("The backup {name} is not whole: {problem} Choose an older one.")
        raise EnvironmentFault(text.format(name=backup.path.name, problem=problems[0]))
    with held(folder):
        try:
            aside = _exchange(folder, backup, clock)
        except OSError as error:
            raise write_fault(error, folder / DATABASE_NAME) from error
    rescued, warnings = _rescue(folder, aside, clock)
    return Restored(backup, aside, rescued, tuple(warnings))


def _exchange(folder: Path, backup: Backup, clock: Clock) -> Path:
    """First the copy beside it, then two renames; cut short between them, the next open says that it is missing."""
    database, fresh = folder / DATABASE_NAME, folder / f"{DATABASE_NAME}.part"
    shutil.copyfile(backup.path, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    aside = folder / "backups" / f"replaced-{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    aside.mkdir()
    for old in (database, log_of(database), database.with_name(f"{DATABASE_NAME}-shm")):
        if old.exists():
            old.rename(aside / old.name)
    fresh.replace(database)
    sync_folder(folder)
    return aside


def _rescue(folder: Path, aside: Path, clock: Clock) -> tuple[int, list[str]]:
    """Take over what the replaced database recorded after the backup, chain by chain, as far as it is whole."""
    rescued = 0
    warnings: list[str] = []
    files = EventFolder(folder, clock)
    try:
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            for segment in _sealed(aside / DATABASE_NAME, Path(place), clock, warnings):
                try:
                    with files.reading() as connection:
                        secret, event = secret_and_event(connection)
                    report = proved_segment(segment, event, secret, vouched=True)
                    rescued += files.write(lambda c, report=report: take_in(c, report)).new  # type: ignore[misc]
                except BadInput as bad:
                    warnings.append(bad.problems[0].message)
                except Refusal as refusal:
                    warnings.append(str(refusal))
    finally:
        files.close()
    return rescued, warnings


def _sealed(database: Path, place: Path, clock: Clock, warnings: list[str]) -> list[Path]:
    """Every chain of a database as a segment; what cannot be read of it is told."""
    sealed = []
    try:
        with damage_named(database), reading(database) as connection:
            now = clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
            for instance in journal.instances_with_entries(connection):
                path = place / f"{instance}.segment"
                with path.open("wb") as file:
                    file.writelines(segment_lines(connection, instance, now))
                sealed.append(path)
    except (StationError, OSError) as error:
        warnings.append(
            _("What was recorded after the backup could not be read: {problem}").format(problem=error)
        )
    return sealed
