"""Rows of a worksheet as XML: text stays text whatever it looks like, instants are real dates."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from station.reports.tables import Cell
from station.text import clean

LONGEST_CELL = 32_767  # Excel's limit, in UTF-16 code units
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376, 22.9.2.19: ST_Xstring
_REMEMBERED = 20_000
_LETTERS = 1.25  # that find room in the width of a digit
_LINE_PT, _MOST_LINES = 13, 20  # of a row; Excel's rows end at 409 points
_DAY_SECONDS = 86_400
_DAY_0 = datetime(1899, 12, 30).toordinal()


class Styles(NamedTuple):
    """The numbers of the formats of a workbook."""

    text: str
    number: str
    decimal: str
    instant: str


def row_writer(widths: Sequence[int], styles: Styles) -> Callable[[int, Sequence[Cell]], str]:
    """A function that makes the XML of a row from its number (from 1) and its cells.

    ``widths``: of the columns in characters. A row with a text that wants more lines is made so high: Excel does that
    by itself when it opens a file, LibreOffice does not.
    """
    columns = [(column_letters(column), int(width * _LETTERS)) for column, width in enumerate(widths)]
    blank, number_style = f'" s="{styles.text}"/>', f'" s="{styles.number}"><v>'
    decimal_style = f'" s="{styles.decimal}"><v>'
    instant_style, text_style = f'" s="{styles.instant}"><v>', f'" s="{styles.text}" t="inlineStr"><is><t>'
    remembered: dict[str, str] = {}

    def write(number: int, cells: Sequence[Cell]) -> str:
        parts = [""]
        lines = 1
        for (letter, width), cell in zip(columns, cells, strict=True):
            if not cell and cell != 0:
                parts.append(f'<c r="{letter}{number}{blank}')
            elif type(cell) is str:
                if len(cell) > width:
                    lines = max(lines, -(-len(cell) // width))
                text = remembered.get(cell)
                if text is None:
                    text = xml_text(cell)
                    if len(remembered) < _REMEMBERED:
                        remembered[cell] = text
                parts.append(f'<c r="{letter}{number}{text_style}{text}</t></is></c>')
            elif type(cell) is datetime:
                parts.append(f'<c r="{letter}{number}{instant_style}{serial(cell)}</v></c>')
            elif isinstance(cell, str):
                parts.append(f'<c r="{letter}{number}{text_style}{xml_text(cell)}</t></is></c>')
            elif type(cell) is float:
                parts.append(f'<c r="{letter}{number}{decimal_style}{cell}</v></c>')
            else:
                parts.append(f'<c r="{letter}{number}{number_style}{cell}</v></c>')
        parts.append("</row>")
        height = f' ht="{min(lines, _MOST_LINES) * _LINE_PT}" customHeight="1"' if lines > 1 else ""
        parts[0] = f'<row r="{number}"{height}>'
        return "".join(parts)

    return write


def xml_text(value: str) -> str:
    """A text as Excel takes it: cleaned, not longer than a cell holds, nothing in it is markup or an escape."""
    text = clean(value)
    if len(text) > LONGEST_CELL // 2:
        text = cut(text)
    if "_x" in text:
        text = _ESCAPE_LOOKALIKE.sub("_x005F_", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isascii() else _NOT_IN_XML.sub("", text)


def cut(text: str) -> str:
    """A text of at most ``LONGEST_CELL`` UTF-16 code units; no character is cut in two."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")


def serial(instant: datetime) -> str:
    """An instant as Excel counts: days since 1899-12-30, in the zone in which it is to be read."""
    days = instant.toordinal() - _DAY_0
    seconds = instant.hour * 3_600 + instant.minute * 60 + instant.second
    return f"{days + seconds / _DAY_SECONDS:.10f}"


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
