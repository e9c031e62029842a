"""The corner marks of QR symbols (ISO/IEC 18004, 6.3.3), found also where the symbol itself cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from station.capture.frame import Grey
from station.capture.opencv import cv2

_CONTRAST = 3  # grey levels by which ink is darker than its neighbourhood
_NEIGHBOURHOOD = 11  # pixels: about two rings wide, so that a blurred ring still parts from what is in it
_LEAST_PX, _LARGEST_PX = 6, 120  # side of a mark in the scaled picture
_MODULES = 7  # a mark's side
_INNER_SHARE = (0.22, 0.62)  # of the outer side that the inner square takes: 3/7, more or less
_OFF_CENTRE = 0.18  # of the side
_SQUARE = 0.5  # shorter to longer side


@dataclass(frozen=True, slots=True)
class Mark:
    """A corner mark: its centre and side in pixels of the frame."""

    x: float
    y: float
    side: float

    @property
    def module(self) -> float:
        """Pixels a module of the symbol."""
        return self.side / _MODULES


def corner_marks(grey: Grey, scale: float) -> list[Mark]:
    """The marks of dark-on-light and light-on-dark symbols in a picture scaled down first, in no order.

    At half size marks are found from 2.5 pixels a module and through blur of one module; at full size, for four
    times the time, from 1.5 pixels. A single mark may be a mistake; two of the same size hardly are.
    """
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale != 1 else grey
    found: list[Mark] = []
    for kind, contrast in ((cv2.THRESH_BINARY_INV, _CONTRAST), (cv2.THRESH_BINARY, -_CONTRAST)):
        ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, kind, _NEIGHBOURHOOD, contrast)
        for mark in _marks_in(ink):
            there = Mark(mark.x / scale, mark.y / scale, mark.side / scale)
            if not any(_is_same(there, other) for other in found):
                found.append(there)
    return found


def _marks_in(ink: Grey) -> Iterator[Mark]:
    """Marks among the outlines that hold a hole that holds something."""
    contours, tree = cv2.findContours(ink, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return
    child = tree[0][:, 2]
    inner = np.where(child >= 0, child[child], -1)
    for number in np.flatnonzero(inner >= 0).tolist():
        mark = _mark(cv2.boundingRect(contours[number]), cv2.boundingRect(contours[inner[number]]))
        if mark is not None:
            yield mark


def _mark(outer: Sequence[int], inner: Sequence[int]) -> Mark | None:
    """The mark of two rectangles (left, top, width, height), one in the other, if they are one."""
    left, top, width, height = outer
    side = (width + height) / 2
    if not _LEAST_PX <= side <= _LARGEST_PX or min(width, height) < _SQUARE * max(width, height):
        return None
    inner_share = (inner[2] + inner[3]) / (width + height)
    if not _INNER_SHARE[0] <= inner_share <= _INNER_SHARE[1]:
        return None
    x, y = left + width / 2, top + height / 2
    off = abs(inner[0] + inner[2] / 2 - x) + abs(inner[1] + inner[3] / 2 - y)
    if off > _OFF_CENTRE * side:
        return None
    return Mark(x, y, side)


def _is_same(one: Mark, other: Mark) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < max(one.side, other.side) / 2
