"""What the office recorded of people besides their coming, repeated in a chain of another event folder."""

from collections.abc import Iterator
from datetime import datetime

from station.model.entry import EntryKind
from station.store import projections
from station.store.connection import ReadConnection, WriteConnection
from station.store.journal import Note


def repeat(source: ReadConnection, target: WriteConnection, instance: str, at: datetime) -> None:
    """Record in an instance's chain, within the open transaction, what stands in another folder.

    That is who is withdrawn or blocked, which payloads are revoked, what was corrected, who came by themselves and
    who comes for whom.
    """
    for note in (
        *_standings(source, at),
        *_revocations(source, at),
        *_corrections(source, at),
        *_walk_ins(source, at),
        *_substitutions(source, at),
    ):
        projections.record(target, instance, note)


def _standings(source: ReadConnection, at: datetime) -> Iterator[Note]:
    for row in source.execute("SELECT delegate, status FROM standing ORDER BY delegate"):
        yield Note(EntryKind.STANDING_CHANGED, at, delegate=row["delegate"], body={"status": row["status"]})


def _revocations(source: ReadConnection, at: datetime) -> Iterator[Note]:
    rows = source.execute(
        "SELECT r.payload_instance, r.payload_serial, e.delegate FROM revocation r "
        "JOIN entry e ON e.instance = r.instance AND e.sequence = r.sequence "
        "ORDER BY r.payload_instance, r.payload_serial"
    )
    for row in rows:
        body = {"instance": row["payload_instance"], "serial": row["payload_serial"]}
        yield Note(EntryKind.PAYLOAD_REVOKED, at, delegate=row["delegate"], body=body)


def _corrections(source: ReadConnection, at: datetime) -> Iterator[Note]:
    for row in source.execute("SELECT * FROM correction ORDER BY delegate"):
        told = {field: row[field] for field in projections.CORRECTABLE if row[field] is not None}
        yield Note(EntryKind.CORRECTED, at, delegate=row["delegate"], particulars=told)


def _walk_ins(source: ReadConnection, at: datetime) -> Iterator[Note]:
    for row in source.execute("SELECT delegate, approval FROM walk_in ORDER BY delegate"):
        yield Note(
            EntryKind.WALK_IN, at, delegate=row["delegate"], body={"approved": row["approval"] == "approved"}
        )
        if row["approval"] == "declined":
            yield Note(EntryKind.WALK_IN_DECIDED, at, delegate=row["delegate"], body={"approved": False})


def _substitutions(source: ReadConnection, at: datetime) -> Iterator[Note]:
    for row in source.execute("SELECT delegate, substitute FROM substitution ORDER BY delegate"):
        body = {"substitute": row["substitute"]}
        yield Note(EntryKind.SUBSTITUTED, at, delegate=row["delegate"], body=body)
