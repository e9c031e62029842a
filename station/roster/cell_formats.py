"""Numbers in .xlsx cells as the texts that people saw: dates, times, leading zeros (ECMA-376 part 1, §18.8.30)."""

import math
import re
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element

# Built-in formats that show a date or a time, those of the Far East among them.
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_CODE = re.compile("[ymdhs]", re.IGNORECASE)
_PADDED = re.compile("0{2,}")
# Excel keeps 15 digits; whatever follows is not what was typed.
FIRST_ROUNDED_NUMBER = 10**15


class NumberFormat(NamedTuple):
    """How a cell shows its number: as a date, or with at least so many digits."""

    is_date: bool = False
    digits: int = 0


def number_formats(styles: Element) -> list[NumberFormat]:
    """The format of every cell style of a styles part, in the order in which cells number them."""
    codes = {e.get("numFmtId"): e.get("formatCode", "") for e in styles.iterfind(".//{*}numFmts/{*}numFmt")}
    formats = []
    for style in styles.iterfind("./{*}cellXfs/{*}xf"):
        identifier = style.get("numFmtId", "0")
        code = codes.get(identifier)
        formats.append(
            NumberFormat(int(identifier) in _BUILT_IN_DATES) if code is None else number_format(code)
        )
    return formats


def number_format(code: str) -> NumberFormat:
    """What a format code such as ``dd/mm/yyyy;@`` or ``00000`` makes of a number."""
    section = _NOT_CODE.sub("", code).partition(";")[0]
    return NumberFormat(
        is_date=bool(_DATE_CODE.search(section)),
        digits=len(section) if _PADDED.fullmatch(section) else 0,
    )


def number_text(value: float, shown: NumberFormat, *, since_1904: bool) -> str:
    """A number without its float's tail; dates as ISO 8601 (``2022-10-27``, ``2022-10-27 08:30``, ``08:30``)."""
    if shown.is_date and (date := _date_text(value, since_1904)):
        return date
    if math.isfinite(value) and value.is_integer():
        return f"{int(value):0{shown.digits}d}"
    return f"{value:.15g}"


def _date_text(serial: float, since_1904: bool) -> str:
    """The date of a serial number of days, '' if there is none. Days count from 1899-12-30 or 1904-01-01."""
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    try:
        instant = epoch + timedelta(seconds=round(serial * 86400))
    except (OverflowError, ValueError):
        return ""
    if 0 <= serial < 1:
        return f"{instant:%H:%M}"
    return instant.isoformat(" ", "minutes").removesuffix(" 00:00")
