"""Badges that were wished for: they wait here until they are printed."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from station.clock import to_ms


def wish(connection: sqlite3.Connection, delegate: str, at: datetime) -> None:
    """Queue a delegate's badge; one that waits already is not queued twice."""
    connection.execute(
        "INSERT INTO print_wish (delegate, wished_at_ms) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (delegate, to_ms(at)),
    )


def waiting(connection: sqlite3.Connection) -> list[str]:
    """The delegates whose badge is not printed yet, in the order of the wishes."""
    rows = connection.execute("SELECT delegate FROM print_wish ORDER BY wished_at_ms, delegate")
    return [row[0] for row in rows]


def is_to_be_had(connection: sqlite3.Connection, delegate: str) -> bool:
    """Whether a delegate's badge was printed, or waits to be."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM print_wish WHERE delegate = :who) "
        "OR EXISTS (SELECT 1 FROM entry WHERE delegate = :who AND kind = 'badge_printed')"
    )
    return bool(connection.execute(query, {"who": delegate}).fetchone()[0])


def fulfil(connection: sqlite3.Connection, delegates: Iterable[str]) -> None:
    """Take printed badges off the queue; the journal says that they were printed."""
    connection.executemany("DELETE FROM print_wish WHERE delegate = ?", [(d,) for d in delegates])


def keep_waiting(connection: sqlite3.Connection, delegates: Iterable[str], problem: str) -> None:
    """Leave badges in the queue, with the reason why the last try failed."""
    connection.executemany(
        "UPDATE print_wish SET problem = ? WHERE delegate = ?", [(problem, d) for d in delegates]
    )
