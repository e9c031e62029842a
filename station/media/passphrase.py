"""How hard a passphrase is to guess for who has the file and a fast computer; an estimate, never a refusal."""

import unicodedata
from enum import IntEnum

_FAIR, _STRONG = 10, 16  # characters that are not repetitions
_RUN = 2  # how often the same character may come in a row and count


class Strength(IntEnum):
    """From nothing to a passphrase that no computer guesses."""

    EMPTY = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def strength_of(passphrase: str) -> Strength:
    """An estimate by length: repetitions count little, digits alone count half."""
    composed = unicodedata.normalize("NFC", passphrase)
    if not composed:
        return Strength.EMPTY
    counted = sum(
        composed[max(0, place - _RUN) : place] != character * _RUN for place, character in enumerate(composed)
    )
    if composed.isdecimal():
        counted //= 2
    counted = min(counted, 2 * len(set(composed.casefold())))
    return Strength.STRONG if counted >= _STRONG else Strength.FAIR if counted >= _FAIR else Strength.WEAK
