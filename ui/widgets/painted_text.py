"""Text drawn by hand into a box: as large as fits, then wrapped, then cut; always plain."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from ui.style.fonts import exact_font, overshoot_px, scale

_LINE_SPACING = 1.22  # of the type's height: room for stacked marks without falling apart
_SLACK = 0.32  # of the type's height: what Ễ above the first line and ọ below the last one need besides


def break_lines(text: str, chosen: QFont, width: float, most: int) -> list[str] | None:
    """The text as lines no wider than ``width`` pixels, or None when it needs more than ``most``."""
    layout = QTextLayout(text, chosen)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        if len(lines) == most or line.naturalTextWidth() > width:
            return None
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines


def _cut(text: str, chosen: QFont, width: float, most: int) -> list[str]:
    """Lines of a text that does not fit even at the smallest size: the last one ends with …"""
    metrics = QFontMetricsF(chosen)
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1:
        words = rest.split(" ")
        taken = next(
            (n for n in range(len(words), 0, -1) if metrics.horizontalAdvance(" ".join(words[:n])) <= width),
            0,
        )
        if not taken:
            break
        lines.append(" ".join(words[:taken]))
        rest = " ".join(words[taken:])
    if rest:
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return lines


def fit(
    text: str,
    box: QRectF,
    largest_px: float,
    smallest_px: float,
    weight: QFont.Weight,
    most_lines: int,
    *,
    balanced: bool = False,
) -> tuple[QFont, list[str]]:
    """The largest type at which the text fits the box, and its lines; cut with … below the smallest.

    Sizes of type are design pixels, the box is one of the screen.

    ``balanced`` lines are about equally long, which centred text looks best in.
    """
    size_px, smallest_px = largest_px * scale(), smallest_px * scale()
    while size_px >= smallest_px:
        chosen = exact_font(size_px, weight)
        room = min(most_lines, _room(box, size_px))
        lines = break_lines(text, chosen, box.width(), room) if room else None
        if lines is not None:
            return chosen, _evened(text, chosen, box.width(), lines) if balanced else lines
        size_px -= max(1.0, size_px * 0.05)
    chosen = exact_font(smallest_px, weight)
    room = max(1, min(most_lines, _room(box, smallest_px)))
    return chosen, _cut(text, chosen, box.width(), room)


def _evened(text: str, chosen: QFont, width: float, lines: list[str]) -> list[str]:
    """As many lines as before, but none much shorter than the others."""
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = break_lines(text, chosen, width * share, len(lines))
        if narrower is not None:
            return narrower
    return lines


def _room(box: QRectF, size_px: float) -> int:
    """How many lines of a type fit a box."""
    return int((box.height() - size_px * _SLACK) / (size_px * _LINE_SPACING))


def lines_height(chosen: QFont, lines: list[str]) -> float:
    """Height in pixels of lines drawn by :func:`draw_lines`."""
    return len(lines) * chosen.pixelSize() * _LINE_SPACING


def draw_lines(
    painter: QPainter,
    lines: list[str],
    chosen: QFont,
    top_left: QPointF,
    colour: str,
    centred_in: float | None = None,
) -> None:
    """Draw lines from a top left corner, or centred in a width from it."""
    metrics = QFontMetricsF(chosen)
    step = chosen.pixelSize() * _LINE_SPACING
    # The box of a line is its type height × spacing; capitals with stacked marks rise to its very top.
    baseline = (step + metrics.ascent() + overshoot_px(chosen) - metrics.descent()) / 2
    painter.setFont(chosen)
    painter.setPen(QColor(colour))
    for number, line in enumerate(lines):
        x = top_left.x()
        if centred_in is not None:
            x += (centred_in - metrics.horizontalAdvance(line)) / 2
        painter.drawText(QPointF(x, top_left.y() + number * step + baseline), line)


def draw_elided(
    painter: QPainter,
    text: str,
    chosen: QFont,
    box: QRectF,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line into a box, its capitals vertically centred, cut with … at the box's width."""
    metrics = QFontMetricsF(chosen)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    spare = box.width() - metrics.horizontalAdvance(shown)
    shares = {Qt.AlignmentFlag.AlignHCenter: 0.5, Qt.AlignmentFlag.AlignRight: 1.0}
    painter.setFont(chosen)
    painter.setPen(QColor(colour))
    baseline = box.center().y() + metrics.capHeight() / 2
    painter.drawText(QPointF(box.left() + spare * shares.get(align, 0.0), baseline), shown)
