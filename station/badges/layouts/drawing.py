"""Draws one side of a badge as its layout says, on any surface."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from station.badges.colours import INK, WHITE
from station.badges.design import draw_qr
from station.badges.fonts import CAPITAL_HEIGHT, Font, width_em
from station.badges.layouts.fitting import fitted_block, height_of
from station.badges.layouts.model import (
    Across,
    Code,
    Drawing,
    Element,
    Fill,
    Logo,
    Photo,
    Place,
    TextBlock,
    Ticks,
)
from station.badges.layouts.table import drawn_colour
from station.badges.logo import Size, size_of
from station.badges.photo_files import size_of_jpeg
from station.badges.surface import Surface
from station.badges.texts import BadgeData
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit

PLATE_EDGE_MM = 1.6  # of white around the logo
_PLATE_RADIUS_MM = 2.0
_BESIDE_MM = 4.0  # between texts and what they make room for
_TICK_GAP = 0.35  # of the size: between a box and its item
_TICK_LINE_MM = 0.3
_ACROSS = {"left": 0.0, "centre": 0.5, "right": 1.0}
_DOWN = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a badge is filled with.

    Attributes:
        values: by field, as station.badges.layouts.words makes them.
        logo: PNG, empty for none. photo: JPEG, empty for none.
        pictures: those of the layout, by file name.
    """

    badge: BadgeData
    values: Mapping[str, str]
    logo: bytes = b""
    photo: bytes = b""
    pictures: Mapping[str, bytes] | None = None


def draw_side(surface: Surface, card: Place, elements: Sequence[Element], filling: Filling) -> None:
    """Everything of one side in the order of the file; codes come last, above a rehearsal's watermark."""
    shown = shown_elements(elements, filling)
    for element in shown:
        match element:
            case Fill():
                _draw_fill(surface, element, filling)
            case Logo():
                _draw_logo(surface, element, filling.logo)
            case Photo():
                place = _within(element.place, size_of_jpeg(filling.photo), element.across)
                surface.photo(place.x_mm, place.y_mm, place.width_mm, place.height_mm, filling.photo)
            case Drawing():
                _draw_picture(surface, element, filling)
            case TextBlock():
                _draw_block(surface, element, made_room(element, shown, filling), filling)
            case Ticks():
                _draw_ticks(surface, element, filling)
            case Code():
                pass
    codes = [element.place for element in shown if isinstance(element, Code)]
    if filling.values.get("mark"):
        band = _free_band(card, codes)
        surface.watermark(filling.values["mark"], band.y_mm, band.width_mm, band.height_mm, band.x_mm)
    for place in codes:
        draw_qr(surface, place.x_mm, place.y_mm, place.width_mm, filling.badge.payload)


def shown_elements(elements: Sequence[Element], filling: Filling) -> list[Element]:
    """Those that this badge has: for its category, with a photo, a logo and a code only if there is one."""
    there = {Photo: bool(filling.photo), Logo: bool(filling.logo), Code: bool(filling.badge.payload)}
    return [
        element
        for element in elements
        if element.audience.holds(filling.badge.delegate) and there.get(type(element), True)
    ]


def made_room(element: TextBlock, shown: Sequence[Element], filling: Filling) -> Place:
    """The place of texts, narrower by what stands in it and what they make room for."""
    place = element.place
    for other in shown:
        if other.label.kind not in element.beside or not isinstance(other, (Logo, Photo)):
            continue
        taken = _plate(other, filling.logo) if isinstance(other, Logo) else other.place
        if not taken.overlaps(place):
            continue
        if taken.x_mm + taken.right_mm < place.x_mm + place.right_mm:
            left = taken.right_mm + _BESIDE_MM
            place = replace(place, x_mm=left, width_mm=max(1.0, place.right_mm - left))
        else:
            place = replace(place, width_mm=max(1.0, taken.x_mm - _BESIDE_MM - place.x_mm))
    return place


def fitted_ticks(element: Ticks) -> list[tuple[str, Fitted]]:
    """The items, each on one line, all in the size of the smallest."""
    row_mm = element.place.height_mm / len(element.texts)
    highest_pt = row_mm * POINTS_PER_MM / LEADING
    size_pt = max(element.smallest_pt, min(element.size_pt, highest_pt))
    room_mm = element.place.width_mm - size_pt * (CAPITAL_HEIGHT + _TICK_GAP) / POINTS_PER_MM
    blocks = [fit(text, Font.REGULAR, size_pt, element.smallest_pt, room_mm, 1) for text in element.texts]
    common_pt = min(block.size_pt for block in blocks)
    return [
        (text, fit(text, Font.REGULAR, common_pt, element.smallest_pt, room_mm, 1)) for text in element.texts
    ]


def _draw_fill(surface: Surface, element: Fill, filling: Filling) -> None:
    place, colour = element.place, drawn_colour(element.colour, filling.badge.colour)
    surface.rectangle(place.x_mm, place.y_mm, place.width_mm, place.height_mm, colour, element.radius_mm)


def _within(place: Place, size: Size, across: Across) -> Place:
    """Where a picture stands that is as large as its place allows."""
    fitted = size.within(place.width_mm, place.height_mm)
    x_mm = place.x_mm + (place.width_mm - fitted.width) * _ACROSS[across]
    y_mm = place.y_mm + (place.height_mm - fitted.height) / 2
    return Place(x_mm, y_mm, fitted.width, fitted.height)


def _plate(element: Logo, logo: bytes) -> Place:
    edges_mm = 2 * PLATE_EDGE_MM if element.has_plate else 0.0
    size = size_of(logo).within(element.place.width_mm - edges_mm, element.place.height_mm - edges_mm)
    return _within(element.place, Size(size.width + edges_mm, size.height + edges_mm), element.across)


def _draw_logo(surface: Surface, element: Logo, logo: bytes) -> None:
    plate = _plate(element, logo)
    edge = PLATE_EDGE_MM if element.has_plate else 0.0
    if element.has_plate:
        surface.rectangle(plate.x_mm, plate.y_mm, plate.width_mm, plate.height_mm, WHITE, _PLATE_RADIUS_MM)
    surface.logo(
        plate.x_mm + edge, plate.y_mm + edge, plate.width_mm - 2 * edge, plate.height_mm - 2 * edge, logo
    )


def _draw_picture(surface: Surface, element: Drawing, filling: Filling) -> None:
    png = (filling.pictures or {}).get(element.file)
    if png is not None:
        place = _within(element.place, size_of(png), "centre")
        surface.logo(place.x_mm, place.y_mm, place.width_mm, place.height_mm, png)


def _draw_block(surface: Surface, element: TextBlock, place: Place, filling: Filling) -> None:
    settings = fitted_block(element, place, filling.values)
    y_mm = place.y_mm + (place.height_mm - height_of(settings)) * _DOWN[element.down]
    for number, setting in enumerate(settings):
        y_mm += setting.words.gap_mm if number else 0
        colour = drawn_colour(setting.words.colour, filling.badge.colour)
        _draw_lines(surface, place, y_mm, setting.block, setting.words.font, colour, element.across)
        y_mm += setting.block.height_mm


def _draw_lines(
    surface: Surface, place: Place, y_mm: float, block: Fitted, font: Font, colour: str, across: Across
) -> None:
    line_mm = block.size_pt * LEADING / POINTS_PER_MM
    # Capitals stand in the middle of their line, so that a lone line looks centred in a band.
    baseline_mm = y_mm + line_mm * (0.5 + CAPITAL_HEIGHT / LEADING / 2)
    for number, line in enumerate(block.lines):
        width_mm = width_em(line, font) * block.size_pt / POINTS_PER_MM
        x_mm = place.x_mm + (place.width_mm - width_mm) * _ACROSS[across]
        surface.text(x_mm, baseline_mm + number * line_mm, line, font, block.size_pt, colour)


def _draw_ticks(surface: Surface, element: Ticks, filling: Filling) -> None:
    colour = drawn_colour(element.colour, filling.badge.colour)
    rows = fitted_ticks(element)
    row_mm = element.place.height_mm / len(rows)
    for number, (_text, block) in enumerate(rows):
        size_mm = block.size_pt / POINTS_PER_MM
        side_mm = size_mm * CAPITAL_HEIGHT
        top_mm = element.place.y_mm + row_mm * number + (row_mm - side_mm) / 2
        _draw_empty_box(surface, element.place.x_mm, top_mm, side_mm)
        x_mm = element.place.x_mm + side_mm + size_mm * _TICK_GAP
        for line in block.lines:
            surface.text(x_mm, top_mm + side_mm, line, Font.REGULAR, block.size_pt, colour)


def _draw_empty_box(surface: Surface, x_mm: float, y_mm: float, side_mm: float) -> None:
    surface.rectangle(x_mm, y_mm, side_mm, side_mm, INK)
    inner_mm = side_mm - 2 * _TICK_LINE_MM
    surface.rectangle(x_mm + _TICK_LINE_MM, y_mm + _TICK_LINE_MM, inner_mm, inner_mm, WHITE)


def _free_band(card: Place, codes: Sequence[Place]) -> Place:
    """The largest rectangle above, below or beside the codes: a watermark there hides no module."""
    if not codes:
        return card
    left, right = min(c.x_mm for c in codes), max(c.right_mm for c in codes)
    top, bottom = min(c.y_mm for c in codes), max(c.bottom_mm for c in codes)
    bands = (
        Place(0, 0, card.width_mm, top),
        Place(0, bottom, card.width_mm, card.height_mm - bottom),
        Place(0, 0, left, card.height_mm),
        Place(right, 0, card.width_mm - right, card.height_mm),
    )
    return max(bands, key=lambda band: max(0.0, band.width_mm) * max(0.0, band.height_mm))
