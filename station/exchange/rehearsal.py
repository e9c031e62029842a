"""The rehearsal: a copy of an event in which everything works and nothing counts; made and discarded in one step."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station.clock import Clock
from station.errors import EnvironmentFault, Refusal
from station.exchange.event_files import event_files
from station.i18n import _
from station.media.atomic import new_folder
from station.media.faults import free_bytes, full_fault, reason
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, standing, travel
from station.store import pack as pack_store
from station.store.connection import ReadConnection, faults_named, reading
from station.store.folder import EventFolder, create_database, database_of, held
from station.store.migration import refuse_foreign

Progress = Callable[[int, int], None]
_SPARE_BYTES = 16_000_000
_DISCARDED = ".discarded"


def place_of_rehearsal(folder: Path) -> Path:
    """Where the rehearsal of an event lies unless another place is chosen: beside it."""
    return folder.with_name(f"{folder.name}-dien-tap")


def make_rehearsal(files: EventFolder, to: Path, clock: Clock, progress: Progress | None = None) -> None:
    """Make a rehearsal of an open event in a new folder, complete or not at all.

    It has what a pack would carry, what was recorded of people besides their coming (see standing.repeat), and an
    instance of its own.
    ``progress(done, total)`` in kilobytes may raise Cancelled. Raises Refusal, BadInput, EnvironmentFault.
    """
    names = event_files(files.path)
    sizes = [(files.path / name).stat().st_size for name in names]
    if to.parent.is_dir() and free_bytes(to.parent) < sum(sizes) + _SPARE_BYTES:
        raise full_fault(to, sum(sizes) + _SPARE_BYTES)
    with files.snapshot() as source:
        if event_store.is_rehearsal(source):
            raise Refusal(
                _("This is a rehearsal already. Discard it, then begin another one from the event.")
            )
        with (
            faults_named(to),
            new_folder(to.parent, to.name) as part,
            closing(create_database(part)) as connection,
        ):
            connection.execute("BEGIN IMMEDIATE")
            travel.copy_tables(source, connection)
            pack_store.make_rehearsal(connection, str(files.path.resolve()))
            nonce = instances.new_nonce()
            instances.write_nonces(part, [nonce])
            marker = instances.marker_of(part, nonce, to)
            here = instances.start_instance(connection, files.instance.station, marker, clock)
            standing.repeat(source, connection, here.id, clock.now())
            connection.execute("COMMIT")
            _copy(files.path, part, list(zip(names, sizes, strict=True)), progress)


def is_rehearsal(folder: Path) -> bool:
    """Whether an event folder surely is a rehearsal: the event says so, and every chain in it does.

    Raises Refusal (no event folder), EnvironmentFault.
    """
    with reading(database_of(folder)) as connection:
        refuse_foreign(connection, folder)
        return _is_surely_one(connection)


def discard_rehearsal(folder: Path) -> Path | None:
    """Remove a rehearsal's folder with everything in it; returns the event that it rehearsed, None if it is not there.

    Raises Refusal where the folder is no rehearsal or open, EnvironmentFault with what is left.
    """
    if folder.is_symlink() or not folder.is_dir():
        raise Refusal(_("There is no folder {path}. Check the name.").format(path=folder))
    with held(folder), reading(database_of(folder)) as connection:
        refuse_foreign(connection, folder)
        if not _is_surely_one(connection):
            raise Refusal(
                _("{path} is not a rehearsal: its records count, nothing was removed.").format(path=folder)
            )
        origin = pack_store.rehearsal_of(connection)
    _remove(folder)
    return Path(origin) if origin and Path(origin).is_dir() else None


def _is_surely_one(connection: ReadConnection) -> bool:
    chains = journal.instances_with_entries(connection)
    firsts = [next(journal.entries(connection, instance)) for instance in chains]
    return event_store.is_rehearsal(connection) and all(
        first.body.get(instances.REHEARSAL) for first in firsts
    )


def _remove(folder: Path) -> None:
    """First another name, so that what a fault leaves behind can be taken for no event."""
    number, aside = 1, folder.with_name(folder.name + _DISCARDED)
    while aside.exists():
        number += 1
        aside = folder.with_name(f"{folder.name}{_DISCARDED}-{number}")
    try:
        folder.rename(aside)
    except OSError as error:
        text = _(
            "The rehearsal in {path} could not be removed ({reason}): close what has one of its files open, then "
            "discard it again."
        )
        raise EnvironmentFault(text.format(path=folder, reason=reason(error))) from error
    try:
        shutil.rmtree(aside)
    except OSError as error:
        left = sum(1 for path in aside.rglob("*") if not path.is_dir())
        text = _(
            "The rehearsal is discarded, but {count} files of it are left in {path}. Remove that folder."
        )
        raise EnvironmentFault(text.format(count=left, path=aside)) from error


def _copy(source: Path, target: Path, files: list[tuple[str, int]], progress: Progress | None) -> None:
    total, done = sum(size for _name, size in files), 0
    for name, size in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name, follow_symlinks=False)
        done += size
        if progress is not None:
            progress(done // 1000, total // 1000 + 1)
