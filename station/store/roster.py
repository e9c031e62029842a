"""Delegates, their units and categories, and the payloads issued to them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from station.clock import from_ms, to_ms
from station.model.clue import Field
from station.model.delegate import Delegate, DelegateStatus
from station.right_of_way import give_way

# What is told how many more delegates were stored; it may raise to have all of them rolled back.
Advance = Callable[[int], None]
_DELEGATES_A_REPORT = 1_000
_Item = TypeVar("_Item")

_SELECT_LISTED = (
    "SELECT d.id, d.code, d.name, d.position, coalesce(d.unit, '') AS unit, "
    "coalesce(d.category, '') AS category, d.phone, d.email, d.seat, d.note, d.external_payload, d.citizen_id, "
    "d.extra, coalesce(s.status, CASE d.vanished WHEN 1 THEN 'vanished' ELSE 'active' END) AS status "
    "FROM delegate d LEFT JOIN standing s ON s.delegate = d.id "
)
# As desks corrected them; what they corrected to may have been renamed since.
UNIT_NOW = "coalesce((SELECT name FROM unit_alias WHERE spelling = c.unit), c.unit, d.unit, '')"
CATEGORY_NOW = (
    "coalesce((SELECT name FROM category_alias WHERE spelling = c.category), c.category, d.category, '')"
)
DELEGATE_COLUMNS = (
    "d.id, d.code, coalesce(c.name, d.name) AS name, coalesce(c.position, d.position) AS position, "
    f"{UNIT_NOW} AS unit, {CATEGORY_NOW} AS category, "
    "coalesce(c.phone, d.phone) AS phone, coalesce(c.email, d.email) AS email, coalesce(c.seat, d.seat) AS seat, "
    "coalesce(c.note, d.note) AS note, d.external_payload, d.citizen_id, "
    "d.extra, coalesce(s.status, CASE d.vanished WHEN 1 THEN 'vanished' ELSE 'active' END) AS status"
)
DELEGATE_TABLES = (
    "FROM delegate d LEFT JOIN standing s ON s.delegate = d.id LEFT JOIN correction c ON c.delegate = d.id "
)
SELECT_DELEGATE = f"SELECT {DELEGATE_COLUMNS} {DELEGATE_TABLES}"
_TEXTS = 12  # columns of SELECT_DELEGATE before the extra ones and the status

_STATUSES = {status.value: status for status in DelegateStatus}

_PHONE_DIGITS = (
    "replace(replace(replace(replace(replace(coalesce(c.phone, d.phone), "
    "' ', ''), '.', ''), '-', ''), '(', ''), ')', '')"
)
# What a clue is compared with, and how many columns that are. An organiser may have mapped the numbers of identity
# cards as external payloads; national numbers are compared with what the office wrote, +84 and 84 included.
_CONDITIONS = {
    Field.EXTERNAL: ("WHERE d.external_payload IN ({marks}) AND d.external_payload <> ''", 1),
    Field.CITIZEN: (
        "WHERE (d.citizen_id IN ({marks}) AND d.citizen_id <> '') "
        "OR (d.external_payload IN ({marks}) AND d.external_payload <> '')",
        2,
    ),
    Field.EMAIL: ("WHERE lower(trim(coalesce(c.email, d.email))) IN ({marks})", 1),
    Field.PHONE: (
        "WHERE CASE WHEN substr(digits, 1, 3) = '+84' THEN '0' || substr(digits, 4) "
        "WHEN substr(digits, 1, 2) = '84' AND length(digits) >= 11 THEN '0' || substr(digits, 3) "
        "ELSE digits END IN ({marks})".replace("digits", _PHONE_DIGITS),
        1,
    ),
    Field.CODE: ("WHERE d.code IN ({marks})", 1),
}


@dataclass(frozen=True, slots=True)
class IssuedPayload:
    """A payload that was made for a delegate; its text is computed from the event's key."""

    instance: str
    serial: int
    delegate: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class RosterImport:
    """A roster file that was taken in.

    Attributes:
        before: what it changed, as station.roster.apply wrote it.
    """

    number: int
    file_name: str
    at: datetime
    before: str


def delegate_from(row: sqlite3.Row) -> Delegate:
    """A delegate from a row of SELECT_DELEGATE."""
    return _delegate(tuple(row))


def _delegate(values: tuple[Any, ...]) -> Delegate:
    extra, status = values[_TEXTS : _TEXTS + 2]
    more = () if extra == "{}" else tuple(json.loads(extra).items())
    return Delegate(*(*values[:_TEXTS], more, _STATUSES[status]))


def delegates(connection: sqlite3.Connection, *, corrected: bool = True) -> list[Delegate]:
    """The whole roster in Vietnamese order of names; as desks corrected it, or as the office listed it."""
    return sorted(unsorted_delegates(connection, corrected=corrected), key=_sort_key)


def _sort_key(delegate: Delegate) -> tuple[str, str, str]:
    give_way()
    return delegate.sort_key


def unsorted_delegates(connection: sqlite3.Connection, *, corrected: bool = True) -> list[Delegate]:
    """The whole roster in the order in which it was taken in, which is found much quicker."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples
    query = SELECT_DELEGATE if corrected else _SELECT_LISTED
    return list(map(_delegate, cursor.execute(query + "ORDER BY d.number")))


def codes(connection: sqlite3.Connection) -> set[str]:
    """The readable code of every delegate."""
    return {row[0] for row in connection.execute("SELECT code FROM delegate")}


def delegate_count(connection: sqlite3.Connection) -> int:
    """How many delegates are on the roster, whatever their status."""
    return int(connection.execute("SELECT count(*) FROM delegate").fetchone()[0])


def delegate_of(connection: sqlite3.Connection, identifier: str) -> Delegate | None:
    """The delegate of an internal identity."""
    row = connection.execute(SELECT_DELEGATE + "WHERE d.id = ?", (identifier,)).fetchone()
    return delegate_from(row) if row else None


def delegate_by_code(connection: sqlite3.Connection, code: str) -> Delegate | None:
    """The delegate of a readable code, in any letter case."""
    row = connection.execute(SELECT_DELEGATE + "WHERE d.code = ?", (code,)).fetchone()
    return delegate_from(row) if row else None


def delegates_of(connection: sqlite3.Connection, unit: str) -> list[Delegate]:
    """The delegates of a unit, '' for those without one, in no order."""
    return list(map(delegate_from, connection.execute(SELECT_DELEGATE + f"WHERE {UNIT_NOW} = ?", (unit,))))


def delegates_by(connection: sqlite3.Connection, field: Field, values: Sequence[str]) -> list[Delegate]:
    """Everybody in whose roster row a field holds one of the values; empty values hold for nobody."""
    wanted = [value for value in values if value]
    condition, columns = _CONDITIONS[field]
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(SELECT_DELEGATE + condition.format(marks=marks), wanted * columns)
    return [delegate_from(row) for row in rows]


def last_number(connection: sqlite3.Connection) -> int:
    """The highest place in the roster given so far, undone imports included; 0 for none."""
    return int(
        connection.execute(
            "SELECT max((SELECT coalesce(max(number), 0) FROM delegate), "
            "(SELECT coalesce(max(last_number), 0) FROM roster_import))"
        ).fetchone()[0]
    )


def insert_delegates(
    connection: sqlite3.Connection, added: Sequence[Delegate], advance: Advance | None = None
) -> None:
    """Add delegates, with the units and categories they name, behind those who are there."""
    _ensure_units_and_categories(connection, added)
    first = last_number(connection) + 1
    connection.executemany(
        "INSERT INTO delegate (number, id, code, name, position, unit, category, phone, email, seat, note, "
        "external_payload, citizen_id, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, d.id, *_columns(d)) for number, d in enumerate(_reported(added, advance), first)),
    )


def update_delegates(
    connection: sqlite3.Connection, changed: Sequence[Delegate], advance: Advance | None = None
) -> None:
    """Store new data of delegates who are there; they are in the roster (again)."""
    _ensure_units_and_categories(connection, changed)
    connection.executemany(
        "UPDATE delegate SET code = ?, name = ?, position = ?, unit = ?, category = ?, phone = ?, email = ?, "
        "seat = ?, note = ?, external_payload = ?, citizen_id = ?, extra = ?, vanished = 0 WHERE id = ?",
        ((*_columns(d), d.id) for d in _reported(changed, advance)),
    )


def mark_vanished(
    connection: sqlite3.Connection, identifiers: Sequence[str], advance: Advance | None = None
) -> None:
    """Say that delegates are missing from the latest roster file; nothing else of them changes."""
    connection.executemany(
        "UPDATE delegate SET vanished = 1 WHERE id = ?", ((i,) for i in _reported(identifiers, advance))
    )


def mark_present(connection: sqlite3.Connection, identifiers: Iterable[str]) -> None:
    """Say that delegates are in the latest roster file, whatever else is known of them."""
    missing = {row[0] for row in connection.execute("SELECT id FROM delegate WHERE vanished = 1")}
    if missing:
        connection.executemany(
            "UPDATE delegate SET vanished = 0 WHERE id = ?", [(i,) for i in identifiers if i in missing]
        )


def remove_delegates(connection: sqlite3.Connection, identifiers: Sequence[str]) -> None:
    """Take out delegates of whom nothing was ever recorded, with their payloads and photos."""
    rows = [(identifier,) for identifier in identifiers]
    for table in ("print_job", "payload", "photo"):
        connection.executemany(f"DELETE FROM {table} WHERE delegate = ?", rows)
    connection.executemany("DELETE FROM delegate WHERE id = ?", rows)


def recorded(connection: sqlite3.Connection, identifiers: Iterable[str]) -> set[str]:
    """Those of whom there is an entry in the journal, or who were made an invitation."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM entry WHERE delegate = :who) "
        "OR EXISTS (SELECT 1 FROM invitation WHERE delegate = :who)"
    )
    return {who for who in identifiers if connection.execute(query, {"who": who}).fetchone()[0]}


def add_import(
    connection: sqlite3.Connection, instance: str, file_name: str, before: str, at: datetime
) -> None:
    """Remember what a roster file changed; what was before the older ones is forgotten."""
    forget_before(connection)
    connection.execute(
        "INSERT INTO roster_import (at_ms, file_name, instance, last_number, last_serial, before) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (to_ms(at), file_name, instance, last_number(connection), last_serial(connection, instance), before),
    )


def forget_before(connection: sqlite3.Connection) -> None:
    """Let no roster file that was taken in so far be taken back any more."""
    connection.execute("UPDATE roster_import SET before = ''")


def latest_import(connection: sqlite3.Connection) -> RosterImport | None:
    """The roster file that was taken in last, unless that was undone."""
    row = connection.execute("SELECT * FROM roster_import ORDER BY number DESC LIMIT 1").fetchone()
    if row is None or row["undone_at_ms"] is not None or not row["before"]:
        return None
    return RosterImport(row["number"], row["file_name"], from_ms(row["at_ms"]), row["before"])


def changed_at(connection: sqlite3.Connection) -> datetime | None:
    """When the roster was changed last: a file taken in, or a payload issued; None for never."""
    changed = connection.execute(
        "SELECT max(at) FROM (SELECT max(at_ms) AS at FROM roster_import WHERE undone_at_ms IS NULL "
        "UNION ALL SELECT max(issued_at_ms) FROM payload)"
    ).fetchone()[0]
    return None if changed is None else from_ms(changed)


def mark_undone(connection: sqlite3.Connection, number: int, at: datetime) -> None:
    """Remember that a roster file was undone."""
    connection.execute(
        "UPDATE roster_import SET undone_at_ms = ?, before = '' WHERE number = ?", (to_ms(at), number)
    )


def last_serial(connection: sqlite3.Connection, instance: str) -> int:
    """The highest serial an instance has issued, undone imports included; 0 for none."""
    return int(
        connection.execute(
            "SELECT max((SELECT coalesce(max(serial), 0) FROM payload WHERE instance = :instance), "
            "(SELECT coalesce(max(last_serial), 0) FROM roster_import WHERE instance = :instance))",
            {"instance": instance},
        ).fetchone()[0]
    )


def issue_payload(connection: sqlite3.Connection, instance: str, delegate: str, at: datetime) -> int:
    """Issue the next serial of an instance to a delegate; returns it."""
    serial = last_serial(connection, instance) + 1
    connection.execute(
        "INSERT INTO payload (instance, serial, delegate, issued_at_ms) VALUES (?, ?, ?, ?)",
        (instance, serial, delegate, to_ms(at)),
    )
    return int(serial)


def issue_payloads(
    connection: sqlite3.Connection,
    instance: str,
    delegates: Sequence[str],
    at: datetime,
    advance: Advance | None = None,
) -> None:
    """Issue the next serials of an instance to delegates, in their order."""
    first, at_ms = last_serial(connection, instance) + 1, to_ms(at)
    connection.executemany(
        "INSERT INTO payload (instance, serial, delegate, issued_at_ms) VALUES (?, ?, ?, ?)",
        (
            (instance, serial, delegate, at_ms)
            for serial, delegate in enumerate(_reported(delegates, advance), first)
        ),
    )


def payload_of_serial(connection: sqlite3.Connection, instance: str, serial: int) -> IssuedPayload | None:
    """Whose payload this is, None if it was not issued by or to this laptop's roster."""
    row = connection.execute(
        "SELECT p.instance, p.serial, p.delegate, r.instance IS NOT NULL AS revoked FROM payload p "
        "LEFT JOIN revocation r ON r.payload_instance = p.instance AND r.payload_serial = p.serial "
        "WHERE p.instance = ? AND p.serial = ?",
        (instance, serial),
    ).fetchone()
    return IssuedPayload(row[0], row[1], row[2], bool(row[3])) if row else None


def is_revoked(connection: sqlite3.Connection, instance: str, serial: int) -> bool:
    """Whether a payload was revoked, known on the roster or not."""
    query = "SELECT 1 FROM revocation WHERE payload_instance = ? AND payload_serial = ?"
    return connection.execute(query, (instance, serial)).fetchone() is not None


def live_payloads(connection: sqlite3.Connection) -> Mapping[str, IssuedPayload]:
    """The latest payload of every delegate that is not revoked, by delegate."""
    rows = connection.execute(
        "SELECT p.instance, p.serial, p.delegate FROM payload p "
        "WHERE NOT EXISTS (SELECT 1 FROM revocation r "
        "WHERE r.payload_instance = p.instance AND r.payload_serial = p.serial) "
        "ORDER BY p.issued_at_ms, p.instance, p.serial"
    )
    return {row[2]: IssuedPayload(row[0], row[1], row[2], revoked=False) for row in rows}


def live_payloads_of(connection: sqlite3.Connection, delegate: str) -> list[IssuedPayload]:
    """Every payload of a delegate that is not revoked, the latest last."""
    rows = connection.execute(
        "SELECT p.instance, p.serial FROM payload p WHERE p.delegate = ? AND NOT EXISTS (SELECT 1 FROM revocation r "
        "WHERE r.payload_instance = p.instance AND r.payload_serial = p.serial) "
        "ORDER BY p.issued_at_ms, p.instance, p.serial",
        (delegate,),
    )
    return [IssuedPayload(row[0], row[1], delegate, revoked=False) for row in rows]


def issue_times(connection: sqlite3.Connection) -> dict[str, datetime]:
    """When each delegate was issued the first payload."""
    rows = connection.execute("SELECT delegate, min(issued_at_ms) FROM payload GROUP BY delegate")
    return {row[0]: from_ms(row[1]) for row in rows}


@contextmanager
def room_for_many(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a transaction keep what it changes in memory (up to 64 MB) instead of writing it to the disk in between."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {int(usual)}")


def _columns(delegate: Delegate) -> tuple[str | None, ...]:
    return (
        delegate.code,
        delegate.name,
        delegate.position,
        delegate.unit or None,
        delegate.category or None,
        delegate.phone,
        delegate.email,
        delegate.seat,
        delegate.note,
        delegate.external_payload,
        delegate.citizen_id,
        json.dumps(dict(delegate.extra), ensure_ascii=False, separators=(",", ":"))
        if delegate.extra
        else "{}",
    )


def _reported(items: Sequence[_Item], advance: Advance | None) -> Iterator[_Item]:
    """The items, while ``advance`` is told now and then how many more have gone by."""
    if advance is None:
        yield from items
        return
    for start in range(0, len(items), _DELEGATES_A_REPORT):
        some = items[start : start + _DELEGATES_A_REPORT]
        advance(len(some))
        yield from some


def _ensure_units_and_categories(connection: sqlite3.Connection, rows: Sequence[Delegate]) -> None:
    for table, names in (("unit", {d.unit for d in rows}), ("category", {d.category for d in rows})):
        connection.executemany(
            f"INSERT INTO {table} (name) VALUES (?) ON CONFLICT DO NOTHING", [(n,) for n in names if n]
        )
