"""Who was registered twice and counts as one: the family of a delegate."""

import sqlite3


def root_of(connection: sqlite3.Connection, delegate: str) -> str:
    """As whom a delegate counts: themselves, or whom they were united with."""
    seen = [delegate]
    while (row := _into(connection, seen[-1])) is not None:
        if row in seen:  # only somebody who holds a key can write a circle: it has the same head everywhere
            return min(seen[seen.index(row) :])
        seen.append(row)
    return seen[-1]


def family_of(connection: sqlite3.Connection, delegate: str) -> tuple[str, ...]:
    """Everybody who counts as the same person, the one they count as first."""
    if connection.execute("SELECT 1 FROM united LIMIT 1").fetchone() is None:
        return (delegate,)
    family = [root_of(connection, delegate)]
    for member in family:
        rows = connection.execute("SELECT delegate FROM united WHERE into_delegate = ?", (member,))
        family += sorted(row[0] for row in rows if row[0] not in family)
    return tuple(family)


def united(connection: sqlite3.Connection) -> dict[str, str]:
    """As whom each delegate counts who was registered twice."""
    rows = connection.execute("SELECT delegate FROM united ORDER BY delegate").fetchall()
    return {row[0]: root_of(connection, row[0]) for row in rows}


def _into(connection: sqlite3.Connection, delegate: str) -> str | None:
    row = connection.execute("SELECT into_delegate FROM united WHERE delegate = ?", (delegate,)).fetchone()
    return None if row is None else str(row[0])
