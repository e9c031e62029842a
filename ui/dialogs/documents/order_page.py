"""What is to be printed: copies and sheets of every title, for the print shop."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station.documents.matrix import OrderLine
from station.i18n import _
from station.reports.documents import ORDER_COLUMNS, order_cells, order_sums
from station.reports.tables import Cell
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import HeadedModel, dress_table

Index = QModelIndex | QPersistentModelIndex
_TITLE, _VERSION, _LANGUAGE, _FIRST_FIGURE = 2, 3, 4, 5
_FIXED_PX = {0: 54, 1: 100, 3: 94, 4: 108, 5: 88, 6: 98, 7: 96, 8: 96, 9: 122, 10: 122}
_ALL_FROM = 1000  # pixels of width; below, place, version and language are left to the list


class OrderModel(HeadedModel):
    """A row a title; the last one says the sums."""

    def __init__(self) -> None:
        super().__init__(ORDER_COLUMNS)
        self._rows: list[tuple[Cell, ...]] = []

    def show_lines(self, lines: Sequence[OrderLine]) -> None:
        """Show these titles."""
        self.beginResetModel()
        self._rows = [(number, *order_cells(line)) for number, line in enumerate(lines, 1)]
        self._rows.append((None, *order_sums(lines)))
        self.endResetModel()

    def row_total(self) -> int:
        return len(self._rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _FIRST_FIGURE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        last, column = index.row() == len(self._rows) - 1, index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            cell = self._rows[index.row()][column]
            return "" if cell is None else str(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= _FIRST_FIGURE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and (last or column in (_TITLE, 8)):
            return font(14, QFont.Weight.Bold if last else QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme()
            if last:
                return QColor(colours.accent)
            return QColor(colours.text if column in (_TITLE, 8) else colours.muted)
        if role == Qt.ItemDataRole.BackgroundRole and last:
            return QColor(theme().accent_soft)
        return None


class OrderPage(QWidget):
    """The table, what its figures mean, and two ways to the print shop.

    Signals:
        workbook_wanted, pdf_wanted: the order is to be saved.
    """

    workbook_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = OrderModel()
        self._table = QTableView()
        self._table.setModel(self.model)
        dress_table(self._table, 44)
        self._table.setWordWrap(True)
        self._table.horizontalHeader().setStretchLastSection(False)
        self._table.setMinimumHeight(120)
        workbook, pdf = KeyButton("file-down", "Ctrl+S"), KeyButton("printer", "Ctrl+P")
        workbook.set_caption(_("Save as .xlsx…"))
        pdf.set_caption(_("Save as PDF…"))
        workbook.clicked.connect(self.workbook_wanted)
        pdf.clicked.connect(self.pdf_wanted)
        said = _("Copies = entitled + reserve. Sheets = pages × copies; both sides: two pages a sheet.")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(said, 14, role="muted", wrap=True), 1)
        for button in (workbook, pdf):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(self._table, 1)
        self.setFocusProxy(self._table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        hidden = {0, _VERSION, _LANGUAGE} if width < _ALL_FROM else set()
        for column, px in _FIXED_PX.items():
            self._table.setColumnWidth(column, px)
            self._table.setColumnHidden(column, column in hidden)
        fixed = sum(px for column, px in _FIXED_PX.items() if column not in hidden)
        self._table.setColumnWidth(_TITLE, max(120, width - 22 - fixed))
