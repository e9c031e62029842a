"""Orders the delegates that a search found: the code itself, then names that begin as typed, then the rest."""

from collections.abc import Iterable

from station.model.delegate import Delegate
from station.text import fold


def ranked(found: Iterable[Delegate], text: str) -> list[tuple[Delegate, float]]:
    """The delegates with a score from 0 to 1, best first; equals in Vietnamese order of names."""
    wanted = fold(text)
    scored = [(delegate, score(delegate, wanted)) for delegate in found]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].sort_key))


def score(delegate: Delegate, wanted: str) -> float:
    """How well a delegate fits a folded text."""
    name = fold(delegate.name)
    words = name.split()
    if wanted in (fold(delegate.code), name):
        return 1.0
    if words and wanted == words[-1]:
        return 0.9
    if name.startswith(wanted) or name.endswith(wanted):
        return 0.8
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return 0.7
    return 0.5 if wanted in name else 0.3
