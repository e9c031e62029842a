"""The large panel that says the verdict: painted by hand, so that nothing is laid out anew between scans."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.desk.wording import ICONS, Notice
from ui.style.fonts import font, scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import Tone
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height

_STACKED_FROM = 0.55  # height over width
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

    def is_unpainted(self) -> bool:
        """Whether the notice of an entry still waits to be painted for the first time."""
        return bool(self._notice.entry) and self._notice.entry != self._announced

    def before(self) -> tuple[Tone, str] | None:
        """The verdict of a moment ago, in the ribbon."""
        return self._before

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._blocks = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._blocks = None
            self.update()

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
        if self.is_unpainted():
            self._announced = self._notice.entry
            self.painted.emit(self._announced)

    def _content_box(self) -> QRectF:
        foot = _before_height(self.height()) if self._before is not None else 0
        margin = max(12.0, min(28.0, self.height() * 0.09))
        return QRectF(self.rect()).adjusted(margin * 1.2, margin, -margin * 1.2, -margin - foot)

    def _paint_content(self, painter: QPainter, colour: str) -> None:
        box = self._content_box()
        if box.height() > box.width() * _STACKED_FROM:
            self._paint_stacked(painter, box, colour)
        else:
            self._paint_beside(painter, box, colour)

    def _paint_beside(self, painter: QPainter, box: QRectF, colour: str) -> None:
        """The icon at the left, the texts beside it."""
        icon_px = min(box.height(), box.width() * 0.2)
        icon_box = QRectF(box.left(), box.center().y() - icon_px / 2, icon_px, icon_px)
        self._paint_icon(painter, icon_box, colour)
        text_box = box.adjusted(icon_px + max(14.0, icon_px * 0.16), 0, 0, 0)
        if self._notice.stamp and box.height() >= scaled(_STAMP_FROM):
            text_box.setTop(text_box.top() + self._paint_stamp(painter, text_box, colour))
        blocks = self._arranged(text_box, balanced=False)
        top = text_box.center().y() - _height(blocks) / 2
        self._paint_blocks(painter, blocks, QPointF(text_box.left(), top), colour, None)

    def _paint_stacked(self, painter: QPainter, box: QRectF, colour: str) -> None:
        """The icon above, the texts centred below: for a panel that has the whole column."""
        centre = Qt.AlignmentFlag.AlignHCenter
        stamp_px = self._paint_stamp(painter, box, colour, centre) if self._notice.stamp else 0.0
        icon_px = box.height() * 0.3
        text_box = QRectF(box.left(), 0, box.width(), box.height() * 0.6 - stamp_px)
        blocks = self._arranged(text_box, balanced=True)
        gap = box.height() * 0.03
        top = box.top() + stamp_px + (box.height() - stamp_px - icon_px - gap - _height(blocks)) / 2
        self._paint_icon(painter, QRectF(box.center().x() - icon_px / 2, top, icon_px, icon_px), colour)
        place = QPointF(box.left(), top + icon_px + gap)
        self._paint_blocks(painter, blocks, place, colour, box.width())

    def _paint_icon(self, painter: QPainter, box: QRectF, colour: str) -> None:
        icon = self._notice.icon or ICONS.get(self._notice.tone, "info")
        paint_icon(painter, icon, box, colour, 2.4)

    def _paint_stamp(
        self,
        painter: QPainter,
        box: QRectF,
        colour: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """Time and session in small type; returns the height they took."""
        chosen = font(max(12.0, min(16.0, self.height() / scale() * 0.06)), QFont.Weight.Medium)
        height = chosen.pixelSize() * 1.4
        line = QRectF(box.left(), box.top(), box.width(), height)
        draw_elided(painter, self._notice.stamp, chosen, line, colour, align)
        return height

    def _paint_blocks(
        self, painter: QPainter, blocks: list[_Block], place: QPointF, colour: str, centred_in: float | None
    ) -> None:
        for number, (chosen, lines) in enumerate(blocks):
            draw_lines(painter, lines, chosen, place, colour, centred_in)
            place += QPointF(0, lines_height(chosen, lines) + (_word_gap(chosen) if number == 0 else 0))

    def _arranged(self, box: QRectF, *, balanced: bool) -> list[_Block]:
        """Word, sentence and advice, each as large as its share of the height allows; kept until the next."""
        if self._blocks is not None:
            return self._blocks
        small_px = max(14.0, min(28.0, box.height() / scale() * 0.125))
        parts = [
            (self._notice.sentence, small_px, QFont.Weight.DemiBold),
            (self._notice.advice, small_px * 0.92, QFont.Weight.Normal),
        ]
        blocks: list[_Block] = []
        left_px = box.height()
        for text, size_px, weight in parts:
            if text:
                part = QRectF(0, 0, box.width(), scaled(size_px * 2.8))
                smallest_px = max(12.0, size_px * 0.8)
                blocks.append(fit(text, part, size_px, smallest_px, weight, 2, balanced=balanced))
                left_px -= lines_height(*blocks[-1])
        word_box = QRectF(0, 0, box.width(), max(left_px, scaled(30)))
        largest_px = max(20.0, min(110.0, left_px / scale() / 1.5, box.height() / scale() * 0.55))
        word = fit(self._notice.word, word_box, largest_px, 20, QFont.Weight.ExtraBold, 1)
        self._blocks = [word, *blocks]
        return self._blocks

    def _paint_before(self, painter: QPainter, tone: Tone, name: str) -> None:
        """A ribbon for the scan of a moment ago: two codes in one picture are two verdicts."""
        height = _before_height(self.height())
        colours = theme()
        ribbon = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(ribbon, QColor(colours.surface))  # no colour of a verdict beside the verdict
        icon_px = height * 0.6
        icon_box = QRectF(18, ribbon.center().y() - icon_px / 2 + 1, icon_px, icon_px)
        role = {Tone.ADMITTED: "positive", Tone.ATTENTION: "warning", Tone.REFUSED: "negative"}[tone]
        paint_icon(painter, ICONS[tone], icon_box, getattr(colours, role), 2.4)
        text_box = ribbon.adjusted(28 + icon_px, 2, -16, 0)
        draw_elided(
            painter, name, font(height / scale() * 0.45, QFont.Weight.DemiBold), text_box, colours.text
        )


def _before_height(panel_height: int) -> int:
    return round(max(scaled(28), min(scaled(44), panel_height * 0.17)))


def _word_gap(word_font: QFont) -> float:
    """Room for the dot below ợ before the next line begins."""
    return word_font.pixelSize() * 0.12


def _height(blocks: list[_Block]) -> float:
    return sum(lines_height(*block) for block in blocks) + _word_gap(blocks[0][0])
