"""Vietnamese text: one normal form, one fold for search, one order for every list, table and report."""

import re
import unicodedata
from functools import lru_cache

SortKey = str

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Marks that make another letter (breve, circumflex, horn), not another tone.
_LETTER_MARKS = frozenset("\u0306\u0302\u031b")
# Order of tones in Vietnamese dictionaries: level, grave, hook above, tilde, acute, dot below.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# In a sort key ASCII signs and digits keep their code, Vietnamese letters follow, then all other characters.
_LETTER_CODES = {letter: chr(0x80 + rank) for rank, letter in enumerate(_LETTERS)}
_OTHER_CHARACTER = "\u00a1"
_TEXT_FOLLOWS, _TONES_FOLLOW = "\x01", "\x02"

_SPACES = frozenset({"Cc", "Zl", "Zp", "Zs"})
_INVISIBLE = frozenset({"Cf", "Cs"})  # zero-width and direction characters, lone surrogates
_SAME_WHEN_FOLDED = str.maketrans(
    {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"} | dict.fromkeys("’‘ʼʻ`´", "'") | dict.fromkeys("‐‑–—−", "-")
)
_WORD_BREAK = re.compile(r"[\s\-‐‑–—]+")
_NUMBER_OR_CHARACTER = re.compile(r"[0-9]+|.", re.DOTALL)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    return "" if category in _INVISIBLE else character


def clean(text: str) -> str:
    """NFC, without control, zero-width and direction characters, white space runs made one space."""
    if not text.isprintable():
        text = "".join(map(_visible, text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    # Of all white space only blanks are left, and most cells have none too many.
    return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text


@lru_cache(maxsize=2**14)
def _fold_word(word: str) -> str:
    if word.isascii():
        return word.lower().replace("`", "'")
    lower = unicodedata.normalize("NFKD", word.translate(_SAME_WHEN_FOLDED)).casefold()
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SAME_WHEN_FOLDED)


@lru_cache(maxsize=2**14)
def fold(text: str) -> str:
    """What two spellings share: lower case, đ as d, no marks; for search and comparison, never for display.

    Typographic apostrophes and dashes are folded to ``'`` and ``-``, full-width letters to narrow ones.
    """
    return " ".join(" ".join(map(_fold_word, clean(text).split())).split())


def folded(text: str) -> str:
    """As fold, but word by word and so far quicker for a whole roster: its words come again and again."""
    if "`" in text or not text.isprintable():
        return fold(text)
    words = [word.lower() if word.isascii() else fold(word) for word in text.split()]
    return " ".join(filter(None, words))


def _letter_code(character: str) -> tuple[str, str]:
    """The place of one character in the alphabet, and its tone (empty for level)."""
    parts = unicodedata.normalize("NFD", character)
    letter = unicodedata.normalize("NFC", parts[0] + "".join(p for p in parts[1:] if p in _LETTER_MARKS))
    code = _LETTER_CODES.get(letter) or _LETTER_CODES.get(parts[0])
    if code is None:
        code = parts[0] if parts[0].isascii() else _OTHER_CHARACTER + parts[0]
    return code, "".join(_TONES.get(part, "") for part in parts[1:])


@lru_cache(maxsize=2**14)
def _word_key(word: str) -> str:
    codes, tones = "", ""
    for run in _NUMBER_OR_CHARACTER.findall(unicodedata.normalize("NFC", word.lower())):
        if run.isascii() and run.isdecimal():
            digits = run.lstrip("0")
            codes += "0" + chr(0x30 + min(len(digits), 0x40)) + digits  # 2 before 10: the shorter one first
        else:
            code, tone = _letter_code(run)
            codes, tones = codes + code, tones + tone
    return codes + _TONES_FOLLOW + tones + _TONES_FOLLOW


def text_key(text: str) -> SortKey:
    """Sort key of any Vietnamese text, word by word: letters (a ă â … d đ …) first, then the tone.

    A string of printable and other characters that compares, also in SQLite, in the wished order. The tone counts
    wherever it stands in the word (hoà = hòa); hyphens part words; numbers go by value; texts that differ only
    in case or spelling follow one another in a fixed order.
    Source: order of letters and tones in Vietnamese dictionaries (Hoàng Phê, Từ điển tiếng Việt).
    """
    text = clean(text)
    return "".join(_word_key(word) for word in _WORD_BREAK.split(text) if word) + _TEXT_FOLLOWS + text


def sort_key(name: str) -> SortKey:
    """Sort key of a person's name as Vietnamese lists order it: given name (the last word), then the rest."""
    words = name.split()
    return text_key(" ".join(words[-1:] + words[:-1]))
