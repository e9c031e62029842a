"""The table of units: sorted, filtered, and the bar that shows which share of a delegation is here."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station.i18n import N_
from station.reports.missing import unit_name
from station.store.delegations import UnitLine
from station.text import fold, text_key
from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided
from ui.widgets.table import HeadedModel, Index

UNIT, EXPECTED, PRESENT, MISSING, SHARE = range(5)
_HEADINGS = (N_("Unit"), N_("Expected"), N_("Present"), N_("Still missing"), N_("Share present"))
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_FIGURES = (EXPECTED, PRESENT, MISSING)


class Order(StrEnum):
    """What units are sorted by."""

    MISSING = "missing"  # the most first
    NAME = "name"
    SHARE = "share"  # the lowest first


_KEYS: dict[Order, Callable[[UnitLine], Any]] = {
    Order.MISSING: lambda line: (-line.missing, text_key(line.unit)),
    Order.NAME: lambda line: (not line.unit, text_key(line.unit)),
    Order.SHARE: lambda line: (line.present / line.expected, -line.missing, text_key(line.unit)),
}


class UnitsModel(HeadedModel):
    """One row a unit."""

    def __init__(self) -> None:
        super().__init__(_HEADINGS)
        self._lines: tuple[UnitLine, ...] = ()
        self._shown: list[UnitLine] = []
        self._words: list[str] = []
        self._order = Order.MISSING
        self._only_missing = False

    def show_lines(self, lines: Sequence[UnitLine]) -> None:
        """Show other figures."""
        self._lines = tuple(lines)
        self._choose()

    def keep(self, text: str, order: Order, *, only_missing: bool) -> None:
        """Filter by words, accents or not; sort; leave out units of which nobody is missing."""
        self._words, self._order, self._only_missing = fold(text).split(), order, only_missing
        self._choose()

    def lines(self) -> tuple[UnitLine, ...]:
        """Every unit, seen or not."""
        return self._lines

    def shown(self) -> list[UnitLine]:
        """The units to be seen, in their order."""
        return self._shown

    def row_total(self) -> int:
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line, column = self._shown[index.row()], index.column()
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return (unit_name(line.unit), str(line.expected), str(line.present), str(line.missing), "")[
                column
            ]
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SHARE:
            return percent(line)
        if role == Qt.ItemDataRole.FontRole:
            return font(15, QFont.Weight.DemiBold if column in (UNIT, MISSING) else QFont.Weight.Normal)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(_colour(line, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _FIGURES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)

    def _choose(self) -> None:
        self.beginResetModel()
        chosen = [line for line in self._lines if self._holds(line)]
        self._shown = sorted(chosen, key=_KEYS[self._order])
        self.endResetModel()

    def _holds(self, line: UnitLine) -> bool:
        if self._only_missing and not line.missing:
            return False
        if not self._words:
            return True
        folded = fold(unit_name(line.unit))
        return all(word in folded for word in self._words)


class ShareBar(QStyledItemDelegate):
    """Paints the share as a bar with its figure; a whole delegation wears a tick, too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        line: UnitLine = index.data(LINE_ROLE)
        colours = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(14, 0, -14, 0)
        figure_px = scaled(52)
        figure = QRectF(box.right() - figure_px, box.top(), figure_px, box.height())
        track = QRectF(box.left(), box.center().y() - 5, box.width() - figure_px - 12, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.sunken))
        painter.drawRoundedRect(track, 5, 5)
        done = not line.missing
        if line.present:
            filled = QRectF(track)
            filled.setWidth(max(10.0, track.width() * min(1.0, line.present / line.expected)))
            painter.setBrush(QColor(colours.positive if done else colours.accent))
            painter.drawRoundedRect(filled, 5, 5)
        if done:
            mark_px = scaled(20)
            mark = QRectF(figure.right() - mark_px, figure.center().y() - mark_px / 2, mark_px, mark_px)
            paint_icon(painter, "circle-check", mark, colours.positive, 2.4)
        else:
            right = Qt.AlignmentFlag.AlignRight
            draw_elided(painter, percent(line), font(14, QFont.Weight.Medium), figure, colours.text, right)
        painter.restore()


def percent(line: UnitLine) -> str:
    """The share that is present, rounded down: only a whole delegation is 100 %."""
    return f"{line.present * 100 // line.expected} %"


def _colour(line: UnitLine, column: int) -> str:
    colours = theme()
    if column == MISSING:
        return colours.negative if line.missing else colours.muted
    return colours.text if column == UNIT else colours.muted
