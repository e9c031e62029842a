"""The large panel that says the verdict: painted by hand, so that nothing is laid out anew between scans."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.desk.wording import ICONS, Notice
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import Tone
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height

_STAMP_FROM = 110  # pixels of height; below, the word needs the room
_Block = tuple[QFont, list[str]]


class VerdictPanel(QWidget):
    """Colour, icon, word, reason and advice of one notice.

    Signals:
        painted: (entry) once, after a notice of a journal entry stood on the screen for the first time.
    """

    painted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = Notice(Tone.IDLE, "")
        self._before: tuple[Tone, str] | None = None
        self._announced = ""
        self._blocks: list[_Block] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(96)

    def show_notice(self, notice: Notice, before: tuple[Tone, str] | None = None) -> None:
        """Show a notice; ``before`` is the tone and name of one that stood here only a moment ago."""
        self._notice = notice
        self._before = before
        self._blocks = None
        self.setAccessibleName(". ".join(filter(None, (notice.word, notice.sentence, notice.advice))))
        self.update()

    def notice(self) -> Notice:
        """What is shown."""
        return self._notice

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._blocks = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme().tones[self._notice.tone]
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 12, 12)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(colours.back))
        self._paint_content(painter, colours.text)
        if self._before is not None:
            self._paint_before(painter, *self._before)
        painter.end()
        if self._notice.entry and self._notice.entry != self._announced:
            self._announced = self._notice.entry
            self.painted.emit(self._announced)

    def _content_box(self) -> QRectF:
        foot = _before_height(self.height()) if self._before is not None else 0
        margin = max(12.0, min(28.0, self.height() * 0.09))
        return QRectF(self.rect()).adjusted(margin * 1.2, margin, -margin * 1.2, -margin - foot)

    def _paint_content(self, painter: QPainter, colour: str) -> None:
        box = self._content_box()
        icon_px = min(box.height(), box.width() * 0.2, 190.0)
        icon_box = QRectF(box.left(), box.center().y() - icon_px / 2, icon_px, icon_px)
        paint_icon(painter, ICONS.get(self._notice.tone, "info"), icon_box, colour, 2.4)
        text_box = box.adjusted(icon_px + max(14.0, icon_px * 0.16), 0, 0, 0)
        stamp_font = font(max(12.0, min(16.0, self.height() * 0.06)), QFont.Weight.Medium)
        roomy = self._notice.stamp and box.height() >= _STAMP_FROM
        stamp_px = stamp_font.pixelSize() * 1.4 if roomy else 0.0
        if self._blocks is None:
            self._blocks = self._arranged(text_box.adjusted(0, stamp_px, 0, 0))
        height = sum(lines_height(*block) for block in self._blocks)
        top = text_box.top() + stamp_px + max(0.0, (text_box.height() - stamp_px - height) / 2)
        stamp_box = QRectF(text_box.left(), text_box.top(), text_box.width(), stamp_px)
        if roomy:
            draw_elided(painter, self._notice.stamp, stamp_font, stamp_box, colour)
        for chosen, lines in self._blocks:
            draw_lines(painter, lines, chosen, QPointF(text_box.left(), top), colour)
            top += lines_height(chosen, lines)

    def _arranged(self, box: QRectF) -> list[_Block]:
        """Word, sentence and advice, each as large as its share of the height allows."""
        small_px = max(14.0, min(26.0, box.height() * 0.135))
        parts = [
            (self._notice.sentence, small_px, QFont.Weight.DemiBold),
            (self._notice.advice, small_px * 0.92, QFont.Weight.Normal),
        ]
        blocks: list[_Block] = []
        left_px = box.height()
        for text, size_px, weight in parts:
            if text:
                part = QRectF(0, 0, box.width(), size_px * 2.8)
                blocks.append(fit(text, part, size_px, max(12.0, size_px * 0.8), weight, 2))
                left_px -= lines_height(*blocks[-1])
        word_box = QRectF(0, 0, box.width(), max(left_px, 20.0))
        largest = max(20.0, min(110.0, left_px / 1.4, box.height() * 0.55))
        word = fit(self._notice.word, word_box, largest, 20, QFont.Weight.ExtraBold, 1)
        return [word, *blocks]

    def _paint_before(self, painter: QPainter, tone: Tone, name: str) -> None:
        """A ribbon for the scan of a moment ago: two codes in one picture are two verdicts."""
        height = _before_height(self.height())
        colours = theme().tones[tone]
        ribbon = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(ribbon, QColor(colours.back))
        painter.fillRect(ribbon.adjusted(0, 0, 0, 2 - height), QColor(theme().surface))
        icon_px = height * 0.6
        icon_box = QRectF(18, ribbon.center().y() - icon_px / 2 + 1, icon_px, icon_px)
        paint_icon(painter, ICONS[tone], icon_box, colours.text, 2.4)
        text_box = ribbon.adjusted(28 + icon_px, 2, -16, 0)
        draw_elided(painter, name, font(height * 0.45, QFont.Weight.DemiBold), text_box, colours.text)


def _before_height(panel_height: int) -> int:
    return round(max(28, min(44, panel_height * 0.17)))
