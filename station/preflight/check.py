"""The value of one check."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"  # the desk can open, but somebody should look at it
    FAIL = "fail"  # the desk cannot do its work


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, how it came out, and the sentence that says so and what to do."""

    name: str
    level: Level
    message: str
