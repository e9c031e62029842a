"""Says what a scanned payload is, as far as the key and the payload itself can tell; the roster is asked later."""

from dataclasses import dataclass

from station.codes.citizen_card import citizen_card_clue
from station.codes.contact import contact_clues
from station.codes.json_object import json_clue
from station.codes.own import own_code
from station.codes.payload import EventKey, Parsed, parse_payload
from station.codes.trimming import spellings, text_of, trimmed
from station.codes.url import url_clue
from station.model.clue import Clue, Field, Recogniser, distinct

LONGEST_EXTERNAL_BYTES = 2048  # a longer payload is nobody's membership card


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a payload is.

    Attributes:
        own: the outcome of parsing it as an own code.
        clues: how else to find its delegate, in the order in which they are tried; none for a genuine own code
            and for what is no text of sensible length.
    """

    own: Parsed
    clues: tuple[Clue, ...] = ()


def recognise(raw: bytes, key: EventKey) -> Recognition:
    """What these bytes are; a total function.

    The order: own code, external payload, a code within an address or JSON, identity card, visiting card,
    readable code. The first that leads to a delegate is believed.
    """
    own = parse_payload(raw, key)
    if own.kind.is_proved or len(raw) > LONGEST_EXTERNAL_BYTES:
        return Recognition(own)
    text = text_of(raw)
    if not text:
        return Recognition(own)
    own = own_code(text, key)
    if own.kind.is_proved:
        return Recognition(own)
    clues = [
        Clue(Recogniser.EXTERNAL, Field.EXTERNAL, distinct(spellings(text), 4)),
        url_clue(text),
        json_clue(text),
        citizen_card_clue(text),
        *contact_clues(text),
        Clue(Recogniser.CODE, Field.CODE, distinct([trimmed(text)], 1)),
    ]
    return Recognition(own, tuple(clue for clue in clues if clue is not None and clue.values))
