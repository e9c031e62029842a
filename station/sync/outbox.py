"""Fills the outbox: what was recorded since becomes sealed segments, and now and then the workbook for people.

What was queued is what is sent: each file lies in the event folder until its target proved to have it.
"""

import hashlib
import shutil
from contextlib import suppress
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from station.clock import Clock
from station.exchange.exported import FOLDER
from station.exchange.headquarters import lock_for
from station.exchange.seal import seal
from station.media.atomic import sync_folder
from station.media.faults import write_fault
from station.reports.choice import read_choice
from station.reports.facts import Facts
from station.reports.files import ReportWriter, planned
from station.reports.report import Format
from station.store import journal
from station.store import outbox as store
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.outbox import OutboxRow, Queued, StoredTarget

WORKBOOK_EVERY = timedelta(minutes=30)
SEGMENT_EVERY = timedelta(minutes=2)
_HASH_DIGITS = 8
SEGMENT_TYPE = "application/vnd.checkin-segment"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def folder_of(files: EventFolder, target: int) -> Path:
    """Where the files lie that are on their way to a target."""
    return files.path / FOLDER / f"{target}"


def fill(files: EventFolder, clock: Clock, target: StoredTarget, *, workbooks: bool) -> int:
    """Queue what was recorded since the last time for a target; returns how many files are new.

    ``workbooks``: those for people, too, unless they hold nothing new. Where journals are locked for headquarters no
    workbook goes, for everybody could read it. Raises EnvironmentFault.
    """
    with files.reading() as connection:
        queued, ends = store.queued_to(connection, target.number), _ends(connection)
        book, segment = (
            store.queued_last(connection, target.number, workbook=workbook) for workbook in (True, False)
        )
    news = any(end > queued.get(instance, 0) for instance, end in ends.items())
    made: list[Queued] = []
    place = folder_of(files, target.number)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if news:
            made += _segments(files, clock, place, queued)
        stale = news or book is None or (segment is not None and segment.number > book.number)
        if workbooks and stale and lock_for(files) is None:
            made += _workbooks(files, clock, place)
    except OSError as error:
        raise write_fault(error, place) from error
    if made:
        _queue(files, clock, target.number, made)
    return len(made)


def make_again(files: EventFolder, clock: Clock, row: OutboxRow) -> None:
    """Put a new file in the place of one that is gone or damaged here, as on a laptop that goes on from a second copy.

    A segment holds the same entries, and those behind them; a workbook comes by itself when it is next due. Raises
    EnvironmentFault.
    """
    place = folder_of(files, row.target)
    made: list[Queued] = []
    if row.instance is not None:
        with files.reading() as connection:
            wanted = {**_ends(connection), row.instance: row.first - 1}
        try:
            place.mkdir(parents=True, exist_ok=True)
            made = _segments(files, clock, place, wanted)
        except OSError as error:
            raise write_fault(error, place) from error
    _queue(files, clock, row.target, made, instead_of=row)


def _ends(connection: ReadConnection) -> dict[str, int]:
    """How far each chain that is here goes."""
    return {
        instance: journal.last_sequence(connection, instance)
        for instance in journal.instances_with_entries(connection)
    }


def forget_files(files: EventFolder) -> None:
    """Remove what no row wants any more; what cannot be removed now stays until the next time."""
    with files.reading() as connection:
        wanted = {folder_of(files, target) / name for target, name in store.names_in_use(connection)}
    for path in (files.path / FOLDER).glob("*/*"):
        if path not in wanted and path.parent.name.isdecimal() and path.is_file():
            with suppress(OSError):
                path.unlink()


def _segments(files: EventFolder, clock: Clock, place: Path, queued: dict[str, int]) -> list[Queued]:
    made = []
    with TemporaryDirectory(dir=place, prefix=".") as stage:
        for path in seal(files, Path(stage), clock, queued, lock_for(files)):
            _word, instance, first, last = path.stem.split("-")
            digest = _digest(path)
            own = "" if instance == files.instance.id else f"-by-{files.instance.id}"
            name = f"{path.stem}{own}-{digest[:_HASH_DIGITS]}{path.suffix}"
            size = path.stat().st_size
            path.rename(place / name)
            made.append(Queued(name, size, digest, instance, int(first), int(last)))
    sync_folder(place)
    return made


def _workbooks(files: EventFolder, clock: Clock, place: Path) -> list[Queued]:
    made = []
    now = clock.now()
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    with TemporaryDirectory(dir=place, prefix=".") as stage, files.snapshot() as connection:
        choice = read_choice(connection)
        writer = ReportWriter(Facts(connection, now), choice, lambda _done, _total: None)
        for file in planned(choice):
            if file.format is Format.XLSX:
                path = Path(stage) / file.name
                writer.write(file, path)
                digest = _digest(path)
                name = f"{path.stem}-{files.instance.id}-{stamp}-{digest[:_HASH_DIGITS]}{path.suffix}"
                made.append(Queued(name, path.stat().st_size, digest))
                path.rename(place / name)
    sync_folder(place)
    return made


def _queue(
    files: EventFolder, clock: Clock, target: int, made: list[Queued], instead_of: OutboxRow | None = None
) -> None:
    def work(connection: WriteConnection) -> None:
        if instead_of is not None:
            store.drop_row(connection, instead_of.number)
        if any(each.instance is None for each in made):
            store.drop_waiting_workbooks(connection, target)
        for each in made:
            store.queue(connection, target, each, clock.now())

    files.write(work, beside=True)
    forget_files(files)


def forget_target(files: EventFolder, number: int) -> None:
    """Forget a target with everything that was on its way to it."""
    files.write(lambda connection: store.remove_target(connection, number))
    shutil.rmtree(folder_of(files, number), ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
