"""What a roster file holds before anybody knows what it means: sheets, rows and the texts of their cells."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from station.errors import BadInput, Problem
from station.i18n import _

LARGEST_FILE_BYTES = 200 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_CELLS = 4_000_000
ROWS_A_REPORT = 1_000  # how many rows are checked, compared or stored between two reports of progress

# What reports how far a reading has come: (done, total). It raises Cancelled when a person stopped it.
Progress = Callable[[int, int], None]
# What a reader says of a cell that holds a date; no fault.
DATE = "DATE"
# First row, first column, last row and last column of merged cells; rows are 1-based, columns 0-based.
Range = tuple[int, int, int, int]


def unheard(_done: int, _total: int) -> None:
    """The progress that nobody follows."""


def part_of(progress: Progress, number: int, parts: int) -> Progress:
    """The progress of one of several parts of a work (from 0 on), each taken to be as long as the other."""

    def report(done: int, total: int) -> None:
        progress(number * total + done, parts * total)

    return report


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
        dates: rows whose cell held a date that is now ISO 8601, by 0-based column.
    """

    name: str
    rows: tuple[Row, ...]
    faults: Mapping[tuple[int, int], Fault] = field(default_factory=dict)
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    dates: Mapping[int, Sequence[int]] = field(default_factory=dict)


class SheetBuilder:
    """Gathers the rows of one sheet that are not empty, within the limits of rows, columns and cells.

    Attributes:
        rows: cell texts by row number. faults, spans: as in Sheet.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: dict[int, list[str]] = {}
        self.faults: dict[tuple[int, int], Fault] = {}
        self.spans: dict[tuple[int, int], int] = {}
        self._dates: dict[int, list[int]] = {}
        self._merged: list[Range] = []
        self._cells = 0
        self._cut, self._first_cut = 0, 0

    def put_row(self, number: int, cells: list[str]) -> None:
        """Add the cells of a row from its first column on; white space counts as empty.

        Raises BadInput when there are too many rows or cells.
        """
        if len(cells) > MOST_COLUMNS:
            self.cut(number, sum(not _is_blank(cell) for cell in cells[MOST_COLUMNS:]))
            cells = cells[:MOST_COLUMNS]
        if any(map(str.isspace, cells)):
            cells = ["" if cell.isspace() else cell for cell in cells]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        before = self.rows.get(number)
        self.rows[number] = cells if before is None else _overlaid(before, cells)
        self._cells += len(cells)
        if len(self.rows) > MOST_ROWS or self._cells > MOST_CELLS:
            raise self._too_large(number)

    def put_fault(self, row: int, column: int, fault: Fault) -> None:
        """Note that the text of a cell cannot be trusted, or (DATE) that it was a date."""
        if fault.problem == DATE:
            self._dates.setdefault(column, []).append(row)
        elif column < MOST_COLUMNS:
            self.faults[row, column] = fault

    def merge(self, area: Range) -> None:
        """Note a merged range."""
        self._merged.append(area)

    def cut(self, row: int, count: int = 1) -> None:
        """Note cells of a row that lie beyond the last column that is read."""
        if count and not self._cut:
            self._first_cut = row
        self._cut += count

    def sheet(self) -> Sheet:
        """All that was gathered; a cell merged over several rows stands in each of them that holds anything."""
        self._spread_merged()
        rows = tuple(Row(number, tuple(cells)) for number, cells in sorted(self.rows.items()))
        return Sheet(self.name, rows, self.faults, self.spans, tuple(self._notices()), self._dates)

    def _spread_merged(self) -> None:
        numbers = sorted(self.rows) if self._merged else []
        covered: dict[int, int] = {}
        for first_row, first, last_row, last in sorted(self._merged):
            if first >= MOST_COLUMNS or first_row <= covered.get(first, 0):
                continue  # ranges overlap only in files made to be a burden
            covered[first] = last_row
            if last > first:
                self.spans[first_row, first] = last - first + 1
            text = "".join(self.rows.get(first_row, [])[first : first + 1])
            fault = self.faults.get((first_row, first))
            below = numbers[bisect_right(numbers, first_row) : bisect_right(numbers, last_row)]
            self._cells += len(below)
            if self._cells > MOST_CELLS:
                raise self._too_large(first_row)
            for row in below if text else ():
                cells = self.rows[row]
                cells.extend([""] * (first + 1 - len(cells)))
                cells[first] = text
                if fault:
                    self.faults[row, first] = fault

    def _too_large(self, row: int) -> BadInput:
        if len(self.rows) > MOST_ROWS:
            message = _("The sheet “{sheet}” has more than {most} rows. Split it into several files.")
            return refusal_of_file("TOO_MANY_ROWS", message.format(sheet=self.name, most=MOST_ROWS), row)
        message = _(
            "The sheet “{sheet}” has more than {most} filled cells. "
            "Copy the table of delegates into a new workbook and use that."
        )
        return refusal_of_file("TOO_MANY_CELLS", message.format(sheet=self.name, most=MOST_CELLS), row)

    def _notices(self) -> list[Problem]:
        if not self._cut:
            return []
        message = _(
            "Cells to the right of column {last} were not read ({count}, the first in row {row})."
        ).format(last=column_letter(MOST_COLUMNS - 1), count=self._cut, row=self._first_cut)
        return [Problem(self._first_cut, None, "COLUMNS_CUT", message)]


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _overlaid(before: list[str], cells: list[str]) -> list[str]:
    """A row with further cells of it put over those that are there."""
    both = zip_longest(before, cells, fillvalue="")
    return [new or old for old, new in both]


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
