"""Where elements go when they are arranged: aligned, spread evenly, made alike, caught by the lines of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from station.badges.layouts.model import Place

Edge = Literal["left", "centre", "right", "top", "middle", "bottom"]
GRID_MM = 1.0
HANDLES = ("nw", "n", "ne", "e", "se", "s", "sw", "w")


@dataclass(frozen=True, slots=True)
class Guide:
    """A line that caught something: ``upright`` at an x, else at a y, in millimetres."""

    upright: bool
    at_mm: float


def aligned(places: Sequence[Place], edge: Edge, card: Place) -> list[Place]:
    """Places with one edge or middle in common: that of all of them, of the card for a single one."""
    around = card if len(places) == 1 else around_all(places)
    return [_aligned(place, edge, around) for place in places]


def around_all(places: Iterable[Place]) -> Place:
    """The smallest rectangle that holds them all."""
    each = list(places)
    left, top = min(p.x_mm for p in each), min(p.y_mm for p in each)
    right, bottom = max(p.right_mm for p in each), max(p.bottom_mm for p in each)
    return Place(left, top, right - left, bottom - top)


def distributed(places: Sequence[Place], *, across: bool) -> list[Place]:
    """Equal gaps from the first to the last, which stay; nothing for fewer than three."""
    if len(places) < 3:
        return list(places)
    order = sorted(range(len(places)), key=lambda number: _start(places[number], across=across))
    sizes = [_size(places[number], across=across) for number in order]
    first, last = places[order[0]], places[order[-1]]
    start = _start(first, across=across)
    room = _start(last, across=across) + _size(last, across=across) - start
    gap = (room - sum(sizes)) / (len(places) - 1)
    result = list(places)
    for number, size in zip(order, sizes, strict=True):
        moved = {"x_mm": start} if across else {"y_mm": start}
        result[number] = replace(places[number], **moved)
        start += size + gap
    return result


def alike(places: Sequence[Place], *, across: bool) -> list[Place]:
    """As wide, or as high, as the first."""
    size = {"width_mm": places[0].width_mm} if across else {"height_mm": places[0].height_mm}
    return [replace(place, **size) for place in places]


def moved(
    place: Place, by: tuple[float, float], lines: tuple[Sequence[float], Sequence[float]], reach_mm: float
) -> tuple[Place, list[Guide]]:
    """A place on its way, caught by upright and level lines within reach, else by the grid; reach 0: by nothing."""
    free = replace(place, x_mm=place.x_mm + by[0], y_mm=place.y_mm + by[1])
    if reach_mm <= 0:
        return free, []
    x_mm, upright = _caught(free.x_mm, free.width_mm, lines[0], reach_mm)
    y_mm, level = _caught(free.y_mm, free.height_mm, lines[1], reach_mm)
    guides = [Guide(True, at) for at in upright] + [Guide(False, at) for at in level]
    return replace(free, x_mm=x_mm, y_mm=y_mm), guides


def resized(
    place: Place,
    handle: str,
    by: tuple[float, float],
    lines: tuple[Sequence[float], Sequence[float]],
    reach_mm: float,
    *,
    square: bool = False,
    least_mm: float = 1.0,
) -> tuple[Place, list[Guide]]:
    """A place drawn at one of its handles; the opposite edge stays."""
    guides: list[Guide] = []
    left, right = _drawn(
        (place.x_mm, place.right_mm), ("w" in handle, "e" in handle), by[0], lines[0], reach_mm, least_mm
    )
    top, bottom = _drawn(
        (place.y_mm, place.bottom_mm), ("n" in handle, "s" in handle), by[1], lines[1], reach_mm, least_mm
    )
    if reach_mm > 0:
        guides += [Guide(True, at) for at in (left, right) if _moved(at, place, True) and at in lines[0]]
        guides += [Guide(False, at) for at in (top, bottom) if _moved(at, place, False) and at in lines[1]]
    new = Place(left, top, right - left, bottom - top)
    return (_squared(new, place, handle), guides) if square else (new, guides)


def lines_of(places: Iterable[Place], card: Place) -> tuple[list[float], list[float]]:
    """Edges and middles of the card and of places: x of the upright lines, y of the level ones."""
    upright: list[float] = []
    level: list[float] = []
    for place in (card, *places):
        upright += [place.x_mm, place.x_mm + place.width_mm / 2, place.right_mm]
        level += [place.y_mm, place.y_mm + place.height_mm / 2, place.bottom_mm]
    return upright, level


def _aligned(place: Place, edge: Edge, around: Place) -> Place:
    match edge:
        case "left":
            return replace(place, x_mm=around.x_mm)
        case "centre":
            return replace(place, x_mm=around.x_mm + (around.width_mm - place.width_mm) / 2)
        case "right":
            return replace(place, x_mm=around.right_mm - place.width_mm)
        case "top":
            return replace(place, y_mm=around.y_mm)
        case "middle":
            return replace(place, y_mm=around.y_mm + (around.height_mm - place.height_mm) / 2)
        case "bottom":
            return replace(place, y_mm=around.bottom_mm - place.height_mm)


def _start(place: Place, *, across: bool) -> float:
    return place.x_mm if across else place.y_mm


def _size(place: Place, *, across: bool) -> float:
    return place.width_mm if across else place.height_mm


def _caught(start: float, size: float, lines: Sequence[float], reach: float) -> tuple[float, list[float]]:
    """Where a stretch begins that is caught with its edges or its middle, and the lines that did it."""
    offsets = (0.0, size / 2, size)
    best = min(
        ((abs(line - start - offset), line - offset) for line in lines for offset in offsets),
        default=(reach + 1, start),
    )
    if best[0] > reach:
        return round(start / GRID_MM) * GRID_MM, []
    found = best[1]
    return found, [
        line for line in dict.fromkeys(lines) if any(abs(line - found - o) < 1e-6 for o in offsets)
    ]


def _drawn(
    edges: tuple[float, float],
    which: tuple[bool, bool],
    by: float,
    lines: Sequence[float],
    reach: float,
    least: float,
) -> tuple[float, float]:
    low, high = edges
    if which[0]:
        low = min(_edge(low + by, lines, reach), high - least)
    if which[1]:
        high = max(_edge(high + by, lines, reach), low + least)
    return low, high


def _edge(at: float, lines: Sequence[float], reach: float) -> float:
    if reach <= 0:
        return at
    nearest = min(lines, key=lambda line: abs(line - at), default=at + reach + 1)
    return nearest if abs(nearest - at) <= reach else round(at / GRID_MM) * GRID_MM


def _moved(at: float, place: Place, upright: bool) -> bool:
    return at not in ((place.x_mm, place.right_mm) if upright else (place.y_mm, place.bottom_mm))


def _squared(new: Place, old: Place, handle: str) -> Place:
    """As large as what was drawn farther; the corner opposite to the handle stays."""
    if handle in ("e", "w"):
        side = new.width_mm
    elif handle in ("n", "s"):
        side = new.height_mm
    else:
        side = max(new.width_mm, new.height_mm)
    x_mm = old.right_mm - side if "w" in handle else old.x_mm
    y_mm = old.bottom_mm - side if "n" in handle else old.y_mm
    return Place(x_mm, y_mm, side, side)
