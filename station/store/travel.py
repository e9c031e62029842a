"""Which tables of an event travel from the office to the desks, and how a desk's are brought up to date with them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.store import migration, roster
from station.store.connection import (
    ReadConnection,
    WriteConnection,
    damage_named,
    damaged,
    open_for_writing,
    reading,
)

# Parents before children; names that a schema has not are passed over. A table that is in neither list fails a test:
# whoever adds one decides.
TRAVELS = (
    "event",
    "session",
    "category",
    "category_alias",
    "unit",
    "unit_alias",
    "told_apart",
    "delegate",
    "payload",
    "photo",
    "document",
    "earlier_version",
    "entitlement",
    "session_entitlement",
    "submission",
    "submission_rule",
    "quorum",
    "quorum_category",
    "certificate_rule",
    "certificate_session",
    "report_choice",
    "role_secret",
    "badge_box",
)
# What a station recorded, holds secret or derives: the journal travels as sealed segments instead.
STAYS = (
    "instance",
    "entry",
    "particulars",
    "attendance",
    "departure",
    "hand_out",
    "digital_copy",
    "received",
    "standing",
    "revocation",
    "correction",
    "walk_in",
    "substitution",
    "united",
    "resolved",
    "met",
    "print_job",
    "printer_roll",
    "invitation",
    "roster_import",
    "pack",
    "pack_file",
    "rehearsal",
    "sign_in_sheet",  # another station's sheet of the same number has other people in its rows
    "sign_in_row",
    "target",
    "outbox",
)
# Rows that stay although the office has them no more: all others go.
_KEPT = {
    "session": "id IN (SELECT session FROM entry WHERE session IS NOT NULL)",
    "document": "code IN (SELECT document FROM entry WHERE document IS NOT NULL)",
    "unit": "name IN (SELECT unit FROM delegate WHERE unit IS NOT NULL)",
    "category": "name IN (SELECT category FROM delegate WHERE category IS NOT NULL)",
    "delegate": "1",
    "payload": "1",
    "photo": "'photos/' || file_name NOT IN (SELECT name FROM pack_file)",  # taken at this desk
}
_ISSUED_HERE = (
    "SELECT p.delegate FROM payload p JOIN instance i ON i.id = p.instance WHERE i.private_key IS NOT NULL"
)
# Whom the office never had: a new code for somebody of its roster is issued here too. Other desks register people.
_ADDED_HERE = (
    "SELECT p.delegate FROM payload p LEFT JOIN instance i ON i.id = p.instance "
    "GROUP BY p.delegate HAVING min(i.private_key IS NOT NULL) UNION ALL SELECT delegate FROM walk_in"
)
_PARKED = -(1 << 40)  # below every number in use
_LONGEST_CODE = 32
Key = tuple[Any, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What taking in the office's tables changed of the roster: numbers of delegates."""

    added: int
    changed: int
    unchanged: int
    vanished: int


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as SQLite describes it; unique: columns besides the key that no two rows may share, with their types."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    unique: Mapping[str, str]

    def key_of(self, row: Row) -> Key:
        return tuple(row[column] for column in self.key)

    @property
    def where(self) -> str:
        return " AND ".join(f"{column} = ?" for column in self.key)


def write_snapshot(connection: ReadConnection, path: Path) -> None:
    """Make a database file that holds what travels, and nothing else. Raises sqlite3.Error, OSError."""
    with closing(open_for_writing(path, create=True)) as target:
        target.execute("PRAGMA synchronous=OFF")  # it is only read again, and soon
        migration.migrate(target, migration.version_of(connection))
        target.execute("BEGIN IMMEDIATE")
        copy_tables(connection, target)
        target.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE")  # one file


@contextmanager
def snapshot_opened(path: Path) -> Iterator[ReadConnection]:
    """A snapshot brought to this program's schema in its place. Raises Refusal for a newer one, EnvironmentFault."""
    with damage_named(path):
        with closing(open_for_writing(path)) as connection:
            migration.refuse_foreign(connection, path)
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise damaged(path)
            migration.migrate(connection)
            if not migration.is_complete(connection):
                raise damaged(path)
        with reading(path) as connection:
            yield connection


def copy_tables(source: ReadConnection, target: WriteConnection) -> None:
    """Copy what travels into empty tables of the same schema, within the open transaction."""
    target.execute("PRAGMA defer_foreign_keys=ON")
    for table in _travelling(target):
        rows = source.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}")
        _insert(target, table, (dict(row) for row in rows))


def bring_up_to_date(connection: WriteConnection, snapshot: ReadConnection) -> Changes:
    """Make what travels as the office has it, within the open transaction; what was recorded here stays.

    A delegate who is missing has vanished, unless they were added here; sessions and documents that were used stay;
    everything else goes.
    """
    connection.execute("PRAGMA defer_foreign_keys=ON")
    changes = Changes(0, 0, 0, 0)
    tables = _travelling(connection)
    for table in tables:
        found = _bring(connection, snapshot, table)
        changes = found if table.name == "delegate" else changes
    _read_spellings(connection)
    roster.forget_before(connection)  # to take one back would bring old data over the office's
    for table in reversed(tables):
        _remove_missing(connection, snapshot, table)
    return changes


def _bring(connection: WriteConnection, snapshot: ReadConnection, table: _Table) -> Changes:
    """Change and add rows of one table."""
    wanted, here = _rows(snapshot, table), _rows(connection, table)
    changed = [row for key, row in wanted.items() if key in here and here[key] != row]
    added = [row for key, row in wanted.items() if key not in here]
    missing = [row for key, row in here.items() if key not in wanted]
    vanished, gone = 0, 0
    if table.name == "delegate":
        gone = sum(row["vanished"] > here[table.key_of(row)]["vanished"] for row in changed)
        vanished = gone + _vanish(connection, missing)
    _make_room(connection, table, [here[table.key_of(row)] for row in changed], missing, wanted.values())
    others = [column for column in table.columns if column not in table.key]
    if others:
        connection.executemany(
            f"UPDATE {table.name} SET {', '.join(f'{column} = ?' for column in others)} WHERE {table.where}",
            [(*(row[column] for column in others), *table.key_of(row)) for row in changed],
        )
    _insert(connection, table, added)
    return Changes(len(added), len(changed) - gone, len(wanted) - len(added) - len(changed), vanished)


def _read_spellings(connection: WriteConnection) -> None:
    """Whom only this desk knows belongs to the units and categories as the office calls them now."""
    for kind in ("unit", "category"):
        connection.execute(
            f"UPDATE delegate SET {kind} = (SELECT a.name FROM {kind}_alias a WHERE a.spelling = delegate.{kind}) "
            f"WHERE {kind} IN (SELECT spelling FROM {kind}_alias)"
        )


def _vanish(connection: WriteConnection, missing: Sequence[Row]) -> int:
    """Say of delegates whom the office has no more that they vanished; returns of how many it is news."""
    return sum(
        connection.execute(
            f"UPDATE delegate SET vanished = 1 WHERE id = ? AND vanished = 0 AND id NOT IN ({_ADDED_HERE})",
            (row["id"],),
        ).rowcount
        for row in missing
    )


def _make_room(
    connection: WriteConnection,
    table: _Table,
    changed: Sequence[Row],
    missing: Sequence[Row],
    wanted: Sequence[Row] | Any,
) -> None:
    """Take the values that other rows are to get from the rows that have them now."""
    for column, kind in table.unique.items():
        statement = f"UPDATE {table.name} SET {column} = ? WHERE {table.where}"
        for number, row in enumerate(changed):
            parked = _PARKED - number if kind == "INTEGER" else f"~{number}"
            connection.execute(statement, (parked, *table.key_of(row)))
        taken = {_compared(row[column]) for row in wanted}
        for row in missing:
            if _compared(row[column]) not in taken:
                continue
            if table.name == "delegate" and column == "code" and _is_forgettable(connection, row["id"]):
                roster.remove_delegates(connection, [row["id"]])
                continue
            free = _free_value(row[column], taken | {_compared(other[column]) for other in missing})
            taken.add(_compared(free))
            connection.execute(statement, (free, *table.key_of(row)))


def _is_forgettable(connection: ReadConnection, delegate: str) -> bool:
    """Whether nothing was recorded of a delegate here, nor issued to them: then another one may have their code."""
    if roster.recorded(connection, [delegate]):
        return False
    return not connection.execute(
        f"SELECT EXISTS (SELECT 1 FROM print_job WHERE delegate = :who) OR :who IN ({_ISSUED_HERE})",
        {"who": delegate},
    ).fetchone()[0]


def _free_value(value: Any, taken: set[Any]) -> Any:
    """A value nobody has: the next number, or the text with a number behind it."""
    if isinstance(value, int):
        return max(v for v in taken if isinstance(v, int)) + 1
    number = 2
    while _compared(free := f"{str(value)[: _LONGEST_CODE - 4]}-{number}") in taken:
        number += 1
    return free


def _compared(value: Any) -> Any:
    """Codes differ in more than the case of their letters."""
    return value.casefold() if isinstance(value, str) else value


def _remove_missing(connection: WriteConnection, snapshot: ReadConnection, table: _Table) -> None:
    wanted = _rows(snapshot, table)
    kept = _KEPT.get(table.name, "0")
    connection.executemany(
        f"DELETE FROM {table.name} WHERE {table.where} AND NOT ({kept})",
        [key for key in _rows(connection, table) if key not in wanted],
    )


def _travelling(connection: ReadConnection) -> list[_Table]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return [_described(connection, name) for name in TRAVELS if name in tables]


def _described(connection: ReadConnection, name: str) -> _Table:
    columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
    kinds = {column["name"]: column["type"] for column in columns}
    key = [name for _place, name in sorted((c["pk"], c["name"]) for c in columns if c["pk"])]
    unique: dict[str, str] = {}
    for index in connection.execute(f"PRAGMA index_list({name})").fetchall():
        parts = [part["name"] for part in connection.execute(f"PRAGMA index_info({index['name']})")]
        free = [part for part in parts if part is not None and part not in key]
        if index["unique"] and index["origin"] != "pk" and not index["partial"] and free:
            unique[free[0]] = kinds[free[0]]  # another value in one of several columns makes room enough
    return _Table(name, tuple(kinds), tuple(key), unique)


def _rows(connection: ReadConnection, table: _Table) -> dict[Key, Row]:
    rows = connection.execute(f"SELECT {', '.join(table.columns)} FROM {table.name}")
    return {table.key_of(row): dict(row) for row in rows}


def _insert(connection: WriteConnection, table: _Table, rows: Sequence[Row] | Iterator[Row]) -> None:
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(
        f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})",
        (tuple(row[column] for column in table.columns) for row in rows),
    )
