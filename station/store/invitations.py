"""The invitations that were made: for whom, with which payload, when and in which ways."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms
from station.store.connection import WriteConnection
from station.store.roster import IssuedPayload


@dataclass(frozen=True, slots=True)
class MadeInvitation:
    """One invitation.

    Attributes:
        instance, serial: the payload it carries.
        ways: how it was made, for example ``page`` and ``picture``.
    """

    delegate: str
    instance: str
    serial: int
    made_at: datetime
    ways: tuple[str, ...]


def remember(
    connection: WriteConnection, payloads: Iterable[IssuedPayload], ways: Sequence[str], at: datetime
) -> None:
    """Remember that invitations with these payloads were made."""
    connection.executemany(
        "INSERT INTO invitation (delegate, payload_instance, payload_serial, made_at_ms, way) "
        "VALUES (?, ?, ?, ?, ?)",
        [(p.delegate, p.instance, p.serial, to_ms(at), " ".join(ways)) for p in payloads],
    )


def latest(connection: sqlite3.Connection) -> dict[str, MadeInvitation]:
    """The latest invitation of everybody who was made one, by delegate."""
    rows = connection.execute(
        "SELECT delegate, payload_instance, payload_serial, made_at_ms, way FROM invitation ORDER BY number"
    )
    return {
        row[0]: MadeInvitation(row[0], row[1], row[2], from_ms(row[3]), tuple(row[4].split())) for row in rows
    }
