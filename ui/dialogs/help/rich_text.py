"""Pages of the guide as the rich text that Qt's text browser shows, in the colours of the theme."""

from collections.abc import Iterable
from html import escape

from station.guide.markdown import (
    Anchor,
    Block,
    Heading,
    Line,
    Listing,
    Note,
    Paragraph,
    Picture,
    Style,
    Table,
)
from ui.style.tokens import Theme

PICTURE = "guide-picture:"
_HEADING_PX = (25, 19, 16)
_JOINED = "&#8288;"  # no line is broken there: a key stays whole


def rich_text(blocks: Iterable[Block], colours: Theme, scale: float) -> str:
    """Blocks as rich text; what stands in them is never read as markup."""
    return "".join(_block(block, colours, scale) for block in blocks)


def _block(block: Block, colours: Theme, scale: float) -> str:
    match block:
        case Anchor(name):
            return f'<a name="{name}"></a>'
        case Heading(level, text):
            size = round(_HEADING_PX[level - 1] * scale)
            ink = colours.text if level == 3 else colours.accent
            above = (4, 22, 14)[level - 1]
            style = (
                f"font-size:{size}px; font-weight:700; color:{ink}; margin-top:{above}px; margin-bottom:6px"
            )
            return f'<p style="{style}">{escape(text)}</p>'
        case Paragraph(line):
            return (
                f'<p style="margin-top:4px; margin-bottom:8px; line-height:125%">{_line(line, colours)}</p>'
            )
        case Note(line):
            cell = f'<td style="padding:8px 12px" bgcolor="{colours.accent_soft}">{_line(line, colours)}</td>'
            return f'<table width="100%" cellspacing="0" style="margin:6px 0"><tr>{cell}</tr></table>'
        case Listing(items, numbered):
            tag = "ol" if numbered else "ul"
            said = "".join(f'<li style="margin-bottom:4px">{_line(item, colours)}</li>' for item in items)
            return f'<{tag} style="margin-top:4px; margin-bottom:8px">{said}</{tag}>'
        case Table():
            return _table(block, colours)
        case Picture(path, caption):
            picture = f'<p style="margin-top:10px; margin-bottom:2px"><img src="{PICTURE}{path}"></p>'
            return f'{picture}<p style="color:{colours.muted}; margin-top:0; margin-bottom:10px">{escape(caption)}</p>'


def _table(table: Table, colours: Theme) -> str:
    head = "".join(
        f'<td bgcolor="{colours.accent_soft}" style="padding:6px 10px; font-weight:600; color:{colours.muted}">'
        f"{_line(cell, colours)}</td>"
        for cell in table.head
    )
    edge = f"border-bottom:1px solid {colours.line}"
    rows = "".join(
        "<tr>"
        + "".join(f'<td style="padding:5px 10px; {edge}">{_line(c, colours)}</td>' for c in row)
        + "</tr>"
        for row in table.rows
    )
    style = "margin-top:4px; margin-bottom:10px; border-collapse:collapse"
    return f'<table width="100%" cellspacing="0" style="{style}"><tr>{head}</tr>{rows}</table>'


def _line(line: Line, colours: Theme) -> str:
    said = []
    for piece in line:
        text = escape(piece.text)
        if piece.style is Style.BOLD:
            said.append(f'<span style="font-weight:600">{text}</span>')
        elif piece.style is Style.CODE:
            look = f"font-weight:600; background-color:{colours.sunken}"
            whole = text.replace(" ", "&nbsp;").replace("+", f"+{_JOINED}").replace("-", f"-{_JOINED}")
            said.append(f'<span style="{look}">&nbsp;{whole}&nbsp;</span>')
        else:
            said.append(text)
    return "".join(said)
