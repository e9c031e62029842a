"""The seal of segments of version 1, which earlier programs wrote: lines of JSON, not compressed. docs/segment.md."""

import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.i18n import _

VERSION = 1


def seal_problems(name: str, head: dict[str, Any], last: dict[str, Any] | None, sealed: bytes) -> list[str]:
    """What is wrong with the last line of a file, which seals all bytes before it."""
    seal = last.get("seal") if last else None
    if not isinstance(seal, dict):
        return [_("{name} is cut off: its seal is missing.").format(name=name)]
    digest = hashlib.sha256(sealed)
    if seal.get("sha256") != digest.hexdigest():
        return [_("{name} was changed after it was sealed.").format(name=name)]
    signature = signature_of(last)
    if signature is None:
        return []  # the chain of an instance whose key is on another laptop
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.get("public_key", "")))
        key.verify(bytes.fromhex(signature), digest.digest())
    except (ValueError, TypeError, InvalidSignature):
        return [_("{name}: the signature is not the station's.").format(name=name)]
    return []


def signature_of(last: dict[str, Any] | None) -> Any:
    """The signature in a last line, None where there is none."""
    seal = last.get("seal") if last else None
    return seal.get("signature") if isinstance(seal, dict) else None
