"""Targets, and the rows of what is on its way to them."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms
from station.model.sending import OPEN_STATES, Mode, RowState, SecretPlace
from station.store.connection import ReadConnection, WriteConnection

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """A target as the event knows it.

    Attributes:
        ca: name of a file in the outbox folder, '' for none. failures: tries in vain since the last success.
        next_try_at: None for as soon as there is something. trouble: why the last try was in vain, '' for no reason.
        wants_login: the network wants a login page.
    """

    number: int
    name: str
    kind: str
    url: str
    user: str
    ca: str
    mode: Mode
    secret: SecretPlace
    failures: int = 0
    next_try_at: datetime | None = None
    trouble: str = ""
    wants_login: bool = False


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A file on its way to a target.

    Attributes:
        instance, first, last: of a segment the chain and its run; None, 0, 0 for a workbook.
        said: why it was refused, or closed. closed_by: a person's name.
    """

    number: int
    target: int
    name: str
    instance: str | None
    first: int
    last: int
    bytes: int
    sha256: str
    queued_at: datetime
    state: RowState
    failures: int
    next_try_at: datetime | None
    changed_at: datetime
    said: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A file that is new in the outbox."""

    name: str
    bytes: int
    sha256: str
    instance: str | None = None
    first: int = 0
    last: int = 0


def add_target(
    connection: WriteConnection, name: str, kind: str, url: str, user: str, ca: str, mode: Mode
) -> int:
    """A new target without a password; returns its number. Raises sqlite3.IntegrityError where the name is taken."""
    return int(
        connection.execute(
            "INSERT INTO target (name, kind, url, user, ca, mode, secret) VALUES (?, ?, ?, ?, ?, ?, 'none') "
            "RETURNING number",
            (name, kind, url, user, ca, mode),
        ).fetchone()[0]
    )


def targets(connection: ReadConnection) -> list[StoredTarget]:
    """All targets in the order in which they came."""
    return [_target(row) for row in connection.execute("SELECT * FROM target ORDER BY number")]


def remove_target(connection: WriteConnection, number: int) -> None:
    """Forget a target and what was on its way to it."""
    connection.execute("DELETE FROM outbox WHERE target = ?", (number,))
    connection.execute("DELETE FROM target WHERE number = ?", (number,))


def set_mode(connection: WriteConnection, number: int, mode: Mode) -> None:
    """When a target is sent to, from now on."""
    connection.execute("UPDATE target SET mode = ? WHERE number = ?", (mode, number))


def set_secret(connection: WriteConnection, number: int, place: SecretPlace) -> None:
    """Where the password for a target is kept, from now on."""
    connection.execute("UPDATE target SET secret = ? WHERE number = ?", (place, number))


def set_authority(connection: WriteConnection, number: int, file_name: str) -> None:
    """Which certificate authority a target is trusted by, beside the system's."""
    connection.execute("UPDATE target SET ca = ? WHERE number = ?", (file_name, number))


def note_trouble(
    connection: WriteConnection, number: int, trouble: str, next_try_at: datetime, *, wants_login: bool
) -> None:
    """A try was in vain: one more, why, and when the next one is."""
    connection.execute(
        "UPDATE target SET failures = failures + 1, trouble = ?, next_try_at_ms = ?, wants_login = ? WHERE number = ?",
        (trouble, to_ms(next_try_at), wants_login, number),
    )


def note_answer(connection: WriteConnection, number: int) -> None:
    """The target answered: nothing is in the way any more."""
    connection.execute(
        "UPDATE target SET failures = 0, trouble = '', next_try_at_ms = NULL, wants_login = 0 WHERE number = ? "
        "AND (failures <> 0 OR trouble <> '' OR next_try_at_ms IS NOT NULL OR wants_login <> 0)",
        (number,),
    )


def queue(connection: WriteConnection, target: int, what: Queued, now: datetime) -> None:
    """A file waits to be sent from now on; one that waits or went already is not queued twice."""
    connection.execute(
        "INSERT INTO outbox (target, name, instance, first, last, bytes, sha256, queued_at_ms, changed_at_ms) "
        "VALUES (:target, :name, :instance, :first, :last, :bytes, :sha256, :now, :now) ON CONFLICT DO NOTHING",
        {
            "target": target,
            "name": what.name,
            "instance": what.instance,
            "first": what.first if what.instance else None,
            "last": what.last if what.instance else None,
            "bytes": what.bytes,
            "sha256": what.sha256,
            "now": to_ms(now),
        },
    )


def queued_to(connection: ReadConnection, target: int) -> dict[str, int]:
    """How far each chain was queued for a target, whatever became of it: instance → sequence."""
    rows = connection.execute(
        "SELECT instance, max(last) FROM outbox WHERE target = ? AND instance IS NOT NULL GROUP BY instance",
        (target,),
    )
    return {row[0]: row[1] for row in rows}


def queued_last(connection: ReadConnection, target: int, *, workbook: bool) -> OutboxRow | None:
    """The workbook, or the segment, that was queued last for a target."""
    row = connection.execute(
        "SELECT * FROM outbox WHERE target = ? AND (instance IS NULL) = ? ORDER BY number DESC LIMIT 1",
        (target, workbook),
    ).fetchone()
    return _row(row) if row else None


def drop_waiting_workbooks(connection: WriteConnection, target: int) -> None:
    """Take back workbooks of which no byte was sent, because a newer one holds all they hold."""
    connection.execute(
        "DELETE FROM outbox WHERE target = ? AND instance IS NULL AND state = 'pending'", (target,)
    )


def rows(
    connection: ReadConnection, target: int | None = None, states: Sequence[RowState] = tuple(RowState)
) -> list[OutboxRow]:
    """Rows in the order in which they were queued, of one target or of all."""
    marks = ", ".join("?" * len(states))
    found = connection.execute(
        f"SELECT * FROM outbox WHERE (? IS NULL OR target = ?) AND state IN ({marks}) ORDER BY number",
        (target, target, *states),
    )
    return [_row(row) for row in found]


def next_rows(
    connection: ReadConnection, target: int, after: int, now: datetime, most: int
) -> list[OutboxRow]:
    """The first open rows behind another one whose time has come, so many at the most."""
    found = connection.execute(
        f"SELECT * FROM outbox WHERE target = ? AND number > ? AND state IN ({_OPEN}) "
        "AND (next_try_at_ms IS NULL OR next_try_at_ms <= ?) ORDER BY number LIMIT ?",
        (target, after, to_ms(now), most),
    )
    return [_row(row) for row in found]


def row_of(connection: ReadConnection, number: int) -> OutboxRow | None:
    """One row."""
    row = connection.execute("SELECT * FROM outbox WHERE number = ?", (number,)).fetchone()
    return _row(row) if row else None


def drop_row(connection: WriteConnection, number: int) -> None:
    """Forget a row, because another one holds what it held."""
    connection.execute("DELETE FROM outbox WHERE number = ?", (number,))


def set_state(
    connection: WriteConnection,
    number: int,
    state: RowState,
    now: datetime,
    said: str = "",
    closed_by: str = "",
) -> None:
    """What became of a row."""
    connection.execute(
        "UPDATE outbox SET state = ?, changed_at_ms = ?, said = ?, closed_by = ?, next_try_at_ms = NULL "
        "WHERE number = ?",
        (state, to_ms(now), said, closed_by, number),
    )


def note_row_trouble(
    connection: WriteConnection, number: int, said: str, next_try_at: datetime, now: datetime
) -> None:
    """One row went in vain while its target answers: the others go on, and it is tried again later."""
    connection.execute(
        "UPDATE outbox SET failures = failures + 1, said = ?, next_try_at_ms = ?, changed_at_ms = ?, "
        "state = 'pending' WHERE number = ?",
        (said, to_ms(next_try_at), to_ms(now), number),
    )


def try_at_once(connection: WriteConnection, target: int | None = None) -> None:
    """Whatever waits for its time waits no longer."""
    for table, column in (("target", "number"), ("outbox", "target")):
        connection.execute(
            f"UPDATE {table} SET next_try_at_ms = NULL WHERE (? IS NULL OR {column} = ?)", (target, target)
        )


def counts(connection: ReadConnection) -> dict[tuple[int, RowState], int]:
    """How many rows are in which state, by target and state."""
    found = connection.execute("SELECT target, state, count(*) FROM outbox GROUP BY target, state")
    return {(row[0], RowState(row[1])): row[2] for row in found}


def names_in_use(connection: ReadConnection) -> Iterator[tuple[int, str]]:
    """Target and name of every file that is still wanted here."""
    found = connection.execute(
        "SELECT target, name FROM outbox WHERE state <> 'confirmed' AND state <> 'closed'"
    )
    return ((row[0], row[1]) for row in found)


def _target(row: sqlite3.Row) -> StoredTarget:
    return StoredTarget(
        row["number"],
        row["name"],
        row["kind"],
        row["url"],
        row["user"],
        row["ca"],
        Mode(row["mode"]),
        SecretPlace(row["secret"]),
        row["failures"],
        _instant(row["next_try_at_ms"]),
        row["trouble"],
        bool(row["wants_login"]),
    )


def _row(row: sqlite3.Row) -> OutboxRow:
    return OutboxRow(
        row["number"],
        row["target"],
        row["name"],
        row["instance"],
        row["first"] or 0,
        row["last"] or 0,
        row["bytes"],
        row["sha256"],
        from_ms(row["queued_at_ms"]),
        RowState(row["state"]),
        row["failures"],
        _instant(row["next_try_at_ms"]),
        from_ms(row["changed_at_ms"]),
        row["said"],
        row["closed_by"],
    )


def _instant(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else from_ms(at_ms)
