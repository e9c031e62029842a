"""The hashes of the supervisor's PIN and the organiser's password, and how often they were tried in vain."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms
from station.model.role import Role
from station.store.connection import WriteConnection


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """What is kept of a PIN or password.

    Attributes:
        salt: 16 bytes. hash: 32 bytes of scrypt.
        failures: tries in vain since the last good one. failed_at: when the last of these was.
    """

    role: Role
    salt: bytes
    hash: bytes
    failures: int
    failed_at: datetime


def secret_of_role(connection: sqlite3.Connection, role: Role) -> StoredSecret | None:
    """What is kept for a role, None where nothing was set."""
    row = connection.execute("SELECT * FROM role_secret WHERE role = ?", (role,)).fetchone()
    if row is None:
        return None
    return StoredSecret(
        role, bytes(row["salt"]), bytes(row["hash"]), row["failures"], from_ms(row["failed_at_ms"])
    )


def set_secret_of_role(connection: WriteConnection, role: Role, salt: bytes, digest: bytes) -> None:
    """Keep another PIN or password for a role."""
    connection.execute(
        "INSERT INTO role_secret (role, salt, hash) VALUES (?, ?, ?) ON CONFLICT (role) DO UPDATE "
        "SET salt = excluded.salt, hash = excluded.hash, failures = 0, failed_at_ms = 0",
        (role, salt, digest),
    )


def remove_secret_of_role(connection: WriteConnection, role: Role) -> None:
    """Let everybody do what the role may."""
    connection.execute("DELETE FROM role_secret WHERE role = ?", (role,))


def note_tries(connection: WriteConnection, roles: Iterable[Role], at: datetime, *, good: bool) -> None:
    """Remember how a try came out for the roles it may have been meant for."""
    change = "failures = 0" if good else "failures = failures + 1, failed_at_ms = :at_ms"
    connection.executemany(
        f"UPDATE role_secret SET {change} WHERE role = :role",
        [{"role": role, "at_ms": to_ms(at)} for role in roles],
    )
