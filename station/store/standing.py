"""Who is withdrawn or blocked and which payloads are revoked, repeated in a chain of another event folder."""

from datetime import datetime

from station.model.entry import EntryKind
from station.store import journal, projections
from station.store.connection import ReadConnection, WriteConnection


def repeat(source: ReadConnection, target: WriteConnection, instance: str, at: datetime) -> None:
    """Record in an instance's chain, within the open transaction, what stands in another folder."""
    notes = [
        journal.Note(EntryKind.STANDING_CHANGED, at, delegate=row["delegate"], body={"status": row["status"]})
        for row in source.execute("SELECT delegate, status FROM standing ORDER BY delegate")
    ]
    notes += [
        journal.Note(
            EntryKind.PAYLOAD_REVOKED,
            at,
            delegate=row["delegate"],
            body={"instance": row["payload_instance"], "serial": row["payload_serial"]},
        )
        for row in source.execute(
            "SELECT r.payload_instance, r.payload_serial, e.delegate FROM revocation r "
            "JOIN entry e ON e.instance = r.instance AND e.sequence = r.sequence "
            "ORDER BY r.payload_instance, r.payload_serial"
        )
    ]
    for note in notes:
        projections.apply(target, journal.append(target, instance, note))
