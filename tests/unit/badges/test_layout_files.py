"""Layout files: what is read, what is refused and how it is said."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from station.badges.fonts import Font
from station.badges.layouts.folder import READY_MADE, copy_layout, layout_files, layout_named, read_layout
from station.badges.layouts.model import Code, Drawing, Fill, TextBlock, Ticks
from station.badges.layouts.parse import parse_layout
from station.errors import BadInput, Refusal

HEAD = """
[page]
width = 90
height = "5.5 cm"
[card]
"""
CODE = """
[[front]]
kind = "code"
x = 58
y = 10
side = 30
"""
WHOLE = HEAD + CODE
NAMES = {
    "card", "sheet", "card-90x55", "card-86x54", "roll-62", "a4-2x4", "a4-2x5", "lanyard-a6-fold",
    "seat-card-2x2", "table-sign-a4", "certificate-a4",
}  # fmt: skip


def problems(text: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(BadInput) as refused:
        parse_layout("mine", text.encode())
    assert all(problem.message.startswith("mine.toml") for problem in refused.value.problems)
    return [(problem.row, problem.column, problem.problem) for problem in refused.value.problems]


def test_lengths_are_millimetres_or_bring_their_unit() -> None:
    layout = parse_layout("mine", WHOLE.encode())

    assert (layout.width_mm, layout.height_mm) == (90, 55)
    assert (layout.card_width_mm, layout.card_height_mm, layout.origins_mm) == (90, 55, ((0, 0),))
    assert [(type(element), element.place.width_mm) for element in layout.front] == [(Code, 30)]


def test_every_kind_of_element_is_read() -> None:
    layout = parse_layout(
        "mine",
        (
            WHOLE
            + """
[[front]]
kind = "text"
x = 1
y = 1
width = 40
height = 8
text = "Bàn {seat}: {extra:Phòng}"
size = "4 mm"
weight = "semibold"
colour = "red"
align = "right"
capitals = true
abbreviate = true
lines = 2
only_for = ["Học viên"]
[[front]]
kind = "band"
x = 0
y = 46
width = 90
height = 9
[[back]]
kind = "ticks"
x = 1
y = 1
width = 40
height = 20
items = ["Túi tài liệu", "Phiếu ăn"]
[[back]]
kind = "line"
x = 1
y = 30
length = 20
upright = true
[[back]]
kind = "image"
x = 1
y = 30
width = 20
height = 20
file = "nền.png"
"""
        ).encode(),
    )
    _code, text, band, category = layout.front
    ticks, line, image = layout.back
    assert isinstance(text, TextBlock)
    assert isinstance(band, Fill)
    assert isinstance(category, TextBlock)
    assert isinstance(ticks, Ticks)
    assert isinstance(line, Fill)
    assert isinstance(image, Drawing)
    (words,) = text.words
    assert (round(words.size_pt, 2), words.font, words.colour) == (11.34, Font.SEMI_BOLD, "#b3261e")
    assert (text.across, words.lines, words.capitals, words.abbreviate) == ("right", 2, True, True)
    assert text.audience.only_for == ("Học viên",)
    assert (band.colour, category.words[0].text) == ("accent", "{category}")
    assert ticks.texts == ("Túi tài liệu", "Phiếu ăn")
    assert (line.place.width_mm, line.place.height_mm) == (0.25, 20)


def test_every_problem_is_told_with_its_line_and_its_element() -> None:
    wrong = (
        HEAD
        + """fold = "yes"
[[front]]
kind = "text"
x = "3 px"
y = 1
width = 40
height = 0
text = "{nickname}"
size = 10
colour = "pinkish"
shadow = true
[[front]]
kind = "blink"
"""
    )

    assert problems(wrong) == [
        (6, "fold", "BAD_SWITCH"),
        (9, "x", "BAD_MEASURE"),
        (12, "height", "OUT_OF_RANGE"),
        (13, "text", "UNKNOWN_FIELD"),
        (15, "colour", "BAD_COLOUR"),
        (16, "shadow", "UNKNOWN_KEY"),
        (18, "kind", "BAD_WORD"),
    ]
    with pytest.raises(BadInput, match=r"mine\.toml, line 9, front element 1 \(text\): “x”"):
        parse_layout("mine", wrong.encode())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "MISSING_KEY"),
        ("page = [", "NOT_TOML"),
        ("[page]\nwidth = 90\nheight = 55\n[card]\n", "NO_ELEMENTS"),
        (WHOLE.replace("[card]", "[card]\nfold = true"), "NO_BACK"),
        (WHOLE.replace("[card]", "[card]\ncolumns = 2"), "OUTSIDE_PAGE"),
        (WHOLE.replace("[card]", "[card]\npositions = [[0, 0], [10, 0]]\nwidth = 45"), "CARDS_OVERLAP"),
        (WHOLE.replace("[card]", "[card]\npositions = [[0]]"), "BAD_LIST"),
        (WHOLE + 'sides = "four"', "UNKNOWN_KEY"),
        (WHOLE.replace("width = 90", "width = inf"), "BAD_MEASURE"),
        (WHOLE.replace("width = 90", "width = true"), "BAD_MEASURE"),
        (WHOLE.replace("width = 90", "width = 9999999"), "OUT_OF_RANGE"),
        ("a = " + "[" * 5000, "NOT_TOML"),
        ("a = " + "9" * 5000, "NOT_TOML"),
        ("#" * 200_001, "TOO_LARGE"),
    ],
)
def test_what_is_no_layout_is_refused(text: str, problem: str) -> None:
    assert problem in {name for _row, _column, name in problems(text)}


@pytest.mark.parametrize(
    "file", ["../event.sqlite3", "/etc/passwd", "a/b.png", "a.svg", "C:x.png", "con.png"]
)
def test_a_picture_is_a_file_beside_the_layout(file: str) -> None:
    image = f"\n[[front]]\nkind = 'image'\nx = 0\ny = 0\nwidth = 9\nheight = 9\nfile = '{file}'\n"

    assert problems(WHOLE + image) == [(19, "file", "BAD_FILE")]


FRAGMENTS = st.sampled_from(
    [
        *HEAD.splitlines(), *CODE.splitlines(), "[[back]]", 'kind = "column"', "texts = [{}]", "texts = [1]",
        'kind = "ticks"', "items = []", "x = -1e999", "y = nan", "positions = [[]]", "front = 3", "page = 1",
        "columns = 20", "rows = 20", "size = []", "only_for = [1]", "[page]", "back = [{kind = []}]", "text = '{'",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), st.lists(FRAGMENTS, max_size=14).map(lambda rows: "\n".join(rows).encode())
    )
)
def test_whatever_the_bytes_there_is_a_layout_or_an_answer(content: bytes) -> None:
    try:
        layout = parse_layout("any", content)
    except BadInput as refused:
        assert refused.problems
    else:
        assert layout.front


def test_the_ready_made_layouts_are_there_for_every_event(tmp_path: Path) -> None:
    assert {file.name for file in layout_files(tmp_path)} == NAMES
    assert {path.stem for path in READY_MADE.iterdir()} == NAMES
    with pytest.raises(Refusal, match="card-90x55"):
        layout_named("poster", tmp_path)


def test_an_events_own_layout_takes_precedence(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "card.toml").write_text(WHOLE, "utf-8")

    assert layout_named("card", tmp_path).width_mm == 90
    assert next(file.is_own for file in layout_files(tmp_path) if file.name == "card")


def test_an_own_layout_begins_as_a_copy_with_its_pictures(tmp_path: Path) -> None:
    own = tmp_path / "layouts"
    copy_layout("card-90x55", "Thẻ khách", tmp_path)
    assert (own / "Thẻ khách.toml").read_bytes() == (READY_MADE / "card-90x55.toml").read_bytes()
    assert layout_named("Thẻ khách", tmp_path).width_mm == 90

    for taken in ("card", "THẺ KHÁCH"):
        with pytest.raises(Refusal, match="already"):
            copy_layout("sheet", taken, tmp_path)
    for bad in ("../x", "a/b", "con", ".x", "", "x" * 200):
        with pytest.raises(Refusal, match="cannot be called"):
            copy_layout("sheet", bad, tmp_path)


def test_a_picture_must_be_there_and_be_one(tmp_path: Path) -> None:
    image = '\n[[front]]\nkind = "image"\nx = 0\ny = 0\nwidth = 9\nheight = 9\nfile = "nền.png"\n'
    path = tmp_path / "mine.toml"
    path.write_text(WHOLE + image, "utf-8")
    with pytest.raises(BadInput, match=r"front element 2 \(image\)"):
        read_layout(path)
    (tmp_path / "nền.png").write_text("<svg onload='x'/>", "utf-8")
    with pytest.raises(BadInput, match="SVG"):
        read_layout(path)
    Image.new("RGB", (20, 10), "red").save(tmp_path / "nền.png")

    assert read_layout(path).pictures["nền.png"].startswith(b"\x89PNG")
