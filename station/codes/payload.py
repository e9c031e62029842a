"""The own payload: 44 digits that only the holder of the event's key can make.

Layout (digits): kind 1 | event tag 6 | instance 8 | number 7 | of a sign-in row: more 8 | HMAC | check 2.
The kind is 1 for a delegate's code (issuing instance and serial number), 2 for a row of a sign-in sheet (the two parts
of the delegate's identity, then what station.codes.sign_in says) and 3 for a certificate (issuing instance and number).
The HMAC is HMAC-SHA-256 (RFC 2104) under the event's key over everything before it, modulo 10^20; of a row 10^12.
The check digits are ISO/IEC 7064 MOD 97-10 over everything before them. Digits only, because a keyboard-wedge
scanner then survives input methods and foreign layouts, and 44 digits fit a 25 × 25 symbol at level Q.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

VERSION, SIGN_IN_ROW, CERTIFICATE = "1", "2", "3"
LENGTH = 44
_MORE = 8  # digits of a sign-in row besides the delegate
_HEAD = 22  # digits before the HMAC, where there are no more
LONGEST_LOOKED_AT = 64  # bytes; anything longer is not ours
_MISREAD_LENGTHS = range(
    LENGTH - 4, LENGTH + 5
)  # digits only and nearly as long: ours, with keys lost or doubled


class PayloadKind(StrEnum):
    """What a parser can say about a text without a roster."""

    GENUINE = "genuine"
    SIGN_IN_ROW = "sign_in_row"
    CERTIFICATE = "certificate"
    MISREAD = "misread"
    OTHER_EVENT = "other_event"
    FORGED = "forged"
    FOREIGN = "foreign"

    @property
    def is_proved(self) -> bool:
        """Whether only the holder of the event's key can have made it."""
        return self in (PayloadKind.GENUINE, PayloadKind.SIGN_IN_ROW, PayloadKind.CERTIFICATE)


_PROVED = {
    VERSION: PayloadKind.GENUINE,
    SIGN_IN_ROW: PayloadKind.SIGN_IN_ROW,
    CERTIFICATE: PayloadKind.CERTIFICATE,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing; the rest is set exactly when the kind is proved.

    Attributes:
        more: digits that only a sign-in row has.
    """

    kind: PayloadKind
    instance: str = ""
    serial: int = 0
    more: str = ""


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


def _mac(secret: bytes, head: str) -> str:
    """As many digits as are free between a head and the check digits."""
    digits = LENGTH - 2 - len(head)
    digest = hmac.digest(secret, head.encode(), "sha256")
    return f"{int.from_bytes(digest) % 10**digits:0{digits}d}"


def make_payload(key: EventKey, instance: str, serial: int, kind: str = VERSION, more: str = "") -> str:
    """The payload of one issued code. Raises ValueError for an instance, serial or more that does not fit."""
    if len(instance) != 8 or not (instance.isascii() and instance.isdigit()) or not 1 <= serial < 10**7:
        raise ValueError(f"cannot issue {instance!r} {serial}")
    if len(more) != (_MORE if kind == SIGN_IN_ROW else 0) or not (more + "0").isdecimal():
        raise ValueError(f"cannot issue kind {kind!r} with {more!r}")
    head = f"{kind}{key.tag}{instance}{serial:07d}{more}"
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
    if text[0] not in _PROVED:
        return Parsed(PayloadKind.FOREIGN)
    if text[1:7] != key.tag:
        return Parsed(PayloadKind.OTHER_EVENT)
    head = text[: _HEAD + (_MORE if text[0] == SIGN_IN_ROW else 0)]
    if not hmac.compare_digest(_mac(key.secret, head), text[len(head) : LENGTH - 2]):
        return Parsed(PayloadKind.FORGED)
    return Parsed(_PROVED[text[0]], text[7:15], int(text[15:22]), head[_HEAD:])
