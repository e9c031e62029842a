"""Who of which unit is in a session and who is missing, and what was received for somebody else."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms
from station.model.delegate import Delegate
from station.store.cases import Approval
from station.store.roster import CATEGORY_NOW, DELEGATE_COLUMNS, DELEGATE_TABLES, UNIT_NOW, delegate_from

RECEIVED_BY, RECEIVED_BY_NAME = "received_by", "received_by_name"

_PRESENT = "(a.delegate IS NOT NULL AND NOT coalesce(x.outside, 0))"
# Who may come and may enter the session; who is in counts whatever was said of them.
_EXPECTED = (
    f"({_PRESENT} OR (s.delegate IS NULL AND u.delegate IS NULL AND coalesce(w.approval, '') <> 'declined' "
    "AND d.id NOT IN (SELECT delegate FROM united) "
    "AND (NOT EXISTS (SELECT 1 FROM session_entitlement WHERE session = :session) "
    "OR EXISTS (SELECT 1 FROM session_entitlement e WHERE e.session = :session "
    f"AND e.category IN ('', {CATEGORY_NOW}) "
    f"AND e.unit IN ('', {UNIT_NOW})))))"
)
_MOVEMENTS = (
    "LEFT JOIN attendance a ON a.session = :session AND a.delegate = d.id "
    "LEFT JOIN departure x ON x.session = :session AND x.delegate = d.id "
    "LEFT JOIN substitution u ON u.delegate = d.id LEFT JOIN walk_in w ON w.delegate = d.id "
)
# The name of whoever received a hand-out ``h`` for the delegate, NULL where that was nobody else.
RECEIVER = (
    "CASE WHEN h.received_by IS NULL THEN (SELECT p.text FROM particulars p WHERE p.instance = h.instance "
    f"AND p.sequence = h.sequence AND p.field = '{RECEIVED_BY_NAME}') "
    "WHEN h.received_by <> h.delegate THEN coalesce((SELECT coalesce(rc.name, r.name) FROM delegate r "
    "LEFT JOIN correction rc ON rc.delegate = r.id WHERE r.id = h.received_by), '?') END"
)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How the delegation of one unit stands; the unit is '' for who has none.

    Attributes:
        expected: who may come to the session, or is in. present: who is in now.
    """

    unit: str
    expected: int
    present: int

    @property
    def missing(self) -> int:
        """How many are expected and not in."""
        return self.expected - self.present


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One delegate of a unit and one session.

    Attributes:
        expected: may come, or is in. present: is in now.
        first_in, last_out: None where there are none.
        substitute: the name of who comes instead; stands_for: of in whose place they come; empty for nobody.
        approval: of a walk-in; None for whoever is none.
    """

    delegate: Delegate
    expected: bool
    present: bool
    first_in: datetime | None
    last_out: datetime | None
    substitute: str
    stands_for: str
    approval: Approval | None

    @property
    def missing(self) -> bool:
        """Whether they are expected and not in."""
        return self.expected and not self.present


@dataclass(frozen=True, slots=True)
class Received:
    """A document that somebody received for a delegate of a unit.

    Attributes:
        delegate: identity of whose it is. receiver: a name. at, station: of the record.
        act: the same for everything that was received at once.
    """

    act: tuple[str, int, str]
    delegate: str
    document: str
    receiver: str
    at: datetime
    station: str


def unit_lines(connection: sqlite3.Connection, session: str) -> list[UnitLine]:
    """Every unit of which somebody is expected in a session, in no order."""
    rows = connection.execute(
        "SELECT unit, sum(expected) AS total, sum(present) FROM "
        f"(SELECT {UNIT_NOW} AS unit, {_EXPECTED} AS expected, {_PRESENT} AS present "
        f"{DELEGATE_TABLES}{_MOVEMENTS}) GROUP BY unit HAVING total > 0",
        {"session": session},
    )
    return [UnitLine(*row) for row in rows]


def people(
    connection: sqlite3.Connection, session: str, unit: str | None = None, *, missing: bool = False
) -> list[PersonLine]:
    """The delegates of a unit, or of all for None, by name; perhaps only those who are missing."""
    lines = unsorted_people(connection, session, unit, missing=missing)
    return sorted(lines, key=lambda line: line.delegate.sort_key)


def unsorted_people(
    connection: sqlite3.Connection, session: str, unit: str | None = None, *, missing: bool = False
) -> Iterator[PersonLine]:
    """As people, in no order, which is found much quicker."""
    columns = (
        f"{DELEGATE_COLUMNS}, {_EXPECTED} AS expected, {_PRESENT} AS present, "
        "a.first_in_at_ms, x.last_out_at_ms, w.approval, "
        "(SELECT coalesce(ic.name, i.name) FROM delegate i LEFT JOIN correction ic ON ic.delegate = i.id "
        "WHERE i.id = u.substitute) AS substitute, "
        "(SELECT coalesce(ic.name, i.name) FROM substitution o JOIN delegate i ON i.id = o.delegate "
        "LEFT JOIN correction ic ON ic.delegate = i.id WHERE o.substitute = d.id) AS stands_for"
    )
    wanted = [f"(:unit IS NULL OR {UNIT_NOW} = :unit)"]
    if missing:
        wanted.append(f"{_EXPECTED} AND NOT {_PRESENT}")
    rows = connection.execute(
        f"SELECT {columns} {DELEGATE_TABLES}{_MOVEMENTS}WHERE {' AND '.join(wanted)}",
        {"session": session, "unit": unit},
    )
    return map(_person_line, rows)


def receivers(connection: sqlite3.Connection, delegate: str) -> dict[str, str]:
    """Who received documents for a delegate, by the code of the document."""
    rows = connection.execute(
        f"SELECT document, receiver FROM (SELECT h.document, {RECEIVER} AS receiver FROM hand_out h "
        "WHERE h.delegate = ?) WHERE receiver IS NOT NULL",
        (delegate,),
    )
    return dict(rows.fetchall())


def received(connection: sqlite3.Connection, unit: str) -> list[Received]:
    """Everything that one person received for the delegates of a unit, themselves included, in the order of time."""
    rows = connection.execute(
        "SELECT h.instance, h.at_ms, coalesce(h.received_by, p.text) AS receiver, h.delegate, h.document, "
        "coalesce(rc.name, r.name, p.text, '?') AS name, i.station FROM hand_out h "
        "JOIN instance i ON i.id = h.instance JOIN delegate d ON d.id = h.delegate "
        "LEFT JOIN correction c ON c.delegate = d.id LEFT JOIN delegate r ON r.id = h.received_by "
        "LEFT JOIN correction rc ON rc.delegate = r.id LEFT JOIN particulars p ON p.instance = h.instance "
        f"AND p.sequence = h.sequence AND p.field = '{RECEIVED_BY_NAME}' "
        f"WHERE coalesce(h.received_by, p.text) IS NOT NULL AND {UNIT_NOW} = ? "
        "ORDER BY h.at_ms, h.instance, h.sequence",
        (unit,),
    )
    return [
        Received((row[0], row[1], row[2]), row[3], row[4], row["name"], from_ms(row[1]), row["station"])
        for row in rows
    ]


def _person_line(row: sqlite3.Row) -> PersonLine:
    return PersonLine(
        delegate_from(row),
        bool(row["expected"]),
        bool(row["present"]),
        _instant(row["first_in_at_ms"]),
        _instant(row["last_out_at_ms"]),
        row["substitute"] or "",
        row["stands_for"] or "",
        Approval(row["approval"]) if row["approval"] else None,
    )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
