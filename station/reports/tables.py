"""Attendance and hand-outs as plain tables, which every writer can write; in Vietnamese order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.i18n import N_, _, pick
from station.model.delegate import Delegate
from station.model.document import BADGE, BundleState, Document
from station.model.event import Event, Session, mark_of
from station.model.verdict import Source

Cell = str | int | float | datetime | None

_SOURCES = {
    Source.CAMERA: N_("camera"),
    Source.SCANNER: N_("scanner"),
    Source.IMAGE: N_("picture"),
    Source.TYPED: N_("typed"),
    Source.HAND: N_("by hand"),
    Source.PAPER: N_("paper sheet"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row.

    Attributes:
        columns: the headings.
        rows: as many cells each; instants are aware, in the zone in which they are to be read.
        above: lines over the heading; empty where a program is to read the file.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """Whether a delegate attends a session.

    Attributes:
        session: None for a delegate who is absent from all of them.
        present: is there now; who came and left has a ``first_in`` all the same.
        first_in, last_out: aware instants, None where there are none.
        station: the station that admitted first, empty if none did.
        source: how that scan reached it.
    """

    delegate: Delegate
    session: Session | None
    present: bool
    first_in: datetime | None = None
    station: str = ""
    last_out: datetime | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class HandOutRecord:
    """One document and one delegate who has it or should receive it.

    Attributes:
        handed_out_at: aware instant, None while it is due.
        received_by: the name of who received it for the delegate; empty for nobody else.
    """

    delegate: Delegate
    document: Document
    handed_out_at: datetime | None
    station: str = ""
    state: BundleState = BundleState.HANDED_OUT
    received_by: str = ""


def attendance_table(event: Event, records: Iterable[AttendanceRecord]) -> Table:
    """A row for each record: by session, then by name; who is in no session comes last."""
    zone = ZoneInfo(event.zone)
    ordered = sorted(records, key=lambda record: (_session_order(record.session), record.delegate.sort_key))
    rows = [
        (
            number,
            *_person(record.delegate),
            record.session.id if record.session else "",
            pick(record.session.title, record.session.title_en) if record.session else "",
            _state(record),
            local(record.first_in, zone),
            local(record.last_out, zone),
            record.station,
            _(_SOURCES[record.source]) if record.source else "",
        )
        for number, record in enumerate(ordered, 1)
    ]
    columns = (
        *_person_columns(), _("Session"), _("Session title"), _("Attendance"), _("First in"), _("Last out"),
        _("Station"), _("Recorded by"),
    )  # fmt: skip
    return Table(_("Attendance"), columns, tuple(rows), _above(event))


def attendance_overview(
    event: Event, sessions: Sequence[Session], records: Iterable[AttendanceRecord]
) -> Table:
    """A row for each delegate, by name; a column for each session with the instant of the first admission, and
    one with the latest exit where the session records them."""
    zone = ZoneInfo(event.zone)
    delegates: dict[str, Delegate] = {}
    came: dict[tuple[str, str], AttendanceRecord] = {}
    for record in records:
        delegates[record.delegate.id] = record.delegate
        if record.session and (record.present or record.first_in):
            came[record.delegate.id, record.session.id] = record
    ordered_sessions = sorted(sessions, key=_session_order)
    rows = []
    for number, delegate in enumerate(sorted(delegates.values(), key=lambda delegate: delegate.sort_key), 1):
        seen = [(session, came.get((delegate.id, session.id))) for session in ordered_sessions]
        cells = [cell for session, record in seen for cell in _in_and_out(session, record, zone)]
        attended = sum(record is not None for _session, record in seen)
        rows.append((number, *_person(delegate), attended, *cells))
    columns = (
        *(*_person_columns(), _("Sessions attended")),
        *(column for session in ordered_sessions for column in _in_and_out_columns(session)),
    )
    return Table(_("Overview"), columns, tuple(rows), _above(event))


def hand_out_table(event: Event, records: Iterable[HandOutRecord]) -> Table:
    """A row for each record: by name, then by the documents' order."""
    zone = ZoneInfo(event.zone)
    ordered = sorted(records, key=lambda record: (record.delegate.sort_key, record.document.number))
    rows = [
        (
            number,
            *_person(record.delegate),
            "" if record.document == BADGE else record.document.code,
            pick(record.document.title, record.document.title_en),
            _("handed out") if record.state == BundleState.HANDED_OUT else _("due"),
            record.received_by,
            local(record.handed_out_at, zone),
            record.station,
        )
        for number, record in enumerate(ordered, 1)
    ]
    columns = (
        *_person_columns(), _("Document"), _("Document title"), _("State"), _("Received by"),
        _("Handed out at"), _("Station"),
    )  # fmt: skip
    return Table(_("Hand-outs"), columns, tuple(rows), _above(event))


def marked(table: Table, event: Event) -> Table:
    """The same table, saying in title, heading and every row that it is of a rehearsal, where it is."""
    mark = mark_of(event)
    if not mark:
        return table
    return Table(
        f"{mark} – {table.title}",
        (*table.columns, mark),
        tuple((*row, mark) for row in table.rows),
        (mark, *table.above) if table.above else (),
    )


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """An aware instant in the event's zone, in whole seconds."""
    return instant.astimezone(zone).replace(microsecond=0) if instant else None


def _state(record: AttendanceRecord) -> str:
    if record.present:
        return _("present")
    return _("left") if record.first_in else _("absent")


def _in_and_out(session: Session, record: AttendanceRecord | None, zone: ZoneInfo) -> list[Cell]:
    cells = [record.first_in, record.last_out] if record else [None, None]
    return [local(cell, zone) for cell in (cells if session.exits else cells[:1])]


def _in_and_out_columns(session: Session) -> tuple[str, ...]:
    return (
        (session.id, _("{session} last out").format(session=session.id)) if session.exits else (session.id,)
    )


def _person_columns() -> tuple[str, ...]:
    return _("No."), _("Code"), _("Full name"), _("Position"), _("Unit"), _("Category")


def _person(delegate: Delegate) -> tuple[str, ...]:
    return delegate.code, delegate.name, delegate.position, delegate.unit, delegate.category


def _session_order(session: Session | None) -> tuple[int, int, str]:
    return (1, 0, "") if session is None else (0, session.number, session.id)


def _above(event: Event) -> tuple[str, ...]:
    return tuple(line for line in (event.organiser, pick(event.name, event.name_en)) if line)
