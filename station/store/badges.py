"""Badges that were wished for: each is a job until it is printed; rolls of labels; boxes of printed badges."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from station.clock import from_ms, to_ms
from station.model.print_job import Job, JobState, Printing, Roll

_SELECT = (
    "SELECT j.number, j.delegate, coalesce(c.name, d.name), d.code, coalesce(c.category, d.category, ''), "
    "j.wished_at_ms, j.state, j.why, j.desk, j.printer, j.ticket, j.reason, j.attempts, j.printed_at_ms, j.confirmed "
    "FROM print_job j JOIN delegate d ON d.id = j.delegate LEFT JOIN correction c ON c.delegate = d.id "
)
_OPEN = "state IN ('queued', 'sent', 'unknown', 'failed')"
_PRINTABLE = "state IN ('queued', 'failed')"


def wish(
    connection: sqlite3.Connection, delegate: str, at: datetime, *, why: str = "", desk: str = ""
) -> None:
    """Queue a delegate's badge, for a reason if it is not the first one.

    One that waits or is on its way is not queued twice; one that failed is tried again. With a reason, one that is
    on its way is followed by another, and one of which nobody knows is printed again.
    """
    connection.execute(
        "INSERT INTO print_job (delegate, wished_at_ms, why, desk, state) VALUES (?, ?, ?, ?, 'queued') "
        f"ON CONFLICT (delegate) WHERE {_OPEN} DO UPDATE SET reason = '', "
        "state = CASE WHEN state = 'sent' THEN 'sent' ELSE 'queued' END, "
        "again = CASE WHEN state = 'sent' THEN excluded.why ELSE '' END "
        "WHERE state = 'failed' OR (state IN ('sent', 'unknown') AND excluded.why <> '')",
        (delegate, to_ms(at), why, desk),
    )


def waiting(connection: sqlite3.Connection) -> list[str]:
    """The delegates whose badge is not printed and can be, in the order of the wishes."""
    rows = connection.execute(f"SELECT delegate FROM print_job WHERE {_PRINTABLE} ORDER BY number")
    return [row[0] for row in rows]


def is_to_be_had(connection: sqlite3.Connection, delegate: str) -> bool:
    """Whether a delegate's badge was printed, or waits to be."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM print_job WHERE delegate = :who AND state <> 'cancelled') "
        "OR EXISTS (SELECT 1 FROM entry WHERE delegate = :who AND kind = 'badge_printed')"
    )
    return bool(connection.execute(query, {"who": delegate}).fetchone()[0])


def open_jobs(connection: sqlite3.Connection) -> list[Job]:
    """Everything that is not printed yet, in the order of the wishes."""
    rows = connection.execute(f"{_SELECT} WHERE j.{_OPEN} ORDER BY j.number")
    return [_job(row) for row in rows]


def closed_jobs(connection: sqlite3.Connection, limit: int) -> list[Job]:
    """What was printed or cancelled, the latest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE j.state IN ('done', 'cancelled') "
        "ORDER BY coalesce(j.printed_at_ms, j.wished_at_ms) DESC, j.number DESC LIMIT ?",
        (limit,),
    )
    return [_job(row) for row in rows]


def open_job_of(connection: sqlite3.Connection, delegate: str) -> Job | None:
    """The job of a delegate that is not closed."""
    row = connection.execute(f"{_SELECT} WHERE j.delegate = ? AND j.{_OPEN}", (delegate,)).fetchone()
    return _job(row) if row else None


def send(connection: sqlite3.Connection, number: int, printer: str) -> bool:
    """Say, before anything goes to the printer, that a job is on its way; False if it waits no longer."""
    changed = connection.execute(
        "UPDATE print_job SET state = 'sent', printer = ?, ticket = '', reason = '', attempts = attempts + 1 "
        f"WHERE number = ? AND {_PRINTABLE}",
        (printer, number),
    )
    return changed.rowcount == 1


def set_ticket(connection: sqlite3.Connection, number: int, ticket: str) -> None:
    """Keep the name that the printer's own queue gave to a job on its way."""
    connection.execute("UPDATE print_job SET ticket = ? WHERE number = ?", (ticket, number))


def set_state(connection: sqlite3.Connection, number: int, state: JobState, reason: str = "") -> None:
    """Say where an open job is, and why it is not printed."""
    connection.execute(
        f"UPDATE print_job SET state = ?, reason = ? WHERE number = ? AND {_OPEN}", (state, reason, number)
    )


def finish(
    connection: sqlite3.Connection, number: int, at: datetime, *, labels: int = 0, confirmed: bool = False
) -> Job | None:
    """Close a job as printed and count its labels; None if it was closed before."""
    row = connection.execute(f"{_SELECT} WHERE j.number = ? AND j.{_OPEN}", (number,)).fetchone()
    if row is None:
        return None
    job = _job(row)
    again = connection.execute("SELECT again FROM print_job WHERE number = ?", (number,)).fetchone()[0]
    connection.execute(
        "UPDATE print_job SET state = 'done', reason = '', printed_at_ms = ?, confirmed = ? WHERE number = ?",
        (to_ms(at), confirmed, number),
    )
    if labels:
        connection.execute(
            "INSERT INTO printer_roll (printer, printed, used) VALUES (:printer, :labels, :labels) "
            "ON CONFLICT (printer) DO UPDATE SET printed = printed + :labels, used = used + :labels",
            {"printer": job.printer, "labels": labels},
        )
    if again:
        wish(connection, job.delegate, at, why=again, desk=job.desk)
    return job


def withdraw(connection: sqlite3.Connection, delegate: str) -> None:
    """Cancel a delegate's badge that waits: nobody comes for it."""
    connection.execute(
        f"UPDATE print_job SET state = 'cancelled' WHERE delegate = ? AND {_PRINTABLE}", (delegate,)
    )


def doubt_sent(connection: sqlite3.Connection) -> int:
    """After a start: of what was on its way, and that no queue can be asked about, nobody knows. Returns how many."""
    changed = connection.execute(
        "UPDATE print_job SET state = 'unknown' WHERE state = 'sent' AND ticket = ''"
    )
    return changed.rowcount


def latest_printing(connection: sqlite3.Connection, delegate: str) -> Printing | None:
    """When and at which desk a delegate's badge was printed last, over all desks known here."""
    row = connection.execute(
        "SELECT e.at_ms, i.station FROM entry e JOIN instance i ON i.id = e.instance "
        "WHERE e.delegate = ? AND e.kind = 'badge_printed' ORDER BY e.hlc_ms DESC, e.hlc_counter DESC LIMIT 1",
        (delegate,),
    ).fetchone()
    return Printing(from_ms(row[0]), row[1]) if row else None


def printed_before(connection: sqlite3.Connection) -> set[str]:
    """Everybody whose badge was printed at some desk."""
    rows = connection.execute("SELECT DISTINCT delegate FROM entry WHERE kind = 'badge_printed'")
    return {row[0] for row in rows}


def rolls(connection: sqlite3.Connection) -> dict[str, Roll]:
    """What came out of each printer."""
    rows = connection.execute("SELECT printer, printed, size, used FROM printer_roll")
    return {row[0]: Roll(row[1], row[2], row[3]) for row in rows}


def new_roll(connection: sqlite3.Connection, printer: str, size: int) -> None:
    """A new roll of so many labels is in a printer; 0 where nobody counts."""
    connection.execute(
        "INSERT INTO printer_roll (printer, size) VALUES (:printer, :size) "
        "ON CONFLICT (printer) DO UPDATE SET size = :size, used = 0",
        {"printer": printer, "size": size},
    )


def boxes(connection: sqlite3.Connection) -> dict[str, str]:
    """The box in which each delegate's printed badge lies."""
    return dict(connection.execute("SELECT delegate, box FROM badge_box").fetchall())


def put_into_boxes(connection: sqlite3.Connection, found: Mapping[str, str]) -> None:
    """Say in which box each badge lies now; those of delegates who are not named stay where they were."""
    connection.executemany(
        "INSERT INTO badge_box (delegate, box) VALUES (?, ?) ON CONFLICT (delegate) DO UPDATE SET box = excluded.box",
        found.items(),
    )


def take_out_of_boxes(connection: sqlite3.Connection, delegates: Iterable[str]) -> None:
    """A badge that was printed anew, or whose code died, is in no box."""
    connection.executemany("DELETE FROM badge_box WHERE delegate = ?", [(d,) for d in delegates])


def _job(row: sqlite3.Row) -> Job:
    return Job(
        number=row[0],
        delegate=row[1],
        name=row[2],
        code=row[3],
        category=row[4],
        wished_at=from_ms(row[5]),
        state=JobState(row[6]),
        why=row[7],
        desk=row[8],
        printer=row[9],
        ticket=row[10],
        reason=row[11],
        attempts=row[12],
        printed_at=None if row[13] is None else from_ms(row[13]),
        confirmed=bool(row[14]),
    )
