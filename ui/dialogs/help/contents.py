"""What the help window lists at the left: the parts of every page, and those among them in which words occur."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from station.errors import EnvironmentFault
from station.guide.markdown import (
    Anchor,
    Block,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Table,
    inline,
    plain,
)
from station.guide.pages import DESK, PAGES, read_page
from station.text import fold
from ui.dialogs.help.keys import blocks as key_blocks
from ui.widgets.row_list import Row


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page.

    Attributes:
        place: page and anchor, ``organiser#roster``. level: of its heading, 1 for a whole page.
        words: everything said in it, folded. anchors: every place in it, its own too.
    """

    place: str
    title: str
    level: int
    words: str
    anchors: tuple[str, ...] = ()

    def holds(self, page: str, anchor: str) -> bool:
        """Whether a place is in this part."""
        return self.place.partition("#")[0] == page and anchor in self.anchors

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
    for place, heading in enumerate(blocks):
        if isinstance(heading, Heading):
            before = blocks[place - 1] if place else None
            own = before.name if isinstance(before, Anchor) else ""
            rest = takewhile(lambda block: not isinstance(block, Heading), blocks[place + 1 :])
            within = list(rest)
            words = fold(" ".join([heading.text, *map(_words, within)]))
            anchors = (own, *(block.name for block in within if isinstance(block, Anchor)))
            found.append(Part(f"{page}#{own}" if own else page, heading.text, heading.level, words, anchors))
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
