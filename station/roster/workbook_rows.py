"""Reads the ordinary rows and shared texts of an .xlsx part by pattern, thrice as quick as element by element.

A pattern takes a block only when it understands all of it; every other block, the beginning and the end of the part go
to the XML parser, which decides what they mean and whether they are well-formed.
"""

import re
from collections.abc import Callable
from typing import IO, Protocol
from xml.parsers import expat

from station.roster.cells import MOST_COLUMNS, Fault, column_letter
from station.roster.workbook_cells import (
    CellsReader,
    Meaning,
    PartReader,
    SheetSink,
    StringsReader,
    parser_for,
    unescaped,
    value_text,
)

_CHUNK_BYTES = 2**18
_LONGEST_ELEMENT_BYTES = 2**22  # of a row or a text; what is longer goes to the parser
_OTHER_ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_TEXT = r"([^<]*)"
_CELL = (
    r'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([A-Za-z]{1,9})")?'
    r"(?:/>|>(?:(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>([^<]+)</v>"
    rf'|<is><t(?: xml:space="preserve")?>{_TEXT}</t></is>)?</c>)'
)
_ROW = r'<row((?: [A-Za-z][\w:.]*="[^"<]*")+) ?(/?)>'
_ROW_TOKEN = re.compile(rf"{_CELL}|{_ROW}|</row>|(<)")
_ROW_NUMBER = re.compile(r' r="([0-9]{1,7})"')
_STRING_TOKEN = re.compile(rf'<si><t(?: xml:space="preserve")?>{_TEXT}</t></si>|(<)')
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6});|#([0-9]{1,7});|(lt|gt|amp|quot|apos);)?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_COLUMNS = {column_letter(column): column for column in range(MOST_COLUMNS)}


class _Scan(Protocol):
    """Takes blocks that consist of whole elements, or leaves them to the parser, which shows them to its reader."""

    opening: bytes  # how such an element begins
    closing: bytes  # how what stands after the last of them begins

    @property
    def reader(self) -> PartReader: ...

    def take(self, block: str) -> bool: ...


def read_part(stream: IO[bytes], scan: _Scan, advance: Callable[[int], None]) -> None:
    """Read a part; ``advance`` is told of every number of bytes that was read."""
    parser = parser_for(scan.reader)
    pending, quick = b"", True
    while chunk := stream.read(_CHUNK_BYTES):
        advance(len(chunk))
        pending += chunk
        if quick:
            pending, quick = _read_quickly(pending, scan, parser)
        if not quick:
            parser.Parse(pending)
            pending = b""
    parser.Parse(pending)
    parser.Parse(b"", True)


def _read_quickly(pending: bytes, scan: _Scan, parser: expat.XMLParserType) -> tuple[bytes, bool]:
    """Read up to the last element that may go on; gives the rest, and whether patterns may go on, too."""
    last = pending.find(scan.closing)
    end = last if last >= 0 else pending.rfind(scan.opening)
    start = pending.find(scan.opening, 0, end + len(scan.opening))
    if start < 0 or end <= 0:
        return pending, last < 0 and len(pending) < _LONGEST_ELEMENT_BYTES
    head, block = pending[:start], pending[start:end]
    if _OTHER_ENCODING.search(head) or b"<!" in head or b"<!" in block:
        return pending, False
    parser.Parse(head)
    if not scan.take(block.decode()):
        parser.Parse(block)
    return pending[end:], last < 0


class StringsScan:
    """The shared texts that are in one piece."""

    opening, closing = b"<si", b"</sst"

    def __init__(self, reader: StringsReader) -> None:
        self.reader = reader

    def take(self, block: str) -> bool:
        """Add the texts of a block; False, and nothing added, where the parser is needed."""
        found = _tokens(_STRING_TOKEN, block)
        if any(stray for _text, stray in found):
            return False
        self.reader.strings += [_readable(text) for text, _stray in found]
        return True


class RowsScan:
    """The rows whose cells say where they stand and hold a value, an inline text, or nothing."""

    opening, closing = b"<row", b"</sheetData"

    def __init__(self, meaning: Meaning, sink: SheetSink) -> None:
        self.reader = CellsReader(meaning, sink)
        self._meaning = meaning
        self._sink = sink
        self._plain_styles = meaning.plain_styles()

    def take(self, block: str) -> bool:
        """Put the rows of a block into the sink; False, and nothing put, where the parser is needed."""
        rows: list[tuple[int, list[str]]] = []
        faults: list[tuple[int, int, Fault]] = []
        row, cells, texts = "", list[str](), self._texts
        for reference, style, kind, value, inline, attributes, closed, stray in _tokens(_ROW_TOKEN, block):
            if reference:
                if not (value or inline):
                    continue
                text, problem = texts(kind, style, value, inline)
                column = _COLUMNS.get(reference.removesuffix(row))
                if column is None or column < len(cells):
                    return False
                if column > len(cells):
                    cells.extend([""] * (column - len(cells)))
                cells.append(text)
                if problem:
                    faults.append((int(row), column, Fault(problem, text)))
            elif attributes:
                number = _ROW_NUMBER.search(attributes)
                if row or number is None:
                    return False
                row, cells = ("" if closed else number[1]), []
                rows.append((int(number[1]), cells))
            elif stray or not row:
                return False
            else:
                row = ""  # its end
        if row:
            return False
        self._put(rows, faults)
        return True

    def _put(self, rows: list[tuple[int, list[str]]], faults: list[tuple[int, int, Fault]]) -> None:
        self.reader.flush()
        for number, cells in rows:
            if cells:
                self._sink.put_row(number, cells)
        for place in faults:
            self._sink.put_fault(*place)
        if rows:
            self.reader.row = rows[-1][0]

    def _texts(self, kind: str, style: str, value: str, inline: str) -> tuple[str, str]:
        """The text of a cell, and the name of what is wrong with it ('' if nothing)."""
        if kind == "inlineStr":
            return _readable(inline), ""
        if kind in ("", "n") and style in self._plain_styles and _is_whole(value):
            return value, ""
        return value_text(self._meaning, kind, _resolved(value), style) if value else ("", "")


def _tokens(pattern: re.Pattern[str], block: str) -> list[tuple[str, ...]]:
    """What a pattern finds, after XML's own treatment of the ends of lines."""
    return pattern.findall(block.replace("\r\n", "\n").replace("\r", "\n") if "\r" in block else block)


def _is_whole(value: str) -> bool:
    """Whether a number stands in the file as people write whole ones, with no more digits than Excel keeps."""
    return len(value) < 16 and value.isdecimal() and value.isascii() and (value[0] != "0" or value == "0")


def _readable(text: str) -> str:
    return unescaped(_resolved(text)) if "&" in text or "_x" in text else text


def _resolved(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    hexadecimal, decimal, name = entity.groups()
    if name:
        return _NAMED[name]
    if not (hexadecimal or decimal):
        raise ValueError(f"an unknown entity: {entity.string[entity.start() : entity.start() + 20]!r}")
    character = chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
    if (
        not (character.isprintable() or character in "\t\n\r" or character > "\x7f")
        or "\ud800" <= character < "\ue000"
    ):
        raise ValueError("a character that XML does not have")
    return character
