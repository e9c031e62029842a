"""What is said of dates: they are written as ISO 8601, and numbers of days in a column of dates become dates again."""

import re
from collections.abc import Iterator

from station.errors import Problem
from station.i18n import _
from station.roster.cell_formats import NumberFormat, number_text
from station.roster.cells import Row, Sheet
from station.roster.heading_names import EXTRA
from station.roster.headings import Headings
from station.roster.tidy import row_list
from station.text import fold

_SERIAL_DAY = re.compile(r"[1-5][0-9]{4}")  # as Excel counts them: 1927 to 2064
_DATE_HEADING = re.compile(r"\b(ngay|date|birth|birthday|dob)\b")
_DATE = NumberFormat(is_date=True)


class SerialDates:
    """Gives dates back to numbers of days, in the columns that are kept and whose headings speak of dates."""

    def __init__(self, headings: Headings) -> None:
        self._titles = {
            column: headings.titles[column]
            for column in headings.columns.get(EXTRA, ())
            if _DATE_HEADING.search(fold(headings.titles.get(column, "")))
        }
        self._rows: dict[int, list[int]] = {}

    def read(self, row: int, column: int, text: str) -> str:
        """The text of a cell, as a date if it is the number of a day in such a column."""
        if column not in self._titles or not _SERIAL_DAY.fullmatch(text):
            return text
        self._rows.setdefault(column, []).append(row)
        return number_text(int(text), _DATE, since_1904=False)

    def notices(self) -> Iterator[Problem]:
        """One notice a column."""
        for column, rows in self._rows.items():
            message = _(
                "{count} numbers in “{column}” are dates that lost their format; "
                "they are written as year-month-day (rows {rows})."
            )
            title = self._titles[column]
            text = message.format(count=len(rows), column=title, rows=row_list(rows))
            yield Problem(rows[0], title, "DATES_RESTORED", text)


def written_dates(sheet: Sheet, headings: Headings, rows: list[Row]) -> Iterator[Problem]:
    """One notice for every column whose dates are written otherwise than the sheet shows them."""
    taken = {row.number: row for row in rows} if sheet.dates else {}
    for column in sorted(column for columns in headings.columns.values() for column in columns):
        dated = [number for number in sheet.dates.get(column, ()) if number in taken]
        if dated:
            message = _(
                "The dates in “{column}” are written as year-month-day, for example {example}: "
                "{count} cells (rows {rows})."
            )
            title, example = headings.titles.get(column, ""), taken[dated[0]].cell(column)
            text = message.format(column=title, example=example, count=len(dated), rows=row_list(dated))
            yield Problem(dated[0], title, "DATES_WRITTEN", text)
