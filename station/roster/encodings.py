"""Finds out in which encoding a text table is written, so that nobody has to know."""

import unicodedata
from dataclasses import dataclass

from station.roster.old_fonts import find_old_font, vietnamese_share

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LOOKED_AT = 20_000  # bytes, from which UTF-16 without a mark is told
_ZEROS = 0.3  # of every second byte: Latin letters in UTF-16 have one


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in, as Python calls it."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | None:
    """The text, composed (NFC) where the encoding writes tones apart; None when it is in none of these.

    Looked for in this order: a byte order mark; UTF-16 without one; UTF-8; then, because every byte means something in
    them, whichever of Windows-1258 and the old fonts' Latin-1 makes Vietnamese of it.
    """
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), _utf_16(content))
    try:
        return Decoded(content.decode(encoding or "utf-8"), encoding or "utf-8")
    except UnicodeDecodeError:
        return None if encoding else _of_one_byte(content)


def _utf_16(content: bytes) -> str:
    sample = content[:_LOOKED_AT]
    half = len(sample) // 2
    if half < 2:
        return ""
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[start::2].count(0)
        if zeros > _ZEROS * half and sample[1 - start :: 2].count(0) == 0:
            return name
    return ""


def _of_one_byte(content: bytes) -> Decoded | None:
    windows = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    latin = content.decode("latin-1")
    if b"\0" in content or _has_controls(latin):
        return None
    conversion = find_old_font(latin.splitlines())
    if conversion is not None and vietnamese_share(conversion.text(latin)) > vietnamese_share(windows):
        return Decoded(latin, "latin-1")
    return Decoded(windows, "cp1258") if "\ufffd" not in windows else Decoded(latin, "latin-1")


def _has_controls(text: str) -> bool:
    return any(character < " " and character not in "\t\r\n" for character in set(text))
