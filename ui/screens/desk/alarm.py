"""The loudest thing the desk can say: something was NOT recorded; it looks like no verdict."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import _
from ui.style.fonts import scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import HAZARD, Tone
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height

Block = tuple[QFont, list[str]]


def paint_hazard(painter: QPainter, box: QRectF) -> None:
    """Slanted stripes, yellow and black."""
    painter.fillRect(box, QColor(HAZARD[1]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(HAZARD[0]))
    step = box.height() * 2
    left = box.left() - step
    while left < box.right():
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, box.bottom()),
                    QPointF(left + step / 2, box.bottom()),
                    QPointF(left + step / 2 + box.height(), box.top()),
                    QPointF(left + box.height(), box.top()),
                ]
            )
        )
        left += step


class AlarmPanel(QWidget):
    """Covers the verdict's place until a person closes it; shrinks to a strip when a later scan was recorded.

    Signals:
        acknowledged: a person has read it.
    """

    acknowledged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self._when = ""
        self._scan = True
        self._strip = False
        self._button = KeyButton("check", "F9", primary=True)
        self._button.clicked.connect(self.acknowledged)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(self._row)
        self._set_strip(False)
        self._dress()

    def show_failure(self, sentence: str, when: str, *, scan: bool = True) -> None:
        """Say what was not recorded (a scan, or another act) and why."""
        self._sentence, self._when, self._scan = sentence, when, scan
        self._set_strip(False)
        self.setAccessibleName(f"{self._headline()} {sentence}")
        self.update()

    def grow(self) -> None:
        """Cover the verdict's place again."""
        self._set_strip(False)

    def shrink(self) -> None:
        """Stay visible as a strip above the next verdict."""
        self._set_strip(True)

    def sentence(self) -> str:
        """What failed."""
        return self._sentence

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_strip(self._strip)
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 12, 12)
        painter.setClipPath(outline)
        colours = theme().tones[Tone.ALARM]
        painter.fillRect(self.rect(), QColor(colours.back))
        if self._strip:
            self._paint_strip(painter, colours.text)
        else:
            self._paint_full(painter, colours.text)

    def _dress(self) -> None:
        self._button.set_caption(_("Understood"))
        self.update()

    def _set_strip(self, strip: bool) -> None:
        self._strip = strip
        height = scaled(64) if strip else 16_777_215
        self.setMaximumHeight(height)
        self.setMinimumHeight(scaled(64 if strip else 120))
        vertical = QSizePolicy.Policy.Fixed if strip else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(16, 18 if strip else 40, 16, 8 if strip else 46)
        self.update()

    def _headline(self) -> str:
        return _("NOT RECORDED")

    def _paint_strip(self, painter: QPainter, colour: str) -> None:
        paint_hazard(painter, QRectF(0, 0, self.width(), 8))
        icon_box = QRectF(16, 20, 32, 32)
        paint_icon(painter, "save-off", icon_box, HAZARD[0], 2.2)
        width = self._button.x() - 76
        if self._scan:
            text = _("A scan at {time} was NOT RECORDED. Scan it again.").format(time=self._when)
        else:
            text = _("Something done at {time} was NOT RECORDED. Do it again.").format(time=self._when)
        block = fit(text, QRectF(0, 0, width, self.height() - 18), 17, 12, QFont.Weight.Bold, 2)
        top = 10 + (self.height() - 10 - lines_height(*block)) / 2
        draw_lines(painter, block[1], block[0], QPointF(60, top), colour)

    def _paint_full(self, painter: QPainter, colour: str) -> None:
        stripe_px = max(16.0, min(34.0, self.height() * 0.06))
        paint_hazard(painter, QRectF(0, 0, self.width(), stripe_px))
        paint_hazard(painter, QRectF(0, self.height() - stripe_px, self.width(), stripe_px))
        button_top = self._button.y() or self.height()
        inner = QRectF(24, stripe_px + 10, self.width() - 48, button_top - stripe_px - 18)
        share = next((s for s in (1.0, 0.9, 0.8, 0.7, 0.6) if self._needs(inner, s) <= inner.height()), 0.5)
        icon_px, blocks, gap_px = self._arranged(inner, share)
        top = inner.top() + max(0.0, (inner.height() - self._needs(inner, share)) / 2)
        icon_box = QRectF(inner.center().x() - icon_px / 2, top, icon_px, icon_px)
        paint_icon(painter, "save-off", icon_box, HAZARD[0], 2.2)
        top += icon_px
        for (chosen, lines), ink in zip(blocks, (HAZARD[0], colour, colour), strict=True):
            draw_lines(painter, lines, chosen, QPointF(inner.left(), top), ink, centred_in=inner.width())
            top += lines_height(chosen, lines) + gap_px

    def _needs(self, inner: QRectF, share: float) -> float:
        """Height in pixels that everything takes at a scale."""
        icon_px, blocks, gap_px = self._arranged(inner, share)
        return icon_px + sum(lines_height(*block) for block in blocks) + 2 * gap_px

    def _arranged(self, inner: QRectF, share: float) -> tuple[float, list[Block], float]:
        """Icon size, the three texts fitted to the width, and the gap between them."""
        height_px = inner.height() / scale()
        text_px = max(14.0, min(26.0, height_px * 0.06)) * share
        head_px = max(30.0, min(120.0, height_px * 0.22)) * share
        if self._scan:
            advice = _("Nobody was admitted by this. Put it right, then scan again.")
        else:
            advice = _("What was done last does not count. Put it right, then do it again.")
        bold, heavy, normal = QFont.Weight.DemiBold, QFont.Weight.ExtraBold, QFont.Weight.Normal
        wide = inner.width()
        blocks = [
            fit(self._headline(), QRectF(0, 0, wide, scaled(head_px * 1.6)), head_px, 20, heavy, 1),
            fit(self._sentence, QRectF(0, 0, wide, scaled(text_px * 6)), text_px, 12, bold, 4, balanced=True),
            fit(advice, QRectF(0, 0, wide, scaled(text_px * 3)), text_px * 0.9, 12, normal, 2, balanced=True),
        ]
        return min(190.0, inner.height() * 0.3) * share, blocks, scaled(text_px) * 0.8
