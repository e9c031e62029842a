"""Where in a frame a code can be at all: the passes then look at those parts only."""

from collections.abc import Iterator

import numpy as np

from station.capture.frame import Grey
from station.capture.opencv import cv2

Region = tuple[int, int, int, int]  # left, top, right, bottom; pixels, right and bottom exclusive

_CELL = 20  # pixels of the half-size picture
_NEIGHBOURHOOD = 21  # pixels over which the half-size picture is thresholded
_CONTRAST = 12  # grey levels by which ink is darker than its neighbourhood; less is taken for noise
_LEAST_EDGES = 0.04  # part of a cell's pixels that are edges, across as well as down
_WHOLE_FRAME_FROM = 0.8  # when the regions cover more than this, one look at everything is cheaper


def regions_with_detail(grey: Grey) -> list[Region]:
    """The rectangles that are full of edges both across and down, as QR symbols (and little else) are.

    A wall, a table or a shirt costs 1 to 2 ms instead of the 20 of a look through zbar. The limits were chosen so
    that of everything zbar reads in the development pictures (192 webcam frames, 124 photographs) nothing is lost.
    """
    height, width = grey.shape
    rows, columns = height // 2 // _CELL, width // 2 // _CELL
    if not rows or not columns:
        return [(0, 0, width, height)]
    scale = 2 * _CELL
    regions = [
        (
            left * scale,
            top * scale,
            width if right == columns else right * scale,
            height if bottom == rows else bottom * scale,
        )
        for left, top, right, bottom in _boxes(_with_surroundings(_detailed_cells(grey, rows, columns)))
    ]
    if sum(map(area_of, regions)) > _WHOLE_FRAME_FROM * width * height:
        return [(0, 0, width, height)]
    return regions


def _boxes(cells: Grey) -> Iterator[Region]:
    """The rectangles around the groups of touching cells that are set."""
    for left, top, across, down, _area in cv2.connectedComponentsWithStats(cells)[2][1:].tolist():
        yield left, top, left + across, top + down


def _with_surroundings(cells: Grey) -> Grey:
    """The cells, each group made a rectangle and that larger by a quarter, at least a cell, on each side.

    The corner marks of a large symbol hold few edges: they would stay outside.
    """
    grown = np.zeros_like(cells)
    for left, top, right, bottom in _boxes(cells):
        more = 1 + max(right - left, bottom - top) // 4
        grown[max(0, top - more) : bottom + more, max(0, left - more) : right + more] = 1
    return grown


def _detailed_cells(grey: Grey, rows: int, columns: int) -> Grey:
    """1 for every cell in whose neighbourhood there are enough edges in both directions, else 0."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(
        half, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, _NEIGHBOURHOOD, _CONTRAST
    )
    ink = cv2.copyMakeBorder(ink, 0, 1, 0, 1, cv2.BORDER_REPLICATE)[: rows * _CELL + 1, : columns * _CELL + 1]
    across = cv2.absdiff(ink[:-1, 1:], ink[:-1, :-1])
    down = cv2.absdiff(ink[1:, :-1], ink[:-1, :-1])
    density = cv2.min(
        cv2.resize(across, (columns, rows), interpolation=cv2.INTER_AREA),
        cv2.resize(down, (columns, rows), interpolation=cv2.INTER_AREA),
    )
    return (cv2.blur(density, (3, 3)) >= _LEAST_EDGES * 255).astype(np.uint8)


def area_of(region: Region) -> int:
    """Pixels in a region."""
    left, top, right, bottom = region
    return (right - left) * (bottom - top)
