"""What a roster file holds before anybody knows what it means: sheets, rows and the texts of their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from station.errors import BadInput, Problem
from station.i18n import _

LARGEST_FILE_BYTES = 200 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty.

    Attributes:
        number: 1-based, as the spreadsheet program shows it.
        cells: texts from the first column on, as they stand in the file; empty cells are ''.
    """

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text in a 0-based column, '' beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell whose text cannot be trusted.

    Attributes:
        problem: ``CELL_ERROR``, ``NOT_CALCULATED`` or ``ROUNDED_NUMBER``.
        shown: what the cell shows, for example ``#N/A``.
    """

    problem: str
    shown: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that are not empty, in order.

    Attributes:
        faults: cells that cannot be trusted, by (row number, 0-based column).
        spans: how many columns a cell merged across columns covers, by (row number, 0-based column).
        notices: what was left out or done while reading.
    """

    name: str
    rows: tuple[Row, ...]
    faults: Mapping[tuple[int, int], Fault] = field(default_factory=dict)
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()


class SheetBuilder:
    """Gathers the cells of one sheet that are not empty, within the limits of rows and columns.

    Attributes:
        rows: cell texts by row number. faults, spans: as in Sheet.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: dict[int, list[str]] = {}
        self.faults: dict[tuple[int, int], Fault] = {}
        self.spans: dict[tuple[int, int], int] = {}
        self._rows_cut: list[int] = []

    def put(self, row: int, column: int, text: str) -> None:
        """Add a cell; white space counts as empty. Raises BadInput when there are too many rows."""
        if not text.strip():
            return
        if column >= MOST_COLUMNS:
            self._rows_cut.append(row)
            return
        if row not in self.rows and len(self.rows) >= MOST_ROWS:
            message = _("The sheet “{sheet}” has more than {most} rows. Split it into several files.")
            raise refusal_of_file("TOO_MANY_ROWS", message.format(sheet=self.name, most=MOST_ROWS), row)
        cells = self.rows.setdefault(row, [])
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text

    def sheet(self) -> Sheet:
        """All that was gathered."""
        rows = tuple(Row(number, tuple(cells)) for number, cells in sorted(self.rows.items()))
        return Sheet(self.name, rows, self.faults, self.spans, tuple(self._notices()))

    def _notices(self) -> list[Problem]:
        if not self._rows_cut:
            return []
        message = _(
            "Cells to the right of column {last} were not read ({count}, the first in row {row})."
        ).format(last=column_letter(MOST_COLUMNS - 1), count=len(self._rows_cut), row=self._rows_cut[0])
        return [Problem(self._rows_cut[0], None, "COLUMNS_CUT", message)]


def column_letter(column: int) -> str:
    """The letters of a 0-based column: A, B … Z, AA …"""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """The 0-based column of letters (``A``–``XFD``). Raises ValueError for anything else."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(f"not a column: {letters!r}")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def refusal_of_file(problem: str, message: str, row: int | None = None) -> BadInput:
    """The error that says why a whole file cannot be taken."""
    return BadInput([Problem(row, None, problem, message)])
