"""The few forms of Markdown that the guide uses, read into values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_ANCHOR = re.compile(r'<a id="([a-z0-9-]+)"></a>')
_HEADING = re.compile(r"(#{1,3}) (.+)")
_PICTURE = re.compile(r'!\[([^\]]*)\]\(([^)\s]+)(?: "(\d+)")?\)')
_ITEM = re.compile(r"(?:(\d+)\.|-) (.+)")
_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`")


class Style(StrEnum):
    """How a piece of text is set."""

    PLAIN = "plain"
    BOLD = "bold"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line."""

    style: Style
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that help leads to."""

    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that is set apart."""

    line: Line


@dataclass(frozen=True, slots=True)
class Listing:
    """Points, numbered or not."""

    items: tuple[Line, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of as many cells."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path from the page; ``width_mm`` on paper, 0 for as wide as its text."""

    path: str
    caption: str
    width_mm: int = 0


Block = Anchor | Heading | Paragraph | Note | Listing | Table | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Its first heading."""
        return next((block.text for block in self.blocks if isinstance(block, Heading)), "")


def parse(text: str) -> Page:
    """Read a page."""
    groups = [group.splitlines() for group in re.split(r"\n\s*\n", text.strip())]
    return Page(tuple(block for group in groups for block in _blocks(group)))


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join(piece.text for piece in line)


def inline(text: str) -> Line:
    """The pieces of a line."""
    pieces, end = [], 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            pieces.append(Piece(Style.PLAIN, text[end : found.start()]))
        style = Style.BOLD if found["bold"] else Style.CODE
        pieces.append(Piece(style, found["bold"] or found["code"]))
        end = found.end()
    if end < len(text):
        pieces.append(Piece(Style.PLAIN, text[end:]))
    return tuple(pieces)


def _blocks(lines: list[str]) -> Iterator[Block]:
    """The blocks of lines that stand together: an anchor is one wherever it stands."""
    for place, line in enumerate(lines):
        if found := _ANCHOR.fullmatch(line):
            yield from _blocks(lines[:place])
            yield Anchor(found[1])
            yield from _blocks(lines[place + 1 :])
            return
    if not lines:
        return
    if heading := _HEADING.fullmatch(lines[0]):
        yield Heading(len(heading[1]), heading[2])
        yield from _blocks(lines[1:])
    elif picture := _PICTURE.fullmatch(lines[0]):
        yield Picture(picture[2], picture[1], int(picture[3] or 0))
        yield from _blocks(lines[1:])
    elif lines[0].startswith("|"):
        head, _rule, *rows = (_cells(line) for line in lines)
        yield Table(head, tuple(rows))
    elif _ITEM.fullmatch(lines[0]):
        yield _listing(lines)
    elif lines[0].startswith("> "):
        yield Note(inline(" ".join(line.removeprefix("> ") for line in lines)))
    else:
        yield Paragraph(inline(" ".join(line.strip() for line in lines)))


def _cells(line: str) -> tuple[Line, ...]:
    return tuple(inline(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _listing(lines: list[str]) -> Listing:
    items: list[str] = []
    numbered = lines[0][0].isdigit()
    for line in lines:
        if found := _ITEM.fullmatch(line):
            items.append(found[2])
        else:
            items[-1] += " " + line.strip()
    return Listing(tuple(inline(item) for item in items), numbered)
