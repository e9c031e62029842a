"""Layouts as files that the editor writes: read back they are equal, and nothing of somebody else's is lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from station.badges.fonts import Font
from station.badges.layouts.folder import READY_MADE, layout_named, read_layout
from station.badges.layouts.model import (
    Audience,
    BadgeLayout,
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
from station.badges.layouts.own import (
    ChangedMeanwhile,
    fingerprint,
    free_name,
    picture_name,
    remove_layout,
    rename_layout,
    save_layout,
    saved_beside,
)
from station.badges.layouts.parse import parse_layout
from station.badges.layouts.parts import parts_of, placed, plain, with_parts
from station.badges.layouts.start import CARDS, PAPERS, blank_layout, on_paper, origins, paper_of
from station.badges.layouts.written import layout_text
from station.badges.logo import logo_of
from station.errors import Refusal

SOME = Audience(only_for=("Học viên", "Báo chí"))


def label(kind: str) -> Label:
    return Label("front", 1, kind)


def read_back(layout: BadgeLayout) -> BadgeLayout:
    parsed = plain(parse_layout(layout.name, layout_text(layout).encode()))
    return replace(parsed, pictures=layout.pictures)


@pytest.mark.parametrize("path", sorted(READY_MADE.glob("*.toml")), ids=lambda path: path.stem)
def test_every_ready_made_layout_is_written_as_it_was_read(path: Path) -> None:
    layout = plain(read_layout(path))

    assert read_back(layout) == layout


def test_every_kind_of_element_is_written_as_it_is() -> None:
    words = Words(
        'Ghế "{seat}" \\ \x7f', "Seat {seat}", Font.SEMI_BOLD, 11.338582677165354, 6.5, 3, "#b3261e"
    )
    more = Words("{name}", "", Font.BOLD, 20, 9, 2, "accent_text", 1.5, capitals=True, abbreviate=True)
    band = (
        Fill(label("band"), Place(0, 40, 90, 10), "accent", 2),
        TextBlock(label("band"), Place(4.5, 40, 81, 10), (replace(more, gap_mm=0),), "right", "middle"),
    )
    parts = [
        (TextBlock(label("text"), Place(1, 2.25, 3, 4), (words,), "centre", "bottom", ("photo",), SOME),),
        (TextBlock(label("column"), Place(-1, 2, 3, 4), (words, more), "right", "middle", ("logo",)),),
        (Code(label("code"), Place(1, 2, 25.5, 25.5), Audience(not_for=("Báo chí",))),),
        (Photo(label("photo"), Place(1, 2, 3, 4), "left"),),
        (Logo(label("logo"), Place(1, 2, 3, 4), "right", has_plate=False),),
        (Drawing(label("image"), Place(1, 2, 3, 4), "nền.png"),),
        (Fill(label("line"), Place(1, 2, 30, 0.25), "ink"),),
        (Fill(label("line"), Place(1, 2, 0.25, 30), "line"),),
        (Fill(label("box"), Place(1, 2, 3, 4), "tint", 1.25, SOME),),
        band,
        (Ticks(label("ticks"), Place(1, 2, 3, 4), ("Một", "Hai"), ("One", "Two"), 9.5, 6.65, "muted"),),
    ]
    blank = on_paper(blank_layout("mine", "Thẻ"), (90, 55), PAPERS[1], 2, folds=True, cuts=True)
    layout = with_parts(with_parts(replace(blank, title_en="Badge"), "front", parts), "back", parts[:1])

    assert read_back(layout) == layout


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    st.tuples(*[st.floats(0.1, 900)] * 4),
    st.floats(4, 200),
)
def test_whatever_is_typed_and_measured_comes_back(
    text: str, measures: tuple[float, float, float, float], size: float
) -> None:
    words = Words(text.replace("{", "").replace("}", ""), "", Font.REGULAR, size, 4.0)
    part = (TextBlock(label("text"), Place(*measures), (words,), "left", "middle"),)
    layout = with_parts(blank_layout("mine", text), "front", [part])

    assert read_back(layout) == layout


def sample(name: str = "mine") -> BadgeLayout:
    code = (Code(label("code"), Place(10, 10, 30, 30)),)
    return with_parts(blank_layout(name, "Thẻ của ta"), "front", [code])


def test_a_saved_layout_is_read_back_equal_with_its_picture(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "#b3261e").save(tmp_path / "x.png")
    png = logo_of((tmp_path / "x.png").read_bytes(), "x.png")
    name = picture_name("nen", tmp_path, png, sample())
    picture = (Drawing(label("image"), Place(1, 1, 20, 20), name),)
    layout = with_parts(replace(sample(), pictures={name: png}), "back", [picture])

    known = save_layout(layout, tmp_path, "")

    assert plain(layout_named("mine", tmp_path)) == layout
    assert known == fingerprint("mine", tmp_path)
    assert picture_name("nen", tmp_path, b"another", sample()) == "nen-2.png"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    known = save_layout(sample(), tmp_path, "")
    path = tmp_path / "layouts" / "mine.toml"
    path.write_text(path.read_text("utf-8") + "# của người khác\n", "utf-8")
    other = replace(sample(), title="Của tôi")

    with pytest.raises(ChangedMeanwhile):
        save_layout(other, tmp_path, known)
    beside, _known = saved_beside(other, tmp_path)

    assert path.read_text("utf-8").endswith("# của người khác\n")
    assert beside.name == "mine-2"
    assert layout_named("mine-2", tmp_path).title == "Của tôi"


def test_a_layout_with_nothing_on_it_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        save_layout(blank_layout("mine", "Trống"), tmp_path, "")
    with pytest.raises(Refusal):
        save_layout(replace(sample(), folds=True), tmp_path, "")

    assert not (tmp_path / "layouts").exists()


def test_an_own_layout_is_renamed_and_removed_a_taken_name_refused(tmp_path: Path) -> None:
    save_layout(sample(), tmp_path, "")
    with pytest.raises(Refusal):
        rename_layout("mine", "card", tmp_path)

    rename_layout("mine", "ours", tmp_path)
    assert layout_named("ours", tmp_path).title == "Thẻ của ta"
    assert free_name("ours", tmp_path) == "ours-2"
    remove_layout("ours", tmp_path)
    assert list((tmp_path / "layouts").iterdir()) == []


def test_as_many_cards_as_fit_stand_in_the_middle_of_a_sheet() -> None:
    assert origins((90, 55), (210, 297), 0) == tuple(
        (15 + 90 * column, 11 + 55 * row) for row in range(5) for column in range(2)
    )
    assert origins((300, 400), (210, 297), 0) == ()
    for card in CARDS:
        layout = on_paper(
            blank_layout("a", "a"), (card.width_mm, card.height_mm), PAPERS[0], 0, folds=False, cuts=False
        )
        assert (layout.origins_mm, paper_of(layout)) == (((0, 0),), "card")


def test_a_moved_band_keeps_its_inset_and_a_code_its_square() -> None:
    layout = plain(read_layout(READY_MADE / "card.toml"))
    parts = parts_of(layout.front)
    band = next(part for part in parts if part[0].label.kind == "band")
    code = next(part for part in parts if part[0].label.kind == "code")

    fill, text = placed(band, Place(10, 20, 80, 12))
    (square,) = placed(code, Place(1, 2, 28, 99))

    assert (fill.place, text.place) == (Place(10, 20, 80, 12), Place(19, 20, 62, 12))
    assert square.place == Place(1, 2, 28, 28)
