"""Units and categories: what delegates are divided by."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """By what delegates are divided: đơn vị, the body they come from, or thành phần."""

    UNIT = "unit"
    CATEGORY = "category"


LONGEST_NAME = {Kind.UNIT: 200, Kind.CATEGORY: 100}  # characters
LONGEST_SHORT_NAME = 40


@dataclass(frozen=True, slots=True)
class Division:
    """A unit or a category.

    Attributes:
        colour: ``#rrggbb``, '' where none was chosen.
        short_name: of a unit, '' for none.
        delegates: how many belong to it, whatever their status.
        spellings: what a roster file may say for it besides its name.
    """

    kind: Kind
    name: str
    colour: str = ""
    short_name: str = ""
    delegates: int = 0
    spellings: tuple[str, ...] = ()
