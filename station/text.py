"""Vietnamese text: one normal form, one fold for search, one order for every list, table and report."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_BASE_MARKS = {
    "\u0306",
    "\u0302",
    "\u031b",
}  # breve, circumflex and horn make another letter, not another tone
# Order of tones in Vietnamese dictionaries: level, grave, hook above, tilde, acute, dot below.
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

SortKey = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def clean(text: str) -> str:
    """NFC, without control and invisible direction characters, white space runs made one space."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", text).split())


def fold(text: str) -> str:
    """What two spellings share: lower case, đ as d, no marks; for search and comparison, never for display."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def _syllable_key(syllable: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", syllable.lower()):
        base, tone = "", 0
        for part in unicodedata.normalize("NFD", character):
            if part in _TONE_RANK:
                tone = _TONE_RANK[part]
            elif not unicodedata.combining(part) or part in _BASE_MARKS:
                base += part
        letter = unicodedata.normalize("NFC", base)
        letters.append(_LETTER_RANK.get(letter, len(_LETTERS) + ord(letter[0]) if letter else 0))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def text_key(text: str) -> SortKey:
    """Sort key of any Vietnamese text, word by word: letters (a ă â … d đ …) first, then tones.

    Source: TCVN alphabet order; tones in dictionary order (level, grave, hook, tilde, acute, dot).
    """
    return tuple(_syllable_key(word) for word in text.split())


def sort_key(name: str) -> SortKey:
    """Sort key of a person's name as Vietnamese lists order it: given name (the last word), then the rest."""
    words = name.split()
    return text_key(" ".join(words[-1:] + words[:-1]))
