"""The export: attendance, hand-outs and the sealed journal in one folder, read back before it says done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from station.clock import Clock
from station.exchange.contents import write_contents
from station.media import manifest
from station.media.atomic import drive_of, new_folder
from station.media.faults import write_fault
from station.media.names import safe_name
from station.model.event import Event, mark_of
from station.reports.choice import Choice
from station.store import event as event_store
from station.store.folder import EventFolder

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was exported.

    Attributes:
        to: the new folder. names: its files. bytes: their size together. manifest: path of the manifest.
        verified: everything was read back from the medium and is as it was written.
    """

    to: Path
    names: tuple[str, ...]
    bytes: int
    manifest: Path
    verified: bool


def export_event(
    files: EventFolder,
    to: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    choice: Choice | None = None,
    password: str = "",
) -> ExportResult:
    """Write a new folder with everything below ``to``, read it back and only then return.

    ``progress(done, total)`` may raise Cancelled: then nothing is left behind. Raises EnvironmentFault.
    ``choice`` of reports: None for the event's; ``password``: of the workbooks, '' for none.
    """
    now = clock.now().astimezone(UTC)
    step = progress or (lambda _done, _total: None)
    drive = _made(to)
    with files.snapshot() as connection:
        event = event_store.event_of(connection)
        prefix = _prefix(event)
        name = prefix + safe_name(f"export-{event.name}"[:40]) + f"-{files.instance.id}-{now:%Y%m%dT%H%M%S}Z"
        final = _free_place(to, name)
        with new_folder(to, final.name, drive=drive) as part:
            sealed_at = now.isoformat(timespec="milliseconds")
            counts = write_contents(
                connection, part, prefix, sealed_at, step, choice=choice, password=password
            )
            about = {
                "event": {"id": event.id, "name": event.name},
                "rehearsal": event.rehearsal,
                "station": {"instance": files.instance.id, "name": files.instance.station},
                **counts,
            }
            manifest.write_manifest(part, about, now)
            step(5, 6)
    manifest.prove(final)
    step(6, 6)
    listed = manifest.read_manifest(final).files
    return ExportResult(
        final,
        tuple(file.name for file in listed),
        sum(file.bytes for file in listed),
        final / manifest.MANIFEST_NAME,
        verified=True,
    )


def _prefix(event: Event) -> str:
    """What the names of a rehearsal's folder and files begin with."""
    return f"{safe_name(mark_of(event))}-" if event.rehearsal else ""


def _made(to: Path) -> int:
    """Make the folder itself where only that is missing; returns its drive.

    Not the folders above: where a stick was pulled out, its place on the laptop must not be made instead.
    """
    drive = drive_of(to if to.exists() else to.parent)
    try:
        to.mkdir(exist_ok=True)
    except OSError as error:
        raise write_fault(error, to) from error
    return drive


def _free_place(to: Path, name: str) -> Path:
    """The folder of a name, or with a number behind it where two exports fall into the same second."""
    number, free = 1, to / name
    while free.exists():
        number += 1
        free = to / f"{name}-{number}"
    return free
