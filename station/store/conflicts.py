"""What in the journals of several desks contradicts itself: found anew from the entries, whatever was merged when."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from station.model.entry import Entry, EntryKind
from station.store import journal

_CLOCK = "e.hlc_ms, e.hlc_counter, e.instance, e.sequence"
_NOT_VOIDED = (
    "NOT EXISTS (SELECT 1 FROM entry v WHERE v.kind = 'void' AND v.target = e.instance || '-' || e.sequence)"
)


class Passage(NamedTuple):
    """An admission or exit that is not void, in the order of the clocks; ``known``: despite what its desk knew."""

    delegate: str
    session: str
    instance: str
    sequence: int
    kind: str
    at_ms: int
    known: bool


class Registered(NamedTuple):
    """Somebody registered at a desk, as they are called now, in the order of the clocks."""

    delegate: str
    instance: str
    sequence: int
    at_ms: int
    name: str
    unit: str
    phone: str


class Corrected(NamedTuple):
    """A corrected field, in the order of the clocks."""

    delegate: str
    field: str
    instance: str
    sequence: int
    at_ms: int
    text: str


class Cancelled(NamedTuple):
    """A void admission: delegate, session and clock of the admission, and the entry that voids it."""

    delegate: str
    session: str
    target: str
    instance: str
    sequence: int
    at_ms: int


class Later(NamedTuple):
    """A scan of a delegate behind another entry that is not void."""

    instance: str
    sequence: int
    at_ms: int
    outcome: str


def passages_at_several_desks(connection: sqlite3.Connection) -> list[Passage]:
    """Every movement of those who were admitted to one session by more than one instance."""
    rows = connection.execute(
        "SELECT e.delegate, e.session, e.instance, e.sequence, e.kind, e.at_ms, "
        "json_extract(e.body, '$.exception') IS NOT NULL FROM entry e "
        "JOIN (SELECT delegate, session FROM entry WHERE kind = 'scan' AND outcome = 'admitted' "
        "AND delegate IS NOT NULL GROUP BY delegate, session HAVING min(instance) < max(instance)) d "
        "ON e.delegate = d.delegate AND e.session = d.session "
        "WHERE (e.kind = 'left' OR (e.kind = 'scan' AND e.outcome = 'admitted')) "
        f"AND {_NOT_VOIDED} ORDER BY e.delegate, e.session, {_CLOCK}"
    )
    return [Passage(*row) for row in rows]


def registered(connection: sqlite3.Connection) -> list[Registered]:
    """Everybody who was registered at a desk and counts as themselves, first come first."""
    rows = connection.execute(
        "SELECT w.delegate, w.instance, w.sequence, e.at_ms, coalesce(c.name, d.name), "
        "coalesce(c.unit, d.unit, ''), coalesce(c.phone, d.phone) FROM walk_in w "
        "JOIN entry e ON e.instance = w.instance AND e.sequence = w.sequence "
        "JOIN delegate d ON d.id = w.delegate LEFT JOIN correction c ON c.delegate = w.delegate "
        f"WHERE w.delegate NOT IN (SELECT delegate FROM united) ORDER BY {_CLOCK}"
    )
    return [Registered(*row) for row in rows]


def corrections(connection: sqlite3.Connection, delegate: str | None = None) -> list[Corrected]:
    """Every corrected field that no later correction is known to have replaced, of one delegate or of all."""
    whose, given = ("e.delegate IS NOT NULL", ()) if delegate is None else ("e.delegate = ?", (delegate,))
    rows = connection.execute(
        "SELECT e.delegate, p.field, e.instance, e.sequence, e.at_ms, p.text FROM entry e JOIN particulars p "
        f"ON p.instance = e.instance AND p.sequence = e.sequence WHERE {whose} AND e.kind = 'corrected' "
        f"AND p.text IS NOT NULL AND {_NOT_VOIDED} ORDER BY e.delegate, p.field, {_CLOCK}",
        given,
    )
    found = [Corrected(*row) for row in rows]
    bodies = connection.execute(
        f"SELECT e.body FROM entry e WHERE {whose} AND e.kind = 'corrected' AND {_NOT_VOIDED}", given
    )
    gone = {pair for row in bodies for pair in _replaced(row[0])}
    return [one for one in found if (one.field, f"{one.instance}-{one.sequence}") not in gone]


def _replaced(body: str) -> Iterator[tuple[str, str]]:
    """Field and entry of each correction that the body of another one says it replaces."""
    over = json.loads(body).get("over")
    for field, entries in over.items() if isinstance(over, dict) else ():
        yield from (
            (field, entry) for entry in entries if isinstance(entries, list) and isinstance(entry, str)
        )


def replaced_by(connection: sqlite3.Connection, delegate: str, fields: Sequence[str]) -> dict[str, list[str]]:
    """For a new correction: by field, the entries known here that it replaces."""
    over: dict[str, list[str]] = {}
    for one in corrections(connection, delegate):
        if one.field in fields:
            over.setdefault(one.field, []).append(f"{one.instance}-{one.sequence}")
    return over


def cancelled_admissions(connection: sqlite3.Connection) -> list[Cancelled]:
    """Admissions that were voided where the delegate came on; what was moved to another session is left out."""
    rows = connection.execute(
        "SELECT e.target, e.instance, e.sequence, e.at_ms FROM entry e WHERE e.kind = 'void' "
        f"AND json_extract(e.body, '$.moved_to') IS NULL AND e.target IS NOT NULL ORDER BY {_CLOCK}"
    ).fetchall()
    found = []
    for target, instance, sequence, at_ms in rows:
        entry = journal.entry_of(connection, target)
        if entry is not None and _is_admission(entry) and entry.content.delegate and entry.content.session:
            content = entry.content
            found.append(
                Cancelled(str(content.delegate), str(content.session), target, instance, sequence, at_ms)
            )
    return found


def scans_after(connection: sqlite3.Connection, cancelled: Cancelled) -> list[Later]:
    """Scans of the same delegate to the same session by other instances, later by the clocks, that are not void.

    Admissions, and those that were told “already in” because of the admission that was cancelled.
    """
    entry = journal.entry_of(connection, cancelled.target)
    if entry is None:
        return []
    content = entry.content
    rows = connection.execute(
        "SELECT e.instance, e.sequence, e.at_ms, e.outcome FROM entry e WHERE e.delegate = ? AND e.kind = 'scan' "
        "AND e.session = ? AND e.instance <> ? AND (e.hlc_ms, e.hlc_counter, e.instance, e.sequence) > (?, ?, ?, ?) "
        "AND (e.outcome = 'admitted' OR json_extract(e.body, '$.reason') = 'ALREADY_IN') "
        f"AND json_extract(e.body, '$.resolves') IS NULL AND {_NOT_VOIDED} ORDER BY {_CLOCK}",
        (
            cancelled.delegate,
            cancelled.session,
            cancelled.instance,
            content.hlc_ms,
            content.hlc_counter,
            content.instance,
            content.sequence,
        ),
    )
    return [Later(*row) for row in rows]


def resolved(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What was decided, by delegate and conflict."""
    rows = connection.execute("SELECT delegate, conflict, choice FROM resolved")
    return {(row[0], row[1]): row[2] for row in rows}


def _is_admission(entry: Entry) -> bool:
    return entry.content.kind == EntryKind.SCAN and entry.content.outcome == "admitted"
