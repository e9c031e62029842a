"""The value of one check."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"  # the desk can open, but somebody should look at it
    FAIL = "fail"  # the desk cannot do its work


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked and how it came out.

    Attributes:
        message: the sentence that says what was found.
        advice: the sentence that says what to do; empty where nothing is to be done, or the message says it.
    """

    name: str
    level: Level
    message: str
    advice: str = ""

    @property
    def text(self) -> str:
        """Message and advice."""
        return f"{self.message} {self.advice}".strip()


def worst(checks: Sequence[Check]) -> Level:
    """The level of all checks together: that of the worst."""
    levels = {check.level for check in checks}
    return next((level for level in (Level.FAIL, Level.WARN) if level in levels), Level.OK)
