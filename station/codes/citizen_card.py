"""Recognises the QR code of Vietnamese identity cards by the numbers in it; nothing else of it is looked at.

The fields are parted by ``|``: number (12 digits), old number (9 digits or empty), full name, date of birth
(ddmmyyyy), sex, address, date of issue (ddmmyyyy); newer cards add fields behind these. Format as printed on chip
cards issued since 2021 under Circular 06/2021/TT-BCA.
"""

import re

from station.codes.trimming import trimmed
from station.model.clue import Clue, Field, Recogniser, distinct

_FIELDS = range(6, 13)
_NUMBER = re.compile(r"[0-9]{12}", re.ASCII)
_OLD_NUMBER = re.compile(r"([0-9]{9}|[0-9]{12})?", re.ASCII)
_DATE = re.compile(r"([0-9]{8})?", re.ASCII)


def citizen_card_clue(text: str) -> Clue | None:
    """The new and the old number of an identity card; None for anything else."""
    fields = [field.strip() for field in trimmed(text).split("|")]
    if len(fields) not in _FIELDS:
        return None
    number, old_number, name, born_on = fields[:4]
    is_card = _NUMBER.fullmatch(number) and _OLD_NUMBER.fullmatch(old_number) and _DATE.fullmatch(born_on)
    if not is_card or not any(map(str.isalpha, name)):
        return None
    return Clue(Recogniser.CITIZEN_CARD, Field.CITIZEN, distinct([number, old_number], 2))
