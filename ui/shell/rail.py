"""The navigation at the left edge: few places, each with its key."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import N_, _
from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import HAZARD
from ui.widgets.painted_text import draw_elided

DESK, DELEGATES, PREPARE, DELEGATIONS, BADGES, EXPORT, SETTINGS, HELP = (
    "desk",
    "delegates",
    "prepare",
    "delegations",
    "badges",
    "export",
    "settings",
    "help",
)
_PLACES = (  # place, icon, caption, key; a screen stays chosen, a dialog only opens
    (DESK, "scan-qr-code", N_("Desk"), "Ctrl+1"),
    (DELEGATES, "users", N_("Delegates"), "Ctrl+2"),
    (PREPARE, "list-checks", N_("Prepare"), "Ctrl+3"),
    (DELEGATIONS, "users-round", N_("Delegations"), "Ctrl+4"),
    (BADGES, "printer", N_("Badges"), "Ctrl+P"),
    (EXPORT, "folder-output", N_("Export"), "Ctrl+E"),
    (SETTINGS, "settings", N_("Settings"), "Ctrl+,"),
    (HELP, "circle-question-mark", N_("Help"), "F1"),
)
_CAPTION_SIZES_PX = (12, 11.5, 11, 10.5)
_SCREENS = (DESK, DELEGATES, PREPARE, DELEGATIONS)


class RailButton(QAbstractButton):
    """One place: icon, word, key, and a figure where something waits there."""

    def __init__(self, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key = key
        self._caption = ""
        self._figure = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        QShortcut(QKeySequence(key), self, self.click)

    def set_caption(self, caption: str) -> None:
        """The word below the icon."""
        self._caption = caption
        self.setAccessibleName(caption)
        self.update()

    def set_figure(self, figure: int) -> None:
        """How many things wait there; none for 0."""
        self._figure = figure
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(84), scaled(78))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(64), scaled(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        box = QRectF(self.rect()).adjusted(6, 3, -6, -3)
        painter.setPen(QPen(QColor(HAZARD[0]), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        shown = self.isChecked() or self.underMouse() or self.isDown()
        painter.setBrush(QColor(colours.rail_chosen) if shown else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 9, 9)
        ink = "#ffffff" if self.isChecked() else colours.rail_text
        with_key = self.height() >= scaled(68)
        icon_px = scaled(24 if with_key else 20)
        word_px = scaled(16)
        block = icon_px + 4 + word_px + (scaled(15) if with_key else 0)
        top = box.center().y() - block / 2
        icon_box = QRectF(box.center().x() - icon_px / 2, top, icon_px, icon_px)
        paint_icon(painter, self._icon, icon_box, ink)
        centre = Qt.AlignmentFlag.AlignHCenter
        word = QRectF(box.left(), top + icon_px + 4, box.width(), word_px)
        draw_elided(painter, self._caption, _caption_font(self._caption, word.width()), word, ink, centre)
        if with_key:
            draw_elided(
                painter, self._key, font(11), word.translated(0, scaled(15)), colours.rail_text, centre
            )
        if self._figure:
            self._paint_figure(painter, icon_box)

    def _paint_figure(self, painter: QPainter, icon_box: QRectF) -> None:
        text = str(self._figure) if self._figure < 1000 else "999+"
        width = scaled(12 + 7 * len(text))
        pill = QRectF(icon_box.right() - 7, icon_box.top() - 6, width, scaled(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(HAZARD[0]))
        painter.drawRoundedRect(pill, 9, 9)
        draw_elided(
            painter, text, font(12, QFont.Weight.Bold), pill, HAZARD[1], Qt.AlignmentFlag.AlignHCenter
        )


def _caption_font(caption: str, width: float) -> QFont:
    """The type of a caption, a little smaller for a word that would not fit."""
    for size_px in _CAPTION_SIZES_PX:
        chosen = font(size_px, QFont.Weight.DemiBold)
        if QFontMetricsF(chosen).horizontalAdvance(caption) <= width:
            break
    return chosen


class Rail(QWidget):
    """All places.

    Signals:
        chosen: (place) one of the names above.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(2)
        for place, icon, _caption, key in _PLACES:
            button = RailButton(icon, key)
            button.clicked.connect(self._on_clicked)
            button.setCheckable(place in _SCREENS)
            self._buttons[place] = button
            if place == SETTINGS:
                layout.addStretch(1)
            layout.addWidget(button)
        self.show_place(DESK)
        self._dress()

    def show_place(self, place: str) -> None:
        """Mark the screen that is shown."""
        for name in _SCREENS:
            self._buttons[name].setChecked(name == place)

    def show_waiting_badges(self, waiting: int) -> None:
        """How many badges wait for printing."""
        self._buttons[BADGES].set_figure(waiting)

    def adapt(self, *, compact: bool) -> None:
        """Choose the width."""
        self.setFixedWidth(scaled(80 if compact else 92))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme().rail))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _dress(self) -> None:
        for place, _icon, caption, _key in _PLACES:
            self._buttons[place].set_caption(_(caption))

    def _on_clicked(self) -> None:
        place = next(name for name, button in self._buttons.items() if button is self.sender())
        if place not in _SCREENS:
            self.chosen.emit(place)
            return
        self.show_place(place)
        self.chosen.emit(place)
