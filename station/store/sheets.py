"""Sign-in sheets that were printed here, and whose each of their rows is."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet that was printed.

    Attributes:
        session: identifier. rows: delegates on it. blank_rows: for walk-ins, behind them.
    """

    number: int
    session: str
    printed_at: datetime
    rows: int
    blank_rows: int


def printed_sheets(connection: sqlite3.Connection) -> list[PrintedSheet]:
    """Every sheet, the latest first."""
    rows = connection.execute(
        "SELECT number, session, printed_at_ms, (SELECT count(*) FROM sign_in_row WHERE sheet = number), "
        "blank_rows FROM sign_in_sheet ORDER BY number DESC"
    )
    return [PrintedSheet(row[0], row[1], from_ms(row[2]), row[3], row[4]) for row in rows]


def add_sheet(
    connection: sqlite3.Connection, session: str, delegates: Sequence[str], blank_rows: int, at: datetime
) -> int:
    """Remember a sheet with its delegates in the order of its rows; returns its number."""
    number = int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM sign_in_sheet").fetchone()[0])
    connection.execute(
        "INSERT INTO sign_in_sheet (number, session, printed_at_ms, blank_rows) VALUES (?, ?, ?, ?)",
        (number, session, to_ms(at), blank_rows),
    )
    connection.executemany(
        "INSERT INTO sign_in_row (sheet, row, delegate) VALUES (?, ?, ?)",
        [(number, row, delegate) for row, delegate in enumerate(delegates, 1)],
    )
    return number


def forget_sheets(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Take sheets out that were never written; their numbers are free again."""
    connection.executemany("DELETE FROM sign_in_sheet WHERE number = ?", [(number,) for number in numbers])


def delegate_in_row(connection: sqlite3.Connection, sheet: int, row: int) -> str | None:
    """Whose row it is, by identity; None for a blank one and for one that is not there."""
    found = connection.execute(
        "SELECT delegate FROM sign_in_row WHERE sheet = ? AND row = ?", (sheet, row)
    ).fetchone()
    return found[0] if found else None


def row_of(connection: sqlite3.Connection, sheet: int, delegate: str) -> int | None:
    """Which row of a sheet a delegate has, None where this station does not know."""
    found = connection.execute(
        "SELECT row FROM sign_in_row WHERE sheet = ? AND delegate = ?", (sheet, delegate)
    ).fetchone()
    return int(found[0]) if found else None
