"""What an export holds: the reports of the event and the sealed journal, as files of one folder."""

from collections.abc import Callable
from pathlib import Path

from station.documents.catalogue import read_catalogue
from station.exchange.segment import segment_lines
from station.media.atomic import write_file
from station.model.delegate import Delegate
from station.model.document import BADGE, BundleState
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

Progress = Callable[[int, int], None]


def write_contents(
    connection: ReadConnection, folder: Path, prefix: str, sealed_at: str, step: Progress
) -> dict[str, object]:
    """Write everything an export holds but its manifest; returns what the manifest is to say about it."""
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


def _due(connection: ReadConnection, came: list[Delegate]) -> list[HandOutRecord]:
    """What those who came have not received yet."""
    catalogue = read_catalogue(connection)
    return [
        HandOutRecord(delegate, item.document, None, state=item.state)
        for delegate in came
        for item in catalogue.bundle(delegate, documents.handed_out_to(connection, delegate.id))
        if item.state is BundleState.DUE
    ]
