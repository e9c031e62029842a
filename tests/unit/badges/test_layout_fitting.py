"""How the texts of a layout fit their places, and what is said of those that do not."""

from dataclasses import replace

import pytest

from station.badges.fonts import Font
from station.badges.layouts.fitting import abbreviations, fitted_block, height_of
from station.badges.layouts.model import BadgeLayout, Label, Place, TextBlock, Words
from station.badges.layouts.parse import parse_layout
from station.badges.layouts.warnings import LayoutWarning, warnings_of
from station.badges.layouts.words import extra_key, filled
from station.badges.texts import BadgeData
from station.i18n import set_language
from station.model.event import Event

LABEL = Label("front", 1, "text")


def block(width_mm: float, height_mm: float, lines: int, abbreviate: bool = True) -> TextBlock:
    words = Words("{name}", "", Font.BOLD, 20, 10, lines, abbreviate=abbreviate)
    return TextBlock(LABEL, Place(0, 0, width_mm, height_mm), (words,))


def lines_of(element: TextBlock, name: str) -> tuple[float, tuple[str, ...], bool]:
    (setting,) = fitted_block(element, element.place, {"name": name})
    return setting.block.size_pt, setting.block.lines, setting.is_cut


def test_middle_names_become_initials_from_the_back_and_the_ends_stay() -> None:
    assert list(abbreviations("Nguyễn Thị Hoàng Ánh")) == ["Nguyễn Thị H. Ánh", "Nguyễn T. H. Ánh"]
    assert list(abbreviations("Lê Ân")) == []
    assert list(abbreviations("")) == []


def test_a_text_wraps_then_shrinks_then_is_abbreviated_and_at_last_cut() -> None:
    name = "Nguyễn Thị Hoàng Ánh"
    assert lines_of(block(90, 20, 2), name) == (20, (name,), False)
    assert lines_of(block(50, 20, 2), name)[1] == ("Nguyễn Thị", "Hoàng Ánh")
    shrunk = lines_of(block(44, 9, 1), name)
    assert (shrunk[0] < 20, shrunk[1]) == (True, (name,))
    assert lines_of(block(31, 9, 1), name) == (10, ("Nguyễn T. H. Ánh",), False)
    size, (line,), cut = lines_of(block(31, 9, 1, abbreviate=False), name)
    assert (size, line[-1], cut) == (10, "…", True)


def test_texts_that_are_too_high_together_are_made_smaller() -> None:
    words = Words("{name}", "", Font.BOLD, 20, 10, 1)
    element = TextBlock(LABEL, Place(0, 0, 90, 15), (words, replace(words, gap_mm=2)))

    roomy, tight = (
        fitted_block(element, replace(element.place, height_mm=height), {"name": "Lê Ân"})
        for height in (30, 15)
    )

    assert [setting.block.size_pt for setting in roomy] == [20, 20]
    assert all(10 <= setting.block.size_pt < 20 for setting in tight)
    assert height_of(tight) <= 15


def test_a_template_with_only_empty_fields_is_empty() -> None:
    values = {"seat": "", "code": "DB1", extra_key("Phòng ở"): "305"}

    assert filled("Ghế {seat}", values) == ""
    assert filled("Ghế {seat} {code}", values) == "Ghế DB1"
    assert filled("Phòng {extra:phòng Ở}", values) == "Phòng 305"
    assert filled("Xin chào", values) == "Xin chào"
    assert filled("{code}", {"code": "{seat}"}) == "{seat}"  # what a roster says is no template


def layout_of(*elements: str, side: float = 30) -> BadgeLayout:
    code = f'[[front]]\nkind = "code"\nx = 58\ny = 10\nside = {side}\n'
    return parse_layout(
        "mine", "\n".join(["[page]\nwidth = 90\nheight = 55\n[card]", code, *elements]).encode()
    )


def text_at(x: float, width: float, template: str = "{name}", more: str = "") -> str:
    return (
        f'[[front]]\nkind = "text"\nx = {x}\ny = 12\nwidth = {width}\nheight = 9\ntext = "{template}"\n'
        f"size = 12\nsmallest = 10\n{more}"
    )


def found(layout: BadgeLayout, event: Event, *badges: BadgeData) -> list[LayoutWarning]:
    return warnings_of(layout, event, badges)


def test_a_good_layout_has_no_warnings(event: Event, badge: BadgeData) -> None:
    assert found(layout_of(text_at(2, 54)), event, badge) == []


def test_a_text_that_is_cut_off_names_the_delegate_and_the_element(event: Event, badge: BadgeData) -> None:
    person = replace(
        badge.delegate, code="DB00009", name="Nguyễn Hoàng Tôn Nữ Phương Khánh Uyên Nguyệt Quỳnh"
    )
    (warning,) = found(layout_of(text_at(2, 50)), event, badge, replace(badge, delegate=person))

    assert (warning.warning, warning.code, warning.element and warning.element.line) == (
        "CUT_OFF",
        "DB00009",
        11,
    )
    assert warning.message == (
        f"Front element 2 (text): “{person.name}” of {person.name} (DB00009) does not fit and is cut off."
    )


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (layout_of(text_at(2, 54), side=24), "CODE_TOO_SMALL"),
        (layout_of(text_at(2, 60)), "OVER_CODE"),
        (layout_of(text_at(-3, 50)), "OUTSIDE_CARD"),
        (layout_of(text_at(2, 54, "{extra:Phòng}")), "UNKNOWN_COLUMN"),
        (layout_of(text_at(2, 54, more='only_for = ["Báo chí"]')), "UNKNOWN_CATEGORY"),
        (layout_of(text_at(2, 54, more="lines = 12").replace("size = 12", "size = 90")), ""),
    ],
)
def test_what_would_go_wrong_on_paper_is_told(
    layout: BadgeLayout, expected: str, event: Event, badge: BadgeData
) -> None:
    assert [warning.warning for warning in found(layout, event, badge)] == ([expected] if expected else [])


def test_a_long_payload_needs_a_larger_code(event: Event, badge: BadgeData) -> None:
    dense = replace(badge, payload="https://example.org/" + "x" * 150)

    assert [w.warning for w in found(layout_of(text_at(2, 54)), event, dense)] == ["CODE_TOO_SMALL"]


def test_an_element_for_other_categories_warns_of_nobody(event: Event, badge: BadgeData) -> None:
    other = replace(badge, delegate=replace(badge.delegate, code="DB2", category="Báo chí", name="Lê Ân"))
    narrow = text_at(2, 14, more='only_for = ["báo chí"]')

    assert found(layout_of(narrow), event, badge, other) == []


def test_warnings_are_said_in_the_language_in_force(event: Event, badge: BadgeData) -> None:
    set_language("vi")

    (warning,) = found(layout_of(text_at(-3, 50)), event, badge)
    assert warning.message == "Mặt trước, mục 2 (text) tràn ra ngoài mép thẻ."
