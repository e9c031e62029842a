"""Takes off a payload what a scanner or a decoder put around it."""

import re
import unicodedata

_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # AIM identifier, ISO/IEC 15424: ]Q1 for a QR code
_ECI = re.compile(r"\\[0-9]{6}")  # how an ECI is written in transmissions: \000026 is UTF-8
_OUTSIDE = "".join(map(chr, (*range(0x21), 0x7F, 0xFEFF)))  # control characters, space, byte order mark


def text_of(raw: bytes) -> str:
    """The payload as text; empty when it is none: no UTF-8, or zero bytes within."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text.strip(_OUTSIDE) else text


def trimmed(text: str) -> str:
    """Without white space, control characters, symbology identifier and ECI mark around it."""
    text = text.strip(_OUTSIDE)
    for mark in (_SYMBOLOGY, _ECI):
        found = mark.match(text)
        if found:
            text = text[found.end() :].strip(_OUTSIDE)
    return text


def spellings(text: str) -> list[str]:
    """A text as it is, trimmed, and in both forms of Unicode: a roster holds any one of them."""
    forms = [text.strip(" \t\r\n\v\f"), trimmed(text)]
    if not text.isascii():
        forms += [unicodedata.normalize(form, forms[1]) for form in ("NFC", "NFD")]
    return forms
