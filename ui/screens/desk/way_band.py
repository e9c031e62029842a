"""What the desk does with a scan, said so that nobody near it can mistake it; hidden while it does the usual."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from station.model.mode import Mode
from ui.screens.desk.mode_looks import LOOKS, colours_of, said_of
from ui.style.fonts import scale, scaled
from ui.style.icons import paint_icon
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height

_HEIGHTS_PX = (56, 76)  # compact, roomy


class WayBand(QWidget):
    """A band over the desk's whole width; hidden while the desk does the usual and there is no other way.

    Signals:
        other_way_requested: the button between entry and exit.
        mode_requested: (Mode) the button back to admission.
    """

    other_way_requested = Signal()
    mode_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.ADMISSION
        self._session = ""
        self._other = KeyButton("arrow-left-right", "F4", bound=False)
        self._other.clicked.connect(self.other_way_requested)
        self._back = KeyButton("log-in", LOOKS[Mode.ADMISSION].key, bound=False)
        self._back.clicked.connect(lambda: self.mode_requested.emit(Mode.ADMISSION))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 18, 0)
        row.addStretch(1)
        row.addWidget(self._other)
        row.addWidget(self._back)
        self.adapt(compact=False)
        self.hide()
        self._dress()

    def show_mode(self, mode: Mode, session: str, *, exits: bool) -> None:
        """Say what a scan does. ``session`` names what they enter or leave; ``exits``: whether exits are recorded."""
        self.setVisible(exits or mode is not Mode.ADMISSION)
        self._mode = mode
        self._session = session
        self._dress()

    def mode(self) -> Mode | None:
        """What it says; None while it is hidden."""
        return None if self.isHidden() else self._mode

    def word(self) -> str:
        """The word in large type."""
        return _(LOOKS[self._mode].word)

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
        colours = colours_of(self._mode)
        painter.fillRect(self.rect(), QColor(colours.back))
        icon_px = self.height() * 0.62
        icon_box = QRectF(20, (self.height() - icon_px) / 2, icon_px, icon_px)
        paint_icon(painter, LOOKS[self._mode].icon, icon_box, colours.text, 2.6)
        left = icon_box.right() + 18
        button = self._other if self._mode.redeems else self._back
        room = button.x() - left - 24
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
        return said_of(self._mode, self._session)

    def _dress(self) -> None:
        self._other.setVisible(self._mode.redeems)
        self._back.setVisible(not self._mode.redeems)
        self._other.set_caption(_("Back to entry") if self._mode is Mode.EXIT else _("To the exit"))
        self._back.set_caption(_("Back to admission"))
        self.setAccessibleName(f"{self.word()}. {self._said()}")
        self.update()
