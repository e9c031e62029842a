"""Which rows below the heading are delegates: sections, repeated headings, totals and signatures are not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from station.errors import Problem
from station.i18n import _
from station.roster.cells import Row, Sheet
from station.roster.headings import Headings
from station.text import clean, fold

# How the rows under an office's table begin. With their accents: “Tống Công” is a name, “Tổng cộng” a total.
_FOOTER = re.compile(
    r"tổng cộng|tổng số|tổng:|cộng:|cộng$|danh sách (này )?(gồm|có)|ấn định|người lập|lập biểu|người ghi|thủ trưởng"
    r"|xác nhận của|(t\.?m|k\.?t|t\.?l)\.|ghi chú:|(.*, )?ngày .*tháng .*năm|total\b|grand total|prepared by"
)
_NUMBERED = re.compile(r"[0-9]+[.)]?")
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the headings.

    Attributes:
        rows: those that stand for delegates.
        units: of the delegates, by row number, where the sheet has no column for it and lists them unit by unit.
        notices: one for every other row that holds any text.
    """

    rows: list[Row]
    units: Mapping[int, str]
    notices: list[Problem]


def body_of(sheet: Sheet, headings: Headings) -> Body:
    """Tell the delegates from sections, repeated headings, totals and signatures."""
    below = [row for row in sheet.rows if row.number > headings.row]
    last_numbered = max(
        (r.number for r in below if _is_numbered(r, headings) and _name(r, headings)), default=0
    )
    footers = (row.number for row in below if row.number > last_numbered and _is_footer(row, headings))
    footer = next(footers, None)
    rows, notices = [], []
    units: dict[int, str] = {}
    unit = ""
    for row in below:
        in_footer = (
            footer is not None and row.number >= footer and (last_numbered or not _name(row, headings))
        )
        reason = "FOOTER_ROW" if in_footer else _why_not_a_delegate(row, headings)
        if reason == "SECTION_ROW" and "unit" not in headings.columns:
            unit = _name(row, headings)
            message = _("Row {row}: “{text}” was taken for the unit of the delegates below.")
            notices.append(
                Problem(row.number, None, "SECTION_UNIT", message.format(row=row.number, text=unit))
            )
        elif reason is None:
            rows.append(row)
            if unit:
                units[row.number] = unit
        elif (text := next(filter(None, map(clean, row.cells)), "")) and not _NUMBERED.fullmatch(text):
            message = _("Row {row} is not a delegate and was left out: “{text}”.")
            said = message.format(row=row.number, text=text[:_SHOWN_CHARACTERS])
            notices.append(Problem(row.number, None, reason, said))
    return Body(rows, units, notices)


def _why_not_a_delegate(row: Row, headings: Headings) -> str | None:
    """Name of the reason, None for a delegate."""
    mapped = {column for taken in headings.columns.values() for column in taken}
    filled = {column for column in mapped if clean(row.cell(column))}
    if not filled:
        return "ROW_WITHOUT_DELEGATE"
    if all(fold(row.cell(column)) == fold(headings.titles.get(column, "")) for column in filled):
        return "REPEATED_HEADING"
    ordinal = _ordinal(row, headings)
    if filled <= set(headings.columns["name"]) and ordinal and not ordinal[0].isdigit():
        return "SECTION_ROW"  # “I | LIÊN ĐOÀN LAO ĐỘNG CÁC TỈNH”
    return "FOOTER_ROW" if _is_footer(row, headings) else None


def _is_footer(row: Row, headings: Headings) -> bool:
    """Whether a row speaks about the table; a row with a number or an ordinary name does not."""
    if _is_numbered(row, headings):
        return False
    texts = [_name(row, headings)] if _name(row, headings) else map(clean, row.cells)
    return any(_FOOTER.match(text.casefold()) for text in texts)


def _is_numbered(row: Row, headings: Headings) -> bool:
    return bool(_NUMBERED.fullmatch(_ordinal(row, headings)))


def _ordinal(row: Row, headings: Headings) -> str:
    return "" if headings.ordinal is None else clean(row.cell(headings.ordinal))


def _name(row: Row, headings: Headings) -> str:
    return clean(" ".join(row.cell(column) for column in headings.columns["name"]))
