"""Tables as CSV that Excel shows rightly and that no spreadsheet takes for formulas.

UTF-8 with byte order mark, commas, CRLF, quotes where needed (RFC 4180). Instants are ``2022-10-27 07:41:05`` in the
event's zone. A cell from data that a spreadsheet could take for a formula (OWASP, "CSV Injection") gets an apostrophe
in front; ``original`` takes it away again, so that nothing is lost.
"""

import csv
import io
import re
from datetime import datetime

from station.reports.tables import Cell, Table
from station.text import clean

# A formula begins a cell, after white space, apostrophes or quotes. A semicolon begins a cell too where it is Excel's
# list separator, as in Vietnam.
_BEFORE_FORMULA = re.compile(r"""(^|;)([\s'"]*)(?=[=+\-@＝＋－＠])""")
_NEUTRALISED = re.compile(r"""(^|;)'([\s'"]*)(?=[=+\-@＝＋－＠])""")


def text(table: Table) -> bytes:
    """The table as the bytes of a CSV file: the heading row, then the rows; no title lines."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in table.columns])
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


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
