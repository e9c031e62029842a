"""One mục ghi of the journal: what it may be, and how its hash chains it to the one before."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class EntryKind(StrEnum):
    """Everything that can be recorded.

    ``scan`` is a reading that was judged, at the entrance or, with ``"direction": "out"`` in its body, at the exit.
    Only an exit that let the delegate go is no scan but ``left``: delegate and session, and in the body what a scan
    tells of its code. So a scan never moves anybody out, and what the exit refused stands beside what the entrance did.

    ``handed_out`` is a printed copy or a thing. Files copied to a delegate's own stick are ``copied_digitally``, a
    kind of its own: who has the file is still due the paper, and the counted stock knows paper alone.

    A signature on a printed sheet is a scan whose source is ``paper``: its time is the one that was stated for the
    sheet, ``recorded_at_ms`` in its body the one at which it was taken in.
    """

    CHAIN_STARTED = "chain_started"
    ROSTER_APPLIED = "roster_applied"
    ROSTER_UNDONE = "roster_undone"
    STANDING_CHANGED = "standing_changed"
    PAYLOAD_REVOKED = "payload_revoked"
    SCAN = "scan"
    LEFT = "left"
    HANDED_OUT = "handed_out"
    TAKEN_BACK = "taken_back"
    COPIED_DIGITALLY = "copied_digitally"  # to the delegate's own stick; body: version
    SUBMITTED = "submitted"  # body: submission, how, and of a file its stored name, sha256 and bytes
    BADGE_PRINTED = "badge_printed"
    PACK_TAKEN = "pack_taken"
    VOID = "void"
    WALK_IN = "walk_in"  # somebody who is not on the roster; the body holds code and payload
    WALK_IN_DECIDED = "walk_in_decided"  # the organiser's answer; body: approved
    CORRECTED = "corrected"  # data of a delegate; the particulars hold the new values
    SUBSTITUTED = "substituted"  # body: the identity of who comes instead
    CERTIFICATE_ISSUED = (
        "certificate_issued"  # body: see station.store.certificates; the particulars hold the name
    )
    CERTIFICATE_REVOKED = "certificate_revoked"  # body: which; the particulars hold the reason
    UNITED = "united"  # registered twice: the delegate counts as another one; body: into
    CONFLICT_RESOLVED = "conflict_resolved"  # body: conflict, choice, and the entries it is about


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
FIRST_PREVIOUS = "0" * 64


class EntryContent(NamedTuple):
    """Every stored column of an entry before its hashes, in the order in which they are hashed.

    Attributes:
        instance: the station instance that wrote it, 8 digits; sequence: 1, 2, 3 … without gaps in it.
        kind: an EntryKind, as text so that a newer program's kinds still verify.
        at_ms: wall clock of the desk, milliseconds since 1970 UTC; offset_minutes: its zone's offset then.
        hlc_ms, hlc_counter: hybrid logical clock, never runs backwards within an event folder
            (Kulkarni et al., 2014, "Logical Physical Clocks").
        delegate, session, document: identifiers of what the entry is about, None if nothing.
        target: the entry that this one voids, ``instance-sequence``.
        outcome: of a scan: ``admitted``, ``attention`` or ``refused``; None for every other kind.
        body: everything else, as canonical JSON of an object; nothing personal.
    """

    instance: str
    sequence: int
    kind: str
    at_ms: int
    offset_minutes: int
    hlc_ms: int
    hlc_counter: int
    delegate: str | None
    session: str | None
    document: str | None
    target: str | None
    outcome: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the append-only journal.

    Attributes:
        content: every stored column; see EntryContent.
        previous: hash of the entry before, 64 zeros for the first.
        hash: SHA-256 over content and previous, lower-case hexadecimal.
    """

    content: EntryContent
    previous: str
    hash: str

    @classmethod
    def from_content(cls, content: EntryContent, previous: str, stored_hash: str | None = None) -> "Entry":
        """An entry with the hash that belongs to it, or, for one read from a disk, the hash that stood there."""
        return cls(content, previous, stored_hash or chained(content, previous))

    @property
    def id(self) -> str:
        """``instance-sequence``."""
        return f"{self.content.instance}-{self.content.sequence}"

    @property
    def instance(self) -> str:
        """The station instance that wrote it, 8 digits."""
        return self.content.instance

    @property
    def sequence(self) -> int:
        """1, 2, 3 … without gaps within an instance."""
        return self.content.sequence

    @property
    def body(self) -> dict[str, Any]:
        """The body as a JSON object; empty where a damaged disk made something else of it: its hash tells."""
        try:
            body = json.loads(self.content.body)
        except (ValueError, TypeError, RecursionError):
            return {}
        return body if isinstance(body, dict) else {}


def canonical_json(value: Any) -> str:
    """JSON that is the same bytes for the same value: sorted keys, no spaces, UTF-8 text kept."""
    return _encode(value)


def chained(content: EntryContent, previous: str) -> str:
    """SHA-256 of every stored column of an entry and of the hash of the entry before."""
    return hashlib.sha256(canonical_json([*content, previous]).encode()).hexdigest()
