"""The signed head of a segment: whose chain it is and where it ends, proved by the station's key. docs/segment.md."""

import hmac
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.i18n import _
from station.model.entry import FIRST_PREVIOUS, canonical_json
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, merge
from station.store.connection import ReadConnection

FORMAT = "checkin-segment"
VERSION = 2
LONGEST_HEAD = 16_384  # bytes
Head = dict[str, Any]
# What is said of one file alone. The chain proves it: entries from the first to the signed last hash.
OF_THE_FILE = frozenset({"first", "first_previous", "count", "content_sha256", "locked_for", "signature"})
_SIGNED = b"checkin-segment head\n"


def sealed_head(connection: ReadConnection, instance: str, sealed_at: str) -> Head:
    """The head of an instance's chain as it is here, up to its newest entry, without what is said of one file.

    Signed now where the instance's key is here; else as the station signed it when its segment came; else unsigned.
    """
    last = journal.last_entry(connection, instance)
    end = last.sequence if last else 0
    who = instances.all_instances(connection)[instance]
    event = event_store.event_of(connection)
    head: Head = {
        "format": FORMAT,
        "version": VERSION,
        "event": event.id,
        "instance": instance,
        "station": who.station,
        "public_key": who.public_key.hex(),
        "proof": instances.instance_proof(
            event_store.secret_of(connection), event.id, instance, who.public_key
        ),
        "last": end,
        "last_hash": last.hash if last else FIRST_PREVIOUS,
        "sealed_at": sealed_at,
    }
    if who.number is not None:
        head["number"] = who.number
    signature = instances.sign(connection, instance, signed_bytes(head))
    if signature is None:
        return merge.kept_head(connection, instance, end) or {**head, "signature": None}
    return {**head, "signature": signature.hex()}


def signed_bytes(head: Head) -> bytes:
    """What the signature is over: every key of the head, those of newer programs too, but those of the file alone."""
    return _SIGNED + canonical_json({k: v for k, v in head.items() if k not in OF_THE_FILE}).encode()


def to_keep(head: Head) -> Head:
    """What of a head proves the same chain in another file."""
    return {k: v for k, v in head.items() if k not in OF_THE_FILE or k == "signature"}


def read_head(line: bytes) -> Head | None:
    """The head in the first line of a file; None where it is none."""
    if len(line) > LONGEST_HEAD:
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and value.get("format") == FORMAT else None


def is_number(value: Any) -> bool:
    """Whether a value is a whole number that SQLite holds."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62


def signature_problems(name: str, head: Head) -> list[str]:
    """What is wrong with the signature of a head; nothing where there is none: then its station answers for nothing."""
    if head.get("signature") is None:
        return []
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"]))
        key.verify(bytes.fromhex(head["signature"]), signed_bytes(head))
    except (KeyError, ValueError, TypeError, InvalidSignature):
        return [_("{name}: the signature is not the station's.").format(name=name)]
    return []


def proof_problems(name: str, head: Head, secret: bytes) -> list[str]:
    """Whether the station belongs to the event, for who holds the event's key."""
    proof = instances.instance_proof(secret, str(head.get("event")), str(head.get("instance")), key_of(head))
    if hmac.compare_digest(proof.encode(), str(head.get("proof")).encode("utf-8", "replace")):
        return []
    return [_("{name}: the station does not belong to this event.").format(name=name)]


def key_of(head: Head) -> bytes:
    """The public key that a head names; empty where it is none."""
    try:
        return bytes.fromhex(head.get("public_key", ""))
    except (ValueError, TypeError):
        return b""
