"""What the desk must know to decide, and what its screens show: admissions, counts, recent scans."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms
from station.model.verdict import Admission, Outcome, Reason, Source


@dataclass(frozen=True, slots=True)
class Attendance:
    """One delegate present at one session; source: how the admitting scan reached the desk."""

    delegate: str
    session: str
    first_in: datetime
    station: str
    source: Source


@dataclass(frozen=True, slots=True)
class RecentScan:
    """One line of the list of latest scans; name, code and delegate (the identity) are empty where nobody was found."""

    at: datetime
    outcome: Outcome
    reason: Reason | None
    name: str
    code: str
    entry: str
    delegate: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures in the desk's header.

    Attributes:
        present: delegates in the session; expected: delegates who may come.
        scans, refused: of this session, over all stations known here; handed_out: documents, whole event.
        badges_waiting: badges wished for and not printed.
    """

    present: int
    expected: int
    scans: int
    refused: int
    handed_out: int
    badges_waiting: int


def admission_of(
    connection: sqlite3.Connection, delegate: str, session: str, instance: str
) -> Admission | None:
    """The first admission of a delegate to a session, seen from one instance."""
    row = connection.execute(
        "SELECT a.first_in_at_ms, i.station, a.instance, a.sequence FROM attendance a "
        "JOIN instance i ON i.id = a.instance WHERE a.delegate = ? AND a.session = ?",
        (delegate, session),
    ).fetchone()
    if row is None:
        return None
    return Admission(from_ms(row[0]), row[1], row[2] == instance, f"{row[2]}-{row[3]}")


def attendance(connection: sqlite3.Connection, session: str | None = None) -> list[Attendance]:
    """Who is present, at one session or at all, in the order of coming."""
    rows = connection.execute(
        "SELECT a.delegate, a.session, a.first_in_at_ms, i.station, json_extract(e.body, '$.source') "
        "FROM attendance a JOIN instance i ON i.id = a.instance "
        "JOIN entry e ON e.instance = a.instance AND e.sequence = a.sequence "
        "WHERE a.session = ? OR ? IS NULL "
        "ORDER BY a.first_in_at_ms, a.instance, a.sequence",
        (session, session),
    )
    return [Attendance(row[0], row[1], from_ms(row[2]), row[3], Source(row[4])) for row in rows]


def counts(connection: sqlite3.Connection, session: str) -> Counts:
    """The figures of a session."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM attendance WHERE session = :session), "
        "(SELECT count(*) FROM delegate) - (SELECT count(*) FROM standing), "
        "(SELECT count(*) FROM entry WHERE kind = 'scan' AND session = :session), "
        "(SELECT count(*) FROM entry WHERE kind = 'scan' AND session = :session AND outcome = 'refused'), "
        "(SELECT count(*) FROM hand_out), "
        "(SELECT count(*) FROM print_wish)",
        {"session": session},
    ).fetchone()
    return Counts(*row)


def recent_scans(connection: sqlite3.Connection, limit: int) -> list[RecentScan]:
    """The latest scans of all stations known here, the newest first."""
    rows = connection.execute(
        "SELECT e.at_ms, e.outcome, json_extract(e.body, '$.reason'), coalesce(d.name, ''), "
        "coalesce(d.code, ''), e.instance || '-' || e.sequence, coalesce(d.id, '') FROM entry e "
        "LEFT JOIN delegate d ON d.id = e.delegate WHERE e.kind = 'scan' "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC LIMIT ?",
        (limit,),
    )
    return [
        RecentScan(from_ms(row[0]), Outcome(row[1]), Reason(row[2]) if row[2] else None, *list(row)[3:])
        for row in rows
    ]
