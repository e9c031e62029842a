"""Says what a scanned payload is, as far as the event's key alone can tell; the roster is asked later."""

from dataclasses import dataclass

from station.codes.payload import EventKey, Parsed, PayloadKind, parse_payload

LONGEST_EXTERNAL_BYTES = 2048  # a longer payload is nobody's membership card


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a payload is.

    Attributes:
        own: the outcome of parsing it as an own payload.
        external: its text with ASCII white space trimmed, to be looked up as an external payload or a
            delegate's readable code; empty when it is an own payload or no text of sensible length.
    """

    own: Parsed
    external: str = ""


def recognise(raw: bytes, key: EventKey) -> Recognition:
    """What these bytes are; a total function."""
    own = parse_payload(raw, key)
    if own.kind is PayloadKind.GENUINE or len(raw) > LONGEST_EXTERNAL_BYTES:
        return Recognition(own)
    try:
        text = raw.strip(b" \t\r\n\v\f").decode("utf-8")
    except UnicodeDecodeError:
        return Recognition(own)
    return Recognition(own, "" if "\0" in text else text)
