"""Revokes payloads and issues new ones: a lost phone's code dies, the delegate gets another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import Clock
from station.codes.payload import EventKey, make_payload
from station.errors import Refusal
from station.i18n import _
from station.model.entry import EntryKind
from station.store import journal, projections, roster
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.store.roster import IssuedPayload

LONGEST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Reissued:
    """What became of a delegate's code.

    Attributes:
        old: the payload that is revoked now, None where there was none.
        payload: the new one, None where none was wished for.
    """

    delegate: str
    old: str | None
    payload: str | None


def reissue(
    connection: WriteConnection, instance: str, lost: IssuedPayload, at: datetime, reason: str = ""
) -> int:
    """Revoke a payload for ever and issue its delegate a new serial of this instance; returns it."""
    revoke(connection, instance, lost, at, reason)
    return roster.issue_payload(connection, instance, lost.delegate, at)


def revoke(
    connection: WriteConnection, instance: str, lost: IssuedPayload, at: datetime, reason: str = ""
) -> None:
    """Revoke a payload for ever; the reason is kept among the particulars of the entry."""
    note = journal.Note(
        EntryKind.PAYLOAD_REVOKED,
        at,
        delegate=lost.delegate,
        body={"instance": lost.instance, "serial": lost.serial},
        particulars={"reason": reason} if reason else None,
    )
    projections.record(connection, instance, note)


def reissue_codes(
    files: EventFolder,
    key: EventKey,
    clock: Clock,
    delegates: Sequence[str],
    reason: str = "",
    *,
    anew: bool = True,
) -> list[Reissued]:
    """Revoke what these delegates hold and, unless ``anew`` is False, issue each another payload, in one step.

    A delegate without a live payload only gets a new one. Raises Refusal, EnvironmentFault: nothing is changed.
    """
    instance, now = files.instance.id, clock.now()
    reason = reason.strip()[:LONGEST_REASON]

    def one(connection: WriteConnection, delegate: str) -> Reissued:
        if roster.delegate_of(connection, delegate) is None:
            raise Refusal(_("This delegate is not on the roster of this station."))
        live = roster.live_payloads_of(connection, delegate)
        for lost in live:
            revoke(connection, instance, lost, now, reason)
        old = make_payload(key, live[-1].instance, live[-1].serial) if live else None
        if not anew:
            return Reissued(delegate, old, None)
        serial = roster.issue_payload(connection, instance, delegate, now)
        return Reissued(delegate, old, make_payload(key, instance, serial))

    def work(connection: WriteConnection) -> list[Reissued]:
        return [one(connection, delegate) for delegate in dict.fromkeys(delegates)]

    return files.write(work)
