"""Station instances: who writes a chain, its Ed25519 key, and telling a moved folder from the one at home."""

import hashlib
import hmac
import secrets
import sqlite3
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.clock import Clock, to_ms
from station.media.atomic import write_file
from station.model.entry import EntryKind
from station.store import event as event_store
from station.store import journal
from station.store.connection import DATABASE_NAME, WriteConnection

NONCE_NAME = "station.nonce"
PLACE_NAME = (
    "station.place"  # made once with the folder and never written again: a copy of it is another file
)
REHEARSAL = "rehearsal"  # in the body of a chain's first entry


@dataclass(frozen=True, slots=True)
class Instance:
    """One writer of a chain.

    Attributes:
        id: 8 digits. station: the name people gave the desk.
        public_key: 32 bytes, Ed25519 (RFC 8032).
        number: of the desk, None where people gave none.
    """

    id: str
    station: str
    public_key: bytes
    number: int | None = None


def marker_of(folder: Path, nonce: str, name_to_be: Path | None = None) -> str:
    """What tells this place from any copy of the folder or its database.

    Made of the machine, the path, the database file's number, a nonce that lies beside the database and is
    renewed whenever the folder is opened and closed (a database put back from an older copy does not fit it), and of
    what no copy of a file shares: number and time of a file that is never written again. Numbers alone are given
    anew, so that a whole folder put back from a copy could get those it had.
    ``name_to_be`` is the name that a folder still being made will get. Raises OSError.
    """
    made = (folder / PLACE_NAME).stat()
    return hashlib.sha256(
        f"{_place(folder, nonce, name_to_be)}\n{made.st_ino} {made.st_ctime_ns}".encode(
            "utf-8", "surrogateescape"
        )
    ).hexdigest()


def former_marker_of(folder: Path, nonce: str) -> str:
    """The marker as programs before made it, for a folder that was last open there. Raises OSError."""
    return hashlib.sha256(_place(folder, nonce, None).encode("utf-8", "surrogateescape")).hexdigest()


def _place(folder: Path, nonce: str, name_to_be: Path | None) -> str:
    number = (folder / DATABASE_NAME).stat().st_ino
    return f"{_machine()}\n{(name_to_be or folder).resolve()}\n{number}\n{nonce}"


def new_nonce() -> str:
    """A nonce nobody has used."""
    return secrets.token_hex(16)


def nonces_beside(folder: Path) -> list[str]:
    """The nonces that may fit the database; more than one only after a renewal that was cut short."""
    try:
        return (folder / NONCE_NAME).read_text("ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def write_nonces(folder: Path, nonces: Sequence[str]) -> None:
    """Put nonces beside the database, durably, and the file of the place where none is. Raises EnvironmentFault."""
    if not (folder / PLACE_NAME).exists():
        write_file(folder / PLACE_NAME, new_nonce().encode())
    write_file(folder / NONCE_NAME, "\n".join(nonces).encode())


def _machine() -> str:
    """An identifier of this machine that survives restarts."""
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    try:
        return Path("/etc/machine-id").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return f"{uuid.getnode():012x}"


def instance_here(connection: sqlite3.Connection, marker: str) -> Instance | None:
    """The instance that writes at this place; None when the folder has been moved, copied or restored."""
    row = connection.execute(
        "SELECT id, station, public_key, number FROM instance WHERE private_key IS NOT NULL AND marker = ?",
        (marker,),
    ).fetchone()
    return Instance(*row) if row else None


def start_instance(
    connection: WriteConnection,
    station: str,
    marker: str,
    clock: Clock,
    identifier: str = "",
    number: int | None = None,
) -> Instance:
    """A new instance with its own key, the only one that writes at this place. Begins its chain.

    The first entry says which keys belong to it, so that damage to one of them shows (see ``keys_hold``), and
    whether it is the chain of a rehearsal: what is hashed and signed cannot lose that mark.
    """
    private_key = Ed25519PrivateKey.generate()
    public_key = private_key.public_key().public_bytes_raw()
    instance = Instance(identifier or f"{secrets.randbelow(10**8):08d}", station, public_key, number)
    _insert(connection, instance, to_ms(clock.now()), private_key.private_bytes_raw(), marker)
    body: dict[str, object] = {
        "station": station,
        "public_key": public_key.hex(),
        "proof": _proof_here(connection, instance.id, public_key),
    }
    if number is not None:
        body["number"] = number
    if event_store.is_rehearsal(connection):
        body[REHEARSAL] = True
    journal.append(connection, instance.id, journal.Note(EntryKind.CHAIN_STARTED, clock.now(), body=body))
    return instance


def next_name(connection: sqlite3.Connection) -> str:
    """What a station is called that goes on where another one was: its name with a number, '' where there was none."""
    count = len(all_instances(connection))
    latest = connection.execute("SELECT station FROM instance ORDER BY started_at_ms DESC LIMIT 1").fetchone()
    return f"{latest[0].split(' (')[0]} ({count + 1})" if latest else ""


def add_instance(connection: WriteConnection, instance: Instance, started_at_ms: int) -> None:
    """Make an instance known that writes on another laptop."""
    _insert(connection, instance, started_at_ms, None, None)


def _insert(
    connection: WriteConnection,
    instance: Instance,
    started_at_ms: int,
    private_key: bytes | None,
    marker: str | None,
) -> None:
    connection.execute(
        "INSERT INTO instance (id, station, public_key, private_key, marker, started_at_ms, number) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            instance.id,
            instance.station,
            instance.public_key,
            private_key,
            marker,
            started_at_ms,
            instance.number,
        ),
    )


def writes_here(connection: sqlite3.Connection, instance: str) -> bool:
    """Whether an instance is the one that goes on here: the newest whose private key is here.

    An older one ended where the folder was moved or restored, and one without a marker is a second copy's: what they
    wrote elsewhere since then may come back.
    """
    row = connection.execute(
        "SELECT id, marker FROM instance WHERE private_key IS NOT NULL ORDER BY rowid DESC LIMIT 1"
    ).fetchone()
    return row is not None and row["id"] == instance and row["marker"] is not None


def keys_hold(connection: sqlite3.Connection, instance: str) -> bool:
    """Whether an instance's keys, the event's key and the mark of a rehearsal are those with which its chain began."""
    row = connection.execute(
        "SELECT public_key, private_key FROM instance WHERE id = ?", (instance,)
    ).fetchone()
    first = next(journal.entries(connection, instance), None)
    if row is None or first is None:
        return False
    public_key, proof = bytes(row["public_key"]), first.body.get("proof")
    if row["private_key"] is not None:
        private_key = Ed25519PrivateKey.from_private_bytes(row["private_key"])
        if private_key.public_key().public_bytes_raw() != public_key:
            return False
    if bool(first.body.get(REHEARSAL)) != event_store.is_rehearsal(connection):
        return False
    return first.body.get("public_key") == public_key.hex() and proof in (
        None,  # chains of the first builds did not say it
        _proof_here(connection, instance, public_key),
    )


def mark(connection: sqlite3.Connection, instance: str, marker: str) -> None:
    """Say that an instance writes at this place from now on."""
    connection.execute("UPDATE instance SET marker = ? WHERE id = ?", (marker, instance))


def all_instances(connection: sqlite3.Connection) -> Mapping[str, Instance]:
    """Every instance known here by its identifier, in order."""
    rows = connection.execute("SELECT id, station, public_key, number FROM instance ORDER BY id")
    return {row["id"]: Instance(*row) for row in rows}


def sign(connection: sqlite3.Connection, instance: str, message: bytes) -> bytes | None:
    """Ed25519 signature (64 bytes) of an instance whose private key is here, else None."""
    row = connection.execute("SELECT private_key FROM instance WHERE id = ?", (instance,)).fetchone()
    if row is None or row["private_key"] is None:
        return None
    return Ed25519PrivateKey.from_private_bytes(row["private_key"]).sign(message)


def _proof_here(connection: sqlite3.Connection, instance: str, public_key: bytes) -> str:
    event, secret = connection.execute("SELECT id, secret FROM event").fetchone()
    return instance_proof(secret, event, instance, public_key)


def instance_proof(secret: bytes, event: str, instance: str, public_key: bytes) -> str:
    """HMAC-SHA-256 under the event's key that ties an instance's public key to the event, hexadecimal."""
    return hmac.digest(secret, f"{event}|{instance}|{public_key.hex()}".encode(), "sha256").hex()
