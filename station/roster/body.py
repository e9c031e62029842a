"""Which rows below the heading are delegates: sections, repeated headings, totals and signatures are not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from station.errors import Problem
from station.i18n import _
from station.roster.cells import ROWS_A_REPORT, Progress, Row, Sheet, unheard
from station.roster.headings import Headings
from station.roster.tidy import tidy
from station.text import fold

# How the rows under an office's table begin. With their accents: “Tống Công” is a name, “Tổng cộng” a total.
_FOOTER = re.compile(
    r"tổng cộng|tổng số|tổng:|cộng:|cộng$|danh sách (này )?(gồm|có)|ấn định|người lập|lập biểu|người ghi|thủ trưởng"
    r"|xác nhận của|(t\.?m|k\.?t|t\.?l)\.|ghi chú:|(.*, )?ngày .*tháng .*năm|total\b|grand total|prepared by"
)
_NUMBERED = re.compile(r"[0-9]+[.)]?")
_SHOWN_CHARACTERS = 60
_LENGTH_FOLDED_AWAY = 4  # characters by which a folded heading may differ in length from the heading


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


def body_of(sheet: Sheet, headings: Headings, progress: Progress = unheard) -> Body:
    """Tell the delegates from sections, repeated headings, totals and signatures."""
    below = [row for row in sheet.rows if row.number > headings.row]
    judge = _Judge(headings)
    last_numbered, footer = judge.end_of(below)
    rows, notices = [], []
    units: dict[int, str] = {}
    unit = ""
    for count, row in enumerate(below):
        if count % ROWS_A_REPORT == 0:
            progress(count, len(below))
        cells = tidy(row.cells)
        in_footer = (
            footer is not None and row.number >= footer and (last_numbered or not judge.name_in(cells))
        )
        reason = "FOOTER_ROW" if in_footer else judge.why_not_a_delegate(cells)
        if reason is None:
            rows.append(row)
            if unit:
                units[row.number] = unit
        elif reason == "SECTION_ROW" and "unit" not in headings.columns:
            unit = judge.name_in(cells)
            message = _("Row {row}: “{text}” was taken for the unit of the delegates below.")
            notices.append(
                Problem(row.number, None, "SECTION_UNIT", message.format(row=row.number, text=unit))
            )
        elif (text := next(filter(None, cells), "")) and not _NUMBERED.fullmatch(text):
            message = _("Row {row} is not a delegate and was left out: “{text}”.")
            said = message.format(row=row.number, text=text[:_SHOWN_CHARACTERS])
            notices.append(Problem(row.number, None, reason, said))
    return Body(rows, units, notices)


class _Judge:
    """Tells what a row is from its cells, which are tidied."""

    def __init__(self, headings: Headings) -> None:
        self._mapped = tuple({column for taken in headings.columns.values() for column in taken})
        self._names = headings.columns["name"]
        self._ordinal = headings.ordinal
        self._titles = {column: fold(headings.titles.get(column, "")) for column in self._mapped}

    def end_of(self, rows: list[Row]) -> tuple[int, int | None]:
        """The last row with a running number and a name, 0 for none; below it the first about the table."""
        last_numbered, footer = 0, None
        for row in reversed(rows):
            cells = tidy(row.cells)
            if self._is_numbered(cells):
                if self.name_in(cells):
                    last_numbered = row.number
                    break
            elif self._is_footer(cells):
                footer = row.number
        return last_numbered, footer

    def why_not_a_delegate(self, cells: tuple[str, ...]) -> str | None:
        """Name of the reason, None for a delegate."""
        filled = [column for column in self._mapped if column < len(cells) and cells[column]]
        if not filled:
            return "ROW_WITHOUT_DELEGATE"
        if all(self._repeats_title(column, cells[column]) for column in filled):
            return "REPEATED_HEADING"
        if len(filled) <= len(self._names) and set(filled) <= set(self._names):
            ordinal = _at(cells, self._ordinal)
            if ordinal and not ordinal[0].isdigit():
                return "SECTION_ROW"  # “I | LIÊN ĐOÀN LAO ĐỘNG CÁC TỈNH”
        return "FOOTER_ROW" if not self._is_numbered(cells) and self._is_footer(cells) else None

    def name_in(self, cells: tuple[str, ...]) -> str:
        """The name in a row."""
        if len(self._names) == 1:
            return _at(cells, self._names[0])
        return " ".join(filter(None, (_at(cells, column) for column in self._names)))

    def _repeats_title(self, column: int, text: str) -> bool:
        title = self._titles[column]
        # Few texts are about as long as the title; only these are worth the folding.
        return abs(len(text) - len(title)) <= _LENGTH_FOLDED_AWAY and fold(text) == title

    def _is_footer(self, cells: tuple[str, ...]) -> bool:
        """Whether a row without a running number speaks about the table."""
        name = self.name_in(cells)
        return any(_FOOTER.match(text.casefold()) for text in ((name,) if name else cells))

    def _is_numbered(self, cells: tuple[str, ...]) -> bool:
        ordinal = _at(cells, self._ordinal)
        return bool(ordinal) and bool(_NUMBERED.fullmatch(ordinal))


def _at(cells: tuple[str, ...], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""
