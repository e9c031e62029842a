"""What delegates were to bring in, of whom it is expected, and what was received."""

import sqlite3
from collections.abc import Sequence

from station.clock import from_ms, to_ms
from station.model.document import Entitlement
from station.model.submission import How, Received, Submission, SubmissionKind

_COLUMNS = "code, number, title, kind, session, due_at_ms"


def submissions(connection: sqlite3.Connection) -> list[Submission]:
    """All submissions in their order."""
    return [
        _submission(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM submission ORDER BY number")
    ]


def submission_of(connection: sqlite3.Connection, code: str) -> Submission | None:
    """The submission of a code, in any letter case."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM submission WHERE code = ?", (code,)).fetchone()
    return _submission(row) if row else None


def submission_count(connection: sqlite3.Connection) -> int:
    """How many submissions there are."""
    return int(connection.execute("SELECT count(*) FROM submission").fetchone()[0])


def rules(connection: sqlite3.Connection) -> list[Entitlement]:
    """Of whom which submission is expected."""
    rows = connection.execute(
        "SELECT submission, category, unit, session, delegate, forbids FROM submission_rule "
        "ORDER BY 1, 6, 2, 3, 4, 5"
    )
    return [Entitlement(row[0], row[1], row[2], row[3], row[4], forbids=bool(row[5])) for row in rows]


def add(connection: sqlite3.Connection, added: Submission, expected: Sequence[Entitlement]) -> None:
    """Add a submission and say of whom it is expected."""
    connection.execute(
        f"INSERT INTO submission ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
        (added.code, added.number, *_values(added)),
    )
    _add_rules(connection, added.code, expected)


def update(
    connection: sqlite3.Connection, code: str, changed: Submission, expected: Sequence[Entitlement]
) -> None:
    """Store other data of a submission, and of whom it is expected; its code and place stay."""
    connection.execute(
        "UPDATE submission SET title = ?, kind = ?, session = ?, due_at_ms = ? WHERE code = ?",
        (*_values(changed), code),
    )
    connection.execute("DELETE FROM submission_rule WHERE submission = ?", (code,))
    _add_rules(connection, code, expected)


def remove(connection: sqlite3.Connection, code: str) -> None:
    """Take a submission out, with its rules; what was received stays in the journal."""
    connection.execute("DELETE FROM submission WHERE code = ?", (code,))


def last_number(connection: sqlite3.Connection) -> int:
    """The place of the last submission, 0 for none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM submission").fetchone()[0])


def received(connection: sqlite3.Connection, delegate: str = "") -> list[Received]:
    """What was received, of one delegate or ('') of all, in the order of coming in."""
    rows = connection.execute(
        "SELECT r.delegate, r.submission, r.how, r.at_ms, i.station, r.file_name, r.sha256, r.bytes "
        "FROM received r JOIN instance i ON i.id = r.instance WHERE ? IN ('', r.delegate) "
        "ORDER BY r.at_ms, r.delegate, r.submission",
        (delegate,),
    )
    return [
        Received(row[0], row[1], How(row[2]), from_ms(row[3]), row[4], row[5], row[6], row[7])
        for row in rows
        if row[2] in set(How)
    ]


def _add_rules(connection: sqlite3.Connection, code: str, expected: Sequence[Entitlement]) -> None:
    connection.executemany(
        "INSERT INTO submission_rule (submission, category, unit, session, delegate, forbids) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(code, r.category, r.unit, r.session, r.delegate, r.forbids) for r in expected],
    )


def _values(submission: Submission) -> tuple[str | int | None, ...]:
    """What can be changed of a submission, in the order of the columns."""
    due = None if submission.due_at is None else to_ms(submission.due_at)
    return submission.title, submission.kind, submission.session, due


def _submission(row: sqlite3.Row) -> Submission:
    due = row["due_at_ms"]
    return Submission(
        row["code"],
        row["number"],
        row["title"],
        SubmissionKind(row["kind"]),
        row["session"],
        None if due is None else from_ms(due),
    )
