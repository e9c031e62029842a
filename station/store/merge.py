"""What merging remembers of other stations, and whom their entries bring: people registered there."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from station.clock import from_ms
from station.model.delegate import Delegate
from station.model.entry import Entry
from station.store import journal, roster
from station.store.connection import WriteConnection

_CODE_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Met:
    """What is known of one station's chain.

    Attributes:
        instance, station, number: who writes it; number is None where people gave none.
        last: how far it is held here, without a gap. known_last: how far the station itself says it goes.
        newest_at: of its newest entry here, by its clock.
        sealed_at: of its newest segment, by its clock. met_at: when that came, by the clock here.
        behind_ms: how far its clock was at most behind what it had seen of other stations.
        here: it is this very station.
    """

    instance: str
    station: str
    number: int | None
    last: int
    known_last: int
    newest_at: datetime | None
    sealed_at: datetime | None
    met_at: datetime | None
    behind_ms: int
    here: bool


def remember_end(connection: WriteConnection, instance: str, station: str, last: int) -> None:
    """Remember how far a station says that its chain goes: it signed that."""
    connection.execute(
        "INSERT INTO met (instance, station, known_last) VALUES (?, ?, ?) ON CONFLICT (instance) "
        "DO UPDATE SET known_last = max(known_last, excluded.known_last)",
        (instance, station, last),
    )


def remember_head(connection: WriteConnection, instance: str, last: int, head: Mapping[str, Any]) -> None:
    """Keep a station's signed head, to prove its chain to others; the chain must be here up to its end."""
    connection.execute(
        "UPDATE met SET head = ?, head_last = ? WHERE instance = ? AND (head IS NULL OR head_last < ?)",
        (json.dumps(head), last, instance, last),
    )


def remember_meeting(
    connection: WriteConnection, instance: str, sealed_at_ms: int, met_at_ms: int, behind_ms: int
) -> None:
    """Remember what an exchange showed of a station's clock; an older segment says nothing new."""
    connection.execute(
        "UPDATE met SET sealed_at_ms = ?, met_at_ms = ?, behind_ms = ? "
        "WHERE instance = ? AND coalesce(sealed_at_ms, ?) <= ?",
        (sealed_at_ms, met_at_ms, behind_ms, instance, sealed_at_ms, sealed_at_ms),
    )


def kept_head(connection: sqlite3.Connection, instance: str, last: int) -> dict[str, Any] | None:
    """The signed head that proves the chain of another station as it is here; None if there is none."""
    row = connection.execute(
        "SELECT head FROM met WHERE instance = ? AND head_last = ? AND head IS NOT NULL", (instance, last)
    ).fetchone()
    return None if row is None else dict(json.loads(row["head"]))


def stations(connection: sqlite3.Connection) -> list[Met]:
    """Every station of which anything is known, by name, number and instance."""
    rows = connection.execute(
        "SELECT i.id AS instance, i.station, i.number, i.private_key IS NOT NULL AS own, m.known_last, "
        "m.sealed_at_ms, m.met_at_ms, m.behind_ms FROM instance i LEFT JOIN met m ON m.instance = i.id "
        "UNION ALL SELECT m.instance, m.station, NULL, 0, m.known_last, m.sealed_at_ms, m.met_at_ms, m.behind_ms "
        "FROM met m WHERE m.instance NOT IN (SELECT id FROM instance)"
    ).fetchall()
    return sorted(
        (_met(connection, row) for row in rows),
        key=lambda met: (met.number or 1000, met.station, met.instance),
    )


def _met(connection: sqlite3.Connection, row: sqlite3.Row) -> Met:
    last = journal.last_sequence(connection, row["instance"])
    return Met(
        row["instance"],
        row["station"],
        row["number"],
        last,
        max(last, row["known_last"] or 0),
        journal.newest_at(connection, row["instance"]) if last else None,
        _instant(row["sealed_at_ms"]),
        _instant(row["met_at_ms"]),
        row["behind_ms"] or 0,
        bool(row["own"]),
    )


def register(
    connection: WriteConnection, entry: Entry, words: Mapping[str, tuple[bytes | None, str | None]]
) -> None:
    """Put somebody whom another desk registered on the roster here, with the code and payload of that desk.

    Whoever is known already, or whose name was erased, is left alone.
    """
    told = {field: text for field, (_salt, text) in words.items() if text}
    who, body = entry.content.delegate, entry.body
    if who is None or "name" not in told or roster.delegate_of(connection, who) is not None:
        return
    code = _free_code(connection, str(body.get("code") or ""), entry)
    fields = {field: told.get(field, "") for field in _PERSONAL}
    roster.insert_delegates(connection, [Delegate(who, code, **dict[str, Any](fields))])
    serial = body.get("serial")
    if isinstance(serial, int) and body.get("instance") == entry.instance:
        connection.execute(
            "INSERT OR IGNORE INTO payload (instance, serial, delegate, issued_at_ms) VALUES (?, ?, ?, ?)",
            (entry.instance, serial, who, entry.content.at_ms),
        )


_PERSONAL = ("name", "position", "unit", "category", "phone", "email", "seat", "note")


def _free_code(connection: sqlite3.Connection, code: str, entry: Entry) -> str:
    """The code that the desk gave; with the station behind it where another desk gave the same one."""
    wanted = code[:_CODE_LENGTH] or f"VL{entry.id}"[:_CODE_LENGTH]
    if roster.delegate_by_code(connection, wanted) is None:
        return wanted
    return f"{wanted[: _CODE_LENGTH - 16]}-{entry.instance}-{entry.sequence}"[:_CODE_LENGTH]


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
