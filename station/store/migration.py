"""Brings a database to the present schema, step by step; a newer one is refused, never guessed at.

To add a step: put the next number in ``migrations/NNNN_name.sql``; add an event folder of the release before to
``tests/state/`` so that a test opens it. A released step is never edited again, not even its comments: every
folder's schema must be what the steps make of an empty database.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from station.errors import Refusal
from station.i18n import _
from station.store.connection import APPLICATION_ID

_FOLDER = Path(__file__).parent / "migrations"


def steps() -> list[tuple[int, Path]]:
    """Every migration with its number, in order."""
    return sorted((int(path.name[:4]), path) for path in _FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last migration applied; 0 for an empty database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raise Refusal unless the database is a station's, and no newer than this program."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Refusal(_("{path} was not made by this program. Choose an event folder.").format(path=path))
    if version_of(connection) > steps()[-1][0]:
        raise Refusal(
            _(
                "{path} was made by a newer version of this program. "
                "Install the newer version on this laptop to open it."
            ).format(path=path)
        )


def migrate(connection: sqlite3.Connection, last: int | None = None) -> list[int]:
    """Apply every missing migration, or those up to ``last``, each in one transaction; returns their numbers."""
    applied = []
    for number, path in steps():
        if number <= version_of(connection) or (last is not None and number > last):
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(path.read_text("utf-8")):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # on a full disk SQLite has rolled back by itself
                connection.execute("ROLLBACK")
            raise
        applied.append(number)
    return applied


def is_complete(connection: sqlite3.Connection) -> bool:
    """Whether every table, index and trigger stands as the steps up to its version make it: none damaged or gone."""
    version = version_of(connection)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        migrate(model, version)
        return 0 < version == version_of(model) and _schema(model) <= _schema(connection)


def _schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    return {tuple(row) for row in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")}


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; executescript() would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a statement without its semicolon: {statement}")
