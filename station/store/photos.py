"""Which file of the event folder is the photo of which delegate."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that was taken in.

    Attributes:
        delegate: the identity. file_name: in the event folder's ``photos``, without a folder.
        sha256: of the file's content, lower-case hexadecimal. taken_at: when it was taken in.
    """

    delegate: str
    file_name: str
    sha256: str
    taken_at: datetime


def photos(connection: sqlite3.Connection) -> dict[str, Photo]:
    """Every photo by its delegate."""
    rows = connection.execute("SELECT delegate, file_name, sha256, taken_at_ms FROM photo")
    return {row[0]: Photo(row[0], row[1], row[2], from_ms(row[3])) for row in rows}


def photo_of(connection: sqlite3.Connection, delegate: str) -> Photo | None:
    """The photo of a delegate."""
    row = connection.execute(
        "SELECT delegate, file_name, sha256, taken_at_ms FROM photo WHERE delegate = ?", (delegate,)
    ).fetchone()
    return Photo(row[0], row[1], row[2], from_ms(row[3])) if row else None


def photo_count(connection: sqlite3.Connection) -> int:
    """How many delegates have a photo."""
    return int(connection.execute("SELECT count(*) FROM photo").fetchone()[0])


def set_photos(connection: sqlite3.Connection, taken: Sequence[Photo]) -> None:
    """Give delegates their photos, in place of those they had; passes over who is no longer on the roster."""
    connection.executemany(
        "INSERT INTO photo (delegate, file_name, sha256, taken_at_ms) SELECT id, ?, ?, ? FROM delegate WHERE id = ? "
        "ON CONFLICT (delegate) DO UPDATE SET "
        "file_name = excluded.file_name, sha256 = excluded.sha256, taken_at_ms = excluded.taken_at_ms",
        [(p.file_name, p.sha256, to_ms(p.taken_at), p.delegate) for p in taken],
    )


def remove_photos(connection: sqlite3.Connection, delegates: Iterable[str]) -> None:
    """Take photos from delegates; who has none is passed over."""
    connection.executemany("DELETE FROM photo WHERE delegate = ?", [(d,) for d in delegates])
