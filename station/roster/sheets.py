"""Opens a roster file: tells by its first bytes what it is, and hands it to the reader for that or says why not."""

import errno
from collections.abc import Generator
from pathlib import Path

from station.errors import BadInput
from station.i18n import _
from station.media.faults import reason
from station.roster.cells import LARGEST_FILE_BYTES, Progress, Sheet, refusal_of_file, unheard
from station.roster.delimited import read_delimited
from station.roster.encodings import decode
from station.roster.html_tables import is_html_with_a_table, read_html_tables
from station.roster.reader import OTHER_WORKBOOK, WORKBOOK
from station.roster.separate import read_separately

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".xls")  # some programs write a text table and call it .xls
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".ods")

_ARCHIVE = b"PK\x03\x04"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_BOOKS = tuple(
    name.encode("utf-16-le") for name in ("Workbook", "Book")
)  # [MS-XLS] 2.1: the stream that makes a compound file a workbook
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode(
    "utf-16-le"
)  # [MS-OFFCRYPTO] 2.3: where a password locks a workbook
_START_BYTES = 2**16
_KNOWN_STRANGERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}


def read_content(path: Path) -> bytes:
    """All bytes of a roster file. Raises BadInput: FILE_MISSING, FILE_LOCKED, FILE_UNREADABLE, FILE_TOO_LARGE,
    EMPTY_FILE."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, _("it is a folder"))
        if path.stat().st_size > LARGEST_FILE_BYTES:
            message = _("The file “{file}” is larger than {most} MB: too large for a roster.")
            raise _refusal("FILE_TOO_LARGE", message, path, most=LARGEST_FILE_BYTES // 2**20)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _refusal("FILE_MISSING", _("There is no file “{file}”."), path) from error
    except PermissionError as error:
        message = _("The file “{file}” cannot be opened. Is it open in Excel? Close it there and try again.")
        raise _refusal("FILE_LOCKED", message, path) from error
    except (OSError, ValueError) as error:
        message = _("The file “{file}” cannot be read: {reason}.")
        why = reason(error) if isinstance(error, OSError) else error
        raise _refusal("FILE_UNREADABLE", message, path, reason=why) from error
    if not content:
        raise _refusal("EMPTY_FILE", _("The file “{file}” is empty."), path)
    return content


def sheets_of(content: bytes, path: Path, progress: Progress = unheard) -> Generator[Sheet, None, None]:
    """The sheets in the bytes of a roster file; a text table is one sheet.

    The path only names the file. Raises BadInput, also while iterating, with one problem about the whole file:
    PASSWORD_PROTECTED, UNKNOWN_FILE_TYPE, and those of read_separately and read_delimited.
    """
    suffix = path.suffix.lower()
    if content.startswith(_COMPOUND_FILE):
        _check_compound_file(content, path)
        return read_separately(content, OTHER_WORKBOOK, progress)
    if content.startswith(_ARCHIVE) and content[30:].startswith(_OPEN_DOCUMENT):
        return read_separately(content, OTHER_WORKBOOK, progress)
    if content.startswith(_ARCHIVE):
        return read_separately(content, WORKBOOK, progress)
    if is_html_with_a_table(content):
        return _alone(read_html_tables(content, path.stem, progress))
    stranger = next((kind for magic, kind in _KNOWN_STRANGERS.items() if content.startswith(magic)), None)
    if stranger or _is_markup(content):
        message = _(
            "The file “{file}” holds {kind}, not a table. Open it in Excel and save the table as .xlsx."
        )
        raise _refusal("UNKNOWN_FILE_TYPE", message, path, kind=stranger or "HTML/XML")
    if suffix in WORKBOOK_SUFFIXES and not _is_text_table(content):
        return read_separately(content, WORKBOOK, progress)  # says that it is damaged
    if suffix not in (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES):
        message = _(
            "“{file}” is not a kind of file that holds a roster. Use .xlsx, .xls, .ods, .csv or .tsv."
        )
        raise _refusal("UNKNOWN_FILE_TYPE", message, path)
    return _alone(read_delimited(content, path.stem, progress))


def _alone(sheet: Sheet) -> Generator[Sheet, None, None]:
    yield sheet


def _is_text_table(content: bytes) -> bool:
    """Whether this is a text table that somebody only gave the name of a workbook."""
    start = content[:_START_BYTES]
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    decoded = decode(start[: start.rfind(b"\n") + 1])
    return decoded is not None and any(sign in decoded.text for sign in ",;\t")


def _is_markup(content: bytes) -> bool:
    """Whether this is a web page or XML, which some programs save under the name .xls or .csv."""
    return (
        content[:256]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<?xml", b"<table"))
    )


def _check_compound_file(content: bytes, path: Path) -> None:
    if _ENCRYPTED_PACKAGE in content:
        message = _(
            "“{file}” is locked with a password. Open it in Excel, remove the password, and save it again."
        )
        raise _refusal("PASSWORD_PROTECTED", message, path)
    if not any(book in content for book in _BOOKS):
        message = _("“{file}” is not a workbook. Open it in its program and save the table as .xlsx.")
        raise _refusal("UNKNOWN_FILE_TYPE", message, path)


def _refusal(problem: str, message: str, path: Path, **values: object) -> BadInput:
    return refusal_of_file(problem, message.format(file=path.name, **values))
