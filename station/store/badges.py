"""Badges that were wished for: they wait here until they are printed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from station.clock import to_ms


def wish(connection: sqlite3.Connection, delegate: str, at: datetime) -> None:
    """Queue a delegate's badge; one that waits already is not queued twice."""
    connection.execute(
        "INSERT INTO print_wish (delegate, wished_at_ms) SELECT ?, ? "
        "WHERE NOT EXISTS (SELECT 1 FROM print_wish WHERE delegate = ? AND printed_at_ms IS NULL)",
        (delegate, to_ms(at), delegate),
    )


def waiting(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """(wish, delegate) of every badge not printed yet, the oldest first."""
    rows = connection.execute("SELECT id, delegate FROM print_wish WHERE printed_at_ms IS NULL ORDER BY id")
    return [(row[0], row[1]) for row in rows]


def mark_printed(connection: sqlite3.Connection, wishes: Iterable[int], at: datetime) -> None:
    """Say that badges are printed."""
    connection.executemany(
        "UPDATE print_wish SET printed_at_ms = ?, problem = '' WHERE id = ?", [(to_ms(at), w) for w in wishes]
    )


def mark_failed(connection: sqlite3.Connection, wishes: Iterable[int], problem: str) -> None:
    """Keep badges waiting, with the reason why the last try failed."""
    connection.executemany("UPDATE print_wish SET problem = ? WHERE id = ?", [(problem, w) for w in wishes])
