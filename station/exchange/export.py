"""The export: attendance, hand-outs and the sealed journal in one folder, read back before it says done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from station.clock import Clock
from station.documents.catalogue import read_catalogue
from station.exchange.segment import segment_lines
from station.media import manifest
from station.media.atomic import drive_of, new_folder, write_file
from station.media.faults import write_fault
from station.media.names import safe_name
from station.model.delegate import Delegate
from station.model.document import BADGE, BundleState
from station.model.event import Event, mark_of
from station.reports import csv as csv_report
from station.reports import xlsx as xlsx_report
from station.reports.tables import (
    AttendanceRecord,
    HandOutRecord,
    Table,
    attendance_overview,
    attendance_table,
    hand_out_table,
    marked,
)
from station.store import checkin, documents, journal, roster
from station.store import event as event_store
from station.store.connection import ReadConnection
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
    files: EventFolder, to: Path, clock: Clock, progress: Progress | None = None
) -> ExportResult:
    """Write a new folder with everything below ``to``, read it back and only then return.

    ``progress(done, total)`` may raise Cancelled: then nothing is left behind. Raises EnvironmentFault.
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
            counts = _write_files(connection, part, prefix, sealed_at, step)
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


def _write_files(
    connection: ReadConnection, folder: Path, prefix: str, sealed_at: str, step: Progress
) -> dict[str, object]:
    attendance, overview, hand_outs = tables(connection)
    write_file(folder / f"{prefix}attendance.xlsx", xlsx_report.workbook(overview, attendance))
    step(1, 6)
    write_file(folder / f"{prefix}attendance.csv", csv_report.text(attendance))
    step(2, 6)
    write_file(folder / f"{prefix}hand-outs.xlsx", xlsx_report.workbook(hand_outs))
    step(3, 6)
    write_file(folder / f"{prefix}hand-outs.csv", csv_report.text(hand_outs))
    step(4, 6)
    chains = {}
    for instance in journal.instances_with_entries(connection):
        last = journal.last_entry(connection, instance)
        chains[instance] = {"last": last.sequence, "hash": last.hash} if last else {}
        write_file(
            folder / f"{prefix}journal-{instance}.segment", segment_lines(connection, instance, sealed_at)
        )
    return {"attendance": len(attendance.rows), "hand_outs": len(hand_outs.rows), "chains": chains}


def _prefix(event: Event) -> str:
    """What the names of a rehearsal's folder and files begin with."""
    return f"{safe_name(mark_of(event))}-" if event.rehearsal else ""


def tables(connection: ReadConnection) -> tuple[Table, Table, Table]:
    """The tables of an event as it stands: attendance by session, overview by delegate, hand-outs."""
    event = event_store.event_of(connection)
    sessions = {session.id: session for session in event_store.sessions_of(connection)}
    delegates = {delegate.id: delegate for delegate in roster.delegates(connection)}
    titles = {document.code: document for document in (*documents.documents(connection), BADGE)}
    attendance = [
        AttendanceRecord(
            delegates[seen.delegate],
            sessions[seen.session],
            seen.present,
            seen.first_in,
            seen.station,
            seen.last_out,
            seen.source,
        )
        for seen in checkin.attendance(connection)
        if seen.delegate in delegates and seen.session in sessions
    ]
    came = {record.delegate.id for record in attendance}
    attendance += [AttendanceRecord(d, None, False) for d in delegates.values() if d.id not in came]
    hand_outs = [
        HandOutRecord(
            delegates[item.delegate],
            titles[item.document],
            item.at,
            item.station,
            received_by=item.received_by,
        )
        for item in documents.handed_out(connection)
        if item.delegate in delegates and item.document in titles
    ]
    hand_outs += _due(connection, [delegates[identifier] for identifier in came])
    return (
        marked(attendance_table(event, attendance), event),
        marked(attendance_overview(event, list(sessions.values()), attendance), event),
        marked(hand_out_table(event, hand_outs), event),
    )


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


def _due(connection: ReadConnection, came: list[Delegate]) -> list[HandOutRecord]:
    """What those who came have not received yet."""
    catalogue = read_catalogue(connection)
    return [
        HandOutRecord(delegate, item.document, None, state=item.state)
        for delegate in came
        for item in catalogue.bundle(delegate, documents.handed_out_to(connection, delegate.id))
        if item.state is BundleState.DUE
    ]


def _free_place(to: Path, name: str) -> Path:
    """The folder of a name, or with a number behind it where two exports fall into the same second."""
    number, free = 1, to / name
    while free.exists():
        number += 1
        free = to / f"{name}-{number}"
    return free
