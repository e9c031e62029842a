"""Why a code in view is not read, as far as the picture tells: what the person who holds it can mend."""

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from station.capture.decoder import grey_of
from station.capture.frame import Corners, Grey, Image
from station.capture.marks import Mark, corner_marks
from station.capture.opencv import cv2

LOOK_EVERY_S = 0.5
QUIET_S = 0.7  # as long as something was read within this time, all is well
_AGREEING = 2  # of the last looks must say the same
_LOOKS = 3
_BLACK, _DARK = 25, 60  # grey level that hardly any pixel is brighter than
_SMALL_MODULE_PX = 2.4
_BLURRED_MODULES = 1.0  # width of an edge; a sharp picture has half a module
_SHARPER = 97  # per cent of the pixels that are less steep
_LONGEST_SYMBOL = 20  # marks of one symbol are at most so many of their sides apart
_ALIKE = 0.6  # smaller to larger side of two marks of one symbol
_CENTRE = (0.5, 0.5)  # of the frame's height and width, which is looked at in full size
_MODULES_OF_A_SYMBOL = 29  # a usual side, where only the outline is known
_LEAST_CUT_OFF_PX = 20  # side of a mark; a smaller single one is rather a mistake
_RINGS = np.array([1, 1, 3, 1, 1]) / 7
_RINGS_OFF = 0.09
_TEXTURE = 25  # grey levels by which a code at the edge of the frame varies

Line = NDArray[Any]  # grey levels along a line


class Hint(StrEnum):
    """What is wrong with the picture."""

    BLACK = "black"
    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"
    CUT_OFF = "cut-off"


class HintWatch:
    """Says what is wrong when nothing was read for a while; used by one thread."""

    def __init__(self) -> None:
        self._read_at_s = self._looked_at_s = float("-inf")
        self._said: deque[Hint | None] = deque(maxlen=_LOOKS)
        self._centre = False

    def update(self, image: Image, at_s: float, *, read: bool, unread: Sequence[Corners]) -> Hint | None:
        """Take a frame into account, and say what is wrong now.

        Args:
            at_s: when the frame was taken, seconds on any clock.
            read: whether a code was read in it.
            unread: where it holds a code that was found and not read.
        """
        if read or self._read_at_s == float("-inf"):
            self._read_at_s = at_s
        if at_s - self._read_at_s < QUIET_S:
            self._said.clear()
            return None
        if at_s - self._looked_at_s >= LOOK_EVERY_S:
            self._looked_at_s = at_s
            self._centre = not self._centre
            self._said.append(hint_in(grey_of(image), unread, centre=self._centre))
        return next((hint for hint in Hint if self._said.count(hint) >= _AGREEING), None)


def hint_in(grey: Grey, unread: Sequence[Corners], *, centre: bool = False) -> Hint | None:
    """What is wrong with one frame in which nothing was read; None when there seems to be no code in it.

    Args:
        centre: look at the middle in full size, for small codes, instead of at everything in half.
    """
    if is_black(grey[::8, ::8]):
        return Hint.BLACK
    if _brightest(grey[::8, ::8]) < _DARK:
        return Hint.DARK
    marks = _marks_in_centre(grey) if centre else corner_marks(grey, 0.5) or corner_marks(grey, 0.25)
    group = _alike(marks)
    modules = [mark.module for mark in group] or [_side(corners) / _MODULES_OF_A_SYMBOL for corners in unread]
    if modules and float(np.median(modules)) < _SMALL_MODULE_PX:
        return Hint.SMALL
    if not unread and _is_cut_off(grey, group or marks):
        return Hint.CUT_OFF
    places = [(_around(grey, mark), mark.module) for mark in group] or [
        (_within(grey, corners), _side(corners) / _MODULES_OF_A_SYMBOL) for corners in unread
    ]
    blurred = any(_edge_px(part) > _BLURRED_MODULES * module for part, module in places if part.size)
    return Hint.BLURRED if blurred else None


def is_black(grey: Grey) -> bool:
    """Whether a frame, or every so many pixels of it, shows nothing at all."""
    return _brightest(grey) < _BLACK


def _brightest(grey: Grey) -> float:
    return float(np.percentile(grey, 99))


def _marks_in_centre(grey: Grey) -> list[Mark]:
    height, width = grey.shape
    top, left = round(height * (1 - _CENTRE[0]) / 2), round(width * (1 - _CENTRE[1]) / 2)
    part = grey[top : height - top, left : width - left]
    return [Mark(mark.x + left, mark.y + top, mark.side) for mark in corner_marks(part, 1)]


def _alike(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that have another of about their size: a single one may be a mistake."""
    return [
        mark
        for mark in marks
        if any(
            other is not mark
            and _ALIKE < mark.side / other.side < 1 / _ALIKE
            and _distance(mark, other) < 20 * mark.side
            for other in marks
        )
    ]


def _distance(one: Mark, other: Mark) -> float:
    return float(np.hypot(one.x - other.x, one.y - other.y))


def _side(corners: Corners) -> float:
    points = np.array(corners)
    return float(np.mean(np.linalg.norm(points - np.roll(points, 1, axis=0), axis=1)))


def _is_cut_off(grey: Grey, marks: Sequence[Mark]) -> bool:
    """Whether one or two marks are so near to an edge of the frame, and texture up to it, that more lies outside."""
    if not 1 <= len(marks) <= 2:
        return False
    height, width = grey.shape
    side = max(mark.side for mark in marks)
    if side < _LEAST_CUT_OFF_PX or not all(_has_rings(grey, mark) for mark in marks):
        return False
    left, right = min(mark.x for mark in marks) - side / 2, max(mark.x for mark in marks) + side / 2
    top, bottom = min(mark.y for mark in marks) - side / 2, max(mark.y for mark in marks) + side / 2
    reach = max(right - left, bottom - top, 3 * side)  # of the rest of the symbol, from where the marks are
    strip = max(2, round(side / 7))
    rows, columns = slice(_at(top), _at(bottom)), slice(_at(left), _at(right))
    edges = (
        (left, grey[rows, :strip]),
        (width - right, grey[rows, width - strip :]),
        (top, grey[:strip, columns]),
        (height - bottom, grey[height - strip :, columns]),
    )
    return any(space < reach and strip.size and float(strip.std()) > _TEXTURE for space, strip in edges)


def _has_rings(grey: Grey, mark: Mark) -> bool:
    """Whether a line across the mark, and one down, crosses ring, gap, square, gap and ring as 1:1:3:1:1."""
    reach = 0.58 * mark.side
    left, right = _at(mark.x - reach), _at(mark.x + reach)
    top, bottom = _at(mark.y - reach), _at(mark.y + reach)
    middle = max(1, round(mark.module / 3))
    across = grey[_at(mark.y) - middle : _at(mark.y) + middle + 1, left:right].mean(axis=0)
    down = grey[top:bottom, _at(mark.x) - middle : _at(mark.x) + middle + 1].mean(axis=1)
    return _crosses_rings(across) and _crosses_rings(down)


def _crosses_rings(levels: Line) -> bool:
    above = levels > (levels.min() + levels.max()) / 2
    changes = np.flatnonzero(np.diff(above))
    if len(changes) != 6:  # into and out of ring, square and ring
        return False
    runs = np.diff(changes) / (changes[-1] - changes[0])
    return bool(np.all(np.abs(runs - _RINGS) < _RINGS_OFF))


def _at(position: float) -> int:
    return max(0, round(position))


def _around(grey: Grey, mark: Mark) -> Grey:
    reach = 0.6 * mark.side
    return grey[_at(mark.y - reach) : _at(mark.y + reach), _at(mark.x - reach) : _at(mark.x + reach)]


def _within(grey: Grey, corners: Corners) -> Grey:
    left, top, across, down = cv2.boundingRect(np.array(corners, np.float32))
    return grey[max(0, top) : top + down, max(0, left) : left + across]


def _edge_px(part: Grey) -> float:
    """Pixels over which the sharper edges of a part of the frame go from dark to light."""
    soft = cv2.GaussianBlur(part, (0, 0), 0.7).astype(np.int16)  # or noise would look like sharp edges
    contrast = float(np.percentile(soft, 95) - np.percentile(soft, 5))
    steepest = max(
        float(np.percentile(np.abs(np.diff(soft, axis=1)), _SHARPER)),
        float(np.percentile(np.abs(np.diff(soft, axis=0)), _SHARPER)),
    )
    return contrast / max(steepest, 0.5)
