"""Tables as CSV that Excel shows rightly and that no spreadsheet takes for formulas.

UTF-8 with byte order mark, commas, CRLF, quotes where needed (RFC 4180). Instants are ``2022-10-27 07:41:05`` in the
event's zone. A cell from data that a spreadsheet could take for a formula (OWASP, "CSV Injection") gets an apostrophe
in front; ``original`` takes it away again, so that nothing is lost.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from station.reports.tables import Cell, Table
from station.right_of_way import give_way
from station.text import clean

Advance = Callable[[int], None]
_CHUNK_ROWS, _REMEMBERED = 1_000, 20_000
_INSTANT_LENGTH = len("2022-10-27 07:41:05")
# A formula begins a cell, after white space, apostrophes or quotes. A semicolon begins a cell too where it is Excel's
# list separator, as in Vietnam.
_BEFORE_FORMULA = re.compile(r"""(^|;)([\s'"]*)(?=[=+\-@＝＋－＠])""")
_NEUTRALISED = re.compile(r"""(^|;)'([\s'"]*)(?=[=+\-@＝＋－＠])""")


def text(table: Table) -> bytes:
    """The table as the bytes of a CSV file: the heading row, then the rows; no title lines."""
    return b"".join(lines(table.columns, table.rows))


def lines(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], advance: Advance | None = None
) -> Iterator[bytes]:
    """The same piece by piece, however many rows there are; ``advance`` is told how many more were written."""
    known: dict[str, str] = {}  # what a text becomes: units and titles come again and again

    def cell(value: Cell) -> Cell:
        if type(value) is str:
            found = known.get(value)
            if found is None:
                found = neutral(value)
                if len(known) < _REMEMBERED:
                    known[value] = found
            return found
        if type(value) is datetime:
            return value.isoformat(" ", "seconds")[:_INSTANT_LENGTH]
        return _written(value)

    yield b"\xef\xbb\xbf"
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in headings])
    for some in _chunks(rows):
        for row in some:
            give_way()
            writer.writerow([cell(value) for value in row])
        yield file.getvalue().encode()
        file.seek(0)
        file.truncate()
        if advance is not None:
            advance(len(some))
    yield file.getvalue().encode()


def _chunks(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    remaining = iter(rows)
    while some := list(islice(remaining, _CHUNK_ROWS)):
        yield some


def neutral(value: str) -> str:
    """A text from data on one line, with an apostrophe before everything that could begin a formula."""
    return _BEFORE_FORMULA.sub(r"\1'\2", clean(value))


def original(cell: str) -> str:
    """What ``neutral`` was given, cleaned."""
    return _NEUTRALISED.sub(r"\1\2", cell)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return neutral(cell) if isinstance(cell, str) else str(cell)
