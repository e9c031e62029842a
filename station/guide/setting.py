"""Sets the blocks of a page of the guide: what each looks like on paper, in one size of type."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, Spacer
from reportlab.platypus import KeepTogether as Together
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import Font, width_em
from station.badges.typesetting import POINTS_PER_MM
from station.guide.document import SIDE_MM, GuideDocument, Place
from station.guide.markdown import (
    Anchor,
    Heading,
    Line,
    Listing,
    Note,
    Page,
    Paragraph,
    Picture,
    Style,
    Table,
    plain,
)

_PIXELS_PER_MM = 7.85  # a window of 1366 pixels is as wide as the text
_ACCENT, _TINT, _KEY = "#0b4aa2", "#eef3fb", "#e4e9ef"
# What the first word of a row says in colour, by its own colour too.
_SIGNALS = {
    "Xanh lá": "#0a7340", "Green": "#0a7340", "Vàng": "#d98a00", "Amber": "#d98a00", "Đỏ": "#b80f2a",
    "Red": "#b80f2a", "Xanh dương": "#1a5fb4", "Blue": "#1a5fb4", "Báo động": "#b80f2a", "Alarm": "#b80f2a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What one try gave: the file, its sheets, and where the headings stand."""

    pdf: bytes
    sheets: int
    places: tuple[Place, ...]


class Setting:
    """One try to set a page in a size of type, points."""

    def __init__(self, page: Page, folder: Path, size_pt: float) -> None:
        self._page, self._folder, self._size = page, folder, size_pt
        self._width = A4[0] - 2 * SIDE_MM * POINTS_PER_MM
        self._text = ParagraphStyle(
            "text",
            fontName=str(Font.REGULAR),
            fontSize=size_pt,
            leading=size_pt * 1.42,
            textColor=HexColor(INK),
            spaceAfter=size_pt * 0.55,
            allowWidows=0,
            allowOrphans=0,
        )

    def build(self, contents: tuple[Place, ...], total: int) -> Built:
        """Set it; ``contents`` are listed before the first part, ``total`` is the number of sheets in the foot."""
        target = io.BytesIO()
        document = GuideDocument(target, self._page.title, total)
        document.build(list(self._story(contents)))
        return Built(target.getvalue(), document.page, tuple(document.places))

    def _story(self, contents: tuple[Place, ...]) -> Iterator[Flowable]:
        is_first = True
        blocks = list(self._page.blocks)
        for place, block in enumerate(blocks):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            if isinstance(following, Picture) and isinstance(block, Listing) and following.width_mm:
                yield self._beside(block, following)
                blocks[place + 1] = Anchor("")  # it stands already
                continue
            if isinstance(block, Heading) and block.level == 2 and is_first:
                is_first = False
                if contents:
                    yield from self._contents(contents)
            match block:
                case Anchor():
                    pass
                case Heading():
                    yield self._heading(block)
                case Paragraph(line):
                    yield Text(self._markup(line), self._text)
                case Note(line):
                    yield from self._note(line)
                case Listing(items, numbered):
                    yield from self._listing(items, numbered)
                case Table():
                    yield from self._table(block)
                case Picture():
                    yield Together([Spacer(0, self._size * 0.2), *self._framed(block)])

    def _heading(self, block: Heading) -> Flowable:
        sizes, before = (2.1, 1.32, 1.1), (0.0, 0.9, 0.7)
        size = self._size * sizes[block.level - 1]
        style = ParagraphStyle(
            "heading",
            fontName=str(Font.BOLD),
            fontSize=size,
            leading=size * 1.3,
            textColor=HexColor(INK if block.level == 3 else _ACCENT),
            spaceBefore=self._size * before[block.level - 1],
            spaceAfter=self._size * (0.6 if block.level == 1 else 0.3),
            keepWithNext=1,
        )
        text = Text(escape(block.text), style)
        text.heading_level = block.level
        return text

    def _contents(self, places: tuple[Place, ...]) -> Iterator[Flowable]:
        style = _changed(self._text, spaceAfter=0, textColor=HexColor(_ACCENT), fontName=str(Font.MEDIUM))
        number = _changed(style, alignment=2)
        rows = [
            [Text(escape(place.title), style), Text(str(place.sheet), number)]
            for place in places
            if place.level == 2
        ]
        if rows:
            grid = Grid(rows, [self._width - 40, 40], hAlign="LEFT")
            grid.setStyle(
                [
                    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                ]
            )
            yield grid
            yield Spacer(0, self._size * 0.6)

    def _note(self, line: Line) -> Iterator[Flowable]:
        style = _changed(self._text, spaceAfter=0)
        grid = Grid([[Text(self._markup(line), style)]], [self._width], hAlign="LEFT")
        grid.setStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(_TINT)),
                ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(_ACCENT)),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ]
        )
        yield grid
        yield Spacer(0, self._size * 0.6)

    def _listing(self, items: tuple[Line, ...], numbered: bool) -> Iterator[Flowable]:
        style = _changed(
            self._text,
            leftIndent=self._size * 1.5,
            bulletFontName=str(Font.SEMI_BOLD),
            bulletFontSize=self._size,
            bulletColor=HexColor(_ACCENT),
            spaceAfter=self._size * 0.25,
        )
        for number, item in enumerate(items, 1):
            yield Text(self._markup(item), style, bulletText=f"{number}." if numbered else "•")
        yield Spacer(0, self._size * 0.3)

    def _table(self, table: Table) -> Iterator[Flowable]:
        size = self._size * 0.94
        style = _changed(self._text, spaceAfter=0, fontSize=size, leading=size * 1.36)
        head = _changed(style, fontName=str(Font.SEMI_BOLD), textColor=HexColor(MUTED), fontSize=size * 0.92)
        rows = [[Text(self._markup(cell), head) for cell in table.head]]
        rows += [[Text(self._markup(cell), style) for cell in row] for row in table.rows]
        grid = Grid(rows, self._columns(table, size), repeatRows=1, hAlign="LEFT")
        looks: list[Any] = [
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(_TINT)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), size * 0.22),
            ("BOTTOMPADDING", (0, 0), (-1, -1), size * 0.42),
        ]
        for place, row in enumerate(table.rows, 1):
            signal = _SIGNALS.get(plain(row[0]).partition(",")[0])
            if signal:
                looks.append(("LINEBEFORE", (0, place), (0, place), 5, HexColor(signal), "butt"))
        grid.setStyle(looks)
        yield grid
        yield Spacer(0, self._size * 0.7)

    def _columns(self, table: Table, size: float) -> list[float]:
        """Narrow columns as wide as their text, the room that is left shared by how much the others say.

        Tables with the same head are alike throughout a page.
        """
        alike = [one for one in self._page.blocks if isinstance(one, Table) and one.head == table.head]
        rows = [table.head, *(row for one in alike for row in one.rows)]
        wanted = [
            max(_width_em(row[place]) for row in rows) * size * 1.04 + 16 for place in range(len(table.head))
        ]
        fair = self._width / len(wanted)
        narrow = {place for place, want in enumerate(wanted) if want <= fair}
        room = self._width - sum(wanted[place] for place in narrow)
        wide = sum(wanted[place] ** 0.6 for place in range(len(wanted)) if place not in narrow)
        if not wide:
            return [want * self._width / sum(wanted) for want in wanted]
        return [want if place in narrow else room * want**0.6 / wide for place, want in enumerate(wanted)]

    def _beside(self, block: Listing, picture: Picture) -> Flowable:
        """A list at the left of a narrow picture."""
        width = picture.width_mm * POINTS_PER_MM
        left = list(self._listing(block.items, block.numbered))
        grid = Grid([[left, self._framed(picture)]], [self._width - width, width], hAlign="LEFT")
        grid.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("RIGHTPADDING", (0, 0), (0, 0), 12),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (1, 0), (1, 0), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
        return grid

    def _framed(self, block: Picture) -> list[Flowable]:
        """A picture in a thin frame with its caption below."""
        image = Image(str(self._folder / block.path))
        natural = image.imageWidth / _PIXELS_PER_MM * POINTS_PER_MM
        width = min(block.width_mm * POINTS_PER_MM or natural, self._width)
        image.drawWidth, image.drawHeight = width, width * image.imageHeight / image.imageWidth
        image.hAlign = "LEFT"
        frame = Grid([[image]], [width], hAlign="LEFT")
        frame.setStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.6, HexColor(LINE)),
                *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
            ]
        )
        caption = _changed(
            self._text, fontName=str(Font.ITALIC), fontSize=self._size * 0.84, leading=self._size * 1.2,
            textColor=HexColor(MUTED), spaceBefore=self._size * 0.35, spaceAfter=self._size * 0.8,
        )  # fmt: skip
        return [frame, Text(escape(block.caption), caption)]

    def _markup(self, line: Line) -> str:
        """Our own text in reportlab's markup; what stands in it is never read as markup."""
        said = []
        for piece in line:
            text = escape(piece.text)
            if piece.style is Style.BOLD:
                said.append(f'<font name="{Font.SEMI_BOLD}">{text}</font>')
            elif piece.style is Style.CODE:
                size = self._size * 0.9
                said.append(
                    f'<font name="{Font.SEMI_BOLD}" size="{size:.2f}" backColor="{_KEY}">'
                    f"&nbsp;{text.replace(' ', '&nbsp;')}&nbsp;</font>"
                )
            else:
                said.append(text)
        return "".join(said)


def _width_em(line: Line) -> float:
    """Width of a line in ems, with the room around keys."""
    return width_em(plain(line), Font.SEMI_BOLD) + 0.5 * sum(piece.style is Style.CODE for piece in line)


def _changed(style: ParagraphStyle, **changes: Any) -> ParagraphStyle:
    """A style with some values changed."""
    return ParagraphStyle("changed", style, **changes)
