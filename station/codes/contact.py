"""Recognises a visiting card by its e-mail addresses and telephone numbers: vCard (RFC 6350, 2426, 2.1) and MECARD."""

import quopri
import re
from collections.abc import Iterator

from station.codes.trimming import trimmed
from station.model.clue import Clue, Field, Recogniser, distinct

_MOST_VALUES = 8
_FOLDED = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_PART = re.compile(
    r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL
)  # of a MECARD: up to a semicolon that is not escaped
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)

Property = tuple[str, str]  # EMAIL or TEL, and the value


def contact_clues(text: str) -> list[Clue]:
    """The e-mail addresses (lower case) and telephone numbers (digits, national) of a card; none for other texts."""
    text = trimmed(text)
    upper = text[:12].upper()
    if upper.startswith("BEGIN:VCARD"):
        properties = list(_of_vcard(text))
    elif upper.startswith("MECARD:"):
        properties = list(_of_mecard(text[len("MECARD:") :]))
    else:
        return []
    addresses = [
        value.lower().removeprefix("mailto:").strip() for name, value in properties if name == "EMAIL"
    ]
    numbers = [national_digits(value) for name, value in properties if name == "TEL"]
    clues = (
        Clue(Recogniser.CONTACT, Field.EMAIL, distinct(addresses, _MOST_VALUES)),
        Clue(Recogniser.CONTACT, Field.PHONE, distinct(numbers, _MOST_VALUES)),
    )
    return [clue for clue in clues if clue.values]


def national_digits(number: str) -> str:
    """The digits of a telephone number as it is dialled within Vietnam: ``+84 90…`` is ``090…``."""
    digits = "".join(character for character in number if character in "0123456789")
    for prefix in ("0084", "84"):
        if digits.startswith(prefix) and len(digits) >= len(prefix) + 9:
            return "0" + digits[len(prefix) :].removeprefix("0")
    return digits


def _of_vcard(text: str) -> Iterator[Property]:
    text = _FOLDED.sub("", _SOFT_BREAK.sub("", text))
    for line in text.splitlines():
        head, colon, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        name = name.rpartition(".")[2].strip()  # item1.TEL
        if colon and name in ("EMAIL", "TEL"):
            if any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
                value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
            yield name, value.strip()


def _of_mecard(text: str) -> Iterator[Property]:
    for part in _PART.findall(text):
        name, colon, value = part.partition(":")
        if colon and name.strip().upper() in ("EMAIL", "TEL"):
            yield name.strip().upper(), _ESCAPED.sub(r"\1", value).strip()
