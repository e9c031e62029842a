"""What lists of people on paper share: the sheet, and how wide each field of a person is there."""

from collections.abc import Sequence
from typing import Any

from station.i18n import _
from station.reports.paper import Align, Paper
from station.reports.report import Column
from station.reports.ruled import RuledColumn

PORTRAIT = Paper("A4", 210.0, 297.0, 20.0)
NUMBER_MM = 11.0
_CODE_MM = 23.0
_SEAT_MM = 14.0
_PHONE_MM = 27.0
_FIXED_MM = {"code": _CODE_MM, "seat": _SEAT_MM, "phone": _PHONE_MM}
_WEIGHTS = {"name": 1.35, "position": 1.1, "category": 0.8, "email": 1.2, "note": 0.9, "unit": 1.4}


def roll_columns(columns: Sequence[Column[Any]]) -> list[RuledColumn]:
    """Number and the chosen fields of a person as columns of a ruled table."""
    number = RuledColumn(_("No."), align=Align.CENTRE, fixed_mm=NUMBER_MM)
    return [number, *(_column(each) for each in columns)]


def cells_of(columns: Sequence[Column[Any]], row: Any) -> list[str]:
    """The texts of a row."""
    values = (column.value(row) if column.value is not None else None for column in columns)
    return ["" if value is None else str(value) for value in values]


def _column(column: Column[Any]) -> RuledColumn:
    fixed_mm = _FIXED_MM.get(column.key, 0.0)
    align = Align.CENTRE if column.key == "seat" else Align.LEFT
    return RuledColumn(column.heading, _WEIGHTS.get(column.key, 1.0), align, fixed_mm)
