"""A sheet of a workbook without its rows: name, title, headings, widths, filter, page set-up and charts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from station.i18n import _
from station.reports.report import Curve, Grid
from station.reports.xlsx_cells import cut
from station.text import clean

FONT = "Arial"  # on every computer, with all Vietnamese letters
_LONGEST_NAME = 31  # UTF-16 code units
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_RESERVED = "history"  # Excel keeps it for itself
_PLAIN = {"font_name": FONT, "font_size": 10, "valign": "top"}
_LINED = {**_PLAIN, "bottom": 1, "bottom_color": "#D5DBE1"}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_PLAIN, "font_size": 14, "bold": True},
    "above": {**_PLAIN, "font_color": "#56626E"},
    "heading": {
        **_PLAIN, "bold": True, "font_color": "#FFFFFF", "bg_color": "#37506B", "valign": "vcenter", "text_wrap": True,
    },
    "text": {**_LINED, "text_wrap": True},
    "number": {**_LINED, "align": "right", "indent": 1},
    "decimal": {**_LINED, "align": "right", "indent": 1, "num_format": "0.00"},
    "instant": {**_LINED, "num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"},
}  # fmt: skip
_COLOURS = ("#2F6B4F", "#C9863A", "#37506B")
_A4 = 9
_MOST_BARS = 60
_WIDEST_HEADING = 20
_ROW_PX = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the sheet, the row of its headings counted from 0, and how many rows follow."""

    name: str
    top: int
    count: int


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Names that Excel accepts, one for each title, no two alike in any letter case."""
    names: list[str] = []
    taken: set[str] = {_RESERVED}
    for title in titles:
        plain = _shortened(_NOT_IN_NAMES.sub(" ", clean(title)), _LONGEST_NAME) or "1"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{_shortened(plain, _LONGEST_NAME - len(str(number)) - 1)} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def add_sheet(book: Any, grid: Grid, place: Place, above: Sequence[str], formats: dict[str, Any]) -> Any:
    """A sheet with everything but its rows."""
    sheet = book.add_worksheet(place.name)
    for row, line in enumerate(above):
        sheet.write_string(row, 0, cut(clean(line)), formats["above"])
    sheet.write_string(len(above), 0, cut(clean(grid.title)), formats["title"])
    for column, (heading, width) in enumerate(zip(grid.headings, column_widths(grid), strict=True)):
        sheet.write_string(place.top, column, cut(clean(heading)), formats["heading"])
        sheet.set_column(column, column, width)
    sheet.set_row(place.top, 30)
    sheet.freeze_panes(place.top + 1, 0)
    sheet.autofilter(place.top, 0, place.top + place.count, len(grid.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(place.top)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&A&R&P / &N")
    return sheet


def column_widths(grid: Grid) -> list[int]:
    """The width of each column in characters: what its report wishes, and room for its heading."""
    return [
        max(width, min(len(heading) + 3, _WIDEST_HEADING))
        for heading, width in zip(grid.headings, grid.widths, strict=True)
    ]


def add_charts(book: Any, sheet: Any, grid: Grid, place: Place) -> None:
    """A chart for each session beside a table that wants one, below one another."""
    if grid.curve is None or not place.count or {grid.curve.over, *grid.curve.columns} - set(grid.keys):
        return
    row = place.top
    for session, first, count in _runs(grid):
        height = max(320, min(18 * count, 1_400)) if grid.curve.bars else 320
        chart = _chart(book, grid, grid.curve, place, first, min(count, _MOST_BARS))
        chart.set_title({"name": f"{_(grid.curve.title)} – {session}", "name_font": {"size": 12}})
        chart.set_size({"width": 760, "height": height})
        chart.set_legend({"position": "bottom"})
        sheet.insert_chart(row, len(grid.headings) + 1, chart)
        row += height // _ROW_PX + 2


def _runs(grid: Grid) -> Iterator[tuple[str, int, int]]:
    """For each session its identifier, the place of its first row, and how many there are."""
    column = grid.keys.index("session") if "session" in grid.keys else 0
    first = 0
    for session, rows in groupby(grid.rows(), key=lambda cells: cells[column] if column else ""):
        count = sum(1 for _row in rows)
        yield str(session), first, count
        first += count


def _chart(book: Any, grid: Grid, curve: Curve, place: Place, first: int, count: int) -> Any:
    top = place.top + 1 + first
    span = (top, top + count - 1)
    over = grid.keys.index(curve.over)

    def series(key: str, colour: str, **more: Any) -> dict[str, Any]:
        column = grid.keys.index(key)
        return {
            "name": [place.name, place.top, column],
            "categories": [place.name, span[0], over, span[1], over],
            "values": [place.name, span[0], column, span[1], column],
            **more,
            ("line" if "y2_axis" in more else "fill"): {"color": colour},
        }

    if curve.bars:
        chart = book.add_chart({"type": "bar", "subtype": "stacked"})
        for key, colour in zip(curve.columns, _COLOURS, strict=False):
            chart.add_series(series(key, colour, gap=40))
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
        chart.set_x_axis({"num_format": "0", "label_position": "high"})
        return chart
    chart = book.add_chart({"type": "column"})
    bar, line = curve.columns
    chart.add_series(series(bar, _COLOURS[1], gap=20))
    climbing = book.add_chart({"type": "line"})
    climbing.add_series(series(line, _COLOURS[0], y2_axis=True))
    chart.combine(climbing)
    chart.set_x_axis({"num_format": "hh:mm", "text_axis": True, "num_font": {"size": 8, "rotation": -45}})
    chart.set_y_axis({"num_format": "0", "min": 0})
    climbing.set_y2_axis({"num_format": "0", "min": 0})
    return chart


def _shortened(text: str, most: int) -> str:
    """A text of at most so many UTF-16 code units, without blanks around it."""
    raw = text.strip().encode("utf-16-le")[: most * 2]
    return raw.decode("utf-16-le", "ignore").strip()
