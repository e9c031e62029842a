"""Texts of cells as they were meant: no stray blanks, no invisible characters, letters in one piece; and a count."""

import unicodedata
from collections.abc import Iterator

from station.errors import Problem
from station.i18n import _
from station.text import clean

_ROWS_NAMED = 10
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"  # control characters that stand for white space


def tidy(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Every text cleaned; the same tuple where there is nothing to clean, which one look tells."""
    joined = "|".join(cells)
    if (
        joined.isprintable()
        and "  " not in joined
        and " |" not in joined
        and "| " not in joined
        and joined[:1] != " "
        and joined[-1:] != " "
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
    ):
        return cells
    return tuple(map(clean, cells))


class Repairs:
    """Counts, by kind, the cells whose texts had to be cleaned."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}

    def note(self, row: int, before: str, after: str) -> None:
        """Note what was repaired of one cell, if anything."""
        if before == after:
            return
        seen = "".join(c for c in before if c in _BLANKS or unicodedata.category(c) not in _INVISIBLE)
        composed = unicodedata.normalize("NFC", seen)
        for kind, is_so in (
            ("INVISIBLE_REMOVED", seen != before),
            ("LETTERS_COMPOSED", composed != seen),
            ("BLANKS_TIDIED", composed != after),
        ):
            if is_so:
                self._rows.setdefault(kind, []).append(row)

    def notices(self) -> Iterator[Problem]:
        """One notice a kind."""
        for kind, rows in self._rows.items():
            text = _sentence(kind).format(count=len(rows), rows=row_list(list(dict.fromkeys(rows))))
            yield Problem(rows[0], None, kind, text)


def _sentence(kind: str) -> str:
    return {
        "INVISIBLE_REMOVED": _(
            "Invisible characters (direction marks, zero-width characters) were removed from {count} cells "
            "(rows {rows})."
        ),
        "LETTERS_COMPOSED": _(
            "Letters whose marks were stored apart were put together in {count} cells (rows {rows})."
        ),
        "BLANKS_TIDIED": _("Stray spaces and line breaks were tidied in {count} cells (rows {rows})."),
    }[kind]


def row_list(rows: list[int]) -> str:
    """Row numbers for a sentence: the first few, then an ellipsis."""
    return ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
