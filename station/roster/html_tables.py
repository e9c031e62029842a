"""Reads the tables of a web page: many office systems write one as their "Excel file", and call it .xls."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from station.errors import Problem
from station.i18n import _
from station.roster.cells import MOST_COLUMNS, Progress, Sheet, SheetBuilder, unheard
from station.roster.encodings import decode

_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w-]{1,20})", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 4_096
_LARGEST_BYTES = 20 * 2**20
_CHUNK_CHARACTERS = 2**16
_HIDDEN = frozenset({"script", "style", "title"})


def is_html_with_a_table(content: bytes) -> bool:
    """Whether this is a page that holds a table; Excel's own "web page" only points at files beside it."""
    if len(content) > _LARGEST_BYTES:
        return False
    if content.startswith(_UTF_16):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    start = content[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_page = start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style"))
    return (is_page or b"<html" in start) and b"<tr" in content.lower() and b"<frameset" not in start


def read_html_tables(content: bytes, name: str, progress: Progress = unheard) -> Sheet:
    """The rows of all tables of a page, one below the other. Raises BadInput TOO_MANY_ROWS, TOO_MANY_CELLS."""
    text = _text(content)
    tables = _Tables(name)
    for start in range(0, len(text), _CHUNK_CHARACTERS):
        progress(start, len(text))
        tables.feed(text[start : start + _CHUNK_CHARACTERS])
    tables.close()
    sheet = tables.sheet()
    message = _("The file is a web page under the name of a workbook; its table was read. Check the names.")
    notice = Problem(None, None, "WEB_PAGE_READ", message)
    return replace(sheet, notices=(notice, *sheet.notices))


def _text(content: bytes) -> str:
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    if declared and not content.startswith(_UTF_16):
        try:
            return content.decode(declared[1].decode())
        except (LookupError, ValueError):
            pass  # it says what it is not
    decoded = decode(content)
    return decoded.text if decoded else content.decode("latin-1")


class _Tables(HTMLParser):
    """Gathers the cells of all rows; a table within a cell is part of that cell."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = SheetBuilder(name)
        self._row = 0
        self._cells: list[str] | None = None
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._taken: dict[int, int] = {}  # column → last row that a cell further up reaches down to
        self._hidden = 0
        self._depth = 0

    def sheet(self) -> Sheet:
        """All rows."""
        self._end_row()
        return self._builder.sheet()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self._end_row()
            self._row += 1
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._end_cell()
            values = dict(attrs)
            self._text = []
            self._span = _count(values.get("colspan")), _count(values.get("rowspan"))
        elif tag in ("br", "p", "div") and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "table":
            self._depth = max(self._depth - 1, 0)
        elif self._depth > 1:
            return
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None or self._cells is None:
            return
        self._skip_taken(self._cells)
        wide, high = self._span
        column = len(self._cells)
        if high > 1 or wide > 1:
            self._builder.merge((self._row, column, self._row + high - 1, column + wide - 1))
        for reached in range(column, column + wide):
            self._taken[reached] = self._row + high - 1
        self._cells += [" ".join("".join(self._text).split()), *[""] * (wide - 1)]
        self._text = None

    def _skip_taken(self, cells: list[str]) -> None:
        """Leave room for the cells that reach down from rows further up."""
        while self._taken.get(len(cells), 0) >= self._row and len(cells) < MOST_COLUMNS:
            cells.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells is not None:
            self._builder.put_row(self._row, self._cells)
        self._cells = None


def _count(value: str | None) -> int:
    text = (value or "1").strip()
    return min(max(int(text), 1), MOST_COLUMNS) if text.isdecimal() and len(text) < 6 else 1
