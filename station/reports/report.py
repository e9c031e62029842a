"""What a report is: typed rows, the columns that may be shown of them, and how it can be written.

To add one, write one module into ``station/reports/catalogue`` that names its ``REPORT``: nothing else lists them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from station.badges.pdf import Target
from station.i18n import _
from station.model.event import mark_of
from station.reports.facts import Facts
from station.reports.letterhead import Letterhead
from station.reports.tables import Cell
from station.right_of_way import give_way

Row = TypeVar("Row")
Progress = Callable[[int, int], None]


class Format(StrEnum):
    """How a report is written: a sheet of the workbook, a file for programs, a page to print."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """What can be shown of a row.

    Attributes:
        key: what the choice of fields and ``--without`` call it; several columns may share one.
        heading: a text of the catalogue. width: in characters. shown: unless somebody chose otherwise.
        value: the cell of a row; None where the column only stands for ``more_columns`` of its key.
    """

    key: str
    heading: str
    value: Callable[[Row], Cell] | None
    width: int = 14
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """A chart beside a sheet: the columns (by key) it draws over another one; ``bars`` lie, else a line climbs."""

    title: str
    over: str
    columns: tuple[str, ...]
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """All that a report on paper is made of.

    Attributes:
        columns: those that were chosen. progress: told (done, total); may raise Cancelled.
    """

    facts: Facts
    columns: "tuple[Column[Any], ...]"
    letterhead: Letterhead
    progress: Progress


@dataclass(frozen=True, slots=True)
class Report(Generic[Row]):
    """One report.

    Attributes:
        name: stem of its files; ASCII, never changes. number: its place in the list of reports.
        title, about: texts of the catalogue; the second says in a sentence what it holds.
        formats: how it can be written; by_default: how it is, unless somebody chose otherwise.
        rows: everything it says; columns: what may be shown of a row.
        more_columns: further columns that depend on the event, with headings as they are to be read.
        sheets: title and rows of each sheet, where the workbook parts them; book: the workbook they stand in.
        draw: writes it on paper and returns the number of pages.
    """

    name: str
    number: int
    title: str
    about: str
    formats: tuple[Format, ...]
    by_default: frozenset[Format]
    columns: tuple[Column[Row], ...] = ()
    rows: Callable[[Facts], Collection[Row]] = lambda _facts: ()
    more_columns: Callable[[Facts], tuple[Column[Row], ...]] = lambda _facts: ()
    sheets: Callable[[Facts], Iterable[tuple[str, Collection[Row]]]] | None = None
    book: str = "attendance"
    curve: Curve | None = None
    draw: Callable[[Target, Page], int] | None = None

    @property
    def fields(self) -> tuple[Column[Row], ...]:
        """One column for each key, in order: what can be chosen."""
        return tuple({column.key: column for column in reversed(self.columns)}[key] for key in self._keys())

    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column.key for column in self.columns))


@dataclass(frozen=True, slots=True)
class Grid:
    """A report ready to be written as a table: each row becomes a tuple of cells when its turn comes.

    Attributes:
        name: of the report. keys: of its columns. widths: in characters.
        source: the rows; cells: makes the cells of one, whose number goes before them.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    source: Collection[Any]
    values: tuple[Callable[[Any], Cell], ...]
    mark: str = ""
    curve: Curve | None = None

    def __len__(self) -> int:
        return len(self.source)

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of every row, numbered; a rehearsal's with its mark at the end."""
        values, tail = self.values, [self.mark] if self.mark else []
        for number, row in enumerate(self.source, 1):
            give_way()
            yield [number, *[value(row) for value in values], *tail]


def chosen_columns(report: Report[Row], facts: Facts, fields: frozenset[str]) -> tuple[Column[Row], ...]:
    """The columns of the chosen fields with headings in the language in force."""
    said = [
        Column(column.key, _(column.heading), column.value, column.width, column.shown)
        for column in report.columns
    ]
    every = (*said, *report.more_columns(facts))
    return tuple(column for column in every if column.key in fields and column.value is not None)


def grids(report: Report[Any], facts: Facts, fields: frozenset[str], *, parted: bool) -> list[Grid]:
    """The tables of a report: one, or ``parted`` one for each of its sheets."""
    columns, title = chosen_columns(report, facts, fields), _(report.title)
    if parted and report.sheets is not None:
        parts: Sequence[tuple[str, Collection[Any]]] = list(report.sheets(facts))
    else:
        parts = [(title, report.rows(facts))]
    mark = mark_of(facts.event)
    return [
        Grid(
            report.name,
            said,
            ("number", *(column.key for column in columns), *(["mark"] if mark else [])),
            (_("No."), *(column.heading for column in columns), *([mark] if mark else [])),
            (6, *(column.width for column in columns), *([12] if mark else [])),
            rows,
            tuple(column.value for column in columns if column.value is not None),
            mark,
            report.curve,
        )
        for said, rows in parts
    ]
