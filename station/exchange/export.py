"""The export: reports and the sealed journal in one folder, made here, delivered there, proved before it says done."""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from station.clock import Clock
from station.errors import EnvironmentFault
from station.exchange.contents import write_contents
from station.exchange.exported import keep_export
from station.exchange.staging import staged
from station.i18n import _
from station.media import manifest
from station.media.atomic import PART, drive_of
from station.media.course import Course, Progress
from station.media.delivery import deliver, gone
from station.media.drives import Drive, is_without_its_stick
from station.media.faults import write_fault
from station.media.held import HeldFolder
from station.media.names import safe_name
from station.model.event import Event, mark_of
from station.reports.choice import Choice
from station.store import event as event_store
from station.store.folder import EventFolder

_ONE_AT_A_TIME = threading.Lock()  # an event folder is open in one program only
_STAMP = "%Y%m%dT%H%M%SZ"
_WAIT_S = 0.1


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was exported.

    Attributes:
        to: the new folder. names: its files. bytes: their size together. manifest: path of the manifest.
        verified: everything was read back from the medium and is as it was written.
        kept_bytes: what an earlier try had brought already. warnings: sentences on what should be looked at.
    """

    to: Path
    names: tuple[str, ...]
    bytes: int
    manifest: Path
    verified: bool
    kept_bytes: int = 0
    warnings: tuple[str, ...] = ()


def export_event(
    files: EventFolder,
    to: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    choice: Choice | None = None,
    password: str = "",
    course: Course | None = None,
    drive: Drive | None = None,
    number: int | None = None,
) -> ExportResult:
    """Write a new folder with everything below ``to``, read it back and only then return.

    Args:
        progress: ``(done, total)``, may raise Cancelled: then nothing is left behind.
        choice: which reports; None for those chosen for the event. password: of the workbooks, '' for none.
        course: shows a screen how far it is.
        drive: the stick that was chosen, for its name. number: what ``drive_of`` said when it was chosen.

    Only one export is made at a time: another one waits. Raises EnvironmentFault.
    """
    course = course or Course()
    course.hear(progress)
    now = clock.now().astimezone(UTC)
    with _place(to, number) as place, _alone(files, course) as event:
        family = _family(event, files.instance.id)
        final = _free_name(place, family + now.strftime(_STAMP))
        # What bears a password is made anew for each try, so that no trace of the password need be kept.
        with staged(files, (choice, secrets.token_hex(8) if password else "")) as stage:
            if not stage.is_made:
                _write(files, stage.path, now, course, choice=choice, password=password)
            made = manifest.read_manifest(stage.path)
            listed = (*made.files, manifest.described(stage.path, manifest.MANIFEST_NAME))
            deliver(stage.path, listed, place, family, final, course)
        warnings = _clock_warnings(place, family, final, now)
    keep_export(files.path, now, to / final, drive.name if drive else "", made.about["chains"])
    names, size = tuple(file.name for file in made.files), sum(file.bytes for file in made.files)
    path = to / final
    return ExportResult(
        path, names, size, path / manifest.MANIFEST_NAME, True, course.kept_bytes, tuple(warnings)
    )


@contextmanager
def _alone(files: EventFolder, course: Course) -> Iterator[Event]:
    """Wait until no other export of this event is being made; gives the event."""
    with files.reading() as connection:  # before anything is made: the event folder may be gone
        event = event_store.event_of(connection)
    while not _ONE_AT_A_TIME.acquire(timeout=_WAIT_S):
        course.prepare(0, 0)
    try:
        yield event
    finally:
        _ONE_AT_A_TIME.release()


@contextmanager
def _place(to: Path, number: int | None) -> Iterator[HeldFolder]:
    """The folder in which the export is made, held open; itself made where only that is missing.

    Not the folders above: where a stick was pulled out, its place on the laptop must not be made instead.
    """
    drive = drive_of(to if to.exists() else to.parent)
    if is_without_its_stick(to) or (number is not None and not to.exists()):
        raise gone(to)
    try:
        if not to.exists():
            with HeldFolder(to.parent) as above:
                above.make_folder(to.name)
        place = HeldFolder(to)
    except OSError as error:
        raise write_fault(error, to) from error
    with place:
        if place.number != (drive if number is None else number):
            raise gone(to)
        yield place


def _write(
    files: EventFolder, folder: Path, now: datetime, course: Course, *, choice: Choice | None, password: str
) -> None:
    """Write every file of the export and its manifest into a folder."""
    with files.snapshot() as connection:
        event = event_store.event_of(connection)
        sealed_at = now.isoformat(timespec="milliseconds")
        counts = write_contents(
            connection, folder, _prefix(event), sealed_at, course.prepare, choice=choice, password=password
        )
    about = {
        "event": {"id": event.id, "name": event.name},
        "rehearsal": event.rehearsal,
        "station": {"instance": files.instance.id, "name": files.instance.station},
        **counts,
    }
    manifest.write_manifest(folder, about, now)


def _family(event: Event, instance: str) -> str:
    """What the names of all exports of an event by this station begin with."""
    return _prefix(event) + safe_name(f"export-{event.name}"[:40]) + f"-{instance}-"


def _prefix(event: Event) -> str:
    """What the names of a rehearsal's folder and files begin with."""
    return f"{safe_name(mark_of(event))}-" if event.rehearsal else ""


def _free_name(place: HeldFolder, name: str) -> str:
    """A name, or with a number behind it where two exports fall into the same second. Raises EnvironmentFault."""
    number, free = 1, name
    try:
        while place.exists(free):
            number += 1
            free = f"{name}-{number}"
    except OSError as error:
        raise write_fault(error, place.path / name) from error
    return free


def _clock_warnings(place: HeldFolder, family: str, final: str, now: datetime) -> Sequence[str]:
    """Whether an export of this station lies there that claims to be from later than now."""
    try:
        stamps = [name.removeprefix(family)[:16] for name in place.names() if _is_other(name, family, final)]
    except OSError as error:
        raise EnvironmentFault(str(write_fault(error, place.path))) from error
    if max(stamps, default="") <= now.strftime(_STAMP):
        return ()
    return (
        _(
            "An earlier export there bears a later time than this one: check the date and time of this laptop. "
            "This export is the newer one, whatever its name says."
        ),
    )


def _is_other(name: str, family: str, final: str) -> bool:
    return name.startswith(family) and name != final and not name.endswith(PART)
