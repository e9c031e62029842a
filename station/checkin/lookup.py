"""Whom a recognised code leads to, as the roster of this station says."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from station.checkin.rules import Facts
from station.codes.payload import EventKey, Parsed, PayloadKind
from station.codes.recognise import Recognition
from station.errors import Refusal
from station.i18n import _
from station.model.clue import Clue, Recogniser
from station.model.delegate import Delegate
from station.store import roster as roster_store
from station.store.connection import ReadConnection


@dataclass(frozen=True, slots=True)
class Found:
    """A recognised code with what the roster says of it; body: what the record keeps of the code."""

    facts: Facts
    body: dict[str, Any]
    recogniser: Recogniser | None = None


def look_up(connection: ReadConnection, key: EventKey, recognition: Recognition, raw: bytes) -> Found:
    """Find out whom a recognised code leads to, and whether it still counts."""
    own = recognition.own
    if own.kind is PayloadKind.GENUINE:
        return _found_own(connection, own)
    body = fingerprint(key, raw)
    for recogniser, clues in groupby(recognition.clues, lambda clue: clue.recogniser):
        found = _candidates(connection, clues)
        if found:
            facts = Facts(own.kind, found, readable_code=recogniser is Recogniser.CODE)
            return Found(facts, {**body, "recogniser": recogniser}, recogniser)
    if own.kind.is_proved or own.kind in (PayloadKind.FORGED, PayloadKind.OTHER_EVENT):
        return Found(Facts(own.kind), {**body, "recogniser": Recogniser.OWN}, Recogniser.OWN)
    return Found(Facts(own.kind), body)


def fingerprint(key: EventKey, raw: bytes) -> dict[str, Any]:
    """All that may be kept of a foreign code: what tells whether the same one came again."""
    digest = hmac.digest(key.secret, b"scanned:" + raw, "sha256").hex()
    return {"payload_hash": digest, "payload_bytes": len(raw)}


def known_delegate(connection: ReadConnection, identifier: str) -> Delegate:
    """The delegate of an identity. Raises Refusal where the roster does not hold it."""
    person = roster_store.delegate_of(connection, identifier)
    if person is None:
        raise Refusal(_("This delegate is not on the roster of this station."))
    return person


def _found_own(connection: ReadConnection, own: Parsed) -> Found:
    body = {"instance": own.instance, "serial": own.serial, "recogniser": Recogniser.OWN}
    issued = roster_store.payload_of_serial(connection, own.instance, own.serial)
    if issued is None:
        revoked = roster_store.is_revoked(connection, own.instance, own.serial)
        return Found(Facts(own.kind, revoked=revoked), body, Recogniser.OWN)
    person = known_delegate(connection, issued.delegate)
    return Found(Facts(own.kind, (person,), revoked=issued.revoked), body, Recogniser.OWN)


def _candidates(connection: ReadConnection, clues: Iterable[Clue]) -> tuple[Delegate, ...]:
    """The delegates whom the clues of one recogniser lead to, each once, in the order of the roster."""
    found = {
        delegate.id: delegate
        for clue in clues
        for delegate in roster_store.delegates_by(connection, clue.field, clue.values)
    }
    return tuple(sorted(found.values(), key=lambda delegate: delegate.sort_key))
