"""Reads .xls and .ods with python-calamine, in a process of its own: a hostile file can take no more than that process.

Dates are written as ISO 8601, as for .xlsx; a cell merged over several rows stands in each of them.
"""

import io
import multiprocessing
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from multiprocessing.connection import Connection
from typing import Any, cast

from station.errors import BadInput
from station.i18n import _
from station.roster.cell_formats import FIRST_ROUNDED_NUMBER
from station.roster.cells import MOST_COLUMNS, MOST_ROWS, Fault, Sheet, SheetBuilder, refusal_of_file
from station.roster.workbook import check_directory

DEADLINE_S = 60.0
MOST_MEMORY_BYTES = 1_500_000_000  # of addresses; a hundred thousand rows take a third
_BATCH = 2_000  # rows a message

Range = tuple[tuple[int, int], tuple[int, int]]
Line = tuple[int, list[Any]]


def read_other_workbook(content: bytes, deadline_s: float = DEADLINE_S) -> Iterator[Sheet]:
    """The visible sheets in the order of the workbook.

    Raises BadInput: PASSWORD_PROTECTED, DAMAGED_FILE, SUSPICIOUS_FILE, TOO_MANY_ROWS.
    """
    if content.startswith(b"PK"):
        _check_archive(content)
    context = multiprocessing.get_context("spawn")  # a fork would take the threads' locks along
    here, there = context.Pipe()
    reader = context.Process(target=_read, args=(there,), name="roster reader", daemon=True)
    reader.start()
    there.close()
    try:
        here.send_bytes(content)
        yield from _sheets(here, deadline_s)
    except (EOFError, OSError) as gone:  # the system ended it, for its memory or a fault in the library
        raise _suspicious() from gone
    finally:
        here.close()
        reader.kill()
        reader.join()


def _sheets(reader: Connection, deadline_s: float) -> Iterator[Sheet]:
    builder: SheetBuilder | None = None
    merged: list[Range] = []
    while True:
        if not reader.poll(deadline_s):
            raise _suspicious()
        kind, value = reader.recv()
        if kind in ("sheet", "end") and builder is not None:
            _spread(builder, merged)
            yield builder.sheet()
        match kind:
            case "sheet":
                name, merged = value
                builder = SheetBuilder(name)
            case "rows" if builder is not None:
                for number, cells in cast(list[Line], value):
                    _put(builder, number, cells)
            case "end":
                return
            case "password":
                message = _(
                    "The file is locked with a password. Open it in Excel, remove it, and save it again."
                )
                raise refusal_of_file("PASSWORD_PROTECTED", message)
            case _:
                message = _(
                    "The file is damaged or incomplete. Open it in Excel, save it as .xlsx, and try once more."
                )
                raise refusal_of_file("DAMAGED_FILE", message)


def _put(builder: SheetBuilder, number: int, cells: list[Any]) -> None:
    for column, value in enumerate(cells):
        builder.put(number, column, _text(value))
        rounded = isinstance(value, float) and abs(value) >= FIRST_ROUNDED_NUMBER and column < MOST_COLUMNS
        if rounded:
            builder.faults[number, column] = Fault("ROUNDED_NUMBER", f"{value:.5g}")


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


def _spread(builder: SheetBuilder, merged: list[Range]) -> None:
    """Give every row of a merged cell its text: a unit is often merged over its delegates."""
    for (top, left), (bottom, right) in merged:
        if right > left:
            builder.spans[top + 1, left] = right - left + 1
        cells = builder.rows.get(top + 1, [])
        text = cells[left] if left < len(cells) else ""
        for number in range(top + 2, bottom + 2) if text else ():
            if number in builder.rows:
                builder.put(number, left, text)


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_directory(archive)
    except zipfile.BadZipFile as error:
        message = _(
            "The file is damaged or incomplete. Open it in Excel, save it as .xlsx, and try once more."
        )
        raise refusal_of_file("DAMAGED_FILE", message) from error


def _suspicious() -> BadInput:
    message = _(
        "The workbook takes more time or memory than a roster can need. "
        "Copy the table of delegates into a new workbook and use that."
    )
    return refusal_of_file("SUSPICIOUS_FILE", message)


# In the other process.


def _read(parent: Connection) -> None:
    """Read the workbook that comes through the pipe and send its rows; ends at the first fault."""
    _limit_memory()
    import python_calamine

    content = parent.recv_bytes()
    try:
        workbook = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        for sheet in workbook.sheets_metadata:
            if (
                sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
                and sheet.visible == python_calamine.SheetVisibleEnum.Visible
            ):
                _send_sheet(parent, workbook.get_sheet_by_name(sheet.name))
        parent.send(("end", None))
    except python_calamine.PasswordError:
        parent.send(("password", None))
    except (python_calamine.CalamineError, ValueError, OverflowError):
        parent.send(("damaged", None))


def _send_sheet(parent: Connection, sheet: Any) -> None:
    merged = [
        ((top, left), (bottom, right)) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    parent.send(("sheet", (sheet.name, [each for each in merged if each[1][0] - each[0][0] < MOST_ROWS])))
    batch: list[Line] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in cells):
            batch.append((number, cells[: MOST_COLUMNS + 1]))
        if len(batch) >= _BATCH:
            parent.send(("rows", batch))
            batch = []
    parent.send(("rows", batch))


def _limit_memory() -> None:
    if sys.platform == "win32":  # has no such limit for a process; the deadline holds there too
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
