"""What a recogniser makes of a payload: the field of the roster and the values by which to look for a delegate."""

from dataclasses import dataclass
from enum import StrEnum


class Recogniser(StrEnum):
    """Who took a payload; these words are recorded with the scan."""

    OWN = "own"
    EXTERNAL = "external"  # the payload is the one in a roster column mapped as such
    URL = "url"  # an address contains it
    JSON = "json"
    CITIZEN_CARD = "citizen_card"
    CONTACT = "contact"  # vCard, MECARD
    CODE = "code"  # the readable code of a delegate: an enquiry


class Field(StrEnum):
    """What the values of a clue are compared with."""

    EXTERNAL = "external payload"
    CITIZEN = "citizen number"
    EMAIL = "e-mail"
    PHONE = "telephone"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Clue:
    """The delegates whose field holds one of the values are meant."""

    recogniser: Recogniser
    field: Field
    values: tuple[str, ...]


def distinct(values: list[str], most: int) -> tuple[str, ...]:
    """The values that are not empty, each once, the first so many of them."""
    return tuple(dict.fromkeys(filter(None, values)))[:most]
