"""Units and categories: colours, short names, renaming and merging, and the spellings that are read as another name."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping

from station.errors import Refusal
from station.i18n import _, ngettext
from station.model.unit import LONGEST_NAME, LONGEST_SHORT_NAME, Division, Kind
from station.store.connection import WriteConnection
from station.text import clean, text_key

# Tables whose rows name a category and a unit in plain text, '' for every one; nothing else is in their keys' way.
_RULES = ("entitlement", "session_entitlement", "submission_rule")
_COLOUR = re.compile(r"(#[0-9a-f]{6})?")


def divisions(connection: sqlite3.Connection, kind: Kind) -> list[Division]:
    """All units or all categories in Vietnamese order."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for spelling, name in aliases(connection, kind).items():
        spellings[name].append(spelling)
    short_name = "n.short_name" if kind is Kind.UNIT else "''"
    rows = connection.execute(
        f"SELECT n.name, n.colour, {short_name}, count(d.id) FROM {kind} n "
        f"LEFT JOIN delegate d ON d.{kind} = n.name GROUP BY n.name"
    )
    found = [
        Division(kind, name, colour, short, count, tuple(sorted(spellings[name], key=text_key)))
        for name, colour, short, count in rows
    ]
    return sorted(found, key=lambda division: text_key(division.name))


def colours(connection: sqlite3.Connection, kind: Kind) -> dict[str, str]:
    """The colour of every unit or category, '' where none was chosen."""
    return {row[0]: row[1] for row in connection.execute(f"SELECT name, colour FROM {kind}")}


def set_category_colours(connection: sqlite3.Connection, chosen: Mapping[str, str]) -> None:
    """Give categories their colours (``#rrggbb``), adding those that are new."""
    connection.executemany(
        "INSERT INTO category (name, colour) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET colour = excluded.colour",
        list(chosen.items()),
    )


def aliases(connection: sqlite3.Connection, kind: Kind) -> dict[str, str]:
    """Spellings of roster files with the name each is read as."""
    return {row[0]: row[1] for row in connection.execute(f"SELECT spelling, name FROM {kind}_alias")}


def add(connection: WriteConnection, kind: Kind, name: str) -> str:
    """Add a unit or category, whose name then stands for itself in roster files too; returns the name.

    Raises Refusal for an impossible name and for one that is there.
    """
    name = _possible(kind, name)
    if _is_there(connection, kind, name):
        raise Refusal(_("“{name}” is there already.").format(name=name))
    connection.execute(f"DELETE FROM {kind}_alias WHERE spelling = ?", (name,))
    connection.execute(f"INSERT INTO {kind} (name) VALUES (?)", (name,))
    return name


def remove(connection: WriteConnection, kind: Kind, name: str) -> None:
    """Take out a unit or category that nobody uses. Raises Refusal otherwise."""
    _require(connection, kind, name)
    used = connection.execute(f"SELECT count(*) FROM delegate WHERE {kind} = ?", (name,)).fetchone()[0]
    if used:
        text = ngettext(
            "“{name}” stays: {count} delegate belongs to it. Merge it into another one instead.",
            "“{name}” stays: {count} delegates belong to it. Merge it into another one instead.",
            used,
        )
        raise Refusal(text.format(name=name, count=used))
    for table in _RULES:
        if connection.execute(f"SELECT 1 FROM {table} WHERE {kind} = ? LIMIT 1", (name,)).fetchone():
            text = _("“{name}” stays: documents or sessions are meant for it. Change those first.")
            raise Refusal(text.format(name=name))
    connection.execute(f"DELETE FROM {kind} WHERE name = ?", (name,))


def remove_unused(connection: WriteConnection, kind: Kind, names: Collection[str]) -> None:
    """Take out those of the names that nobody belongs to and about which nothing was decided."""
    plain = "colour = ''" + (" AND short_name = ''" if kind is Kind.UNIT else "")
    unused = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.{column} = {kind}.name)"
        for table, column in (
            ("delegate", kind),
            (f"{kind}_alias", "name"),
            *((rule, kind) for rule in _RULES),
        )
    )
    connection.executemany(
        f"DELETE FROM {kind} WHERE name = ? AND {plain} AND {unused}", [(name,) for name in names]
    )


def rename(connection: WriteConnection, kind: Kind, before: str, after: str) -> int:
    """Give a unit or category another name wherever it stands; returns how many delegates that concerned.

    Where the other name is there already the two become one. The old spelling is remembered, so that a roster
    file which says it again is read as the new name. Raises Refusal for an impossible or unknown name.
    """
    after = _possible(kind, after)
    _require(connection, kind, before)
    if after == before:
        return 0
    more = ", short_name" if kind is Kind.UNIT else ""
    connection.execute(
        f"INSERT INTO {kind} (name, colour{more}) SELECT ?, colour{more} FROM {kind} WHERE name = ? "
        "ON CONFLICT (name) DO NOTHING",
        (after, before),
    )
    moved = _move_delegates(connection, kind, before, after)
    for table in _RULES:  # the same rule twice becomes one
        connection.execute(f"UPDATE OR REPLACE {table} SET {kind} = ? WHERE {kind} = ?", (after, before))
    if kind is Kind.CATEGORY:
        connection.execute(
            "UPDATE OR REPLACE quorum_category SET category = ? WHERE category = ?", (after, before)
        )
    _keep_what_is_missing(connection, kind, before, after)
    connection.execute(f"UPDATE {kind}_alias SET name = ? WHERE name = ?", (after, before))
    connection.execute(f"DELETE FROM {kind}_alias WHERE spelling = ?", (after,))
    connection.execute(f"INSERT OR REPLACE INTO {kind}_alias VALUES (?, ?)", (before, after))
    connection.execute(f"DELETE FROM {kind} WHERE name = ?", (before,))
    return moved


def merge(connection: WriteConnection, kind: Kind, name: str, into: str) -> int:
    """Make a unit or category part of another one that is there; returns how many delegates that concerned.

    Raises Refusal when one of them is not there.
    """
    _require(connection, kind, into)
    return rename(connection, kind, name, into)


def forget_spelling(connection: WriteConnection, kind: Kind, spelling: str) -> None:
    """From now on a roster file that says this spelling means what it says. Raises Refusal if it does already."""
    if not connection.execute(f"DELETE FROM {kind}_alias WHERE spelling = ?", (spelling,)).rowcount:
        raise Refusal(_("“{name}” is not read as anything else.").format(name=spelling))


def set_colour(connection: WriteConnection, kind: Kind, name: str, colour: str) -> None:
    """Give a colour, ``#rrggbb`` or '' for none. Raises Refusal for anything else and for an unknown name."""
    colour = colour.strip().lower()
    _require(connection, kind, name)
    if not _COLOUR.fullmatch(colour):
        raise Refusal(_("“{colour}” is no colour. Write it like #0b4aa2.").format(colour=colour))
    connection.execute(f"UPDATE {kind} SET colour = ? WHERE name = ?", (colour, name))


def set_short_name(connection: WriteConnection, name: str, short_name: str) -> None:
    """Give a unit a short name, '' for none. Raises Refusal for a long one and for an unknown unit."""
    short_name = clean(short_name)
    _require(connection, Kind.UNIT, name)
    if len(short_name) > LONGEST_SHORT_NAME:
        text = _("A short name has at most {most} characters.")
        raise Refusal(text.format(most=LONGEST_SHORT_NAME))
    connection.execute("UPDATE unit SET short_name = ? WHERE name = ?", (short_name, name))


def tell_apart(connection: WriteConnection, kind: Kind, names: Collection[str]) -> None:
    """Remember that these names look like one and are not."""
    connection.execute(
        "INSERT OR IGNORE INTO told_apart VALUES (?, ?)",
        (kind, json.dumps(sorted(names), ensure_ascii=False)),
    )


def told_apart(connection: sqlite3.Connection, kind: Kind) -> list[frozenset[str]]:
    """The groups of names that were told apart."""
    rows = connection.execute("SELECT names FROM told_apart WHERE kind = ?", (kind,))
    return [frozenset(json.loads(row[0])) for row in rows]


def _move_delegates(connection: WriteConnection, kind: Kind, before: str, after: str) -> int:
    """Delegates of one name belong to the other from then on; returns how many."""
    moved = connection.execute(f"UPDATE delegate SET {kind} = ? WHERE {kind} = ?", (after, before))
    return moved.rowcount


def _keep_what_is_missing(connection: WriteConnection, kind: Kind, before: str, after: str) -> None:
    """Colour and short name of what goes, where what stays has none."""
    for column in ("colour", "short_name") if kind is Kind.UNIT else ("colour",):
        connection.execute(
            f"UPDATE {kind} SET {column} = (SELECT {column} FROM {kind} WHERE name = ?) "
            f"WHERE name = ? AND {column} = ''",
            (before, after),
        )


def _possible(kind: Kind, name: str) -> str:
    name, most = clean(name), LONGEST_NAME[kind]
    if not name or len(name) > most:
        raise Refusal(_("A name has at least one and at most {most} characters.").format(most=most))
    return name


def _is_there(connection: sqlite3.Connection, kind: Kind, name: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {kind} WHERE name = ?", (name,)).fetchone() is not None


def _require(connection: sqlite3.Connection, kind: Kind, name: str) -> None:
    if _is_there(connection, kind, name):
        return
    texts = {
        Kind.UNIT: _("There is no unit “{name}”."),
        Kind.CATEGORY: _("There is no category “{name}”."),
    }
    raise Refusal(texts[kind].format(name=name))
