"""What the help window lists at the left: the parts of every page, and those among them in which words occur."""

from collections.abc import Sequence
from dataclasses import dataclass

from station.errors import EnvironmentFault
from station.guide.markdown import Anchor, Block, Heading, Listing, Note, Paragraph, Picture, Table, inline, plain
from station.guide.pages import DESK, PAGES, read_page
from station.text import fold
from ui.dialogs.help.keys import blocks as key_blocks
from ui.widgets.row_list import Row


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page.

    Attributes:
        place: page and anchor, ``organiser#roster``. level: of its heading, 1 for a whole page.
        words: everything said in it, folded.
    """

    place: str
    title: str
    level: int
    words: str

    def row(self) -> Row:
        """As a row of the list."""
        return Row("      " * (self.level - 1) + self.title, key=self.place, muted=self.level == 3)


def pages() -> dict[str, tuple[Block, ...]]:
    """The blocks of every page in the language in force; the desk's begins with its keys. Raises EnvironmentFault."""
    shown = {name: read_page(name).blocks for name in PAGES}
    shown[DESK] = (*key_blocks(), *shown[DESK])
    return shown


def known_pages() -> dict[str, tuple[Block, ...]]:
    """The pages, or the keys and why there is no more: help must not fail."""
    try:
        return pages()
    except EnvironmentFault as error:
        return {DESK: (*key_blocks(), Note(inline(str(error))))}


def parts(shown: dict[str, tuple[Block, ...]]) -> list[Part]:
    """Every part that has a heading, in order."""
    return [part for page, blocks in shown.items() for part in _parts(page, blocks)]


def matching(known: Sequence[Part], text: str) -> list[Part]:
    """The parts in which the words occur as they stand, else those in which all occur; accents are not needed."""
    words = [f" {word}" for word in fold(text).split()]
    whole = [part for part in known if "".join(words) in f" {part.words}"]
    return whole or [part for part in known if all(word in f" {part.words}" for word in words)]


def _parts(page: str, blocks: Sequence[Block]) -> list[Part]:
    found: list[Part] = []
    anchor, heading, words = "", None, []

    def end() -> None:
        if heading is not None:
            found.append(Part(place, heading.text, heading.level, fold(" ".join(words))))

    place = page
    for block in blocks:
        if isinstance(block, Anchor):
            anchor = block.name
        elif isinstance(block, Heading):
            end()
            heading, words = block, [block.text]
            place, anchor = f"{page}#{anchor}" if anchor else page, ""
        else:
            words.append(_words(block))
    end()
    return found


def _words(block: Block) -> str:
    match block:
        case Paragraph(line) | Note(line):
            return plain(line)
        case Listing(items):
            return " ".join(map(plain, items))
        case Table(head, rows):
            return " ".join(plain(cell) for row in (head, *rows) for cell in row)
        case Picture(_path, caption):
            return caption
    return ""
