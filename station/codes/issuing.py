"""Revokes payloads and issues new ones: a lost phone's code dies, the delegate gets another."""

from datetime import datetime

from station.model.entry import EntryKind
from station.store import journal, projections, roster
from station.store.connection import WriteConnection
from station.store.roster import IssuedPayload


def reissue(connection: WriteConnection, instance: str, lost: IssuedPayload, at: datetime) -> int:
    """Revoke a payload for ever and issue its delegate a new serial of this instance; returns it."""
    note = journal.Note(
        EntryKind.PAYLOAD_REVOKED,
        at,
        delegate=lost.delegate,
        body={"instance": lost.instance, "serial": lost.serial},
    )
    projections.record(connection, instance, note)
    return roster.issue_payload(connection, instance, lost.delegate, at)
