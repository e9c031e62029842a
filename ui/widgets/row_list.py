"""A list of rows with icon, title, detail and a note at the right, painted alike wherever a list is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.style.fonts import font, scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided
from ui.widgets.photo_tile import paint_photo

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        icon: name of an icon, empty for none; role: the colour of the theme it is drawn in.
        mark: a character or two in the icon's place, for example the number to press.
        picture: something to see before the text, 3:4; None for nothing.
        note: short text at the right, for example a time.
        key: what the row stands for; handed back when it is chosen.
        caution: what to be careful about; shown as a mark in the colour of warnings, and read aloud.
        muted: whether the title steps back too.
    """

    title: str
    detail: str = ""
    note: str = ""
    icon: str = ""
    role: str = "text"
    key: str = ""
    mark: str = ""
    picture: QImage | None = None
    muted: bool = False
    caution: str = ""


class RowModel(QAbstractListModel):
    """The rows of a :class:`RowList`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.caution or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.title, row.caution, row.detail, row.note)))
        return None

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> list[Row]:
        """The rows on show."""
        return self._rows


class _Painter(QStyledItemDelegate):
    def __init__(self, height_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.height_px = height_px
        self.scale = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(100), scaled(self.height_px * self.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        colours = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(box, 7, 7)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(box, 7, 7)
        self._paint_row(painter, row, box.adjusted(8, 0, -8, 0))
        painter.restore()

    def _paint_row(self, painter: QPainter, row: Row, box: QRectF) -> None:
        colours, size = theme(), self.scale
        zoom = size * scale()  # pixels of the screen; type is zoomed by itself
        if row.icon or row.mark:
            size_px = 20.0 * zoom
            icon_box = QRectF(box.left(), box.center().y() - size_px / 2, size_px, size_px)
            if row.icon:
                paint_icon(painter, row.icon, icon_box, getattr(colours, row.role), 2.4)
            else:
                mark_font = font(17 * size, QFont.Weight.Bold)
                draw_elided(
                    painter, row.mark, mark_font, icon_box, colours.accent, Qt.AlignmentFlag.AlignHCenter
                )
            box.setLeft(box.left() + 30 * zoom)
        if row.picture is not None:
            height = box.height() - 8
            paint_photo(painter, row.picture, QRectF(box.left(), box.top() + 4, height * 0.75, height), 4)
            box.setLeft(box.left() + height * 0.75 + 12)
        note_font = font(13 * size)
        if row.note:
            width = QFontMetricsF(note_font).horizontalAdvance(row.note) + 2
            note_box = QRectF(box.right() - width, box.top(), width, box.height())
            draw_elided(painter, row.note, note_font, note_box, colours.muted, Qt.AlignmentFlag.AlignRight)
            box.setRight(box.right() - width - 10)
        if row.caution:
            size_px = 18.0 * zoom
            mark = QRectF(box.right() - size_px, box.center().y() - size_px / 2, size_px, size_px)
            paint_icon(painter, "users-round", mark, colours.warning, 2.4)
            box.setRight(mark.left() - 8)
        title_font = font(14 * size, QFont.Weight.DemiBold)
        ink = colours.muted if row.muted else colours.text
        if not row.detail:
            draw_elided(painter, row.title, title_font, box, ink)
            return
        middle = box.center().y()
        title_box = QRectF(box.left(), middle - 18 * zoom, box.width(), 20 * zoom)
        draw_elided(painter, row.title, title_font, title_box, ink)
        detail_box = QRectF(box.left(), middle + 1, box.width(), 17 * zoom)
        draw_elided(painter, row.detail, font(12 * size), detail_box, colours.muted)


class RowList(QListView):
    """A list that is chosen from with mouse, arrows and Enter.

    Args:
        one_click: a click chooses; else it selects, and a second one chooses.

    Signals:
        chosen: (key of the row).
    """

    chosen = Signal(str)

    def __init__(self, height_px: int = 40, parent: QWidget | None = None, *, one_click: bool = True) -> None:
        super().__init__(parent)
        self._model = RowModel(self)
        self._painter = _Painter(height_px, self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        (self.clicked if one_click else self.doubleClicked).connect(self._on_clicked)

    def set_scale(self, scale: float) -> None:
        """Change the size of rows and type."""
        self._painter.scale = scale
        self.scheduleDelayedItemsLayout()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._model.replace(rows)

    def rows(self) -> list[Row]:
        """The rows on show."""
        return self._model.rows()

    def select(self, number: int) -> None:
        """Select a row by its place, from 0."""
        self.setCurrentIndex(self._model.index(number, 0))

    def selected(self) -> str:
        """The key of the selected row, '' for none."""
        index = self.currentIndex()
        return str(index.data(Qt.ItemDataRole.UserRole).key) if index.isValid() else ""

    def choose_current(self) -> None:
        """As if Enter was pressed on the selected row."""
        if self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.scheduleDelayedItemsLayout()
            self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        if row.key:
            self.chosen.emit(row.key)


def framed(rows: RowList) -> QWidget:
    """A list on a card of its own, for a dialog in which it is one part of several."""
    card = QWidget()
    card.setObjectName("surface")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    inside = QVBoxLayout(card)
    inside.setContentsMargins(2, 2, 2, 2)
    inside.addWidget(rows)
    return card
