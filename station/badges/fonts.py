"""Be Vietnam Pro, the one typeface of everything printed: its files, its widths, and what it cannot draw."""

import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from station.errors import EnvironmentFault
from station.i18n import _
from station.text import clean

FONTS_DIR = Path(__file__).resolve().parent.parent.parent / "assets" / "fonts"
REPLACEMENT = "?"
# Of the em, above the baseline: plain capitals, and capitals that carry two marks (Ễ Ẫ Ổ).
CAPITAL_HEIGHT = 0.74
STACKED_HEIGHT = 1.21
DEPTH = 0.27


class Font(StrEnum):
    """The weights in use; the value is the file's stem and the name in a PDF."""

    REGULAR = "BeVietnamPro-Regular"
    ITALIC = "BeVietnamPro-Italic"
    MEDIUM = "BeVietnamPro-Medium"
    SEMI_BOLD = "BeVietnamPro-SemiBold"
    BOLD = "BeVietnamPro-Bold"


def font_file(font: Font) -> Path:
    """The TrueType file of a weight."""
    return FONTS_DIR / f"{font}.ttf"


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the fonts known to reportlab. Raises EnvironmentFault when a file is missing or damaged."""
    for font in Font:
        try:
            pdfmetrics.registerFont(TTFont(str(font), str(font_file(font))))
        except (TTFError, OSError) as error:
            raise EnvironmentFault(
                _("The font {path} is missing or damaged. Install the program again.").format(
                    path=font_file(font)
                )
            ) from error


@lru_cache(maxsize=2**14)
def width_em(text: str, font: Font) -> float:
    """Width of a text in ems of its font: times the size in points it is the width in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, str(font), 1000)) / 1000


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    register_fonts()
    sets = (pdfmetrics.getFont(str(font)).face.charToGlyph for font in Font)
    return frozenset.intersection(*(frozenset(map(chr, glyphs)) for glyphs in sets))


def missing_characters(text: str) -> set[str]:
    """The characters of a text that cannot be drawn as they are written."""
    return {
        character for character in clean(text) if character not in _drawable() and not _is_unseen(character)
    }


def printable(text: str) -> str:
    """The text as it is drawn: NFC, on one line; a letter whose mark is missing without it, else ``?``.

    So ``Ayŭn`` is drawn ``Ayun`` and an emoji ``?``; ``missing_characters`` tells before printing.
    """
    return "".join(map(_drawn, clean(text)))


def _drawn(character: str) -> str:
    if character in _drawable():
        return character
    if _is_unseen(character):
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", character) if not _is_unseen(part)]
    return "".join(parts) if parts and _drawable().issuperset(parts) else REPLACEMENT


def _is_unseen(character: str) -> bool:
    """Marks, variation selectors and the like, which have no place of their own on the line."""
    return unicodedata.category(character) in ("Mn", "Me")
