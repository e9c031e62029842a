"""Vietnamese written before Unicode: texts for the fonts .VnTime (TCVN 5712-3, "ABC") and VNI-Times, made readable.

Such texts are valid Latin-1 that only the old font shows as Vietnamese: ``NguyÔn V¨n`` and ``Nguyeãn Vaên`` are both
Nguyễn Văn. Sources: TCVN 5712:1993 (VN3); the code table of VNI-Windows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from station.errors import Problem
from station.i18n import _
from station.roster.cells import Row, Sheet

LEAST_WORDS = 3  # with marks; fewer prove nothing
_EXAMPLES_NAMED = 3
_LOOKED_AT = 3_000  # texts with marks
_READABLE, _UNREADABLE = 0.85, 0.6  # shares of such words that look Vietnamese

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_SINGLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI_MARKS = {  # after a vowel: the tone, or the shape with or without a tone, as combining characters
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_VOWELS = "aeouyôö"
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĂÂÊÔƠƯĐ")  # those that TCVN3 has
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(ng|nh|ch|[ckmnpt])?"  # k: Đắk Lắk
)
_SHORTENED = re.compile("[BCDĐGHKLMNPQRSTVX]+")  # LĐLĐ, CĐCS, HĐND: no syllables, and in every line of a list
_WORD_ENDS = re.compile(r"[\s.,;:()/\-–\"']+")


class OldFont(StrEnum):
    """The family of the font a text was written for; the value is how offices know it."""

    TCVN3 = ".VnTime (TCVN3)"
    VNI = "VNI-Times (VNI)"


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a table is made readable.

    Attributes:
        font: what it was written for.
        examples: some texts before and after.
    """

    font: OldFont
    examples: tuple[tuple[str, str], ...]

    def text(self, text: str) -> str:
        """A text of this table in Unicode; one that is readable as it stands stays."""
        return _converted(text, self.font)


def find_old_font(texts: Iterable[str], most_examples: int = 5) -> Conversion | None:
    """What the texts of a table were written for; None for Unicode."""
    marked = list(islice((text for text in texts if not text.isascii()), _LOOKED_AT))
    best: Conversion | None = None
    best_share = _READABLE
    words = [word for text in marked for word in _marked_words(text)]
    if len(words) < LEAST_WORDS or _share(words) > _UNREADABLE:
        return None
    for font in OldFont:
        pairs = [(text, _converted(text, font)) for text in marked]
        share = _share([word for _before, after in pairs for word in _marked_words(after)])
        if share > best_share:
            changed = dict.fromkeys((before, after) for before, after in pairs if before != after)
            best, best_share = Conversion(font, tuple(changed)[:most_examples]), share
    return best


def readable_sheet(sheet: Sheet) -> Sheet:
    """The sheet in Unicode; where it was written for an old font, a notice FONT_CONVERTED says so, with examples."""
    conversion = find_old_font(text for row in sheet.rows for text in row.cells)
    if conversion is None:
        return sheet
    rows = tuple(Row(row.number, tuple(map(conversion.text, row.cells))) for row in sheet.rows)
    shown = "; ".join(f"“{before}” → “{after}”" for before, after in conversion.examples[:_EXAMPLES_NAMED])
    message = _(
        "The table was written for the font {font} and is shown in Unicode. Check the names: {examples}."
    )
    notice = Problem(None, None, "FONT_CONVERTED", message.format(font=conversion.font, examples=shown))
    return replace(sheet, rows=rows, notices=(notice, *sheet.notices))


def vietnamese_share(text: str) -> float:
    """The share of the words with marks that look Vietnamese, 0…1; 0 where there are none."""
    return _share(_marked_words(text))


def _share(words: list[str]) -> float:
    return sum(map(_looks_vietnamese, words)) / len(words) if words else 0.0


def _marked_words(text: str) -> list[str]:
    words = _WORD_ENDS.split(unicodedata.normalize("NFC", text))
    return [word for word in words if not word.isascii() and not _SHORTENED.fullmatch(word)]


@lru_cache(maxsize=2**13)
def _looks_vietnamese(word: str) -> bool:
    """A syllable of Vietnamese letters with one tone at most, written small, large, or with a capital."""
    if word not in (word.lower(), word.upper(), word.lower().capitalize()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = sum(character in _TONES for character in apart)
    plain = "".join(character for character in apart if character not in _TONES)
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))


def _converted(text: str, font: OldFont) -> str:
    """A text in Unicode, unless it holds characters that the old fonts do not have, or is better as it stands."""
    if text.isascii() or any(ord(character) > 0xFF for character in text):
        return text
    rule: Callable[[str], str] = _from_tcvn3 if font is OldFont.TCVN3 else _from_vni
    words = [_one_case(word) for word in rule(text).split(" ")]
    if font is OldFont.TCVN3 and _is_title(words):
        words = [word[:1].upper() + word[1:] for word in words]
    after = " ".join(words)
    return after if vietnamese_share(after) >= vietnamese_share(text) else text


def _is_title(words: list[str]) -> bool:
    """Whether words that can begin with a capital all do: TCVN3 has no capitals with a tone, so Ánh is ánh in it."""
    able = [word for word in words if word[:1].isalpha() and word[0].upper() in _CAPITALS]
    return len(able) > 1 and all(word[0].isupper() for word in able)


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    out: list[str] = []
    for number, character in enumerate(text):
        small = character.lower()
        before = text[number - 1].lower() if number else ""
        if small in _VNI_MARKS and before and before in _VNI_VOWELS:
            out.append(_VNI_MARKS[small])
        elif small in _VNI_SINGLE:
            single = _VNI_SINGLE[small]
            out.append(single if character == small else single.upper())
        else:
            out.append(character)
    return unicodedata.normalize("NFC", "".join(out))


def _one_case(word: str) -> str:
    """The capital fonts show small codes as capitals: what stands among capitals only is one."""
    able = [character for character in word if character.upper() in _CAPITALS]
    return word.upper() if len(able) > 1 and all(character.isupper() for character in able) else word
