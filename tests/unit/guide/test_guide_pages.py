"""The guide speaks of the program as it is: its words, keys, commands, places and pictures."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from station.commands import _parser
from station.guide.markdown import Heading, Line, Listing, Note, Paragraph, Picture, Style, Table, parse
from station.guide.pages import GUIDE_DIR, PAGES, PICTURES_DIR, anchors, page_file, read_page
from station.guide.paper import SHEETS, set_on_paper
from station.i18n import LANGUAGES, set_language
from ui.dialogs.help.keys import keys
from ui.dialogs.help.places import PLACES

ROOT = Path(__file__).resolve().parents[3]
MOST_BYTES, MOST_PICTURES = 120 * 1024, 12
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|[A-Z0-9=,\-]|Enter|Esc|Ins|Del|Tab)|Ctrl|Alt|Shift")
PRESSED_WITH = {"Ctrl", "Alt", "Shift", "Enter", "Tab"}
EVERY = [(name, language) for name in PAGES for language in LANGUAGES]


def lines(name: str, language: str) -> Iterator[Line]:
    for block in read_page(name, language).blocks:
        match block:
            case Paragraph(line) | Note(line):
                yield line
            case Listing(items):
                yield from items
            case Table(head, rows):
                yield from head
                for row in rows:
                    yield from row


def pieces(name: str, language: str, style: Style) -> list[str]:
    return [piece.text for line in lines(name, language) for piece in line if piece.style is style]


def screen_words(language: str) -> set[str]:
    with (ROOT / "assets/translations/vi/LC_MESSAGES/station.po").open("rb") as file:
        catalogue = read_po(file)
    said = set()
    for message in catalogue:
        texts = message.string if language == "vi" else message.id
        said |= {str(text).rstrip("…") for text in (texts if isinstance(texts, (tuple, list)) else [texts])}
    return said


def keys_of_the_program() -> set[str]:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py"))
    named = set(re.findall(r'"((?:(?:Ctrl|Alt|Shift)\+)*[A-Za-z0-9=,\-]+)"', sources))
    digits = {f"Alt+{number}" for number in range(10)}
    listed = {word if word == "Ctrl+," else word.strip(",") for key in keys() for word in key.split()}
    pressed = {f"Ctrl+{key}" for key in re.findall(r"Key_([A-Z])\b", sources)}
    return named | digits | listed | pressed | PRESSED_WITH


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_word_in_bold_is_on_a_screen(name: str, language: str) -> None:
    known = screen_words(language)
    assert [word for word in pieces(name, language, Style.BOLD) if word.rstrip("…") not in known] == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_key_is_one_of_the_program(name: str, language: str) -> None:
    known = keys_of_the_program()
    named = [code for code in pieces(name, language, Style.CODE) if KEY.fullmatch(code)]
    assert named
    assert [key for key in named if key not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_exists(language: str) -> None:
    commands = set(_parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr, call-overload]
    tables = [block for block in read_page("organiser", language).blocks if isinstance(block, Table)]
    named = {piece.text for row in tables[-1].rows for piece in row[1] if piece.style is Style.CODE}
    assert len(named) > 30
    assert named - commands == set()


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_places_headings_and_pictures(name: str) -> None:
    vietnamese, english = (read_page(name, language) for language in ("vi", "en"))
    assert anchors(vietnamese) == anchors(english)
    assert len(set(anchors(english))) == len(anchors(english))
    for kind in (Heading, Picture, Table, Listing, Note):
        counts = [sum(isinstance(block, kind) for block in page.blocks) for page in (vietnamese, english)]
        assert counts[0] == counts[1], kind
    levels = [
        [block.level for block in page.blocks if isinstance(block, Heading)] for page in (vietnamese, english)
    ]
    assert levels[0] == levels[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_that_help_leads_to_is_in_the_guide(language: str) -> None:
    there = {f"{name}#{anchor}" for name in PAGES for anchor in anchors(read_page(name, language))}
    assert {place for place in PLACES.values() if place != "desk#all-keys"} - there == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_there_few_and_small(language: str) -> None:
    named = [
        (page_file(name, language).parent / block.path).resolve()
        for name in PAGES
        for block in read_page(name, language).blocks
        if isinstance(block, Picture)
    ]
    kept = sorted((PICTURES_DIR / language).glob("*.png"))
    assert sorted(named) == [path.resolve() for path in kept]
    assert len(kept) <= MOST_PICTURES
    assert [path.name for path in kept if path.stat().st_size > MOST_BYTES] == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_pages_take_as_many_sheets_as_they_may(name: str, language: str) -> None:
    set_language(language)
    paper = set_on_paper(name, language)
    assert paper.pdf.startswith(b"%PDF")
    if name in SHEETS:
        assert paper.sheets == SHEETS[name]
    else:
        assert 6 <= paper.sheets <= 12


def test_the_packaged_program_brings_the_guide_along() -> None:
    assert '(str(ROOT / "docs" / "guide"), "docs/guide")' in (ROOT / "build_installer.spec").read_text(
        "utf-8"
    )
    assert GUIDE_DIR == ROOT / "docs" / "guide"


def test_an_anchor_may_stand_within_a_list() -> None:
    page = parse('- one\n<a id="two"></a>\n- two')
    assert anchors(page) == ["two"]
    assert [len(block.items) for block in page.blocks if isinstance(block, Listing)] == [1, 1]


def test_signs_of_markup_in_the_text_are_text() -> None:
    (block,) = parse("a < b & **c > d**").blocks
    assert isinstance(block, Paragraph)
    assert [piece.text for piece in block.line] == ["a < b & ", "c > d"]
