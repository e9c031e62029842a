"""Reads one table of a layout file strictly: kinds, units, limits, unknown keys; collects every problem."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from station.badges.colours import palette
from station.errors import Problem
from station.i18n import _

Value = TypeVar("Value")
MOST_MM = 1000.0
_LONGEST_TEXT = 500
_MOST_NAMES = 40
_MM = {"mm": 1.0, "cm": 10.0}
_PT = {"pt": 1.0, "mm": 72 / 25.4}
_WITH_UNIT = re.compile(r"\s*(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)\s*([A-Za-z%]{1,10})\s*")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
ROLES = ("ink", "muted", "line", "white", "accent", "on_accent", "accent_text", "tint")
COLOURS = {
    "black": "#000000", "grey": "#808a94", "red": "#b3261e", "orange": "#c25400", "yellow": "#f2c200",
    "green": "#1f7a3f", "blue": "#1d5aa8", "navy": "#16324f", "purple": "#6b3fa0", "brown": "#7a4a21",
}  # fmt: skip


class Lines:
    """On which line of a file a table and its keys begin; a guide for people, nothing is decided by it."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        counts: dict[str, int] = {}
        header = ""
        for number, line in enumerate(text.splitlines(), 1):
            if found := _HEADER.fullmatch(line):
                header = found[1]
                counts[header] = counts.get(header, 0) + 1
                self._at[header, counts[header], ""] = number
            elif found := _KEY.match(line):
                self._at.setdefault((header, counts.get(header, 0), found[1]), number)

    def of(self, header: str, number: int, key: str = "") -> int | None:
        """The line of a key of the ``number``-th table of a name, else of the table itself."""
        return self._at.get((header, number, key)) or self._at.get((header, number, ""))


@dataclass(frozen=True, slots=True)
class Where:
    """A table in a file: ``said`` names it to people, ``header`` and ``number`` find its line."""

    file: str
    said: str
    header: str
    number: int
    lines: Lines

    def line(self, key: str = "") -> int | None:
        """The line of a key."""
        return self.lines.of(self.header, self.number, key)


@dataclass(slots=True)
class Table:
    """The keys of a table; each is asked for once, :meth:`finish` complains of those nobody asked for."""

    items: Mapping[str, Any]
    where: Where
    problems: list[Problem]
    _asked: set[str] = field(default_factory=set)

    def length(
        self, key: str, default: float | None = None, *, least: float = -MOST_MM, most: float = MOST_MM
    ) -> float:
        """Millimetres: a number, or a text such as ``"5 mm"`` or ``"2.5 cm"``."""
        return self._measure(key, default, _MM, _("mm or cm"), least, most)

    def size(self, key: str, default: float | None = None) -> float:
        """Points of a letter's size: a number, or a text such as ``"12 pt"`` or ``"4 mm"``."""
        return self._measure(key, default, _PT, _("pt or mm"), 4, 200)

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number."""
        value = self._get(key, default)
        if type(value) is not int or not least <= value <= most:
            text = _("a whole number from {least} to {most} is meant").format(least=least, most=most)
            return self._wrong(key, "BAD_NUMBER", text, default)
        return value

    def switch(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._get(key, default)
        return (
            value
            if type(value) is bool
            else self._wrong(key, "BAD_SWITCH", _("write true or false"), default)
        )

    def word(self, key: str, words: Collection[str], default: str) -> str:
        """One of some words."""
        value = self._get(key, default)
        if not isinstance(value, str) or value not in words:
            said = _("use one of: {words}").format(words=", ".join(words))
            return self._wrong(key, "BAD_WORD", said, default)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text on one line."""
        value = self._get(key, default)
        if value is None:
            return self._missing(key, "")
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            said = _("a text of at most {most} characters is meant").format(most=_LONGEST_TEXT)
            return self._wrong(key, "BAD_TEXT", said, default or "")
        return value

    def names(self, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them empty; with ``known`` only these."""
        value = self._get(key, ())
        if value == ():
            return ()
        good = isinstance(value, list) and len(value) <= _MOST_NAMES
        if not good or not all(
            isinstance(one, str) and 0 < len(one.strip()) <= _LONGEST_TEXT for one in value
        ):
            said = _("a list of texts is meant")
            return self._wrong(key, "BAD_LIST", said, ())
        if known is not None and not set(value) <= set(known):
            return self._wrong(key, "BAD_WORD", _("use one of: {words}").format(words=", ".join(known)), ())
        return tuple(value)

    def colour(self, key: str, default: str) -> str:
        """A role of the palette or ``#rrggbb``; colour words become ``#rrggbb``."""
        value = self._get(key, default)
        if isinstance(value, str) and (value in ROLES or value in COLOURS or _HEX.fullmatch(value)):
            return COLOURS.get(value, value).lower()
        said = _("use #rrggbb or one of: {words}").format(words=", ".join((*ROLES, *COLOURS)))
        return self._wrong(key, "BAD_COLOUR", said, default)

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """A list of at least one table."""
        value = self._get(key, None)
        if value is None:
            return self._missing(key, [])
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            said = _("a list of tables is meant")
            return self._wrong(key, "BAD_LIST", said, [])
        return value[:_MOST_NAMES]

    def value(self, key: str) -> Any:
        """Whatever the file says, None for nothing; the caller checks it."""
        return self._get(key, None)

    def has(self, key: str) -> bool:
        """Whether the file says anything."""
        return key in self.items

    def refuse(self, key: str, problem: str, said: str) -> None:
        """Note that a key's value is wrong."""
        self._wrong(key, problem, said, None)

    def finish(self) -> None:
        """Note every key that is not known."""
        for key in self.items:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self._wrong(
                    key, "UNKNOWN_KEY", _("this key is not known; known are: {known}").format(known=known), 0
                )

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        return self.items.get(key, default)

    def _measure(
        self,
        key: str,
        default: float | None,
        units: Mapping[str, float],
        said: str,
        least: float,
        most: float,
    ) -> float:
        value = self._get(key, default)
        if value is None:
            return self._missing(key, least if least > 0 else 0.0)
        number = _number(value, units)
        fallback = default if default is not None else max(least, 1.0)
        if number is None:
            meant = _("a number or a text with {units} is meant, for example 12.5").format(units=said)
            return self._wrong(key, "BAD_MEASURE", meant, fallback)
        if not least <= number <= most:
            meant = _("it must be from {least} to {most}").format(least=f"{least:g}", most=f"{most:g}")
            return self._wrong(key, "OUT_OF_RANGE", meant, fallback)
        return number

    def _missing(self, key: str, default: Value) -> Value:
        return self._wrong(key, "MISSING_KEY", _("this must be given"), default)

    def _wrong(self, key: str, problem: str, said: str, default: Value) -> Value:
        where = self.where
        line = where.line(key)
        place = [where.file, _("line {number}").format(number=line) if line else "", where.said]
        named = ", ".join(filter(None, place))
        self.problems.append(Problem(line, key, problem, f"{named}: “{key[:60]}”: {said}."))
        return default


def drawn_colour(colour: str, accent: str) -> str:
    """``#rrggbb`` of a colour that :meth:`Table.colour` read, for a category's colour."""
    return colour if colour.startswith("#") else str(getattr(palette(accent), colour))


def _number(value: object, units: Mapping[str, float]) -> float | None:
    if isinstance(value, str) and (found := _WITH_UNIT.fullmatch(value)) and found[2] in units:
        return float(found[1]) * units[found[2]]
    if type(value) is int and abs(value) < 10**9:
        return float(value)
    return value if type(value) is float and math.isfinite(value) else None
