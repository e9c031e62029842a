"""Wipes a laptop after the event: only when everything it recorded was exported and proved, and by the event's name."""

import os
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from station.errors import EnvironmentFault, Refusal, StationError
from station.exchange.exported import LastExport, last_export
from station.exchange.rehearsal import place_of_rehearsal
from station.i18n import _, ngettext
from station.media.faults import reason
from station.model.event import Event
from station.store import event as event_store
from station.store import journal
from station.store.connection import ReadConnection, reading
from station.store.folder import database_of, held
from station.store.migration import refuse_foreign

_ASIDE = ".wiped"
_CHUNK = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Wipe:
    """What wiping would do.

    Attributes:
        event: what would be gone. files, bytes: how much of it. last: the export that holds everything, None for none.
        objections: sentences why it may not be done yet; empty when it may.
    """

    event: Event
    files: int
    bytes: int
    last: LastExport | None
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wiped:
    """How many files were removed, and which could not be."""

    files: int
    left: tuple[Path, ...]


def look_at(folder: Path) -> Wipe:
    """What wiping an event folder would do, and whether it may. Raises Refusal (no event folder), EnvironmentFault."""
    with reading(database_of(folder)) as connection:
        refuse_foreign(connection, folder)
        event, last = event_store.event_of(connection), last_export(folder)
        objections = () if event.rehearsal else tuple(_objections(connection, last))
    folders = [folder, *_rehearsals_of(folder, event)]
    sizes = [
        path.lstat().st_size
        for top in folders
        for path in top.rglob("*")
        if not path.is_dir() or path.is_symlink()
    ]
    return Wipe(event, len(sizes), sum(sizes), last, objections)


def wipe(folder: Path, name: str) -> Wiped:
    """Remove an event folder with everything in it, and the rehearsal beside it, which has the same roster.

    Every file is overwritten once before: on an SSD that promises nothing, only an encrypted disk does.
    ``name`` is the event's, as the person typed it. Raises Refusal (another name, open, not all exported),
    EnvironmentFault.
    """
    if folder.is_symlink():
        raise Refusal(_("There is no folder {path}. Check the name.").format(path=folder))
    with held(folder):
        found = look_at(folder)
        if not is_name_of(found.event, name):
            text = _("The event is called “{event}”, not “{name}”: nothing was removed.")
            raise Refusal(text.format(event=found.event.name, name=name))
        if found.objections:
            raise Refusal(" ".join((*found.objections, _("Nothing was removed."))))
        rehearsals = _rehearsals_of(folder, found.event)
        for rehearsal in rehearsals:
            with held(rehearsal):  # open elsewhere, it says so before anything is removed
                pass
        if os.name != "nt":
            aside = _set_aside(folder)
    if os.name == "nt":  # there a file that is open, as the lock was, keeps its folder
        aside = _set_aside(folder)
    parts = [_removed(place) for place in (aside, *map(_set_aside, rehearsals))]
    return Wiped(sum(part.files for part in parts), tuple(path for part in parts for path in part.left))


def _rehearsals_of(folder: Path, event: Event) -> list[Path]:
    """The rehearsal that lies beside an event, if it is one of it."""
    place = place_of_rehearsal(folder)
    try:
        with reading(database_of(place)) as connection:
            refuse_foreign(connection, place)
            other = event_store.event_of(connection)
    except StationError:
        return []
    return [place] if other.rehearsal and other.id == event.id and not event.rehearsal else []


def is_name_of(event: Event, typed: str) -> bool:
    """Whether somebody typed the event's name; capitals, spaces and the way of writing marks do not matter."""
    return bool(_plain(typed)) and _plain(typed) in (_plain(event.name), _plain(event.name_en))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _objections(connection: ReadConnection, last: LastExport | None) -> list[str]:
    chains = journal.instances_with_entries(connection)
    if last is None:
        count = journal.entry_count(connection)
        text = ngettext(
            "{count} record was never exported to a stick or folder outside of this event.",
            "{count} records were never exported to a stick or folder outside of this event.",
            count,
        )
        return [text.format(count=count)]
    if last.holds_everything_of(connection):
        return []
    count = sum(
        max(0, end.sequence - last.chains.get(chain, (0, ""))[0])
        for chain in chains
        if (end := journal.last_entry(connection, chain)) is not None
    )
    text = ngettext(
        "{count} record is newer than the latest export. Export once more, then wipe.",
        "{count} records are newer than the latest export. Export once more, then wipe.",
        count,
    )
    return [text.format(count=count)]


def _set_aside(folder: Path) -> Path:
    """First another name, so that what a fault leaves behind can be taken for no event."""
    number, aside = 1, folder.with_name(folder.name + _ASIDE)
    while os.path.lexists(aside):
        number += 1
        aside = folder.with_name(f"{folder.name}{_ASIDE}-{number}")
    try:
        folder.rename(aside)
    except OSError as error:
        text = _(
            "{path} could not be wiped ({reason}): close what has one of its files open, then try again."
        )
        raise EnvironmentFault(text.format(path=folder, reason=reason(error))) from error
    return aside


def _removed(aside: Path) -> Wiped:
    removed, left = 0, []
    for place, _folders, names in os.walk(aside):
        for path in (Path(place, name) for name in names):
            try:
                _overwrite(path)
                path.unlink()
                removed += 1
            except OSError:
                left.append(path)
    shutil.rmtree(aside, ignore_errors=True)
    return Wiped(removed, tuple(path for path in left if os.path.lexists(path)))


def _overwrite(path: Path) -> None:
    """Zeros over a file's bytes, down to the disk; a link, or a file with another name elsewhere, is let be."""
    about = path.lstat()
    if path.is_symlink() or not path.is_file() or about.st_nlink > 1:
        return
    with path.open("r+b", buffering=0) as file:
        rest = about.st_size
        while rest > 0:
            rest -= file.write(_CHUNK[:rest])
        os.fsync(file.fileno())
