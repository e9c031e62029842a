"""Reads .xls and .ods with python-calamine; only ever in the reading process, which a hostile file may bring down.

Dates are written as ISO 8601, as for .xlsx.
"""

import io
import zipfile
from datetime import date, datetime, time
from typing import IO, Any

import python_calamine

from station.i18n import _
from station.roster import frames
from station.roster.cell_formats import FIRST_ROUNDED_NUMBER
from station.roster.cells import DATE, MOST_COLUMNS, MOST_ROWS, Fault, refusal_of_file
from station.roster.reader import SheetSender
from station.roster.workbook import check_directory, damaged_file

_ROWS_A_REPORT = 2_000


def send_other_workbook(stream: IO[bytes], content: bytes) -> None:
    """Send the visible sheets in the order of the workbook.

    Raises BadInput: PASSWORD_PROTECTED, DAMAGED_FILE, SUSPICIOUS_FILE.
    """
    if content.startswith(b"PK"):
        _check_archive(content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if (
                sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
                and sheet.visible == python_calamine.SheetVisibleEnum.Visible
            ):
                _send_sheet(stream, workbook.get_sheet_by_name(sheet.name))
    except python_calamine.PasswordError as error:
        message = _("The file is locked with a password. Open it in Excel, remove it, and save it again.")
        raise refusal_of_file("PASSWORD_PROTECTED", message) from error
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        raise damaged_file() from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_directory(archive)
    except zipfile.BadZipFile as error:
        raise damaged_file() from error


def _send_sheet(stream: IO[bytes], sheet: Any) -> None:
    sender = SheetSender(stream, sheet.name)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in cells):
            _send_row(sender, number, cells)
        if number % _ROWS_A_REPORT == 0:
            frames.send(stream, frames.PROGRESS, f"{number} {sheet.total_height}")
            stream.flush()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom - top < MOST_ROWS:
            sender.merge((top + 1, left, bottom + 1, right))
    sender.flush()


def _send_row(sender: SheetSender, number: int, cells: list[Any]) -> None:
    beyond = sum(cell != "" for cell in cells[MOST_COLUMNS:])
    if beyond:
        sender.cut(number, beyond)
    sender.put_row(number, list(map(_text, cells[:MOST_COLUMNS])))
    for column, value in enumerate(cells[:MOST_COLUMNS]):
        if isinstance(value, float) and abs(value) >= FIRST_ROUNDED_NUMBER:
            sender.put_fault(number, column, Fault("ROUNDED_NUMBER", f"{value:.5g}"))
        elif isinstance(value, date | time):
            sender.put_fault(number, column, Fault(DATE, ""))


def _text(value: Any) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M") if value.time() != time() else value.strftime("%Y-%m-%d")
        case date():
            return value.isoformat()
        case _:
            return str(value)
