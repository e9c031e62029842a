"""Reads the elements of a layout file: one reader for each kind."""

import re
from collections.abc import Callable
from typing import Any, cast

from station.badges.fonts import Font
from station.badges.layouts.model import (
    Across,
    Audience,
    Code,
    Down,
    Drawing,
    Element,
    Fill,
    Label,
    Logo,
    Photo,
    Place,
    TextBlock,
    Ticks,
    Words,
)
from station.badges.layouts.table import Table, Where
from station.badges.layouts.words import unknown_fields
from station.i18n import _
from station.media.names import is_portable

WEIGHTS = {"regular": Font.REGULAR, "medium": Font.MEDIUM, "semibold": Font.SEMI_BOLD, "bold": Font.BOLD}
_ACROSS, _DOWN = ("left", "centre", "right"), ("top", "middle", "bottom")
_PICTURE = re.compile(r"[^/\\]+\.(?:png|jpe?g)", re.IGNORECASE)
_SMALLEST_SHARE = 0.7  # of the size, where the file names no smallest one
_LINE_MM = 0.25

Reader = Callable[[Table, Label, Audience], list[Element]]


def read_element(table: Table, label: Label) -> list[Element]:
    """What a table of the file puts on the card; problems are noted in the table."""
    table.word("kind", tuple(_READERS), label.kind)
    audience = Audience(table.names("only_for"), table.names("not_for"))
    reader = _READERS.get(label.kind)
    if reader is None:
        return []  # its keys mean nothing without a kind
    found = reader(table, label, audience)
    table.finish()
    return found


def _place(table: Table) -> Place:
    width, height = table.length("width", least=0.1), table.length("height", least=0.1)
    return Place(table.length("x"), table.length("y"), width, height)


def _across(table: Table, default: Across = "left") -> Across:
    return cast(Across, table.word("align", _ACROSS, default))


def _down(table: Table, default: Down = "top") -> Down:
    return cast(Down, table.word("valign", _DOWN, default))


def _template(table: Table, key: str, default: str | None = None) -> str:
    template = table.text(key, default)
    unknown = unknown_fields(template)
    if unknown:
        said = _("there is no field {names}; a column of the roster is written {{extra:Heading}}")
        table.refuse(key, "UNKNOWN_FIELD", said.format(names=", ".join(unknown)[:120]))
    return template


def _words(table: Table, template: str | None = None, size_pt: float | None = None, **standard: Any) -> Words:
    text, text_en = _template(table, "text", template), _template(table, "text_en", "")
    size = table.size("size", size_pt)
    smallest = table.size("smallest", max(4.0, min(size, round(size * _SMALLEST_SHARE, 1))))
    if smallest > size:
        table.refuse("smallest", "OUT_OF_RANGE", _("the smallest size is larger than the size"))
    return Words(
        text,
        text_en,
        WEIGHTS[table.word("weight", tuple(WEIGHTS), standard.get("weight", "regular"))],
        size,
        min(size, smallest),
        table.whole("lines", 1, 1, 12),
        table.colour("colour", standard.get("colour", "ink")),
        table.length("gap", 0.0, least=0, most=100) if standard.get("has_gap") else 0.0,
        table.switch("capitals", standard.get("capitals", False)),
        table.switch("abbreviate"),
    )


def _text(table: Table, label: Label, audience: Audience) -> list[Element]:
    beside = table.names("beside", ("logo", "photo"))
    return [
        TextBlock(
            label, _place(table), (_words(table),), _across(table), _down(table, "middle"), beside, audience
        )
    ]


def _column(table: Table, label: Label, audience: Audience) -> list[Element]:
    words = []
    for number, items in enumerate(table.tables("texts"), 1):
        where = table.where
        said = _("{element}, text {number}").format(element=where.said, number=number)
        inner = Table(items, Where(where.file, said, where.header, where.number, where.lines), table.problems)
        words.append(_words(inner, has_gap=True))
        inner.finish()
    beside = table.names("beside", ("logo", "photo"))
    return [TextBlock(label, _place(table), tuple(words), _across(table), _down(table), beside, audience)]


def _code(table: Table, label: Label, audience: Audience) -> list[Element]:
    side = table.length("side", least=5)
    return [Code(label, Place(table.length("x"), table.length("y"), side, side), audience)]


def _photo(table: Table, label: Label, audience: Audience) -> list[Element]:
    return [Photo(label, _place(table), _across(table, "centre"), audience)]


def _logo(table: Table, label: Label, audience: Audience) -> list[Element]:
    return [Logo(label, _place(table), _across(table), table.switch("plate", True), audience)]


def _image(table: Table, label: Label, audience: Audience) -> list[Element]:
    file = table.text("file")
    if file and not (is_portable(file) and _PICTURE.fullmatch(file)):
        said = _("name a PNG or JPEG file that lies beside the layout, without a folder")
        table.refuse("file", "BAD_FILE", said)
    return [Drawing(label, _place(table), file, audience)]


def _line(table: Table, label: Label, audience: Audience) -> list[Element]:
    length, thickness = (
        table.length("length", least=0.1),
        table.length("thickness", _LINE_MM, least=0.05, most=20),
    )
    size = (thickness, length) if table.switch("upright") else (length, thickness)
    place = Place(table.length("x"), table.length("y"), *size)
    return [Fill(label, place, table.colour("colour", "line"), audience=audience)]


def _box(table: Table, label: Label, audience: Audience) -> list[Element]:
    colour = table.colour("colour", "tint")
    return [Fill(label, _place(table), colour, table.length("radius", 0.0, least=0, most=50), audience)]


def _band(table: Table, label: Label, audience: Audience) -> list[Element]:
    place, inset = _place(table), table.length("inset", 3.0, least=0, most=50)
    fill = Fill(label, place, "accent", table.length("radius", 0.0, least=0, most=50), audience)
    words = _words(table, "{category}", 12.0, weight="bold", colour="on_accent", capitals=True)
    width = max(1.0, place.width_mm - 2 * inset)
    inner = Place(place.x_mm + inset, place.y_mm, width, place.height_mm)
    return [fill, TextBlock(label, inner, (words,), _across(table, "centre"), "middle", (), audience)]


def _ticks(table: Table, label: Label, audience: Audience) -> list[Element]:
    items, items_en = table.names("items"), table.names("items_en")
    if not items:
        table.refuse("items", "MISSING_KEY", _("this must be given"))
    if items_en and len(items_en) != len(items):
        table.refuse("items_en", "BAD_LIST", _("there must be as many as in “items”"))
        items_en = ()
    size = table.size("size", 9.0)
    smallest = min(size, table.size("smallest", max(4.0, size * _SMALLEST_SHARE)))
    return [
        Ticks(label, _place(table), items, items_en, size, smallest, table.colour("colour", "ink"), audience)
    ]


_READERS: dict[str, Reader] = {
    "text": _text,
    "column": _column,
    "code": _code,
    "photo": _photo,
    "logo": _logo,
    "image": _image,
    "line": _line,
    "box": _box,
    "band": _band,
    "ticks": _ticks,
}
