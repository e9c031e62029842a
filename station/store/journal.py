"""The journal: appends chained entries, reads them back and proves that none is missing or changed."""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from station.clock import from_ms, to_ms
from station.i18n import _
from station.model.entry import FIRST_PREVIOUS, Entry, EntryContent, EntryKind, canonical_json, chained
from station.store.connection import WriteConnection

_COLUMNS = (
    "instance, sequence, kind, at_ms, offset_minutes, hlc_ms, hlc_counter, "
    "delegate, session, document, target, outcome, body, previous, hash"
)
LONGEST_CHAIN = 2**62


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be recorded: an entry before it has its place in the chain.

    Attributes:
        particulars: personal words by field; kept apart from the body, which holds their salted SHA-256.
    """

    kind: EntryKind
    at: datetime
    delegate: str | None = None
    session: str | None = None
    document: str | None = None
    target: str | None = None
    outcome: str | None = None
    body: Mapping[str, Any] | None = None
    particulars: Mapping[str, str] | None = None


def append(connection: WriteConnection, instance: str, note: Note) -> Entry:
    """Append an entry to the chain of an instance, within the open transaction."""
    last = connection.execute(
        "SELECT sequence, hash FROM entry WHERE instance = ? ORDER BY sequence DESC LIMIT 1", (instance,)
    ).fetchone()
    sequence, previous = (last["sequence"] + 1, last["hash"]) if last else (1, FIRST_PREVIOUS)
    at_ms = to_ms(note.at)
    hlc_ms, hlc_counter = _tick(connection, at_ms)
    particulars = {field: (secrets.token_bytes(16), text) for field, text in (note.particulars or {}).items()}
    body = dict(note.body or {})
    if particulars:
        body["particulars"] = {field: salted_hash(*pair) for field, pair in particulars.items()}
    offset = note.at.astimezone().utcoffset()
    content = EntryContent(
        instance,
        sequence,
        str(note.kind),
        at_ms,
        int(offset.total_seconds() // 60) if offset else 0,
        hlc_ms,
        hlc_counter,
        note.delegate,
        note.session,
        note.document,
        note.target,
        note.outcome,
        canonical_json(body),
    )
    entry = Entry.from_content(content, previous)
    insert(connection, entry)
    insert_particulars(connection, entry, particulars)
    connection.appended.append((instance, sequence, entry.hash))
    return entry


def insert(connection: sqlite3.Connection, *added: Entry) -> None:
    """Store entries that already have their places and hashes."""
    connection.executemany(
        f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(*entry.content, entry.previous, entry.hash) for entry in added],
    )


def insert_particulars(
    connection: sqlite3.Connection,
    entry: Entry,
    particulars: Mapping[str, tuple[bytes | None, str | None]],
) -> None:
    """Store the personal words of an entry: salt and text by field, both None where the person was erased."""
    connection.executemany(
        "INSERT INTO particulars (instance, sequence, field, salt, text) VALUES (?, ?, ?, ?, ?)",
        [(entry.instance, entry.sequence, field, salt, text) for field, (salt, text) in particulars.items()],
    )


def entries(
    connection: sqlite3.Connection, instance: str, first: int = 1, last: int = LONGEST_CHAIN
) -> Iterator[Entry]:
    """The chain of one instance, or a run of it, both ends included."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entry WHERE instance = ? AND sequence BETWEEN ? AND ? ORDER BY sequence",
        (instance, first, last),
    )
    return map(_entry, rows)


def hash_at(connection: sqlite3.Connection, instance: str, sequence: int) -> str | None:
    """The hash of an entry of a chain, that before the first one for 0; None for one that is not here."""
    if sequence == 0:
        return FIRST_PREVIOUS
    row = connection.execute(
        "SELECT hash FROM entry WHERE instance = ? AND sequence = ?", (instance, sequence)
    ).fetchone()
    return None if row is None else str(row[0])


def last_sequence(connection: sqlite3.Connection, instance: str) -> int:
    """How many entries of an instance are here: they have no gaps."""
    row = connection.execute(
        "SELECT coalesce(max(sequence), 0) FROM entry WHERE instance = ?", (instance,)
    ).fetchone()
    return int(row[0])


def entry_of(connection: sqlite3.Connection, identifier: str) -> Entry | None:
    """The entry of an identifier ``instance-sequence``, None if there is none."""
    instance, _dash, sequence = identifier.partition("-")
    if not (sequence.isascii() and sequence.isdigit() and len(sequence) < 19):
        return None
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM entry WHERE instance = ? AND sequence = ?", (instance, int(sequence))
    ).fetchone()
    return _entry(row) if row else None


def last_entry(connection: sqlite3.Connection, instance: str) -> Entry | None:
    """The newest entry of one instance's chain."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM entry WHERE instance = ? ORDER BY sequence DESC LIMIT 1", (instance,)
    ).fetchone()
    return _entry(row) if row else None


def newest_at(connection: sqlite3.Connection, instance: str = "") -> datetime | None:
    """The latest time that any entry bears, or any of one instance; None while there is none."""
    newest = connection.execute(
        "SELECT max(at_ms) FROM entry WHERE ? IN ('', instance)", (instance,)
    ).fetchone()[0]
    return None if newest is None else from_ms(newest)


def acts_after(connection: sqlite3.Connection, instance: str, sequence: int) -> int:
    """How many entries of the desk's work an instance has after a place in its chain: not what was prepared before."""
    return int(
        connection.execute(
            "SELECT count(*) FROM entry WHERE instance = ? AND sequence > ? "
            "AND kind NOT IN ('chain_started', 'roster_applied', 'roster_undone', 'standing_changed', "
            "'payload_revoked', 'badge_printed')",
            (instance, sequence),
        ).fetchone()[0]
    )


def entry_count(connection: sqlite3.Connection) -> int:
    """How many entries are here, of all instances."""
    return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def is_void(connection: sqlite3.Connection, identifier: str) -> bool:
    """Whether a later entry voids this one."""
    row = connection.execute(
        "SELECT 1 FROM entry WHERE kind = 'void' AND target = ?", (identifier,)
    ).fetchone()
    return row is not None


def instances_with_entries(connection: sqlite3.Connection) -> list[str]:
    """Every instance that has written here, in order of its digits."""
    return [row[0] for row in connection.execute("SELECT DISTINCT instance FROM entry ORDER BY instance")]


def particulars_of(
    connection: sqlite3.Connection, entry: Entry
) -> dict[str, tuple[bytes | None, str | None]]:
    """Salt and text by field; both None where a person was erased."""
    rows = connection.execute(
        "SELECT field, salt, text FROM particulars WHERE instance = ? AND sequence = ?",
        (entry.instance, entry.sequence),
    )
    return {row["field"]: (row["salt"], row["text"]) for row in rows}


def salted_hash(salt: bytes, text: str) -> str:
    """SHA-256 of salt and UTF-8 text, lower-case hexadecimal."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def chain_problems(chain: Iterable[Entry], first: int = 1, previous: str = FIRST_PREVIOUS) -> list[str]:
    """What is wrong with a run of one instance's chain: gaps, changed entries, broken links.

    ``first``, ``previous``: the sequence with which it has to begin, and the hash of the entry before.
    """
    problems = []
    sequence = first - 1
    for entry in chain:
        sequence += 1
        if entry.sequence != sequence:
            problems.append(
                _("Station {instance}: entries {first} to {last} are missing.").format(
                    instance=entry.instance, first=sequence, last=entry.sequence - 1
                )
            )
        elif entry.previous != previous:
            problems.append(_("Entry {entry} does not follow the one before it.").format(entry=entry.id))
        if not _is_intact(entry):
            problems.append(_("Entry {entry} was changed after it was written.").format(entry=entry.id))
        sequence, previous = entry.sequence, entry.hash
    return problems


def _is_intact(entry: Entry) -> bool:
    try:
        return chained(entry.content, entry.previous) == entry.hash
    except UnicodeEncodeError:  # half of a surrogate pair has no bytes to be hashed
        return False


def _tick(connection: sqlite3.Connection, at_ms: int) -> tuple[int, int]:
    """The hybrid logical clock of the next entry: the wall clock, or just after the latest entry known."""
    latest = connection.execute(
        "SELECT hlc_ms, hlc_counter FROM entry ORDER BY hlc_ms DESC, hlc_counter DESC LIMIT 1"
    ).fetchone()
    if latest is None or at_ms > latest["hlc_ms"]:
        return at_ms, 0
    return latest["hlc_ms"], latest["hlc_counter"] + 1


def _entry(row: sqlite3.Row) -> Entry:
    columns = tuple(row)
    return Entry.from_content(EntryContent(*columns[:13]), columns[13], columns[14])
