"""The quorum of an event: which share of the delegates who count must be present; pure, in whole numbers."""

import re
from dataclasses import dataclass
from fractions import Fraction

from station.errors import Refusal
from station.i18n import _

_SHARE = re.compile(
    r"(?P<sign>>=?|≥)?\s*(?:(?P<above>\d{1,4})\s*/\s*(?P<below>\d{1,4})|(?P<percent>\d{1,3}(?:[.,]\d{1,3})?)\s*%)"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that is needed.

    Attributes:
        numerator, denominator: the fraction, at most 1.
        more_than: that much is not enough: more than half, not half.
    """

    numerator: int
    denominator: int
    more_than: bool = False

    def needed(self, total: int) -> int:
        """How many of ``total`` are needed; exact, for nothing is rounded on the way."""
        whole = total * self.numerator
        return whole // self.denominator + 1 if self.more_than else -(-whole // self.denominator)

    def __str__(self) -> str:
        """As :func:`parse_share` reads it: ``>1/2``, ``>=2/3``."""
        return f"{'>' if self.more_than else '>='}{self.numerator}/{self.denominator}"


HALF, TWO_THIRDS, THREE_QUARTERS = Share(1, 2, more_than=True), Share(2, 3), Share(3, 4)


def parse_share(text: str) -> Share:
    """A share as people write it: ``2/3``, ``75%``, ``66,7 %``; ``1/2`` is more than half, as it is in statutes.

    ``>`` or ``>=`` before it says which of the two is meant. Raises Refusal.
    """
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise Refusal(_("“{text}” is no share. Write for example 2/3, >1/2 or 75%.").format(text=text[:40]))
    if found["percent"]:
        value = Fraction(found["percent"].replace(",", ".")) / 100
    else:
        value = Fraction(int(found["above"]), int(found["below"])) if int(found["below"]) else Fraction(0)
    strict = found["sign"] == ">" or (
        found["sign"] is None and not found["percent"] and value == Fraction(1, 2)
    )
    if not 0 < value <= 1 or (strict and value == 1):
        raise Refusal(_("A share lies above 0 and is at most the whole: {text}.").format(text=text[:40]))
    return Share(value.numerator, value.denominator, strict)


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """What the organiser set.

    Attributes:
        categories: who counts; None for every category. No category at all: nobody counts.
    """

    share: Share
    categories: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quorum:
    """How a session stands.

    Attributes:
        present, total: of the delegates who count.
    """

    rule: QuorumRule
    present: int
    total: int

    @property
    def needed(self) -> int:
        """How many must be present."""
        return self.rule.share.needed(self.total)

    @property
    def is_reached(self) -> bool:
        """Whether enough are present; never while nobody counts."""
        return self.total > 0 and self.present >= self.needed

    @property
    def lacking(self) -> int:
        """How many more must come."""
        return max(0, self.needed - self.present)

    @property
    def permille(self) -> int:
        """The share that is present in thousandths, rounded down: 49.99 % is not shown as 50 %."""
        return self.present * 1000 // self.total if self.total else 0
