"""Reads .xlsx workbooks (ECMA-376, transitional and strict) cell by cell, so that size and damage do no harm.

Not python-calamine: it lays out every cell between the first and the last one, so that one stray cell at
XFD1048576 asks for 512 GB and aborts the process, and it shows error cells (#N/A) as empty ones.
"""

import io
import posixpath
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from station.i18n import _
from station.media.archive import outgrows
from station.roster.cell_formats import FIRST_ROUNDED_NUMBER, NumberFormat, number_formats, number_text
from station.roster.cells import (
    LARGEST_FILE_BYTES,
    MOST_COLUMNS,
    Fault,
    Sheet,
    SheetBuilder,
    column_of,
    refusal_of_file,
)

MOST_ENTRIES = 1_000
_LARGEST_SMALL_PART_BYTES = 20 * 2**20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
# Everything that the standard library raises on archives and XML that are damaged or not what they say.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, EOFError, NotImplementedError,
    RuntimeError, LookupError, ValueError, OverflowError,
)  # fmt: skip


def read_workbook(content: bytes) -> Iterator[Sheet]:
    """The visible sheets in the order of the workbook, each read only when it is asked for.

    Formulas give the value they had when the file was saved; a cell merged over several rows stands in each of
    these rows. Raises BadInput: DAMAGED_FILE, NOT_A_WORKBOOK, SUSPICIOUS_FILE, TOO_MANY_ROWS.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_directory(archive)
            workbook = _open(archive)
            for name, part in workbook.sheets:
                yield _read_sheet(workbook, name, part)
    except _DAMAGE as error:
        message = _(
            "The file is damaged or incomplete. Open it in Excel, save it again as .xlsx, and try once more."
        )
        raise refusal_of_file("DAMAGED_FILE", message) from error


def check_directory(archive: zipfile.ZipFile) -> None:
    """Refuse archives that grow out of all proportion before anything is unpacked."""
    if outgrows(archive, MOST_ENTRIES, LARGEST_FILE_BYTES):
        message = _(
            "The workbook is far larger inside than a roster can be. "
            "Copy the table of delegates into a new workbook and use that."
        )
        raise refusal_of_file("SUSPICIOUS_FILE", message)


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the sheets of a workbook share.

    Attributes:
        sheets: name and part of every visible sheet.
        strings: the shared texts. formats: how cells of a style show numbers. since_1904: how dates count.
    """

    archive: zipfile.ZipFile
    sheets: list[tuple[str, str]]
    strings: list[str]
    formats: list[NumberFormat]
    since_1904: bool


def _open(archive: zipfile.ZipFile) -> _Workbook:
    main = _main_part(archive)
    root = _parsed(archive, main)
    relations = _relations(archive, main)
    parts = dict(relations.values())
    properties = next(_named(root, "workbookPr"), None)
    sheets = []
    for sheet in _named(root, "sheet"):
        identifier = next((v for k, v in sheet.attrib.items() if _local(k) == "id"), "")
        kind, part = relations[identifier]
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            sheets.append((sheet.get("name", ""), part))
    strings = _StringsReader()
    if "sharedStrings" in parts:
        _stream(archive, parts["sharedStrings"], strings)
    return _Workbook(
        archive,
        sheets,
        strings.strings,
        number_formats(_parsed(archive, parts["styles"])) if "styles" in parts else [],
        properties is not None and properties.get("date1904", "0") in ("1", "true", "on"),
    )


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets; .docx, .ods, .xlsb and plain .zip files have none."""
    if "[Content_Types].xml" in archive.namelist():
        main = next((p for kind, p in _relations(archive, "").values() if kind == "officeDocument"), "")
        if main.startswith("xl/") and main.endswith(".xml"):
            return main
    message = _(
        "The file is not an .xlsx workbook. Open it in the program it was made with and save it as .xlsx."
    )
    raise refusal_of_file("NOT_A_WORKBOOK", message)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element.tag) == name)


def _parsed(archive: zipfile.ZipFile, part: str) -> Element:
    """The whole of a part that is always small."""
    if archive.getinfo(part).file_size > _LARGEST_SMALL_PART_BYTES:
        raise ValueError(f"{part} is far too large")
    with archive.open(part) as stream:
        return ElementTree.parse(stream).getroot()


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kind (last word of its address) and the part that every relation of a part points at."""
    folder, name = posixpath.split(part)
    relations = {}
    for relation in _named(_parsed(archive, posixpath.join(folder, "_rels", f"{name}.rels")), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        relations[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return relations


def _unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold restored from their escapes (``_x000D_``)."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if code and code not in _SURROGATES else escape[0]


def _stream(archive: zipfile.ZipFile, part: str, reader: "_StringsReader | _CellsReader") -> None:
    """Show a reader the elements of a part one after the other; nothing of it is kept in memory."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = partial(_begin, parser, reader)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as stream:
        while chunk := stream.read(2**16):
            parser.Parse(chunk)
        parser.Parse(b"", True)


def _begin(
    parser: expat.XMLParserType, reader: "_StringsReader | _CellsReader", tag: str, attributes: dict[str, str]
) -> None:
    """The first element: only where it has a prefix (``x:worksheet``) do the others need to lose theirs."""
    if ":" in tag:
        parser.StartElementHandler = lambda tag, attributes: reader.start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: reader.end(tag.rpartition(":")[2])
    else:
        parser.StartElementHandler = reader.start
    reader.start(tag.rpartition(":")[2], attributes)


def _refuse_doctype(*_declaration: object) -> None:
    raise ValueError("a workbook never declares entities")


class _StringsReader:
    """Gathers the shared texts, without the phonetic hints among them."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._string = self._text = ""
        self._in_hint = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._in_hint = True
        self._text = ""

    def characters(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        if name == "t" and not self._in_hint:
            self._string += _unescaped(self._text)
        elif name == "rPh":
            self._in_hint = False
        elif name == "si":
            self.strings.append(self._string)
            self._string = ""


class _CellsReader:
    """Puts the cells of one sheet into a builder.

    Attributes:
        merged: first row, first column, last row and last column of every merged range.
    """

    def __init__(self, workbook: "_Workbook", builder: SheetBuilder) -> None:
        self.merged: list[tuple[int, int, int, int]] = []
        self._workbook = workbook
        self._builder = builder
        self._row, self._column = 0, -1
        self._cell: dict[str, str] = {}
        self._contents: dict[str, str] = {}
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._row, self._column = _place(attributes.get("r"), self._row, self._column + 1)
            self._cell, self._contents = attributes, {}
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), -1
        elif name == "mergeCell":
            self.merged.append(_range(attributes["ref"]))
        self._text = ""

    def characters(self, text: str) -> None:
        self._text += text

    def end(self, name: str) -> None:
        if name in ("v", "f", "t"):
            self._contents[name] = self._contents.get(name, "") + self._text
        elif name == "c":
            text, problem = _cell_text(self._workbook, self._cell, self._contents)
            self._builder.put(self._row, self._column, text)
            if problem and self._column < MOST_COLUMNS:
                self._builder.faults[self._row, self._column] = Fault(problem, text)


def _read_sheet(workbook: _Workbook, name: str, part: str) -> Sheet:
    builder = SheetBuilder(name)
    reader = _CellsReader(workbook, builder)
    _stream(workbook.archive, part, reader)
    _spread_merged(builder, reader.merged)
    return builder.sheet()


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Row number and 0-based column of ``B5``; those given where a cell does not say."""
    if reference is None:
        return row, column
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_of(letters)


def _range(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of ``A1:B3``."""
    first, _colon, last = reference.partition(":")
    return *_place(first, 0, 0), *_place(last or first, 0, 0)


def _cell_text(workbook: _Workbook, cell: dict[str, str], contents: dict[str, str]) -> tuple[str, str]:
    """The text of a cell, and the name of what is wrong with it ('' if nothing).

    Args:
        cell: its attributes. contents: texts of the value ``v``, the formula ``f`` and the inline text ``t``.
    """
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _unescaped(contents.get("t", "")), ""
    if "v" not in contents:
        return ("=" + contents["f"], "NOT_CALCULATED") if "f" in contents else ("", "")
    value = contents["v"]
    match kind:
        case "s":
            return workbook.strings[int(value)], ""
        case "str":
            return _unescaped(value), ""
        case "e":
            return value, "CELL_ERROR"
        case "b":
            return ("TRUE" if value == "1" else "FALSE"), ""
        case "d":
            return value.replace("T", " ").removesuffix(" 00:00:00"), ""
        case _:
            return _number(workbook, value, int(cell.get("s", "0"))) if value.strip() else ("", "")


def _number(workbook: _Workbook, value: str, style: int) -> tuple[str, str]:
    number = float(value)
    shown = workbook.formats[style] if workbook.formats else NumberFormat()
    text = number_text(number, shown, since_1904=workbook.since_1904)
    return text, "ROUNDED_NUMBER" if abs(number) >= FIRST_ROUNDED_NUMBER else ""


def _spread_merged(builder: SheetBuilder, merged: list[tuple[int, int, int, int]]) -> None:
    """Put the text of a merged cell into every row that it covers; note how many columns it covers."""
    numbers = sorted(builder.rows)
    covered: dict[int, int] = {}
    for first_row, first, last_row, last in sorted(merged):
        if first >= MOST_COLUMNS or first_row <= covered.get(first, 0):
            continue  # ranges overlap only in files made to be a burden
        covered[first] = last_row
        builder.spans[first_row, first] = last - first + 1
        text = "".join(builder.rows.get(first_row, [])[first : first + 1])
        fault = builder.faults.get((first_row, first))
        for row in numbers[bisect_right(numbers, first_row) : bisect_right(numbers, last_row)]:
            builder.put(row, first, text)
            if fault:
                builder.faults[row, first] = fault
