"""One session as a card of the grid: its time, code and topic, and marks for what is special about it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from station.i18n import _
from station.model.event import Repeats
from station.programme.lines import SessionLine
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height
from ui.wording import audience_label

_PADDING_PX = 11
_TIME_PX = 13
_TITLE_PX = 14
_MARK_PX = 20  # height of the line of marks
_MOST_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Attributes:
        when: from – until, empty where there are no times.
        marks: icon and a word or two, for what differs from the usual.
        wrong: something in it cannot be right.
    """

    code: str
    title: str
    when: str
    marks: tuple[tuple[str, str], ...]
    wrong: bool = False

    def spoken(self) -> str:
        """For a screen reader."""
        return ", ".join(
            filter(None, (self.code, self.title, self.when, *(word for _icon, word in self.marks)))
        )


def card_of(line: SessionLine, *, wrong: bool = False) -> Card:
    """The card of a session."""
    marks = []
    if line.admits:
        more = f" +{len(line.admits) - 1}" if len(line.admits) > 1 else ""
        marks.append(("users-round", audience_label(line.admits[0]) + more))
    if line.exits:
        marks.append(("log-out", _("exits, re-entry") if line.re_entry else _("exits")))
    if line.repeats is not Repeats.ONCE:
        marks.append(("repeat", _("daily") if line.repeats is Repeats.DAILY else _("any number")))
    if line.grace_before.strip() or line.grace_after.strip():
        marks.append(("clock", f"−{line.grace_before.strip() or 0} +{line.grace_after.strip() or 0}"))
    when = " – ".join(filter(None, (line.opens.strip(), line.closes.strip())))
    return Card(line.code.strip(), line.title.strip(), when, tuple(marks), wrong)


def card_height(card: Card, width: float) -> float:
    """How high a card of a width is, in pixels."""
    _chosen, lines = _title(card, width)
    marks = _MARK_PX + 3 if card.marks else 0
    return 2 * _PADDING_PX + _TIME_PX * 1.4 + lines_height(_chosen, lines) + marks


def paint_card(painter: QPainter, card: Card, box: QRectF, *, chosen: bool, focused: bool) -> None:
    """Draw a card."""
    colours = theme()
    edge = colours.negative if card.wrong else colours.accent if chosen else colours.line
    painter.setPen(QPen(QColor(edge), 2.4 if chosen and focused else 1.6 if chosen or card.wrong else 1))
    painter.setBrush(QColor(colours.accent_soft if chosen else colours.surface))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)
    inner = box.adjusted(_PADDING_PX, _PADDING_PX - 2, -_PADDING_PX, -_PADDING_PX)
    line = QRectF(inner.left(), inner.top(), inner.width(), _TIME_PX * 1.4)
    code_font = font(12, QFont.Weight.Bold)
    code_px = min(QFontMetricsF(code_font).horizontalAdvance(card.code) + 2, inner.width() * 0.5)
    code_box = QRectF(inner.right() - code_px, line.top(), code_px, line.height())
    draw_elided(painter, card.code, code_font, code_box, colours.accent, Qt.AlignmentFlag.AlignRight)
    when = line.adjusted(0, 0, -code_px - 8, 0)
    draw_elided(painter, card.when, font(_TIME_PX, QFont.Weight.DemiBold), when, colours.muted)
    chosen_font, lines = _title(card, box.width())
    ink = colours.text if card.title else colours.muted
    draw_lines(painter, lines, chosen_font, QPointF(inner.left(), line.bottom() + 2), ink)
    if card.marks:
        foot = QRectF(inner.left(), box.bottom() - _PADDING_PX - _MARK_PX + 4, inner.width(), _MARK_PX)
        _paint_marks(painter, card.marks, foot)


def _paint_marks(painter: QPainter, marks: tuple[tuple[str, str], ...], box: QRectF) -> None:
    """Icons with their words as long as there is room, then only icons."""
    chosen = font(12, QFont.Weight.Medium)
    metrics = QFontMetricsF(chosen)
    left = box.left()
    for number, (icon, word) in enumerate(marks):
        later_px = 22.0 * (len(marks) - number - 1)
        room = box.right() - left - later_px
        if room < 16:
            return
        paint_icon(painter, icon, QRectF(left, box.center().y() - 7, 14, 14), theme().muted, 2.2)
        word_px = min(metrics.horizontalAdvance(word) + 2, room - 20)
        left += 18
        if word_px >= 34 or word_px >= metrics.horizontalAdvance(word):
            place = QRectF(left, box.top(), word_px, box.height())
            draw_elided(painter, word, chosen, place, theme().muted)
            left += word_px + 10


def _title(card: Card, width: float) -> tuple[QFont, list[str]]:
    text = card.title or _("(no topic yet)")
    box = QRectF(0, 0, width - 2 * _PADDING_PX, 1000)
    weight = QFont.Weight.DemiBold if card.title else QFont.Weight.Normal
    return fit(text, box, _TITLE_PX, _TITLE_PX, weight, _MOST_TITLE_LINES)
