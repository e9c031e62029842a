"""Walk-ins and substitutions as the journal has them, and the latest record of this station that can be cancelled."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.clock import from_ms


class Approval(StrEnum):
    """What the organiser said of a walk-in."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who was registered at a desk.

    Attributes:
        delegate: their identity. station: the name of the desk. at: when.
    """

    delegate: str
    approval: Approval
    station: str
    at: datetime


def walk_ins(connection: sqlite3.Connection) -> list[WalkIn]:
    """Everybody who was registered at a desk, in the order of coming."""
    rows = connection.execute(
        "SELECT w.delegate, w.approval, i.station, e.at_ms FROM walk_in w "
        "JOIN entry e ON e.instance = w.instance AND e.sequence = w.sequence "
        "JOIN instance i ON i.id = w.instance ORDER BY e.at_ms, w.instance, w.sequence"
    )
    return [WalkIn(row[0], Approval(row[1]), row[2], from_ms(row[3])) for row in rows]


def approval_of(connection: sqlite3.Connection, delegate: str) -> Approval | None:
    """What was said of a walk-in; None for whoever is none."""
    row = connection.execute("SELECT approval FROM walk_in WHERE delegate = ?", (delegate,)).fetchone()
    return Approval(row[0]) if row else None


def substitute_of(connection: sqlite3.Connection, delegate: str) -> str | None:
    """The identity of who came instead of a delegate, None if nobody did."""
    row = connection.execute("SELECT substitute FROM substitution WHERE delegate = ?", (delegate,)).fetchone()
    return str(row[0]) if row else None


def substituted_by(connection: sqlite3.Connection, substitute: str) -> str | None:
    """The identity of the delegate in whose place somebody came, None if they came for themselves."""
    row = connection.execute(
        "SELECT delegate FROM substitution WHERE substitute = ?", (substitute,)
    ).fetchone()
    return str(row[0]) if row else None


def substitutions(connection: sqlite3.Connection) -> dict[str, str]:
    """Who came instead, by the delegate who did not."""
    return dict(connection.execute("SELECT delegate, substitute FROM substitution").fetchall())


def walk_ins_counted(connection: sqlite3.Connection, instance: str) -> int:
    """How many an instance has registered, whatever became of them."""
    return int(
        connection.execute(
            "SELECT count(*) FROM entry WHERE instance = ? AND kind = 'walk_in'", (instance,)
        ).fetchone()[0]
    )


def latest_movement(connection: sqlite3.Connection, instance: str) -> tuple[str, datetime] | None:
    """The admission or exit that an instance wrote last and that is not void, with its time; None if there is none.

    What was handed out since does not count: it goes with the admission.
    """
    row = connection.execute(
        "SELECT e.instance || '-' || e.sequence, e.at_ms FROM entry e WHERE e.instance = ? "
        "AND (e.kind = 'left' OR (e.kind = 'scan' AND e.outcome = 'admitted')) "
        "AND NOT EXISTS (SELECT 1 FROM entry v WHERE v.kind = 'void' "
        "AND v.target = e.instance || '-' || e.sequence) ORDER BY e.sequence DESC LIMIT 1",
        (instance,),
    ).fetchone()
    return (str(row[0]), from_ms(row[1])) if row else None
