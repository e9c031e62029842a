"""Writes what old office programs write: .xls workbooks, and texts for the fonts .VnTime and VNI-Times."""

import struct
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

_SECTOR_BYTES = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MINIATURE_BYTES = 4096  # a stream of fewer bytes would have to lie in a store of its own
_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        strict=True,
    )
)
_VNI_LETTERS = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ơ": "ô", "ư": "ö", "ỵ": "î", "đ": "ñ"}
_VNI_MARKS = {
    "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0301": "á", "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã",
    "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0301": "é", "\u0306\u0300": "è", "\u0306\u0309": "ú",
    "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip
_HORN = "\u031b"


def in_tcvn3(text: str) -> str:
    """A text as .VnTime shows it; that font has no capitals with a tone, so those are small."""
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in text)


def in_vni(text: str) -> str:
    """A text as VNI-Times shows it: the letter, then a character for its marks."""
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_LETTERS:
        after = _VNI_LETTERS[small]
    elif letter.isascii():
        return letter
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        horn = _HORN in marks
        # The shape of the vowel comes before its tone, in whichever order Unicode sorts them.
        found = sorted((mark for mark in marks if mark != _HORN), key=lambda mark: mark not in "\u0302\u0306")
        after = (_VNI_LETTERS[base + _HORN] if horn else base) + _VNI_MARKS.get("".join(found), "")
    return after.upper() if letter != small else after


_VNI_LETTERS |= {"o" + _HORN: "ô", "u" + _HORN: "ö"}


def write_xls(path: Path, rows: Iterable[Sequence[object]], sheet: str = "Danh sách") -> Path:
    """A workbook of Excel 97–2003 with one sheet of texts and numbers (BIFF8 in a compound file)."""
    stream = _workbook_stream(list(rows), sheet).ljust(_MINIATURE_BYTES, b"\0")
    path.write_bytes(_compound_file(stream))
    return path


def _workbook_stream(rows: list[Sequence[object]], sheet: str) -> bytes:
    beginning = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    end = _record(0x000A, b"")
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    place = len(beginning) + len(_record(0x0085, struct.pack("<IH", 0, 0) + name)) + len(end)
    book = beginning + _record(0x0085, struct.pack("<IH", place, 0) + name) + end
    cells = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(value, int | float):
                cells.append(_record(0x0203, at + struct.pack("<d", value)))
            elif value:
                text = str(value)
                cells.append(
                    _record(0x0204, at + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))
                )
    return book + b"".join(cells) + end


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound_file(stream: bytes) -> bytes:
    """The stream "Workbook" in a compound file: sector 0 holds the table of sectors, 1 the folder, then the stream."""
    count = -(-len(stream) // _SECTOR_BYTES)
    assert count + 2 <= _SECTOR_BYTES // 4, "one sector of the table is all there is"
    table = [_FAT, _END, *range(3, count + 2), _END]
    table += [_FREE] * (_SECTOR_BYTES // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _MINIATURE_BYTES, _END, 0, _END, 0
    )
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    folder = _entry("Root Entry", 5, child=1, start=_END, size=0)
    folder += _entry("Workbook", 2, child=_FREE, start=2, size=len(stream))
    folder = folder.ljust(_SECTOR_BYTES, b"\0")
    return head + struct.pack(f"<{len(table)}I", *table) + folder + stream.ljust(count * _SECTOR_BYTES, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)
