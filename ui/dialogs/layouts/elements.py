"""What can be put on a card: its name for people, its icon, and how it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from station.badges.fonts import Font
from station.badges.layouts.model import (
    Code,
    Drawing,
    Fill,
    Label,
    Logo,
    Photo,
    Place,
    TextBlock,
    Ticks,
    Words,
)
from station.badges.layouts.parts import Part, kind_of
from station.badges.layouts.words import EXTRA, placeholders
from station.i18n import N_, _, pick

FIELDS = {
    "name": N_("Full name"),
    "position": N_("Position"),
    "unit": N_("Unit"),
    "category": N_("Category"),
    "seat": N_("Seat"),
    "seat_label": N_("The word “Seat”"),
    "code": N_("Delegate code"),
    "code_label": N_("The words “Delegate code”"),
    "code_and_seat": N_("Code and seat"),
    "event": N_("Event's name"),
    "event_vi": N_("Event's name in Vietnamese"),
    "event_en": N_("Event's name in English"),
    "organiser": N_("Organiser"),
    "dates": N_("Dates"),
    "venue": N_("Venue"),
    "sessions": N_("Sessions"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "note": N_("Note"),
    "payload": N_("Content of the code in figures"),
}
_IN_PALETTE = (
    "name", "position", "unit", "category", "seat", "code", "event", "organiser", "dates", "venue", "sessions",
)  # fmt: skip
KINDS = {
    "text": (N_("Text"), "type"),
    "column": (N_("Texts"), "file-text"),
    "code": (N_("QR code"), "qr-code"),
    "photo": (N_("Photo"), "user-round"),
    "logo": (N_("Logo"), "shield"),
    "image": (N_("Picture"), "image"),
    "line": (N_("Line"), "minus"),
    "box": (N_("Box"), "square"),
    "band": (N_("Band in the category's colour"), "tag"),
    "ticks": (N_("Items to tick"), "list-checks"),
}
FREE_TEXT, IMAGE = "text", "image"
_FIELD = "field:"


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette."""

    key: str
    caption: str
    icon: str


def offers(columns: Sequence[str]) -> list[Offer]:
    """Everything that can be put on a card; ``columns``: the further headings of the roster."""
    found = [Offer(_FIELD + name, field_caption(name), "type") for name in _IN_PALETTE]
    found += [Offer(f"{_FIELD}{EXTRA}{heading}", heading, "type") for heading in columns]
    found.append(Offer(FREE_TEXT, _("Free text"), "type"))
    found += [
        Offer(kind, _(said), icon) for kind, (said, icon) in KINDS.items() if kind not in ("text", "column")
    ]
    return found


def field_caption(name: str) -> str:
    """A field as people call it; a column of the roster by its heading."""
    return _(FIELDS[name]) if name in FIELDS else name.removeprefix(EXTRA)


def part_said(part: Part) -> str:
    """A part as people recognise it: by its field or text, else by its kind."""
    last = part[-1]
    if isinstance(last, TextBlock) and kind_of(part) != "band":
        named = [name for words in last.words for name in placeholders(words.template)]
        if named:
            return ", ".join(field_caption(name) for name in dict.fromkeys(named))
        return last.words[0].template or _("Free text")
    if isinstance(last, Ticks):
        return ", ".join(last.texts)
    return _(KINDS[kind_of(part)][0])


def new_part(key: str, card: Place, file: str = "") -> Part:
    """How an element of the palette begins, in the middle of a card; ``file``: of a picture."""
    kind = FREE_TEXT if key.startswith(_FIELD) else key
    label = Label("front", 1, kind)
    match kind:
        case "code":
            side = max(5.0, min(30.0, card.width_mm, card.height_mm))
            return (Code(label, _middle(card, side, side)),)
        case "photo":
            return (Photo(label, _middle(card, 24, 32)),)
        case "logo":
            return (Logo(label, _middle(card, 30, 15), "centre", has_plate=False),)
        case "image":
            return (Drawing(label, _middle(card, 30, 20), file),)
        case "line":
            return (Fill(label, _middle(card, card.width_mm * 0.8, 0.3), "ink"),)
        case "box":
            return (Fill(label, _middle(card, 40, 15), "tint"),)
        case "band":
            return _band(label, card)
        case "ticks":
            items, items_en = ("Túi tài liệu", "Phiếu ăn"), ("Document bag", "Meal voucher")
            return (Ticks(label, _middle(card, 45, 14), items, items_en, 10.0, 7.0),)
    return (_text(label, card, key.removeprefix(_FIELD) if key.startswith(_FIELD) else ""),)


def _text(label: Label, card: Place, field: str) -> TextBlock:
    if field == "name":
        words = Words("{name}", "", Font.BOLD, 22.0, 12.0, 2, abbreviate=True)
        return TextBlock(label, _middle(card, card.width_mm * 0.86, 18), (words,), "centre", "middle")
    if field:
        words = Words(f"{{{field}}}", "", Font.MEDIUM, 11.0, 7.0, 2)
        return TextBlock(label, _middle(card, card.width_mm * 0.86, 10), (words,), "centre", "middle")
    said = pick("Chữ tự do", "Free text")
    words = Words(said, "", Font.REGULAR, 11.0, 7.0)
    return TextBlock(label, _middle(card, card.width_mm * 0.6, 7), (words,), "left", "middle")


def _band(label: Label, card: Place) -> Part:
    place = Place(0, card.height_mm - 12, card.width_mm, 12)
    inner = Place(3, place.y_mm, max(1.0, card.width_mm - 6), 12)
    words = Words("{category}", "", Font.BOLD, 14.0, 8.0, colour="on_accent", capitals=True)
    return Fill(label, place, "accent"), TextBlock(label, inner, (words,), "centre", "middle")


def _middle(card: Place, width_mm: float, height_mm: float) -> Place:
    width_mm, height_mm = min(width_mm, card.width_mm), min(height_mm, card.height_mm)
    width_mm = round(width_mm)
    return Place(
        round((card.width_mm - width_mm) / 2, 1),
        round((card.height_mm - height_mm) / 2, 1),
        width_mm,
        height_mm,
    )
