"""Finds delegates by what a clerk types: parts of the name without marks, initials, unit, code, telephone, slips.

An inverted index over the folded words of the roster answers each keystroke with a few operations on arrays, so that
a hundred thousand delegates are no slower to type into than a hundred. Words that nobody has are compared with those
that are there by edit distance (optimal string alignment: Boytsov, 2011, "Indexing methods for approximate dictionary
searching", section 2), and as a last resort the whole text with whole names.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from station.codes.contact import national_digits
from station.model.delegate import Delegate, DelegateStatus
from station.text import clean, fold

_WORD = re.compile(r"[\w']+")
# How much a word counts where it was found.
_GIVEN, _NAME, _INITIALS, _UNIT, _NUMBER = 1.0, 0.9, 0.7, 0.55, 0.9
# How much it counts as it was typed: whole, its beginning, or with a slip.
_WHOLE, _BEGINNING, _SLIP = 1.0, 0.8, 0.5
_SHORTEST_WITH_SLIP = 2
_SHORTEST_NUMBER = 3
_BEGUN = 0.3  # what several words count that a name begins with
_ONE_SLIP, _FEW_SLIPS = 0.24, 2
_EXPLAINED = 0.4
_LEAST_LIKE = 78.0  # of 100, for whole names
_LOOKED_AT = 60  # the best of the index, weighed once more one by one

Found = list[tuple[Delegate, float]]
Scores = NDArray[numpy.float32]


class SearchIndex:
    """The words of a roster; built once, asked with every keystroke.

    Args:
        delegates: in the order in which equals are to be found.
    """

    def __init__(self, delegates: Sequence[Delegate]) -> None:
        self._delegates = tuple(delegates)
        self._names = [" ".join(_words(delegate.name)) for delegate in self._delegates]
        self._units = [" ".join(_words(delegate.unit)) for delegate in self._delegates]
        self._codes = [fold(delegate.code) for delegate in self._delegates]
        self._phones = [national_digits(delegate.phone) for delegate in self._delegates]
        self._fields = (
            (_GIVEN, _Field(name[name.rfind(" ") + 1 :].split() for name in self._names)),
            (_NAME, _Field(name.split() for name in self._names)),
            (_INITIALS, _Field(map(_initials, self._names))),
            (_UNIT, _Field(map(_unit_words, self._units))),
        )
        self._called: dict[str, list[int]] = {}  # places by whole name
        # Places by family and middle name, then by given name.
        self._named: dict[str, dict[str, list[int]]] = {}
        for place, name in enumerate(self._names):
            before, given = _parted(name)
            self._named.setdefault(before, {}).setdefault(given, []).append(place)
            self._called.setdefault(name, []).append(place)

        self._whole_names = list(self._called)

    def find(self, text: str, limit: int = 30) -> Found:
        """The delegates meant, with a score from 0 to 1, best first; equals in the order of the roster."""
        words = _words(text)
        if not words or not self._delegates:
            return []
        total = numpy.zeros(len(self._delegates), numpy.float32)
        everywhere = numpy.ones(len(self._delegates), bool)
        for word in words:
            scores = self._scores(word, len(words))
            everywhere &= scores > 0
            total += scores
        total[~everywhere] = 0
        places = _best(total, _LOOKED_AT + limit)
        found = {place: self._weighed(place, text, words, float(total[place])) for place in places}
        wanted = " ".join(words)
        if len(words) > 1 and not any(self._names[place].startswith(wanted) for place in places):
            for place in self._one_slip_off(wanted):
                found.setdefault(place, self._weighed(place, text, words, 0))
        if len(found) < limit:
            for score, place in self._alike(wanted, limit):
                found.setdefault(place, score)
        best = sorted((-score, place) for place, score in found.items())[:limit]
        return [(self._delegates[place], round(-score, 3)) for score, place in best]

    def alike(self, delegate: Delegate) -> tuple[Delegate, ...]:
        """The others whose name is the same, differs only in marks, or in one letter of the given name."""
        before, given = _parted(" ".join(_words(delegate.name)))
        close = process.extract(
            given, list(self._named.get(before, {})), scorer=OSA.distance, score_cutoff=1, limit=None
        )
        places = sorted(place for other, _distance, _at in close for place in self._named[before][other])
        found = (self._delegates[place] for place in places)
        return tuple(
            other
            for other in found
            if other.id != delegate.id and other.status is not DelegateStatus.WITHDRAWN
        )

    def _scores(self, word: str, words: int) -> Scores:
        """How well every delegate fits one word."""
        scores = numpy.zeros(len(self._delegates), numpy.float32)
        for weight, field in self._fields:
            for places, found in field.find(word, with_slips=words > 1 or len(word) > _SHORTEST_NUMBER):
                scores[places] = numpy.maximum(scores[places], weight * found)
        if any(character.isdigit() for character in word):
            for numbered, found in self._numbers(word):
                scores[numbered] = numpy.maximum(scores[numbered], _NUMBER * found)
        return scores

    def _numbers(self, word: str) -> Iterator[tuple[list[int], float]]:
        """Codes, whole or by their last digits, and the last digits of telephone numbers."""
        yield [place for place, code in enumerate(self._codes) if code == word], 2 * _WHOLE
        if word.isdigit():
            number = word.lstrip("0")
            yield (
                [
                    place
                    for place, code in enumerate(self._codes)
                    if number and code.endswith(word) and re.split(r"\D", code)[-1].lstrip("0") == number
                ],
                _WHOLE,
            )
        if word.isdigit() and len(word) >= _SHORTEST_NUMBER:
            yield [place for place, phone in enumerate(self._phones) if phone.endswith(word)], _WHOLE
        yield [place for place, code in enumerate(self._codes) if code.startswith(word)], _BEGINNING

    def _weighed(self, place: int, text: str, words: Sequence[str], total: float) -> float:
        """The score of one delegate: how its words fit, their order, and the marks where some were typed."""
        closeness = self._closeness(place, " ".join(words))
        score = total / len(words) / 2
        if len(words) > 1 and closeness > _ONE_SLIP:
            score = max(score, _EXPLAINED)  # the slip may have moved a space: then no single word says it
        score += closeness
        if len(words) > 1 and " ".join(words[-2:]) in self._units[place]:
            score += 0.1
        marked = [word for word in _WORD.findall(clean(text).casefold()) if not word.isascii()]
        if marked:
            name_words = _WORD.findall(self._delegates[place].name.casefold())
            score += 0.15 * sum(word in name_words for word in marked) / len(marked)
        return min(1.0, score)

    def _closeness(self, place: int, wanted: str) -> float:
        """How near the whole of what was typed is to the whole name, so that one slip beats two."""
        name = self._names[place]
        if wanted in (name, self._codes[place]):
            return 0.4
        if " " not in wanted:
            return 0.15 if name.startswith(wanted) or name.endswith(wanted) else 0.1 * (wanted in name)
        if name.startswith(wanted):  # the shortest such name is the likeliest
            return _BEGUN + 0.03 * len(wanted) / len(name)
        slips = OSA.distance(name, wanted, score_cutoff=_FEW_SLIPS)
        if slips <= _FEW_SLIPS:
            # There are few ways to leave out a letter or to turn two round, and twenty times as many to err in one.
            plain = slips == 1 and (len(name) > len(wanted) or sorted(name) == sorted(wanted))
            return _ONE_SLIP + 0.02 + 0.02 * plain if slips == 1 else _ONE_SLIP - 0.04
        similar = 0.2 * OSA.normalized_similarity(name, wanted) ** 2
        return max(similar, 0.15 if name.endswith(wanted) else 0.1 * (wanted in name))

    def _alike(self, wanted: str, limit: int) -> list[tuple[float, int]]:
        """Delegates whose whole name is like the text, for slips that no single word explains."""
        found = process.extract(
            wanted, self._whole_names, scorer=fuzz.ratio, limit=limit, score_cutoff=_LEAST_LIKE
        )
        return [
            (0.25 + 0.3 * (score / 100) ** 2, place)
            for name, score, _at in found
            for place in self._called[name]
        ]

    def _one_slip_off(self, wanted: str) -> list[int]:
        """The places of those whose whole name is one slip off."""
        found = process.extract(wanted, self._whole_names, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [place for name, _slips, _at in found for place in self._called[name]]


class _Field:
    """Who has which word in one field."""

    def __init__(self, words_of: Iterable[Iterable[str]]) -> None:
        places: dict[str, list[int]] = {}
        for place, words in enumerate(words_of):
            for word in dict.fromkeys(words):
                places.setdefault(word, []).append(place)
        self._words = sorted(places)
        self._places = [numpy.array(places[word], numpy.int32) for word in self._words]

    def find(self, word: str, *, with_slips: bool) -> Iterator[tuple[NDArray[numpy.int32], float]]:
        """The delegates who have the word, begin with it, or have one like it; with how much that counts."""
        place = bisect_left(self._words, word)
        while place < len(self._words) and self._words[place].startswith(word):
            yield self._places[place], _WHOLE if self._words[place] == word else _BEGINNING
            place += 1
        if with_slips and len(word) >= _SHORTEST_WITH_SLIP and not word.isdigit():
            slips = 2 if len(word) > 6 else 1
            alike = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=None)
            for other, distance, at in alike:
                if distance and not other.startswith(word):
                    yield self._places[at], _SLIP / distance


def _best(total: Scores, most: int) -> list[int]:
    """The places of the highest scores above 0."""
    if numpy.count_nonzero(total) > most:
        # The order of the roster decides among equals: of a thousand Nguyễns the first ones.
        threshold = numpy.partition(total, -most)[-most]
        above, equal = numpy.flatnonzero(total > threshold), numpy.flatnonzero(total == threshold)
        return [int(place) for place in (*above, *equal[: most - len(above)])]
    return [int(place) for place in numpy.flatnonzero(total)]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _parted(name: str) -> tuple[str, str]:
    """Family and middle name, and the given name."""
    before, _space, given = name.rpartition(" ")
    return before, given


def _initials(name: str) -> tuple[str, ...]:
    """``Nguyễn Thị Ánh`` is found by nta and by ntanh."""
    words = name.split()
    first = "".join(word[0] for word in words[:-1])
    return (first + words[-1][0], first + words[-1]) if len(words) > 1 else ()


def _unit_words(unit: str) -> list[str]:
    """The words of a unit, and the abbreviations that people make of its beginning: ldld, cd, tct."""
    words = unit.split()
    return [*words, "".join(word[0] for word in words)] if len(words) > 1 else words
