"""Tables of rows to look at: how they look and behave, and the model that says their headings."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from station.i18n import _
from ui.style.fonts import font, scaled
from ui.style.theme import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def dress_table(table: QTableView, row_px: int) -> None:
    """Rows of so many design pixels, chosen as a whole; nothing is edited, Tab leads out, the last column stretches."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(scaled(row_px))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    header.setHighlightSections(False)


def share_width(table: QTableView, width: int, shares: Sequence[float]) -> None:
    """Columns of so large a part of a width each; the last one takes what is left."""
    for column, share in enumerate(shares[:-1]):
        table.setColumnWidth(column, round(width * share))


class HeadedModel(QAbstractTableModel):
    """A table of rows under fixed headings; who derives from it says :meth:`row_total` and ``data``.

    Args:
        headings: marked for translation.
    """

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)

    def row_total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say the headings in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._headings) - 1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.row_total()

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return _(self._headings[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class TextModel(HeadedModel):
    """Rows of plain texts; one column stands out, and a cell may be marked in a colour of the theme.

    Args:
        strong: the column in bold. figures: columns that are numbers.
    """

    def __init__(self, headings: Sequence[str], strong: int, figures: Sequence[int] = ()) -> None:
        super().__init__(headings)
        self._strong = strong
        self._figures = frozenset(figures)
        self._rows: list[tuple[str, ...]] = []
        self._roles: dict[tuple[int, int], str] = {}

    def show_rows(
        self, rows: Sequence[tuple[str, ...]], roles: dict[tuple[int, int], str] | None = None
    ) -> None:
        """Show other rows; ``roles``: the colour of single cells, by row and column."""
        self.beginResetModel()
        self._rows, self._roles = list(rows), roles or {}
        self.endResetModel()

    def rows(self) -> list[tuple[str, ...]]:
        """The rows on show."""
        return self._rows

    def row_total(self) -> int:
        return len(self._rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._figures:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[row][column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in self._figures:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and column == self._strong:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            plain = "text" if column == self._strong else "muted"
            return QColor(getattr(theme(), self._roles.get((row, column), plain)))
        return None
