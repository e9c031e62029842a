"""ZIP archives from outside: what to look at before anything in one is unpacked, and what its entries are called."""

import stat
import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

HIGHEST_RATIO = 100
_RATIO_COUNTS_FROM_BYTES = 2**20
_END = b"PK\5\6"  # end of central directory record (PKWARE APPNOTE 4.3.16)
_END_BYTES = 22
_LONGEST_COMMENT = 2**16 - 1
_DIRECTORY_BYTES_AN_ENTRY = 1_000
_NOT_TOLD = 2**32 - 1  # the figure stands in the ZIP64 record
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP and WinRAR (APPNOTE 4.6.9)
_LETTERS = ("Ll", "Lu", "Mn")


def outgrows(archive: zipfile.ZipFile, most_entries: int, most_bytes: int) -> bool:
    """Whether an archive has too many entries, is too large unpacked, or grows out of all proportion."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    return len(entries) > most_entries or total > most_bytes or any(map(swells, entries))


def swells(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry grows out of all proportion when it is unpacked."""
    return entry.file_size > max(_RATIO_COUNTS_FROM_BYTES, HIGHEST_RATIO * entry.compress_size)


def directory_outgrows(file: BinaryIO, most_entries: int) -> bool:
    """Whether the list of entries alone is too long, told without reading it. Raises OSError."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_BYTES:
        return False  # no archive: whoever opens it will say so
    told: int = struct.unpack_from("<I", tail, place + 12)[0]
    # An archive of more than 4 GB still has a short list; only one that hides its length is refused.
    return told == _NOT_TOLD or told > most_entries * _DIRECTORY_BYTES_AN_ENTRY


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry needs a password."""
    return bool(entry.flag_bits & _ENCRYPTED_FLAG)


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a symbolic link of a Unix system."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def leads_outside(name: str) -> bool:
    """Whether a name is absolute, climbs up, or names a drive of Windows."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as its maker meant it, with ``/`` between folders.

    Where the archive does not say that its names are UTF-8, they are what macOS (UTF-8), a Vietnamese Windows
    (cp1258) or an old program (cp437) wrote: the first of these in which only letters lie outside ASCII.
    """
    name = _unicode_path(entry)
    if not name and not (entry.flag_bits & _UTF8_FLAG or entry.orig_filename.isascii()):
        name = _decoded(entry.orig_filename.encode("cp437", "replace"))
    return (name or entry.filename).replace("\\", "/")


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "cp1258", "cp437"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(c.isascii() or unicodedata.category(c) in _LETTERS for c in text):
            return unicodedata.normalize("NFC", text)  # cp1258 writes the tones behind the letters
    return ""


def _unicode_path(entry: zipfile.ZipInfo) -> str:
    """The name in the extra field for it, '' where there is none that belongs to this entry."""
    extra, place = entry.extra, 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        place += 4 + size
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            encoding = "utf-8" if entry.flag_bits & _UTF8_FLAG else "cp437"
            crc = zlib.crc32(entry.orig_filename.encode(encoding, "replace"))
            if crc == struct.unpack_from("<I", field, 1)[0]:
                return field[5:].decode("utf-8", "replace")
    return ""
