"""A small table to type in: there is always an empty line at its end, and rows of a spreadsheet can be pasted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.style.fonts import scaled

_LINE_PX = 40


class LineTable(QTableWidget):
    """Lines of texts.

    Args:
        widths: of each column, in pixels; up to 1 it is a share of what the others leave.

    Signals:
        edited: a text is another one.
    """

    edited = Signal()

    def __init__(self, widths: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(1, len(widths), parent)
        self._widths = tuple(widths)
        self.setAlternatingRowColors(True)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.verticalHeader().setDefaultSectionSize(scaled(_LINE_PX))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        self.itemChanged.connect(self._on_item_changed)

    def set_captions(self, captions: Sequence[str]) -> None:
        """The headings of the columns."""
        self.setHorizontalHeaderLabels(list(captions))

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these, and an empty one."""
        self.blockSignals(True)
        self.setRowCount(0)
        for line in [*lines, ()]:
            self._append(line)
        self.blockSignals(False)
        self.setCurrentCell(0, 0)

    def lines(self) -> list[tuple[str, ...]]:
        """The texts of every line, the empty ones too: a line keeps its number."""
        return [
            tuple(self._text(row, column) for column in range(self.columnCount()))
            for row in range(self.rowCount())
        ]

    def paste(self, text: str) -> None:
        """Put rows with tabs between their cells over what is here, from the current cell on."""
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        self.blockSignals(True)
        for down, cells in enumerate(line.split("\t") for line in text.rstrip("\r\n").splitlines()):
            while self.rowCount() <= top + down:
                self._append(())
            for right, cell in enumerate(cells[: self.columnCount() - left]):
                self.setItem(top + down, left + right, QTableWidgetItem(cell.strip()))
        self.blockSignals(False)
        self._on_item_changed()

    def remove_chosen(self) -> None:
        """Take the lines out in which a cell is chosen."""
        for row in sorted({index.row() for index in self.selectedIndexes()}, reverse=True):
            self.removeRow(row)
        self._on_item_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                item.setText("")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rest = self.viewport().width() - sum(width for width in self._widths if width > 1)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, int(width if width > 1 else rest * width))

    def _append(self, line: Sequence[str]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column in range(self.columnCount()):
            self.setItem(row, column, QTableWidgetItem(line[column] if column < len(line) else ""))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""

    def _on_item_changed(self) -> None:
        last = self.rowCount() - 1
        if last < 0 or any(self._text(last, column).strip() for column in range(self.columnCount())):
            self.blockSignals(True)
            self._append(())
            self.blockSignals(False)
        self.edited.emit()
