"""What the desk must know to decide, and what its screens show: movements, counts, recent scans."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms
from station.model.document import BADGE
from station.model.entry import EntryKind
from station.model.verdict import Direction, Movement, Outcome, Reason, Source
from station.store import unions


@dataclass(frozen=True, slots=True)
class Attendance:
    """One delegate who came to one session.

    Attributes:
        station, source: whose desk admitted first, and how that scan reached it.
        last_out: the latest exit, None without one. present: no exit, or none since the latest admission.
    """

    delegate: str
    session: str
    first_in: datetime
    station: str
    source: Source
    last_out: datetime | None
    present: bool


@dataclass(frozen=True, slots=True)
class RecentScan:
    """One line of the list of latest scans and exits.

    Attributes:
        name, code, delegate: of whom the code led to (the last one the identity); empty where nobody was found.
        left: it let the delegate out.
    """

    at: datetime
    outcome: Outcome
    reason: Reason | None
    name: str
    code: str
    entry: str
    delegate: str
    left: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures in the desk's header.

    Attributes:
        present: delegates in the session now; expected: delegates who may come.
        scans, refused: of this session, exits included, over all stations known here.
        handed_out: documents, whole event.
        badges_waiting: badges wished for and not printed, or nobody knows whether they are.
    """

    present: int
    expected: int
    scans: int
    refused: int
    handed_out: int
    badges_waiting: int


def movements_of(
    connection: sqlite3.Connection, delegate: str, session: str, instance: str
) -> tuple[Movement, ...]:
    """The admissions and exits of a delegate that are not void, in the order of their clocks.

    Seen from one instance. The hybrid clock stands in the entry, so who merged with whom first makes no difference.
    """
    family = unions.family_of(connection, delegate)
    rows = connection.execute(
        "SELECT e.kind, e.at_ms, i.station, e.instance, e.sequence FROM entry e "
        f"JOIN instance i ON i.id = e.instance WHERE e.delegate IN ({', '.join('?' * len(family))}) "
        "AND e.kind IN ('scan', 'left') "
        "AND e.session = ? AND (e.kind = 'left' OR e.outcome = 'admitted') AND NOT EXISTS "
        "(SELECT 1 FROM entry v WHERE v.kind = 'void' AND v.target = e.instance || '-' || e.sequence) "
        "ORDER BY e.hlc_ms, e.hlc_counter, e.instance, e.sequence",
        (*family, session),
    )
    return tuple(
        Movement(
            Direction.OUT if kind == EntryKind.LEFT else Direction.IN,
            from_ms(at_ms),
            station,
            writer == instance,
            f"{writer}-{sequence}",
        )
        for kind, at_ms, station, writer, sequence in rows
    )


def has_come(connection: sqlite3.Connection, delegate: str) -> bool:
    """Whether a delegate was admitted to any session."""
    row = connection.execute("SELECT 1 FROM attendance WHERE delegate = ? LIMIT 1", (delegate,)).fetchone()
    return row is not None


def who_came(connection: sqlite3.Connection, session: str | None = None) -> set[str]:
    """The identities of the delegates who came, to a session or (None) to any; who left again is among them."""
    rows = connection.execute(
        "SELECT DISTINCT delegate FROM attendance WHERE ? IS NULL OR session = ?", (session,) * 2
    )
    return {row[0] for row in rows}


def attendance(connection: sqlite3.Connection, session: str | None = None) -> list[Attendance]:
    """Who came, to one session or at all, in the order of coming."""
    rows = connection.execute(
        "SELECT a.delegate, a.session, a.first_in_at_ms, i.station, json_extract(e.body, '$.source'), "
        "d.last_out_at_ms, coalesce(d.outside, 0) "
        "FROM attendance a JOIN instance i ON i.id = a.instance "
        "JOIN entry e ON e.instance = a.instance AND e.sequence = a.sequence "
        "LEFT JOIN departure d ON d.session = a.session AND d.delegate = a.delegate "
        "WHERE a.session = ? OR ? IS NULL "
        "ORDER BY a.first_in_at_ms, a.instance, a.sequence",
        (session, session),
    )
    return [
        Attendance(
            row[0],
            row[1],
            from_ms(row[2]),
            row[3],
            Source(row[4]),
            None if row[5] is None else from_ms(row[5]),
            not row[6],
        )
        for row in rows
    ]


def counts(connection: sqlite3.Connection, session: str) -> Counts:
    """The figures of a session."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM attendance WHERE session = :session) - "
        "(SELECT count(*) FROM departure d JOIN attendance a ON a.session = d.session AND a.delegate = d.delegate "
        "WHERE d.session = :session AND d.outside), "
        "(SELECT count(*) FROM delegate) - (SELECT count(*) FROM standing) - (SELECT count(*) FROM united "
        "WHERE delegate IN (SELECT id FROM delegate) AND delegate NOT IN (SELECT delegate FROM standing)), "
        "(SELECT count(*) FROM entry WHERE kind = 'scan' AND session = :session) + "
        "(SELECT count(*) FROM entry WHERE kind = 'left' AND session = :session), "
        "(SELECT count(*) FROM entry WHERE kind = 'scan' AND session = :session AND outcome = 'refused'), "
        "(SELECT count(*) FROM hand_out WHERE document <> :badge), "
        "(SELECT count(*) FROM print_job WHERE state IN ('queued', 'sent', 'unknown', 'failed'))",
        {"session": session, "badge": BADGE.code},
    ).fetchone()
    return Counts(*row)


@dataclass(frozen=True, slots=True)
class AdmissionLine:
    """An admission that is not void; name of the delegate, and the entry that says so."""

    entry: str
    name: str
    at: datetime


def latest_admissions(
    connection: sqlite3.Connection, session: str, instance: str, limit: int
) -> list[AdmissionLine]:
    """What an instance admitted to a session, the newest first."""
    rows = connection.execute(
        "SELECT e.instance || '-' || e.sequence, coalesce(c.name, d.name), e.at_ms FROM entry e "
        "JOIN delegate d ON d.id = e.delegate LEFT JOIN correction c ON c.delegate = d.id "
        "WHERE e.kind = 'scan' AND e.session = ? AND e.outcome = 'admitted' AND e.instance = ? "
        "AND NOT EXISTS (SELECT 1 FROM entry v WHERE v.kind = 'void' "
        "AND v.target = e.instance || '-' || e.sequence) ORDER BY e.sequence DESC LIMIT ?",
        (session, instance, limit),
    )
    return [AdmissionLine(row[0], row[1], from_ms(row[2])) for row in rows]


def recent_scans(connection: sqlite3.Connection, limit: int) -> list[RecentScan]:
    """The latest scans and exits of all stations known here, the newest first."""
    rows = connection.execute(
        "SELECT e.at_ms, coalesce(e.outcome, 'admitted'), json_extract(e.body, '$.reason'), coalesce(d.name, ''), "
        "coalesce(d.code, ''), e.instance || '-' || e.sequence, coalesce(d.id, ''), e.kind = 'left' FROM entry e "
        "LEFT JOIN delegate d ON d.id = e.delegate WHERE e.kind IN ('scan', 'left') "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC LIMIT ?",
        (limit,),
    )
    return [
        RecentScan(
            from_ms(row[0]),
            Outcome(row[1]),
            Reason(row[2]) if row[2] else None,
            name=row[3],
            code=row[4],
            entry=row[5],
            delegate=row[6],
            left=bool(row[7]),
        )
        for row in rows
    ]
