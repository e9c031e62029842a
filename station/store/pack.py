"""What an event folder remembers of event packs, and whose rehearsal it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms
from station.store.connection import ReadConnection, WriteConnection


@dataclass(frozen=True, slots=True)
class PackRecord:
    """A pack that was made or taken in here.

    Attributes:
        digest: SHA-256 of its manifest, hexadecimal. number: its place among the event's packs.
        instance: who made it.
    """

    digest: str
    number: int
    instance: str
    created_at: datetime


def latest_pack(connection: ReadConnection) -> PackRecord | None:
    """The newest pack that was made or taken in here, None for none."""
    row = connection.execute("SELECT * FROM pack ORDER BY number DESC, created_at_ms DESC LIMIT 1").fetchone()
    if row is None:
        return None
    return PackRecord(row["digest"], row["number"], row["instance"], from_ms(row["created_at_ms"]))


def add_pack(connection: WriteConnection, record: PackRecord, taken_at: datetime | None) -> None:
    """Remember a pack; ``taken_at`` is None for one that was made here."""
    connection.execute(
        "INSERT INTO pack (digest, number, instance, created_at_ms, taken_at_ms) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (
            record.digest,
            record.number,
            record.instance,
            to_ms(record.created_at),
            None if taken_at is None else to_ms(taken_at),
        ),
    )


def pack_files(connection: ReadConnection) -> dict[str, str]:
    """SHA-256 of every file that the pack taken in last brought, by its path in the event folder."""
    return {row["name"]: row["sha256"] for row in connection.execute("SELECT name, sha256 FROM pack_file")}


def replace_pack_files(connection: WriteConnection, files: Mapping[str, str]) -> None:
    """Remember which files a pack brought."""
    connection.execute("DELETE FROM pack_file")
    connection.executemany("INSERT INTO pack_file (name, sha256) VALUES (?, ?)", list(files.items()))


def make_rehearsal(connection: WriteConnection, of_folder: str) -> None:
    """Mark the event as a rehearsal, before its first chain begins; ``of_folder`` '' where it lies elsewhere."""
    connection.execute("UPDATE event SET rehearsal = 1")
    connection.execute("INSERT INTO rehearsal (only, of_folder) VALUES (1, ?)", (of_folder,))


def rehearsal_of(connection: ReadConnection) -> str:
    """The folder of the event that is rehearsed here, '' if unknown or none is."""
    row = connection.execute("SELECT of_folder FROM rehearsal").fetchone()
    return str(row[0]) if row else ""
