"""One mục ghi of the journal: what it may be, and how its hash chains it to the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class EntryKind(StrEnum):
    """Everything that can be recorded."""

    CHAIN_STARTED = "chain_started"
    ROSTER_APPLIED = "roster_applied"
    STANDING_CHANGED = "standing_changed"
    PAYLOAD_REVOKED = "payload_revoked"
    SCAN = "scan"
    HANDED_OUT = "handed_out"
    TAKEN_BACK = "taken_back"
    BADGE_PRINTED = "badge_printed"
    VOID = "void"


FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the append-only journal.

    Attributes:
        instance: the station instance that wrote it, 8 digits.
        sequence: 1, 2, 3 … without gaps within an instance.
        at_ms: wall clock of the desk, milliseconds since 1970 UTC; offset_minutes: its zone's offset then.
        hlc_ms, hlc_counter: hybrid logical clock, never runs backwards within an event folder
            (Kulkarni et al., 2014, "Logical Physical Clocks").
        delegate, session, document: identifiers of what the entry is about, None if nothing.
        target: the entry that this one voids, ``instance-sequence``.
        body: everything else; JSON values only, nothing personal.
        previous: hash of the entry before, 64 zeros for the first.
        hash: SHA-256 over all of the above, lower-case hexadecimal.
    """

    instance: str
    sequence: int
    kind: EntryKind
    at_ms: int
    offset_minutes: int
    hlc_ms: int
    hlc_counter: int
    delegate: str | None
    session: str | None
    document: str | None
    target: str | None
    body: Mapping[str, Any]
    previous: str
    hash: str

    @property
    def id(self) -> str:
        """``instance-sequence``."""
        return f"{self.instance}-{self.sequence}"

    @property
    def order(self) -> tuple[int, int, str, int]:
        """The order of entries over all stations: hybrid logical clock, instance, sequence."""
        return self.hlc_ms, self.hlc_counter, self.instance, self.sequence


def canonical_json(value: Any) -> str:
    """JSON that is the same bytes for the same value: sorted keys, no spaces, UTF-8 text kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_hash(  # noqa: PLR0913  # one argument for each stored column: all of them are covered
    instance: str,
    sequence: int,
    kind: str,
    at_ms: int,
    offset_minutes: int,
    hlc_ms: int,
    hlc_counter: int,
    delegate: str | None,
    session: str | None,
    document: str | None,
    target: str | None,
    body_json: str,
    previous: str,
) -> str:
    """SHA-256 of every stored column of an entry, the hash of the one before among them."""
    columns = [
        instance, sequence, kind, at_ms, offset_minutes, hlc_ms, hlc_counter,
        delegate, session, document, target, body_json, previous,
    ]  # fmt: skip
    return hashlib.sha256(canonical_json(columns).encode()).hexdigest()
