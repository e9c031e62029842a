"""The own payload: 44 digits that only the holder of the event's key can make.

Layout (digits): version 1 | event tag 6 | issuing instance 8 | serial number 7 | HMAC 20 | check 2.
The HMAC is HMAC-SHA-256 (RFC 2104) under the event's key over the first 22 digits, modulo 10^20.
The check digits are ISO/IEC 7064 MOD 97-10 over everything before them. Digits only, because a keyboard-wedge
scanner then survives input methods and foreign layouts, and 44 digits fit a 25 × 25 symbol at level Q.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"
LENGTH = 44
LONGEST_LOOKED_AT = 64  # bytes; anything longer is not ours
_MISREAD_LENGTHS = range(
    LENGTH - 4, LENGTH + 5
)  # digits only and nearly as long: ours, with keys lost or doubled


class PayloadKind(StrEnum):
    """What a parser can say about a text without a roster."""

    GENUINE = "genuine"
    MISREAD = "misread"
    OTHER_EVENT = "other_event"
    FORGED = "forged"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing; instance and serial are set exactly when the payload is genuine."""

    kind: PayloadKind
    instance: str = ""
    serial: int = 0


@dataclass(frozen=True, slots=True)
class EventKey:
    """What makes and proves payloads.

    Attributes:
        secret: 32 random bytes, the same on every laptop of the event.
        tag: 6 digits that tell events apart.
    """

    secret: bytes
    tag: str


def event_tag(event_id: str) -> str:
    """Six digits that tell this event's codes from those of any other."""
    return f"{int.from_bytes(hashlib.sha256(event_id.encode()).digest()[:8]) % 10**6:06d}"


def check_digits(digits: str) -> str:
    """ISO/IEC 7064 MOD 97-10 check digits: with them appended the number is 1 modulo 97."""
    return f"{98 - int(digits) * 100 % 97:02d}"


def _mac(secret: bytes, digits: str) -> str:
    digest = hmac.digest(secret, digits.encode(), "sha256")
    return f"{int.from_bytes(digest) % 10**20:020d}"


def make_payload(key: EventKey, instance: str, serial: int) -> str:
    """The payload of one issued code. Raises ValueError for an instance or serial that does not fit."""
    if len(instance) != 8 or not (instance.isascii() and instance.isdigit()) or not 1 <= serial < 10**7:
        raise ValueError(f"cannot issue {instance!r} {serial}")
    head = f"{VERSION}{key.tag}{instance}{serial:07d}"
    body = head + _mac(key.secret, head)
    return body + check_digits(body)


def parse_payload(raw: bytes, key: EventKey) -> Parsed:
    """What these bytes are; a total function, looks at no more than 64 bytes."""
    if len(raw) > LONGEST_LOOKED_AT:
        return Parsed(PayloadKind.FOREIGN)
    raw = raw.strip(b" \t\r\n")
    if not raw.isdigit() or len(raw) not in _MISREAD_LENGTHS:
        return Parsed(PayloadKind.FOREIGN)
    text = raw.decode("ascii")
    if len(text) != LENGTH or int(text) % 97 != 1:
        return Parsed(PayloadKind.MISREAD)
    if text[0] != VERSION:
        return Parsed(PayloadKind.FOREIGN)
    if text[1:7] != key.tag:
        return Parsed(PayloadKind.OTHER_EVENT)
    if not hmac.compare_digest(_mac(key.secret, text[:22]), text[22:42]):
        return Parsed(PayloadKind.FORGED)
    return Parsed(PayloadKind.GENUINE, text[7:15], int(text[15:22]))
