"""What reports ask of the journal beyond what is in force: what was refused, cancelled, allowed, and said of it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms
from station.store.connection import WriteConnection

# Text of an entry's particulars, '' where there is none or the person was erased.
_WORDS = (
    "coalesce((SELECT text FROM particulars p WHERE p.instance = e.instance AND p.sequence = e.sequence "
    "AND p.field = '{}'), '')"
)
_NOT_VOIDED = (
    "NOT EXISTS (SELECT 1 FROM entry v WHERE v.kind = 'void' AND v.target = e.instance || '-' || e.sequence)"
)
_CLOCK = "e.hlc_ms, e.hlc_counter, e.instance, e.sequence"


@dataclass(frozen=True, slots=True)
class Passage:
    """An admission or (``out``) an exit that is not void, as milliseconds since 1970 UTC."""

    session: str
    delegate: str
    out: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A scan that was refused; ``delegate`` is '' where the code led to nobody."""

    at: datetime
    station: str
    session: str
    delegate: str
    reason: str
    source: str
    out: bool


@dataclass(frozen=True, slots=True)
class Voided:
    """An entry that was cancelled.

    Attributes:
        at, station: of who cancelled. kind, recorded_at: of what was cancelled.
        moved_to: the session in which it stands anew; '' where it was only cancelled.
    """

    at: datetime
    station: str
    kind: str
    recorded_at: datetime
    delegate: str
    session: str
    document: str
    reason: str
    moved_to: str


@dataclass(frozen=True, slots=True)
class Substituted:
    """Somebody who came for a delegate, with the reason and what was said of the letter."""

    delegate: str
    substitute: str
    at: datetime
    station: str
    reason: str
    letter: str


@dataclass(frozen=True, slots=True)
class Excepted:
    """An admission despite a refusal that is not void, with the note why."""

    at: datetime
    station: str
    session: str
    delegate: str
    reason: str
    note: str


def passages(connection: sqlite3.Connection) -> Iterator[Passage]:
    """Every admission and exit that is not void: by session and delegate, in the order of their clocks."""
    rows = _plain(connection).execute(
        "SELECT e.session, e.delegate, e.kind = 'left', e.at_ms FROM entry e WHERE e.kind IN ('scan', 'left') "
        "AND e.delegate IS NOT NULL AND e.session IS NOT NULL AND (e.kind = 'left' OR e.outcome = 'admitted') "
        f"AND {_NOT_VOIDED} ORDER BY e.session, e.delegate, {_CLOCK}"
    )
    return (Passage(row[0], row[1], bool(row[2]), row[3]) for row in rows)


def refusals(connection: sqlite3.Connection) -> Iterator[Refused]:
    """Every scan that was refused, at entrance and exit, in the order of time."""
    rows = _plain(connection).execute(
        "SELECT e.at_ms, i.station, coalesce(e.session, ''), coalesce(e.delegate, ''), "
        "json_extract(e.body, '$.reason'), json_extract(e.body, '$.source'), json_extract(e.body, '$.direction') "
        "FROM entry e JOIN instance i ON i.id = e.instance WHERE e.kind = 'scan' AND e.outcome = 'refused' "
        f"ORDER BY e.at_ms, {_CLOCK}"
    )
    return (
        Refused(from_ms(row[0]), row[1], row[2], row[3], row[4] or "", row[5] or "", row[6] == "out")
        for row in rows
    )


def refusal_count(connection: sqlite3.Connection) -> int:
    """How many scans were refused."""
    query = "SELECT count(*) FROM entry WHERE kind = 'scan' AND outcome = 'refused'"
    return int(connection.execute(query).fetchone()[0])


def voided(connection: sqlite3.Connection) -> Iterator[Voided]:
    """Every entry that was cancelled, in the order of time; cancelled twice by two desks counts once."""
    rows = _plain(connection).execute(
        "SELECT e.at_ms, i.station, t.kind, t.at_ms, coalesce(t.delegate, ''), coalesce(t.session, ''), "
        f"coalesce(t.document, ''), {_WORDS.format('reason')}, coalesce(json_extract(e.body, '$.moved_to'), '') "
        "FROM entry e JOIN instance i ON i.id = e.instance JOIN entry t ON t.instance = substr(e.target, 1, 8) "
        "AND t.sequence = CAST(substr(e.target, 10) AS INTEGER) WHERE e.kind = 'void' AND e.target IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM entry f WHERE f.kind = 'void' AND f.target = e.target "
        "AND (f.hlc_ms, f.hlc_counter, f.instance, f.sequence) "
        "< (e.hlc_ms, e.hlc_counter, e.instance, e.sequence)) "
        f"ORDER BY e.at_ms, {_CLOCK}"
    )
    return (Voided(from_ms(row[0]), row[1], row[2], from_ms(row[3]), *row[4:]) for row in rows)


def substituted(connection: sqlite3.Connection) -> Iterator[Substituted]:
    """Every substitution that is in force, in the order of time."""
    rows = _plain(connection).execute(
        f"SELECT s.delegate, s.substitute, e.at_ms, i.station, {_WORDS.format('reason')}, "
        f"{_WORDS.format('letter')} FROM substitution s JOIN entry e ON e.instance = s.instance "
        f"AND e.sequence = s.sequence JOIN instance i ON i.id = s.instance ORDER BY e.at_ms, {_CLOCK}"
    )
    return (Substituted(row[0], row[1], from_ms(row[2]), *row[3:]) for row in rows)


def exceptions(connection: sqlite3.Connection) -> Iterator[Excepted]:
    """Every admission by way of exception that is not void, in the order of time."""
    rows = _plain(connection).execute(
        "SELECT e.at_ms, i.station, e.session, e.delegate, json_extract(e.body, '$.exception') AS exception, "
        f"{_WORDS.format('note')} FROM entry e JOIN instance i ON i.id = e.instance WHERE e.kind = 'scan' "
        "AND e.outcome = 'admitted' AND e.delegate IS NOT NULL AND e.session IS NOT NULL "
        f"AND exception IS NOT NULL AND {_NOT_VOIDED} ORDER BY e.at_ms, {_CLOCK}"
    )
    return (Excepted(from_ms(row[0]), *row[1:]) for row in rows)


def choice_of(connection: sqlite3.Connection) -> str:
    """The choice of reports as it was stored, '' for none."""
    row = connection.execute("SELECT choice FROM report_choice").fetchone()
    return row[0] if row else ""


def set_choice(connection: WriteConnection, choice: str) -> None:
    """Store the choice of reports."""
    connection.execute("INSERT OR REPLACE INTO report_choice (only, choice) VALUES (1, ?)", (choice,))


def _plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives tuples, which is quicker."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor
