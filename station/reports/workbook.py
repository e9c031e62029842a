"""A workbook written row by row: XlsxWriter makes everything but the rows, which flow into the file as they come.

XlsxWriter keeps rows in memory or in temporary files. Here it makes a small workbook with titles, headings, formats,
filters, charts and page set-up; that is copied into the new archive, and in each sheet the rows are put in before
``</sheetData>``, as inline strings (ECMA-376, 18.3.1.53). Neither memory nor a temporary file holds the table.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter

from station.reports.report import Grid
from station.reports.workbook_sheet import FORMATS, Place, add_charts, add_sheet, column_widths, sheet_names
from station.reports.xlsx_cells import Styles, column_letters, row_writer

LAST_ROW = 1_048_576  # of a sheet, counted from 1
_CHUNK_ROWS = 1_000
_SHEET = "xl/worksheets/sheet{}.xml"
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_PROBE = r'<row r="{}".*?</row>'
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_END = b"</sheetData>"
_LEVEL = 3  # of deflate: half the time of 6 for files a tenth larger

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands on one sheet: the rows of a grid from ``first`` on, at most ``most``."""

    grid: Grid
    first: int
    count: int


def write_workbook(
    target: BinaryIO, grids: Sequence[Grid], above: Sequence[str], advance: Advance | None = None
) -> None:
    """Write a workbook with a sheet for each table, more where one has more rows than a sheet can hold.

    Args:
        above: lines over the title of each sheet. advance: told how many more rows were written; may raise Cancelled.
    """
    top = len(above) + 2 if above else 1  # the row of the headings, counted from 0
    parts = [part for grid in grids for part in _parts(grid, LAST_ROW - top - 1)]
    skeleton, styles = _skeleton(parts, above, top)
    with (
        zipfile.ZipFile(skeleton) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        places = {_SHEET.format(number): part for number, part in enumerate(parts, 1)}
        for name in source.namelist():
            data = source.read(name)
            if name not in places:
                archive.writestr(_undated(name), data)
                continue
            head, tail = _around_rows(data, top + 2, places[name])
            with archive.open(_undated(name), "w", force_zip64=True) as sheet:
                sheet.write(head)
                for chunk in _rows(places[name], top + 2, styles, advance):
                    sheet.write(chunk)
                sheet.write(tail)


def _parts(grid: Grid, most: int) -> Iterator[_Part]:
    for first in range(0, max(1, len(grid)), most):
        yield _Part(grid, first, min(most, len(grid) - first))


def _skeleton(parts: Sequence[_Part], above: Sequence[str], top: int) -> tuple[io.BytesIO, Styles]:
    """A workbook of everything but the rows, and the numbers that its formats have."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        formats = {name: book.add_format(told) for name, told in FORMATS.items()}
        names = sheet_names([part.grid.title for part in parts])
        for name, part in zip(names, parts, strict=True):
            place = Place(name, top, part.count)
            sheet = add_sheet(book, part.grid, place, above, formats)
            if not part.first:
                add_charts(book, sheet, part.grid, place)
            for column, style in enumerate(Styles._fields):
                sheet.write_blank(top + 1, column, None, formats[style])
    with zipfile.ZipFile(file) as archive:
        probe = _probe(archive.read(_SHEET.format(1)).decode(), top + 2)
    numbers = _STYLE.findall(probe)
    file.seek(0)
    return file, Styles(*numbers[: len(Styles._fields)])


def _probe(sheet: str, row: int) -> str:
    found = re.search(_PROBE.format(row), sheet)
    assert found is not None
    return found.group()


def _around_rows(data: bytes, row: int, part: _Part) -> tuple[bytes, bytes]:
    """What stands before the rows of a sheet, without the row that only showed the formats, and what follows them."""
    head, end, tail = data.partition(_END)
    head = re.sub(_PROBE.format(row).encode(), b"", head)
    last = f"{column_letters(len(part.grid.headings) - 1)}{max(row - 1, row + part.count - 1)}"
    return _DIMENSION.sub(f'<dimension ref="A1:{last}"/>'.encode(), head), end + tail


def _rows(part: _Part, row: int, styles: Styles, advance: Advance | None) -> Iterator[bytes]:
    write = row_writer(column_widths(part.grid), styles)
    lines: list[str] = []
    last = part.first + part.count
    for number, cells in enumerate(part.grid.rows()):
        if number < part.first:
            continue
        if number >= last:
            break
        lines.append(write(row + number - part.first, cells))
        if len(lines) == _CHUNK_ROWS:
            yield "".join(lines).encode()
            lines.clear()
            if advance is not None:
                advance(_CHUNK_ROWS)
    yield "".join(lines).encode()
    if advance is not None:
        advance(len(lines))


def _undated(name: str) -> zipfile.ZipInfo:
    """An entry with the date that XlsxWriter gives, so that the same rows are the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
