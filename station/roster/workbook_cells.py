"""What stands in the XML of an .xlsx sheet and of its shared texts (ECMA-376), element by element."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from xml.parsers import expat

from station.roster.cell_formats import FIRST_ROUNDED_NUMBER, NumberFormat, number_text
from station.roster.cells import DATE, MOST_COLUMNS, Fault, Range, column_of

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_PLAIN_FORMAT = NumberFormat()


class SheetSink(Protocol):
    """Where the cells of a sheet go: a SheetBuilder, or the pipe to one."""

    def put_row(self, number: int, cells: list[str]) -> None: ...
    def put_fault(self, row: int, column: int, fault: Fault) -> None: ...
    def merge(self, area: Range) -> None: ...
    def cut(self, row: int, count: int = 1) -> None: ...


class PartReader(Protocol):
    """Is shown the elements of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def characters(self, text: str) -> None: ...
    def end(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the cells of all sheets refer to.

    Attributes:
        strings: the shared texts. formats: how cells of a style show numbers. since_1904: how dates count.
    """

    strings: list[str]
    formats: list[NumberFormat]
    since_1904: bool

    def plain_styles(self) -> frozenset[str]:
        """The styles that show a whole number as it is stored; '' stands for a cell without one."""
        plain = [number for number, shown in enumerate(self.formats) if shown == _PLAIN_FORMAT]
        first = not self.formats or self.formats[0] == _PLAIN_FORMAT
        return frozenset([*map(str, plain), *([""] if first else [])])


def parser_for(reader: PartReader) -> expat.XMLParserType:
    """A parser that shows a reader one element after the other and refuses document types."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = partial(_begin, parser, reader)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _begin(parser: expat.XMLParserType, reader: PartReader, tag: str, attributes: dict[str, str]) -> None:
    """The first element: only where it has a prefix (``x:worksheet``) do the others need to lose theirs."""
    if ":" in tag:
        parser.StartElementHandler = lambda tag, attributes: reader.start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
    else:
        parser.StartElementHandler = reader.start
    reader.start(tag.rpartition(":")[2], attributes)


def _refuse_doctype(*_declaration: object) -> None:
    raise ValueError("a workbook never declares entities")


class StringsReader:
    """Gathers the shared texts, without the phonetic hints among them."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._string = self._text = ""
        self._in_hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "rPh":
            self._in_hint = True
        self._text = ""

    def characters(self, text: str) -> None:
        """Text between tags."""
        self._text += text

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t" and not self._in_hint:
            self._string += unescaped(self._text)
        elif name == "rPh":
            self._in_hint = False
        elif name == "si":
            self.strings.append(self._string)
            self._string = ""


class CellsReader:
    """Puts the rows of one sheet into a sink.

    Attributes:
        row: the number of the row that was read last.
    """

    def __init__(self, meaning: Meaning, sink: SheetSink) -> None:
        self.row = 0
        self._meaning = meaning
        self._sink = sink
        self._column = -1
        self._cells: list[str] = []
        self._cell: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._go_to(*_place(attributes.get("r"), self.row, self._column + 1))
            self._cell, self._contents = attributes, {}
        elif name == "row":
            self._go_to(int(attributes.get("r", self.row + 1)), -1)
        elif name == "mergeCell":
            self._sink.merge(_range(attributes["ref"]))
        self._text = ""

    def characters(self, text: str) -> None:
        """Text between tags."""
        self._text += text

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "f", "t"):
            self._contents[name] = self._contents.get(name, "") + self._text
        elif name == "c":
            text, problem = cell_text(self._meaning, self._cell, self._contents)
            self._put(text, problem)
        elif name == "row":
            self.flush()

    def flush(self) -> None:
        """Hand over what was gathered of a row."""
        if self._cells:
            self._sink.put_row(self.row, self._cells)
            self._cells = []

    def _go_to(self, row: int, column: int) -> None:
        if row != self.row:
            self.flush()
        self.row, self._column = row, column

    def _put(self, text: str, problem: str) -> None:
        if not text.strip():
            return
        if self._column >= MOST_COLUMNS:
            self._sink.cut(self.row)
            return
        self._cells.extend([""] * (self._column + 1 - len(self._cells)))
        self._cells[self._column] = text
        if problem:
            self._sink.put_fault(self.row, self._column, Fault(problem, text))


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row number and 0-based column of ``B5``; those given where a cell does not say."""
    if reference is None:
        return row, column
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_of(letters)


def _range(reference: str) -> Range:
    """First row, first column, last row and last column of ``A1:B3``."""
    first, _colon, last = reference.partition(":")
    return *_place(first, 0, 0), *_place(last or first, 0, 0)


def cell_text(meaning: Meaning, cell: dict[str, str], contents: dict[str, str]) -> tuple[str, str]:
    """The text of a cell, and the name of what is wrong with it ('' if nothing, DATE for a date).

    Args:
        cell: its attributes. contents: texts of the value ``v``, the formula ``f`` and the inline text ``t``.
    """
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return unescaped(contents.get("t", "")), ""
    if "v" not in contents:
        return ("=" + contents["f"], "NOT_CALCULATED") if "f" in contents else ("", "")
    return value_text(meaning, kind, contents["v"], cell.get("s", ""))


def value_text(meaning: Meaning, kind: str, value: str, style: str) -> tuple[str, str]:
    """The text of a stored value, and the name of what is wrong with it ('' if nothing, DATE for a date)."""
    match kind:
        case "s":
            return meaning.strings[int(value)], ""
        case "str":
            return unescaped(value), ""
        case "e":
            return value, "CELL_ERROR"
        case "b":
            return ("TRUE" if value == "1" else "FALSE"), ""
        case "d":
            return value.replace("T", " ").removesuffix(" 00:00:00"), DATE
        case _:
            return _number(meaning, value, int(style or 0)) if value.strip() else ("", "")


def _number(meaning: Meaning, value: str, style: int) -> tuple[str, str]:
    number = float(value)
    shown = meaning.formats[style] if meaning.formats else _PLAIN_FORMAT
    text = number_text(number, shown, since_1904=meaning.since_1904)
    if abs(number) >= FIRST_ROUNDED_NUMBER:
        return text, "ROUNDED_NUMBER"
    return text, DATE if shown.is_date and not text.isdecimal() else ""


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold restored from their escapes (``_x000D_``)."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code and code not in _SURROGATES else escape[0]
