"""Reads delimited text: .csv and .tsv as spreadsheet programs write them (RFC 4180; comma, semicolon or tab)."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from station.errors import Problem
from station.i18n import _
from station.roster.cells import ROWS_A_REPORT, Progress, Sheet, SheetBuilder, refusal_of_file, unheard
from station.roster.encodings import Decoded, decode

_DELIMITERS = "\t;,"
_RECORDS_LOOKED_AT, _CHARACTERS_LOOKED_AT = 100, 2**18
# Excel's own way to say in the first line which delimiter a file has.
_SEPARATOR_LINE = re.compile(r"sep=([\t;,])\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, name: str, progress: Progress = unheard) -> Sheet:
    """The rows of a delimited text in any of the encodings of station.roster.encodings.

    Raises BadInput: NOT_TEXT, NUL_CHARACTER, UNCLOSED_QUOTE, TOO_MANY_ROWS.
    """
    decoded = _decode(content)
    text = decoded.text
    stated = _SEPARATOR_LINE.match(text)
    delimiter = stated[1] if stated else _likely_delimiter(text)
    width = _common_width(text, delimiter)
    builder = SheetBuilder(name)
    rows = text.count("\n") + 1
    for row, record in _records(text, delimiter):
        if row % ROWS_A_REPORT == 0:
            progress(row, rows)
        if stated and row == 1:
            continue
        if any(_swallowed_a_row(cell, delimiter, width) for cell in record):
            raise _unclosed_quote(row)
        builder.put_row(row, record)
    sheet = builder.sheet()
    return replace(sheet, notices=(*_notices(decoded), *sheet.notices))


def _decode(content: bytes) -> Decoded:
    decoded = decode(content)
    if decoded is None:
        message = _(
            "The text of the file cannot be read: it is neither UTF-8 nor UTF-16. "
            "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)” or as .xlsx."
        )
        raise refusal_of_file("NOT_TEXT", message)
    if "\0" in decoded.text:
        message = _(
            "The file holds NUL characters, so it is not a text table. "
            "Open it in Excel and save it as “CSV UTF-8 (Comma delimited)” or as .xlsx."
        )
        text = decoded.text
        raise refusal_of_file("NUL_CHARACTER", message, text.count("\n", 0, text.index("\0")) + 1)
    return decoded


def _notices(decoded: Decoded) -> tuple[Problem, ...]:
    if decoded.encoding.startswith("utf"):
        return ()
    message = _("The text of the file is not in Unicode; it was read as {encoding}. Check the names.")
    name = {"cp1258": "Windows-1258"}.get(decoded.encoding, "Latin-1")
    return (Problem(None, None, "ENCODING_ASSUMED", message.format(encoding=name)),)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of every record; a blank line counts as a row, as in a spreadsheet."""
    row = 0
    try:
        for row, record in enumerate(_reader(text, delimiter, strict=True), 1):
            yield row, record
    except csv.Error as error:
        raise _unclosed_quote(row + 1) from error


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _widths(text: str, delimiter: str) -> Counter[int]:
    """How many of the first records have how many cells."""
    widths: Counter[int] = Counter()
    try:
        for record in islice(
            _reader(text[:_CHARACTERS_LOOKED_AT], delimiter, strict=False), _RECORDS_LOOKED_AT
        ):
            widths[len(record)] += 1
    except csv.Error:
        pass  # the strict reading says what is wrong, and where
    return widths


def _likely_delimiter(text: str) -> str:
    """The delimiter that cuts most records into the same, large number of cells; the comma when none does."""

    def regularity(delimiter: str) -> int:
        return max(
            (width * count for width, count in _widths(text, delimiter).items() if width > 1), default=0
        )

    return max(reversed(_DELIMITERS), key=regularity)


def _common_width(text: str, delimiter: str) -> int:
    return max(_widths(text, delimiter).items(), key=lambda item: item[1], default=(0, 0))[0]


def _swallowed_a_row(cell: str, delimiter: str, width: int) -> bool:
    """Whether a cell with line breaks holds what looks like another whole row: its quotation mark went astray."""
    if "\n" not in cell or width < 3:
        return False
    return any(line.count(delimiter) >= width - 1 for line in cell.split("\n")[1:])


def _unclosed_quote(row: int) -> Exception:
    message = _(
        'Row {row}: a quotation mark (") is opened and not closed as it should be, so the rows after it cannot be '
        "told apart. Correct this row, or save the table as .xlsx."
    )
    return refusal_of_file("UNCLOSED_QUOTE", message.format(row=row), row)
