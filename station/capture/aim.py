"""Which of several codes in view is meant: the one held in the middle of the picture for a moment."""

from collections.abc import Sequence
from math import dist

from station.capture.feed import CodeInView
from station.capture.frame import Code

HELD_S = (
    0.35  # between two readings in the middle before a code counts as meant: rows that only pass by do not
)
_FRESH_S = 0.4  # a code read longer ago than this may be somewhere else by now
_GONE_S = 1.2  # out of the middle before the same code may be meant again
_NEAR = 0.75  # of a code's side, from the middle of the picture to its own
_CLEARLY = 0.4  # of a code's side, by which every other one must be further away


class Aim:
    """Follows what is in view; pure, so the same places always give the same answers."""

    def __init__(self) -> None:
        self._held: bytes | None = None
        self._since_s = 0.0
        self._meant: bytes | None = None
        self._seen_s = float("-inf")  # when what was meant last was in the middle

    def update(self, places: Sequence[CodeInView], at_s: float) -> Code | None:
        """The code that is meant now, once each time; ``at_s`` never runs backwards."""
        place = centred(places)
        if self._meant is not None and at_s - self._seen_s > _GONE_S:
            self._meant = None
        if place is None:
            self._held = None
            return None
        code, read_s = place.code, at_s - place.age_s
        if code.raw == self._meant:
            self._seen_s = at_s
        if code.raw != self._held:
            self._held, self._since_s = code.raw, read_s
        # By when it was read, not by how long ago: a busy machine may know for a while only where it once was.
        if code.raw == self._meant or read_s - self._since_s < HELD_S:
            return None
        self._meant, self._seen_s = code.raw, at_s
        return code


def centred(places: Sequence[CodeInView]) -> CodeInView | None:
    """The code in the middle of the picture; None where none is, or another one nearly as much."""
    fresh = [(_distance(place), place) for place in places if place.age_s <= _FRESH_S]
    fresh.sort(key=lambda found: found[0])
    if not fresh or fresh[0][0] > _NEAR:
        return None
    if len(fresh) > 1 and fresh[1][0] - fresh[0][0] < _CLEARLY:
        return None
    return fresh[0][1]


def _distance(place: CodeInView) -> float:
    """From the middle of the picture to that of the code, in sides of the code."""
    corners = place.code.corners
    around = zip(corners, corners[1:] + corners[:1], strict=True)
    side = sum(dist(one, other) for one, other in around) / len(corners)
    middle = tuple(sum(axis) / len(corners) for axis in zip(*corners, strict=True))
    return dist(middle, (place.width / 2, place.height / 2)) / max(side, 1.0)
