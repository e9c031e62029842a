"""Reads a badge layout from the text of its file: everything in it is checked, nothing in it is carried out."""

import tomllib
from collections.abc import Mapping
from typing import Any

from station.badges.layouts.elements import read_element
from station.badges.layouts.model import BadgeLayout, Element, Label
from station.badges.layouts.table import Lines, Table, Where
from station.errors import BadInput, Problem
from station.i18n import _

MOST_BYTES = 200_000
_MOST_ELEMENTS = 200
_MOST_CARDS = 400  # as many as rows and columns may make
_EDGE_MM = 0.5  # a card may reach so far over its page: papers are measured in whole millimetres
_SIDES = ("front", "back")


def parse_layout(name: str, content: bytes) -> BadgeLayout:
    """The layout of a file's content; ``name`` is its file's, without the ending.

    Raises BadInput with every problem, each with its line and element; nothing else, whatever the content is.
    """
    file = f"{name}.toml"
    text = _text_of(file, content)
    items = _items_of(file, text)
    problems: list[Problem] = []
    lines = Lines(text)
    top = Table(items, Where(file, _("at the top"), "", 0, lines), problems)
    title, title_en = top.text("title", name), top.text("title_en", "")
    is_badge = top.switch("badge", True)
    page = _table(top, "page", _("page"))
    card = _table(top, "card", _("card"))
    width, height = page.length("width", least=20), page.length("height", least=20)
    is_roll = page.switch("roll")
    page.finish()
    card_width, card_height = card.length("width", width, least=20), card.length("height", height, least=20)
    folds, cuts = card.switch("fold"), card.switch("cut_marks")
    origins = _origins(card, card_width, card_height)
    card.finish()
    sides = {side: _elements(top, side) for side in _SIDES}
    top.finish()
    if not sides["front"] and not problems:
        top.refuse("front", "NO_ELEMENTS", _("a layout needs at least one [[front]] element"))
    if folds and not sides["back"] and not problems:
        card.refuse("fold", "NO_BACK", _("a badge that is folded needs at least one [[back]] element"))
    if is_roll and not problems and (folds or sides["back"] or len(origins) > 1):
        text = _(
            "a roll carries one label after the other, without a back: take away the back, the fold or the rows"
        )
        page.refuse("roll", "ROLL_OF_SHEETS", text)
    deep = card_height * (2 if folds else 1)
    if not problems:
        _check_cards(card, origins, (card_width, deep), (width, height))
    if problems:
        raise BadInput(sorted(problems, key=lambda problem: problem.row or 0))
    return BadgeLayout(
        name, title, title_en, width, height, card_width, card_height, origins,
        sides["front"], sides["back"], cuts, folds, is_roll, is_badge,
    )  # fmt: skip


def _text_of(file: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _not_a_layout(file, "TOO_LARGE", _("it is larger than {most} bytes").format(most=MOST_BYTES))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        said = _("it is not UTF-8 text (byte {position}); save it again as UTF-8").format(
            position=error.start
        )
        raise _not_a_layout(file, "NOT_TOML", said) from error


def _items_of(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # a ValueError is what it raises for far too long numbers, too
        raise _not_a_layout(file, "NOT_TOML", str(error)[:200]) from error


def _not_a_layout(file: str, problem: str, reason: str) -> BadInput:
    text = _("{file} cannot be read as a layout: {reason}.").format(file=file, reason=reason)
    return BadInput([Problem(None, None, problem, text)])


def _table(top: Table, key: str, said: str) -> Table:
    items = top.value(key)
    if not isinstance(items, Mapping):
        top.refuse(key, "MISSING_KEY", _("the table [{name}] is missing").format(name=key))
        items = {"width": 100, "height": 100}  # so that nothing else is complained of
    return Table(items, Where(top.where.file, said, key, 1, top.where.lines), top.problems)


def _elements(top: Table, side: str) -> tuple[Element, ...]:
    items = top.value(side)
    if items is None:
        return ()
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        top.refuse(side, "BAD_LIST", _("write each element under [[{side}]]").format(side=side))
        return ()
    if len(items) > _MOST_ELEMENTS:
        text = _("there are more than {most} elements").format(most=_MOST_ELEMENTS)
        top.refuse(side, "TOO_MANY", text)
        return ()
    found: list[Element] = []
    for number, one in enumerate(items, 1):
        kind = one.get("kind", "")
        label = Label(side, number, kind if isinstance(kind, str) else "", top.where.lines.of(side, number))
        where = Where(top.where.file, element_said(label), side, number, top.where.lines)
        found += read_element(Table(one, where, top.problems), label)
    return tuple(found)


def element_said(label: Label) -> str:
    """An element as people find it in the file."""
    text = (
        _("front element {number} ({kind})") if label.side == "front" else _("back element {number} ({kind})")
    )
    return text.format(number=label.number, kind=label.kind[:20] or "?")


def _origins(card: Table, width: float, height: float) -> tuple[tuple[float, float], ...]:
    """From ``positions``, else from rows and columns."""
    fold = 2 if card.value("fold") is True else 1
    columns, rows = card.whole("columns", 1, 1, 20), card.whole("rows", 1, 1, 20)
    left, top = card.length("left", 0.0), card.length("top", 0.0)
    gap_x, gap_y = card.length("gap_x", 0.0, least=0, most=200), card.length("gap_y", 0.0, least=0, most=200)
    if card.has("positions"):
        return _positions(card)
    return tuple(
        (left + column * (width + gap_x), top + row * (height * fold + gap_y))
        for row in range(rows)
        for column in range(columns)
    )


def _positions(card: Table) -> tuple[tuple[float, float], ...]:
    value = card.value("positions")
    said = _("write positions as pairs of millimetres, for example [[0, 0], [105, 0]]")
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_CARDS or not all(map(_is_pair, value)):
        card.refuse("positions", "BAD_LIST", said)
        return ((0, 0),)
    return tuple((float(x), float(y)) for x, y in value)


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(one) in (int, float) and -1000 <= one <= 1000 for one in value)
    )


def _check_cards(
    card: Table,
    origins: tuple[tuple[float, float], ...],
    size: tuple[float, float],
    page: tuple[float, float],
) -> None:
    """Cards stand on the page and not upon each other."""
    for number, (x, y) in enumerate(origins, 1):
        if (
            x < -_EDGE_MM
            or y < -_EDGE_MM
            or x + size[0] > page[0] + _EDGE_MM
            or y + size[1] > page[1] + _EDGE_MM
        ):
            text = _("card {number} does not lie on the page").format(number=number)
            card.refuse("width", "OUTSIDE_PAGE", text)
        for other, (x2, y2) in enumerate(origins[: number - 1], 1):
            if abs(x - x2) < size[0] - 0.05 and abs(y - y2) < size[1] - 0.05:
                text = _("cards {other} and {number} lie upon each other").format(other=other, number=number)
                card.refuse("width", "CARDS_OVERLAP", text)
