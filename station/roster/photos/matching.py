"""Whose photo a file is, told by its name alone: by code, else by name, else by name and unit."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from station.model.delegate import Delegate
from station.text import clean, fold

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_FIGURES = re.compile(r"(?<![0-9]) | (?![0-9])")
_MOST_WORDS = 24
_MOST_INITIALS = 6
# What people, scanners and file managers put beside a name; folded. Behind a name ``Chi`` may belong to it.
_BEFORE = re.compile(r"\b(anh|hinh|the|chan dung|cua|photo|image|img|scan|ong|ba|dong chi|dc|mr|mrs|ms)\b")
_BEHIND = re.compile(
    r"\b(anh (the|chan dung|3x4|4x6)|chan dung|ban sao|photo|image|img|scan|copy|new|3x4|4x6)\b"
)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whom a file may show.

    Attributes:
        delegates: one, several among whom it cannot choose, or nobody.
        by_code: whether the one was found by code. also_named: somebody else whose name stands beside that code.
    """

    delegates: tuple[Delegate, ...]
    by_code: bool = False
    also_named: Delegate | None = None


class Index:
    """Knows the delegates by everything a file can be named after."""

    def __init__(self, delegates: Iterable[Delegate]) -> None:
        self._codes: defaultdict[str, list[Delegate]] = defaultdict(list)
        self._names: defaultdict[str, list[Delegate]] = defaultdict(list)
        for delegate in delegates:
            self._codes[_joined(_words(delegate.code))].append(delegate)
            self._names[_joined(_words(delegate.name))].append(delegate)

    def fit(self, file_name: str) -> Fit:
        """Whom a file shows, by its path with ``/``; the folder it lies in may tell namesakes apart."""
        path = PurePosixPath(file_name)
        stem = _SUFFIX.sub("", path.name)
        words = _words(stem)[:_MOST_WORDS]
        coded, code_words = self._by_code(words)
        named = self._by_name(words, code_words, stem)
        if len(named) > 1:
            named = _of_folder(named, path.parent.as_posix()) or named
        both = [delegate for delegate in coded if delegate in named]
        if len(coded) == 1 and (both or not named or _is_distinctive(coded[0].code)):
            return Fit(tuple(coded), True, None if both or not named else named[0])
        # A running number before somebody else's name is no code: who is meant, only a person can tell.
        return Fit(tuple(both or _unique((*coded, *named))))

    def near(self, file_name: str, most: int) -> list[Delegate]:
        """Whom a file may be meant for: those with most words of their names in its name, at least two."""
        words = set(_words(_SUFFIX.sub("", file_name)))
        people = [delegate for namesakes in self._names.values() for delegate in namesakes]
        shared = [(len(words.intersection(_words(delegate.name))), delegate) for delegate in people]
        shared.sort(key=lambda pair: -pair[0])
        return [delegate for count, delegate in shared[:most] if count > 1]

    def _by_code(self, words: Sequence[str]) -> tuple[list[Delegate], set[str]]:
        """Those whose whole code stands in the name, and its words; only figures or only letters must begin it."""
        found = [
            (last - first, self._codes[key], words[first:last])
            for first, last in _runs(words)
            if (key := _joined(words[first:last])) in self._codes and (first == 0 or _is_distinctive(key))
        ]
        longest = max((length for length, _delegates, _run in found), default=0)
        best = [(delegates, run) for length, delegates, run in found if length == longest]
        return _unique(d for delegates, _run in best for d in delegates), {w for _d, run in best for w in run}

    def _by_name(self, words: Sequence[str], code_words: set[str], stem: str) -> list[Delegate]:
        """Those of whose name and data every word of the file name is; fewer words besides the name fit better."""
        found: list[tuple[int, Delegate]] = []
        for first, last in _runs(words):
            namesakes = self._names.get(_joined(words[first:last]), ())
            if namesakes:
                rest = [w for w in _rest(words[:first], words[last:]) if w not in code_words]
                found += [(len(rest), d) for d in namesakes if _explains(d, rest, stem)]
        fewest = min((rest for rest, _delegate in found), default=0)
        return _unique(delegate for rest, delegate in found if rest == fewest)


def _words(text: str) -> list[str]:
    """Folded words; also those of ``NguyenVanA``."""
    parted = ""
    for character in clean(text).replace("_", " "):
        begins = character.isupper() and (parted[-1:].islower() or parted[-1:].isdigit())
        parted += f" {character}" if begins else character
    return _WORD.findall(fold(parted))


def _joined(words: Sequence[str]) -> str:
    """Words in one, so that ``HN01`` fits ``HN-01``; figures stay apart: ``1-2`` is not ``12``."""
    return _BETWEEN_FIGURES.sub("", " ".join(words))


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) place of every run of words."""
    return ((first, last) for first in range(len(words)) for last in range(first + 1, len(words) + 1))


def _is_distinctive(code: str) -> bool:
    return any(map(str.isdigit, code)) and any(map(str.isalpha, code))


def _rest(before: Sequence[str], behind: Sequence[str]) -> list[str]:
    """The words beside a name that must mean something."""
    left = [*_BEFORE.sub("", " ".join(before)).split(), *_BEHIND.sub("", " ".join(behind)).split()]
    return [word for word in left if not word.isdigit()]


def _of_folder(namesakes: Sequence[Delegate], folder: str) -> list[Delegate]:
    rest = _rest(_words(folder), ())
    return [delegate for delegate in namesakes if rest and _explains(delegate, rest, f"-{folder}")]


def _explains(delegate: Delegate, rest: Sequence[str], stem: str) -> bool:
    """Whether words beside a name speak of the delegate's unit or position, written out or as initials.

    A single word must be set apart by a sign: ``Kim Giang`` is not Kim of Kiên Giang.
    """
    if len(rest) == 1 and not re.search(rf"[-–—_(\[,.]\s*{re.escape(rest[0])}", fold(stem)):
        return False
    data = [_whole(_words(text)) for text in (delegate.unit, delegate.position, delegate.category)]
    known = {word for words in data for word in words}
    shortened = {initials for words in data for initials in _initials(words)}
    rest = _whole(rest)
    place = 0
    while place < len(rest):
        step = 1 if rest[place] in known or rest[place] in shortened else _written_out(rest[place:], known)
        if not step:
            return False
        place += step
    return True


def _whole(words: Sequence[str]) -> list[str]:
    return [whole for word in words for whole in (("thanh", "pho") if word == "tp" else (word,))]


def _initials(words: Sequence[str]) -> Iterator[str]:
    return (
        "".join(word[0] for word in words[first:last])
        for first, last in _runs(words)
        if 2 <= last - first <= _MOST_INITIALS
    )


def _written_out(rest: Sequence[str], known: set[str]) -> int:
    """How many words the roster writes as their initials: ``Liên đoàn Lao động`` for ``LĐLĐ``; 0 for none."""
    lengths = range(min(len(rest), _MOST_INITIALS), 1, -1)
    return next((n for n in lengths if "".join(word[0] for word in rest[:n]) in known), 0)


def _unique(delegates: Iterable[Delegate]) -> list[Delegate]:
    return list({delegate.id: delegate for delegate in delegates}.values())
