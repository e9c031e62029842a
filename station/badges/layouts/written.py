"""Writes a layout as the text of its file: whoever reads it back gets an equal one."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from station.badges.fonts import Font
from station.badges.layouts.elements import WEIGHTS
from station.badges.layouts.model import (
    Audience,
    BadgeLayout,
    Code,
    Drawing,
    Fill,
    Logo,
    Photo,
    Place,
    TextBlock,
    Ticks,
    Words,
)
from station.badges.layouts.parts import BACK, FRONT, Part, is_upright, kind_of, parts_of, side_of

_HEAD = (
    "# Lengths are millimetres from the top left corner of the card, sizes of letters are points.\n"
    "# This file was written by the layout editor.\n"
)
_NAMES: Mapping[Font, str] = {font: name for name, font in WEIGHTS.items()}


def layout_text(layout: BadgeLayout) -> str:
    """The whole file."""
    card: dict[str, Any] = {"width": layout.card_width_mm, "height": layout.card_height_mm}
    card["positions"] = [list(origin) for origin in layout.origins_mm]
    card |= {"fold": True} if layout.folds else {}
    card |= {"cut_marks": True} if layout.has_cut_marks else {}
    title: dict[str, Any] = {"title": layout.title} | (
        {"title_en": layout.title_en} if layout.title_en else {}
    )
    title |= {} if layout.is_badge else {"badge": False}
    page: dict[str, Any] = {"width": layout.width_mm, "height": layout.height_mm}
    page |= {"roll": True} if layout.is_roll else {}
    blocks = [
        _HEAD + _keys(title),
        "[page]\n" + _keys(page),
        "[card]\n" + _keys(card),
    ]
    for side in (FRONT, BACK):
        blocks += [f"[[{side}]]\n" + _keys(_part(part)) for part in parts_of(side_of(layout, side))]
    return "\n".join(blocks)


def _part(part: Part) -> dict[str, Any]:
    first = part[0]
    match first:
        case TextBlock():
            items = _texts(first)
        case Code():
            items = {
                "kind": "code",
                "x": first.place.x_mm,
                "y": first.place.y_mm,
                "side": first.place.width_mm,
            }
        case Photo():
            items = {"kind": "photo", **_place(first.place), "align": first.across}
        case Logo():
            items = {"kind": "logo", **_place(first.place), "align": first.across, "plate": first.has_plate}
        case Drawing():
            items = {"kind": "image", **_place(first.place), "file": first.file}
        case Fill():
            items = _fill(part, first)
        case Ticks():
            items = _ticks(first)
    return items | _audience(first.audience)


def _texts(block: TextBlock) -> dict[str, Any]:
    items: dict[str, Any] = {"kind": "column", **_place(block.place)}
    if block.label.kind == "text" and len(block.words) == 1:
        items |= {"kind": "text", **_words(block.words[0])}
    else:
        items["texts"] = [_words(words, has_gap=True) for words in block.words]
    items |= {"align": block.across, "valign": block.down}
    return items | ({"beside": list(block.beside)} if block.beside else {})


def _words(words: Words, *, has_gap: bool = False) -> dict[str, Any]:
    items: dict[str, Any] = {"text": words.text}
    items |= {"text_en": words.text_en} if words.text_en else {}
    items |= {"size": words.size_pt, "smallest": words.smallest_pt, "weight": _NAMES[words.font]}
    items |= {"lines": words.lines, "colour": words.colour}
    items |= {"gap": words.gap_mm} if has_gap and words.gap_mm else {}
    return items | {"capitals": words.capitals, "abbreviate": words.abbreviate}


def _fill(part: Part, fill: Fill) -> dict[str, Any]:
    if kind_of(part) == "line":
        upright, place = is_upright(fill), fill.place
        length, thickness = max(place.width_mm, place.height_mm), min(place.width_mm, place.height_mm)
        items = {"kind": "line", "x": place.x_mm, "y": place.y_mm, "length": length, "thickness": thickness}
        return items | ({"upright": True} if upright else {}) | {"colour": fill.colour}
    if len(part) == 1:
        return {"kind": "box", **_place(fill.place), "colour": fill.colour, "radius": fill.radius_mm}
    text = part[1]
    assert isinstance(text, TextBlock)
    items = {"kind": "band", **_place(fill.place), "radius": fill.radius_mm}
    inset_mm = round(text.place.x_mm - fill.place.x_mm, 6)
    return items | {"inset": inset_mm} | _words(text.words[0]) | {"align": text.across}


def _ticks(ticks: Ticks) -> dict[str, Any]:
    items = {"kind": "ticks", **_place(ticks.place), "items": list(ticks.items)}
    items |= {"items_en": list(ticks.items_en)} if ticks.items_en else {}
    return items | {"size": ticks.size_pt, "smallest": ticks.smallest_pt, "colour": ticks.colour}


def _place(place: Place) -> dict[str, Any]:
    return {"x": place.x_mm, "y": place.y_mm, "width": place.width_mm, "height": place.height_mm}


def _audience(audience: Audience) -> dict[str, Any]:
    named = {"only_for": list(audience.only_for), "not_for": list(audience.not_for)}
    return {key: names for key, names in named.items() if names}


def _keys(items: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value, key)}\n" for key, value in items.items())


def _value(value: Any, key: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, Iterable):
        each = [_value(one) for one in value]
        if key == "texts":  # one on a line, for people
            return "[\n" + "".join(f"    {one},\n" for one in each) + "]"
        return "[" + ", ".join(each) + "]"
    return str(value)
