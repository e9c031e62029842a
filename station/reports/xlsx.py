"""Tables as an Excel workbook: text stays text, whatever it looks like; instants are real dates."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from station.reports.tables import Cell, Table
from station.reports.workbook_sheet import FORMATS, sheet_names
from station.reports.xlsx_cells import cut
from station.text import clean

_WIDEST_COLUMN = 60
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(*tables: Table) -> bytes:
    """The bytes of an .xlsx file with a sheet for each table."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_TEXT_ONLY}) as book:
        formats = {name: book.add_format(told) for name, told in FORMATS.items()}
        for name, table in zip(sheet_names([table.title for table in tables]), tables, strict=True):
            _write_sheet(book.add_worksheet(name), table, formats)
    return file.getvalue()


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    top = _write_above(sheet, table, formats)
    for column, heading in enumerate(table.columns):
        sheet.write_string(top, column, _cell_text(heading), formats["heading"])
        sheet.set_column(column, column, _width(table, column))
    sheet.set_row(top, 20)
    for row, cells in enumerate(table.rows, top + 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, formats)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    _set_page(sheet, top)


def _write_above(sheet: Any, table: Table, formats: dict[str, Any]) -> int:
    """Write title and lines over the heading, if there are any; returns the row of the heading."""
    if not table.above:
        return 0
    for row, line in enumerate(table.above):
        sheet.write_string(row, 0, _cell_text(line), formats["above"])
    sheet.write_string(len(table.above), 0, _cell_text(table.title), formats["title"])
    return len(table.above) + 2


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), formats["instant"])
    elif isinstance(cell, str):
        sheet.write_string(row, column, _cell_text(cell), formats["text"])
    else:
        sheet.write_number(row, column, cell, formats["number"])


def _set_page(sheet: Any, heading_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&R&P / &N")


def _cell_text(value: str) -> str:
    return cut(clean(value))


def _width(table: Table, column: int) -> int:
    cells = [row[column] for row in table.rows]
    lengths = [19 if isinstance(cell, datetime) else len(str(cell or "")) for cell in cells]
    return min(_WIDEST_COLUMN, max([len(table.columns[column]) + 3, *lengths]) + 2)
