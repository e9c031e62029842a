"""Finding people by name as a clerk types, beside what a plain SQLite LIKE finds and how long that takes."""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence

from station.model.delegate import Delegate
from station.roster.search import SearchIndex
from station.text import fold
from tests.people import people, with_a_slip

SIZES = ((5_000, 1_000), (100_000, 300))  # delegates, names looked for
Find = Callable[[str], Sequence[Delegate]]


def run() -> list[tuple[str, ...]]:
    """Rows: way, delegates, found first of the names without marks and with a slip in %, p95 of a keystroke in ms."""
    table = []
    for size, asked in SIZES:
        roster = people(size)
        began = time.perf_counter()
        index = SearchIndex(roster)
        built_s = time.perf_counter() - began
        connection = _table(roster)
        ways: dict[str, Find] = {
            "SQLite LIKE": lambda text, c=connection: _like(c, text),  # type: ignore[misc]
            "ours": lambda text, i=index: [person for person, _score in i.find(text)],  # type: ignore[misc]
        }
        wanted = random.Random(1).sample(roster, asked)
        for name, find in ways.items():
            plain, slip = _first(find, wanted, slips=False), _first(find, wanted, slips=True)
            keystroke_ms = _p95_ms(find, wanted[:100])
            figures = (f"{plain:.1%}", f"{slip:.1%}", f"{keystroke_ms:.1f}")
            table.append((name, f"{size:,}", *figures, f"{built_s:.2f}" if name == "ours" else ""))
        connection.close()
    return table


def _table(roster: Sequence[Delegate]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE delegate (place INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany("INSERT INTO delegate VALUES (?, ?)", [(n, d.name) for n, d in enumerate(roster)])
    return connection


def _like(connection: sqlite3.Connection, text: str) -> list[Delegate]:
    rows = connection.execute("SELECT name FROM delegate WHERE name LIKE ? LIMIT 30", (f"%{text}%",))
    return [Delegate(id="", code="", name=row[0]) for row in rows]


def _first(find: Find, wanted: Sequence[Delegate], *, slips: bool) -> float:
    """Of so many names how many were found first, or a namesake of them."""
    chance = random.Random(2)
    right = 0
    for person in wanted:
        text = fold(person.name)
        found = find(with_a_slip(text, chance) if slips else text)
        right += bool(found) and fold(found[0].name) == text
    return right / len(wanted)


def _p95_ms(find: Find, wanted: Sequence[Delegate]) -> float:
    taken = []
    for person in wanted:
        text = fold(person.name)
        for length in range(2, len(text) + 1):
            began = time.perf_counter()
            find(text[:length])
            taken.append(time.perf_counter() - began)
    return sorted(taken)[int(len(taken) * 0.95)] * 1e3
