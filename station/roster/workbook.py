"""Reads .xlsx workbooks (ECMA-376, transitional and strict) cell by cell, so that size and damage do no harm.

Not python-calamine: it lays out every cell between the first and the last one, so that one stray cell at
XFD1048576 asks for 512 GB and aborts the process, and it shows error cells (#N/A) as empty ones.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from station.errors import BadInput
from station.i18n import _
from station.media.archive import outgrows
from station.roster.cell_formats import number_formats
from station.roster.cells import (
    LARGEST_FILE_BYTES,
    Progress,
    Sheet,
    SheetBuilder,
    refusal_of_file,
    unheard,
)
from station.roster.workbook_cells import Meaning, SheetSink, StringsReader
from station.roster.workbook_rows import RowsScan, StringsScan, read_part

MOST_ENTRIES = 1_000
_LARGEST_SMALL_PART_BYTES = 20 * 2**20
# Everything that the standard library raises on archives and XML that are damaged or not what they say.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError, EOFError, NotImplementedError,
    RuntimeError, LookupError, ValueError, OverflowError,
)  # fmt: skip


class Workbook:
    """An open workbook.

    Attributes:
        sheets: name and part of every visible sheet, in their order.

    Raises BadInput, here and while reading: DAMAGED_FILE, NOT_A_WORKBOOK, SUSPICIOUS_FILE.
    """

    def __init__(self, content: bytes, progress: Progress = unheard) -> None:
        with _damage_named():
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            check_directory(self._archive)
            found = _find_parts(self._archive)
            self.sheets = found.sheets
            self._progress = progress
            self._done_bytes = 0
            read = [found.strings, *(part for _name, part in found.sheets)]
            self._total_bytes = sum(self._archive.getinfo(part).file_size for part in read if part)
            strings = StringsReader()
            if found.strings:
                with self._archive.open(found.strings) as stream:
                    read_part(stream, StringsScan(strings), self._advance)
            formats = number_formats(_parsed(self._archive, found.styles)) if found.styles else []
            self._meaning = Meaning(strings.strings, formats, found.since_1904)

    def read_sheet(self, part: str, sink: SheetSink) -> None:
        """Put the rows, faults and merged ranges of a sheet into a sink.

        Formulas give the value they had when the file was saved.
        """
        with _damage_named(), self._archive.open(part) as stream:
            scan = RowsScan(self._meaning, sink)
            read_part(stream, scan, self._advance)
            scan.reader.flush()

    def _advance(self, read_bytes: int) -> None:
        self._done_bytes += read_bytes
        self._progress(self._done_bytes, self._total_bytes)


def read_workbook(content: bytes) -> Iterator[Sheet]:
    """The visible sheets in the order of the workbook, each read only when it is asked for, in this process.

    Raises BadInput: those of Workbook, TOO_MANY_ROWS, TOO_MANY_CELLS.
    """
    workbook = Workbook(content)
    for name, part in workbook.sheets:
        builder = SheetBuilder(name)
        workbook.read_sheet(part, builder)
        yield builder.sheet()


@contextmanager
def _damage_named() -> Iterator[None]:
    """Turn what the standard library raises on damage into the one sentence about it."""
    try:
        yield
    except _DAMAGE as error:
        raise damaged_file() from error


def damaged_file() -> BadInput:
    """The error that says that a workbook cannot be read."""
    message = _(
        "The file is damaged or incomplete. Open it in Excel, save it again as .xlsx, and try once more."
    )
    return refusal_of_file("DAMAGED_FILE", message)


def check_directory(archive: zipfile.ZipFile) -> None:
    """Refuse archives that grow out of all proportion before anything is unpacked."""
    if outgrows(archive, MOST_ENTRIES, LARGEST_FILE_BYTES):
        message = _(
            "The workbook is far larger inside than a roster can be. "
            "Copy the table of delegates into a new workbook and use that."
        )
        raise refusal_of_file("SUSPICIOUS_FILE", message)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where in the archive what stands, '' for what there is not.

    Attributes:
        sheets: name and part of every visible sheet.
        strings: the shared texts. styles: the formats. since_1904: how dates count.
    """

    sheets: list[tuple[str, str]]
    strings: str
    styles: str
    since_1904: bool


def _find_parts(archive: zipfile.ZipFile) -> _Parts:
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
    since_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")
    return _Parts(sheets, parts.get("sharedStrings", ""), parts.get("styles", ""), since_1904)


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
