"""The card on the screen as it is printed, with what is selected; dragged, drawn larger, nudged and zoomed."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from station.badges.layouts.arranging import Guide
from station.badges.layouts.drawing import Filling, draw_side, shown_elements
from station.badges.layouts.model import Place
from station.badges.layouts.parts import Part, place_of, side_of
from station.i18n import _
from ui.dialogs.layouts.draft import Draft
from ui.dialogs.layouts.elements import part_said
from ui.dialogs.layouts.gestures import Band, Drag, Gesture, handle_at, handle_points, part_at
from ui.dialogs.layouts.painter import PainterSurface
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

MIME = "application/x-station-layout-element"
_ROOM = 0.35  # of the card around it, to scroll into
_LEAST, _MOST = 1.0, 40.0  # pixels a millimetre
_ZOOM = 1.2
_HANDLE_PX = 9
_REACH_PX, _REACH_MM = 7, 1.5  # a small picture of the card must not catch from afar
_MARGIN_PX = 28
_GUIDE, _SELECTED, _ABSENT = "#e0218a", "#0b6bdc", "#b06a00"  # upon the white card, in every theme
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_FINE_MM, _STEP_MM, _FAR_MM = 0.1, 1.0, 10.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QGraphicsView):
    """One side of the draft; the scene counts in millimetres from the card's top left corner.

    Args:
        filling: what the badge is filled with at the moment.

    Signals:
        edit_wanted: the selected part was double-clicked, or Enter pressed: its properties are wanted.
        dropped: (key of the palette, x, y in millimetres).
        zoomed: the zoom is another.
    """

    edit_wanted = Signal()
    dropped = Signal(str, float, float)
    zoomed = Signal()

    def __init__(self, draft: Draft, filling: Callable[[], Filling], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._filling = draft, filling
        self._gesture: Gesture | None = None
        self._guides: list[Guide] = []
        self._fits = True
        self.setScene(QGraphicsScene(self))
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Card"))
        self.setMinimumSize(200, 150)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        draft.changed.connect(self._on_changed)
        draft.selected.connect(self._on_changed)
        self._on_changed()

    # Zoom.

    def pixels_per_mm(self) -> float:
        """The zoom, in logical pixels."""
        return self.transform().m11()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self._fits = False
        self._show_bars()
        self._set_zoom(self.pixels_per_mm() * factor)

    def zoom_in(self) -> None:
        """One step larger."""
        self.zoom_by(_ZOOM)

    def zoom_out(self) -> None:
        """One step smaller."""
        self.zoom_by(1 / _ZOOM)

    def fit_card(self) -> None:
        """As large as the whole card can be, and so whenever the window changes."""
        self._fits = True
        self._show_bars()
        card, room = self._draft.layout.card, self.viewport().size()
        wide = (room.width() - 2 * _MARGIN_PX) / card.width_mm
        high = (room.height() - 2 * _MARGIN_PX) / card.height_mm
        self._set_zoom(min(wide, high))
        self.centerOn(card.width_mm / 2, card.height_mm / 2)

    def guides(self) -> list[Guide]:
        """The lines that catch what is being dragged."""
        return list(self._guides)

    def _show_bars(self) -> None:
        """None around a whole card, before its room is measured."""
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if self._fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(bars)
        self.setVerticalScrollBarPolicy(bars)

    def _set_zoom(self, pixels: float) -> None:
        pixels = min(max(pixels, _LEAST), _MOST)
        self.resetTransform()
        self.scale(pixels, pixels)
        self.zoomed.emit()

    # What Qt tells.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit_card()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._point(event)
        handle = handle_at(self._draft, at, self._mm(_HANDLE_PX))
        if handle:
            self._gesture = Drag(self._draft, at, handle)
            return
        adds = bool(event.modifiers() & _ADDING)
        number = part_at(self._draft, at)
        if number is None:
            self._gesture = Band(self._draft, at, adds=adds)
        elif adds:
            chosen = set(self._draft.chosen) ^ {number}
            self._draft.choose(chosen)
        else:
            if number not in self._draft.chosen:
                self._draft.choose([number])
            self._gesture = Drag(self._draft, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._point(event)
        if self._gesture is None:
            self._point_out(at)
            return
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._guides = self._gesture.to(at, 0.0 if free else min(self._mm(_REACH_PX), _REACH_MM))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._gesture is not None:
            self._gesture.end()
            self._leave()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._leave()
        if part_at(self._draft, self._point(event)) is not None:
            self.edit_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (self._gesture is not None or self._draft.chosen):
            self._escape()
        elif key in _ARROWS and self._draft.chosen:
            step = _step_mm(event.modifiers())
            self._draft.nudge(*(step * each for each in _ARROWS[key]))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._draft.chosen:
            self._draft.remove()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._choose_next(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._draft.chosen:
                self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            at = self.mapToScene(event.position().toPoint())
            event.acceptProposedAction()
            key = bytes(event.mimeData().data(MIME).data()).decode()
            self.dropped.emit(key, at.x(), at.y())

    # Painting.

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """Everything around the card, and the card as it is printed."""
        area = QRectF(rect) if isinstance(rect, QRectF) else self.sceneRect()
        painter.fillRect(area, QColor(theme().sunken))
        card = _rect(self._draft.layout.card)
        painter.fillRect(card, QColor("#ffffff"))
        painter.save()
        painter.setClipRect(card)
        elements = side_of(self._draft.layout, self._draft.side)
        draw_side(PainterSurface(painter), self._draft.layout.card, elements, self._filling())
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(theme().strong_line, 1))
        painter.drawRect(card)
        if self._draft.layout.folds:
            painter.setPen(_pen(theme().strong_line, 2, Qt.PenStyle.DashLine))
            painter.drawLine(card.bottomLeft(), card.bottomRight())

    def drawForeground(self, painter: QPainter, rect: QRectF | object) -> None:
        """What is not printed: outlines, handles and guides."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        parts = self._draft.parts()
        shown = shown_elements(side_of(self._draft.layout, self._draft.side), self._filling())
        for number, part in enumerate(parts):
            if number in self._draft.chosen:
                painter.setPen(_pen(_SELECTED, 2))
            elif part[0] in shown:
                painter.setPen(_pen("#9aa7b8", 1, Qt.PenStyle.DotLine))
            else:  # this person's badge does not have it
                painter.setPen(_pen(_ABSENT, 1, Qt.PenStyle.DashLine))
            painter.drawRect(_rect(place_of(part)))
            if part[0] not in shown:
                self._draw_caption(painter, part)
        self._draw_guides(painter)
        if isinstance(self._gesture, Band):
            painter.setPen(_pen(_SELECTED, 1, Qt.PenStyle.DashLine))
            painter.drawRect(_rect(self._gesture.place()))
        self._draw_handles(painter)

    def _draw_caption(self, painter: QPainter, part: Part) -> None:
        """What would stand there: in the window's own type, however large the card is shown."""
        place = place_of(part)
        corner = self.mapFromScene(place.x_mm, place.y_mm)
        opposite = self.mapFromScene(place.right_mm, place.bottom_mm)
        painter.save()
        painter.resetTransform()
        painter.setPen(QColor(_ABSENT))
        draw_elided(painter, part_said(part), font(12), QRectF(corner, opposite), _ABSENT, _MIDDLE)
        painter.restore()

    def _draw_guides(self, painter: QPainter) -> None:
        area = self.sceneRect()
        painter.setPen(_pen(_GUIDE, 1))
        for guide in self._guides:
            if guide.upright:
                painter.drawLine(QPointF(guide.at_mm, area.top()), QPointF(guide.at_mm, area.bottom()))
            else:
                painter.drawLine(QPointF(area.left(), guide.at_mm), QPointF(area.right(), guide.at_mm))

    def _draw_handles(self, painter: QPainter) -> None:
        painter.setPen(_pen(_SELECTED, 1))
        painter.setBrush(QColor("#ffffff"))
        side = self._mm(_HANDLE_PX)
        for x_mm, y_mm in handle_points(self._draft).values():
            painter.drawRect(QRectF(x_mm - side / 2, y_mm - side / 2, side, side))

    # Small things.

    def _on_changed(self) -> None:
        card = _rect(self._draft.layout.card)
        room = QPointF(card.width() * _ROOM, card.height() * _ROOM)
        area = QRectF(card.topLeft() - room, card.bottomRight() + room)
        if area != self.sceneRect():
            self.setSceneRect(area)
            if self._fits:
                self.fit_card()
        self.viewport().update()

    def _escape(self) -> None:
        if self._gesture is not None:
            self._gesture.cancel()
            self._leave()
        else:
            self._draft.choose(())

    def _leave(self) -> None:
        self._gesture, self._guides = None, []
        self.viewport().update()

    def _choose_next(self, step: int) -> None:
        count = len(self._draft.parts())
        if count:
            start = self._draft.chosen[-1] if self._draft.chosen else (-1 if step > 0 else 0)
            self._draft.choose([(start + step) % count])

    def _point(self, event: QMouseEvent) -> tuple[float, float]:
        at = self.mapToScene(event.position().toPoint())
        return at.x(), at.y()

    def _mm(self, pixels: float) -> float:
        return pixels / self.pixels_per_mm()

    def _point_out(self, at: tuple[float, float]) -> None:
        handle = handle_at(self._draft, at, self._mm(_HANDLE_PX))
        over = part_at(self._draft, at) is not None
        shape = _SHAPES.get(handle, Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.ArrowCursor)
        self.viewport().setCursor(shape)


_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_SHAPES = {
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
}


def _step_mm(held: Qt.KeyboardModifier) -> float:
    if held & Qt.KeyboardModifier.ControlModifier:
        return _FINE_MM
    return _FAR_MM if held & Qt.KeyboardModifier.ShiftModifier else _STEP_MM


def _rect(place: Place) -> QRectF:
    return QRectF(place.x_mm, place.y_mm, place.width_mm, place.height_mm)


def _pen(colour: str, width_px: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width_px, style)
    pen.setCosmetic(True)
    return pen
