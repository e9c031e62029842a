"""The days of the programme beside each other, each with its sessions as cards; painted by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from station.i18n import N_, _
from ui.dialogs.programme.card import Card, card_height, paint_card
from ui.dialogs.programme.plan import Column
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_LEAST_PX = 176  # width of a column
_GAP_PX = 8
_HEAD_PX = 38
_SLOT_PX = 40  # the place at the foot of a column where one is added
_WEEKDAYS = (
    *(
        N_("Monday"),
        N_("Tuesday"),
        N_("Wednesday"),
        N_("Thursday"),
        N_("Friday"),
        N_("Saturday"),
        N_("Sunday"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where something lies, in the coordinates of the whole grid; ``place`` None for the slot that adds."""

    box: QRectF
    column: int
    place: int | None


class ProgrammeGrid(QAbstractScrollArea):
    """Cards are chosen with arrows or the mouse, dragged to another day, and opened with Enter or a double click.

    Signals:
        chosen: (place) another card.
        add_requested: (day, None for all the time) opened: the chosen card is to be written in.
        remove_requested: the chosen card; swap_requested: (step) with its neighbour in the column.
        day_requested: (place, day) it belongs there; paste_requested: rows of a spreadsheet.
    """

    chosen = Signal(int)
    opened = Signal()
    add_requested = Signal(object)
    remove_requested = Signal()
    swap_requested = Signal(int)
    day_requested = Signal(int, object)
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[Column] = ()
        self._cards: Sequence[Card] = ()
        self._chosen: int | None = None
        self._spots: list[_Spot] = []
        self._width_px = float(_LEAST_PX)
        self._pressed: QPointF | None = None
        self._target: int | None = None  # the column that a dragged card would fall into
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget())
        self.verticalScrollBar().setSingleStep(30)
        self.horizontalScrollBar().setSingleStep(60)
        self._dress()

    def show_plan(self, columns: Sequence[Column], cards: Sequence[Card], chosen: int | None) -> None:
        """Show the programme, and one card as chosen."""
        self._columns, self._cards, self._chosen = columns, cards, chosen
        self._arrange()
        if chosen is not None:
            self.setAccessibleDescription(cards[chosen].spoken())
            self._reveal(chosen)
        self.viewport().update()

    def current_day(self) -> tuple[bool, date | None]:
        """Whether a card is chosen that lies in a day or is open all the time; and in which (None: all the time)."""
        column = self._column_of(self._chosen)
        known = column is not None and not self._columns[column].stray
        return known, self._columns[column].day if known and column is not None else None

    def card_box(self, place: int) -> QRectF:
        """Where a card lies in the viewport, in pixels."""
        spot = next(spot for spot in self._spots if spot.place == place)
        return spot.box.translated(-self._offset())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.swap_requested.emit(steps[key]) if alt else self._step(steps[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_day(steps[key]) if alt else self._sidestep(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if spot is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if spot.place is None:
            self.add_requested.emit(self._columns[spot.column].day)
        else:
            self._pressed = event.position()
            self._choose(spot.place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._spot_at(event.position())
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor
        )
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._target is not None:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._target = self._column_at(event.position())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target, self._target, self._pressed = self._target, None, None
        self.viewport().update()
        if target is None or self._chosen is None or target == self._column_of(self._chosen):
            return
        if not self._columns[target].stray:
            self.day_requested.emit(self._chosen, self._columns[target].day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if spot is not None and spot.place is not None:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, offset = theme(), self._offset()
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(len(self._columns)):
            painter.setBrush(QColor(colours.accent_soft if number == self._target else colours.line))
            box = QRectF(self._left(number) - offset.x(), 0, self._width_px, self.viewport().height())
            painter.setOpacity(1.0 if number == self._target else 0.4)
            painter.drawRoundedRect(box, 10, 10)
        painter.setOpacity(1.0)
        painter.setClipRect(QRectF(0, _HEAD_PX, self.viewport().width(), self.viewport().height() - _HEAD_PX))
        for spot in self._spots:
            box = spot.box.translated(-offset)
            if spot.place is None:
                self._paint_slot(painter, box)
            else:
                is_chosen = spot.place == self._chosen
                paint_card(painter, self._cards[spot.place], box, chosen=is_chosen, focused=self.hasFocus())
        painter.setClipping(False)
        for number, column in enumerate(self._columns):
            self._paint_head(painter, number, column)

    def _paint_head(self, painter: QPainter, number: int, column: Column) -> None:
        colours = theme()
        box = QRectF(self._left(number) - self._offset().x() + 12, 0, self._width_px - 24, _HEAD_PX)
        count = str(len(column.places)) if column.places else ""
        ink = colours.negative if column.stray else colours.text
        draw_elided(painter, _heading(column), font(14, QFont.Weight.Bold), box.adjusted(0, 0, -24, 0), ink)
        draw_elided(painter, count, font(13), box, colours.muted, Qt.AlignmentFlag.AlignRight)

    def _paint_slot(self, painter: QPainter, box: QRectF) -> None:
        colours = theme()
        pen = QPen(QColor(colours.strong_line), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)
        side = 16
        icon_box = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        paint_icon(painter, "plus", icon_box, colours.muted, 2.2)

    def _arrange(self) -> None:
        """Find the place of every card."""
        room = self.viewport().width()
        count = max(1, len(self._columns))
        self._width_px = max(float(_LEAST_PX), (room - _GAP_PX * (count - 1)) / count)
        self._spots = []
        lowest = 0.0
        for number, column in enumerate(self._columns):
            left, width = self._left(number) + 6, self._width_px - 12
            top = float(_HEAD_PX)
            for place in column.places:
                height = card_height(self._cards[place], width)
                self._spots.append(_Spot(QRectF(left, top, width, height), number, place))
                top += height + _GAP_PX
            if not column.stray:
                self._spots.append(_Spot(QRectF(left, top, width, _SLOT_PX), number, None))
                top += _SLOT_PX + _GAP_PX
            lowest = max(lowest, top)
        self.verticalScrollBar().setRange(0, max(0, round(lowest - self.viewport().height())))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        total = self._left(count) - _GAP_PX
        self.horizontalScrollBar().setRange(0, max(0, round(total - room)))
        self.horizontalScrollBar().setPageStep(room)

    def _reveal(self, place: int) -> None:
        spot = next((spot for spot in self._spots if spot.place == place), None)
        if spot is None:
            return
        port, box = self.viewport(), spot.box
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setValue(
            round(min(max(down.value(), box.bottom() + _GAP_PX - port.height()), box.top() - _HEAD_PX))
        )
        across.setValue(round(min(max(across.value(), box.right() + 6 - port.width()), box.left() - 6)))

    def _left(self, column: int) -> float:
        return column * (self._width_px + _GAP_PX)

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _spot_at(self, position: QPointF) -> _Spot | None:
        if position.y() < _HEAD_PX:
            return None
        place = position + self._offset()
        return next((spot for spot in self._spots if spot.box.contains(place)), None)

    def _column_at(self, position: QPointF) -> int | None:
        number = int((position.x() + self._offset().x()) // (self._width_px + _GAP_PX))
        return number if 0 <= number < len(self._columns) else None

    def _column_of(self, place: int | None) -> int | None:
        return next((n for n, column in enumerate(self._columns) if place in column.places), None)

    def _choose(self, place: int) -> None:
        if place != self._chosen:
            self.chosen.emit(place)

    def _step(self, step: int) -> None:
        column = self._column_of(self._chosen)
        if column is None or self._chosen is None:
            if self._cards:
                self._choose(0)
            return
        places = self._columns[column].places
        at = places.index(self._chosen) + step
        if 0 <= at < len(places):
            self._choose(places[at])

    def _sidestep(self, step: int) -> None:
        """To the next column that has cards, to the one at the same height."""
        column = self._column_of(self._chosen)
        if column is None or self._chosen is None:
            self._step(0)
            return
        at = self._columns[column].places.index(self._chosen)
        column += step
        while 0 <= column < len(self._columns):
            places = self._columns[column].places
            if places:
                self._choose(places[min(at, len(places) - 1)])
                return
            column += step

    def _move_day(self, step: int) -> None:
        column = self._column_of(self._chosen)
        if column is None or self._chosen is None:
            return
        column += step
        if 0 <= column < len(self._columns) and not self._columns[column].stray:
            self.day_requested.emit(self._chosen, self._columns[column].day)

    def _dress(self) -> None:
        self.setAccessibleName(_("Programme"))
        self.viewport().update()


def day_label(day: date | None) -> str:
    """A day as the grid and the form name it; None is all the time."""
    return f"{_(_WEEKDAYS[day.weekday()])} {day:%d/%m}" if day else _("All the time")


def _heading(column: Column) -> str:
    return _("Other days") if column.stray else day_label(column.day)
