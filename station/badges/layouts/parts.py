"""What an editor moves as one thing: the elements that one table of a layout's file makes; pure changes of a side."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import cast

from station.badges.layouts.model import BadgeLayout, Code, Element, Fill, Label, Place

Part = tuple[Element, ...]
FRONT, BACK = "front", "back"
SMALLEST_MM = 1.0
SMALLEST_CODE_MM = 5.0
THINNEST_MM, THICKEST_MM = 0.05, 20.0  # of a line
_FARTHEST_MM = 900.0
_DECIMALS = 3


def side_of(layout: BadgeLayout, side: str) -> tuple[Element, ...]:
    """The elements of ``front`` or ``back``."""
    return layout.front if side == FRONT else layout.back


def parts_of(elements: Sequence[Element]) -> list[Part]:
    """The parts of a side, the lowest layer first."""
    return [tuple(group) for _number, group in groupby(elements, key=lambda element: element.label.number)]


def with_parts(layout: BadgeLayout, side: str, parts: Iterable[Part]) -> BadgeLayout:
    """The layout with other parts on one side, counted anew."""
    elements = tuple(
        replace(element, label=Label(side, number, element.label.kind))
        for number, part in enumerate(parts, 1)
        for element in part
    )
    return replace(layout, front=elements) if side == FRONT else replace(layout, back=elements)


def plain(layout: BadgeLayout) -> BadgeLayout:
    """The layout without the lines of its file: equal to another that says the same."""
    for side in (FRONT, BACK):
        layout = with_parts(layout, side, parts_of(side_of(layout, side)))
    return layout


def kind_of(part: Part) -> str:
    """The kind as the file says it."""
    return part[0].label.kind


def place_of(part: Part) -> Place:
    """Where a part stands."""
    return part[0].place


def placed(part: Part, place: Place) -> Part:
    """The part at another place; a code stays a square, a line stays thin, a band keeps its inset."""
    first = part[0]
    x_mm, y_mm = (_number(each, -_FARTHEST_MM) for each in (place.x_mm, place.y_mm))
    least = SMALLEST_CODE_MM if isinstance(first, Code) else SMALLEST_MM
    width_mm, height_mm = (_number(each, least) for each in (place.width_mm, place.height_mm))
    if isinstance(first, Code):
        height_mm = width_mm
    if kind_of(part) == "line":
        width_mm, height_mm = _thin(place)
    new = Place(x_mm, y_mm, width_mm, height_mm)
    moved = [replace(first, place=new)]
    for element in part[1:]:  # the text of a band
        inset_mm = element.place.x_mm - first.place.x_mm
        inner = Place(x_mm + inset_mm, y_mm, max(1.0, width_mm - 2 * inset_mm), height_mm)
        moved.append(replace(element, place=inner))
    return cast(Part, tuple(moved))


def with_inset(part: Part, inset_mm: float) -> Part:
    """A band whose text begins so far from its edges."""
    fill, text = part
    place = fill.place
    inner = Place(place.x_mm + inset_mm, place.y_mm, max(1.0, place.width_mm - 2 * inset_mm), place.height_mm)
    return fill, replace(text, place=inner)


def _thin(place: Place) -> tuple[float, float]:
    """Width and height of a line: the longer one is its length."""
    thin = min(max(min(place.width_mm, place.height_mm), THINNEST_MM), THICKEST_MM)
    long = _number(max(place.width_mm, place.height_mm), max(SMALLEST_MM, thin))
    thin = round(thin, _DECIMALS)
    return (long, thin) if place.width_mm >= place.height_mm else (thin, long)


def _number(value: float, least: float) -> float:
    return round(min(max(value, least), _FARTHEST_MM), _DECIMALS)


def is_upright(element: Element) -> bool:
    """Whether a line goes from top to bottom."""
    return isinstance(element, Fill) and element.place.height_mm > element.place.width_mm
