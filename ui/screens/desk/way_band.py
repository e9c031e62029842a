"""Whether the desk lets in or out, said so that nobody near it can mistake it; only where a session records exits."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from station.model.verdict import Direction
from ui.style.fonts import scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import EXIT, Pair
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height

ICONS = {Direction.IN: "log-in", Direction.OUT: "log-out"}
_HEIGHTS_PX = (56, 76)  # compact, roomy


class WayBand(QWidget):
    """A band over the desk's whole width; hidden while there is only one way.

    Signals:
        other_way_requested: the button.
    """

    other_way_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._direction = Direction.IN
        self._session = ""
        self._button = KeyButton("arrow-left-right", "F4", bound=False)
        self._button.clicked.connect(self.other_way_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 18, 0)
        row.addStretch(1)
        row.addWidget(self._button)
        self.adapt(compact=False)
        self.hide()
        self._dress()

    def show_way(self, direction: Direction | None, session: str) -> None:
        """Say which way; None where exits are not recorded. ``session`` names what they enter or leave."""
        self.setVisible(direction is not None)
        self._direction = direction or Direction.IN
        self._session = session
        self._dress()

    def direction(self) -> Direction | None:
        """What it says; None while it is hidden."""
        return None if self.isHidden() else self._direction

    def word(self) -> str:
        """The word in large type."""
        return _("EXIT") if self._direction is Direction.OUT else _("ENTRY")

    def adapt(self, *, compact: bool) -> None:
        """Choose the height."""
        self.setFixedHeight(scaled(_HEIGHTS_PX[not compact]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours()
        painter.fillRect(self.rect(), QColor(colours.back))
        icon_px = self.height() * 0.62
        icon_box = QRectF(20, (self.height() - icon_px) / 2, icon_px, icon_px)
        paint_icon(painter, ICONS[self._direction], icon_box, colours.text, 2.6)
        left = icon_box.right() + 18
        room = self._button.x() - left - 24
        word_px = self.height() / scale() * 0.58
        word, lines = fit(
            self.word(), QRectF(0, 0, room, self.height() * 1.2), word_px, 20, QFont.Weight.ExtraBold, 1
        )
        top = (self.height() - lines_height(word, lines)) / 2
        draw_lines(painter, lines, word, QPointF(left, top), colours.text)
        width = painter.fontMetrics().horizontalAdvance(self.word()) + 26
        if room - width > 120:
            self._paint_said(painter, QRectF(left + width, 0, room - width, self.height()), colours.text)

    def _paint_said(self, painter: QPainter, box: QRectF, colour: str) -> None:
        size_px = max(13.0, box.height() / scale() * 0.22)
        said = fit(
            self._said(),
            QRectF(0, 0, box.width(), scaled(size_px * 2.9)),
            size_px,
            12,
            QFont.Weight.Medium,
            2,
        )
        top = box.center().y() - lines_height(*said) / 2
        draw_lines(painter, said[1], said[0], QPointF(box.left(), top), colour)

    def _said(self) -> str:
        if self._direction is Direction.OUT:
            return _("Whoever is scanned now leaves {session}.").format(session=self._session)
        return _("Whoever is scanned now enters {session}.").format(session=self._session)

    def _colours(self) -> Pair:
        return EXIT if self._direction is Direction.OUT else Pair(theme().accent_soft, theme().text)

    def _dress(self) -> None:
        out = self._direction is Direction.OUT
        self._button.set_caption(_("Back to entry") if out else _("To the exit"))
        self.setAccessibleName(f"{self.word()}. {self._said()}")
        self.update()
