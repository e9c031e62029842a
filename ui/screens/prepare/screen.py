"""The organiser's steps as a list: what is done, and a way into each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from station.i18n import _
from ui.screens.prepare.steps import StepLine
from ui.style.fonts import scaled
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_ROW_PX, _HIGHEST_PX, _SLACK_PX, _TWO_COLUMNS_FROM_PX = 39, 54, 8, 840


class StepList(RowList):
    """The steps in two columns, the first one first, where that shows all of them; else one below the other."""

    def __init__(self) -> None:
        super().__init__(_ROW_PX)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def arrange(self) -> None:
        """Fit the columns to the room and to how many steps there are."""
        room, each = self.viewport().size(), -(-len(self.rows()) // 2)
        height = (room.height() - scaled(_SLACK_PX)) // each if each else 0  # else the last one goes beside
        wide = room.width() >= scaled(_TWO_COLUMNS_FROM_PX) and height >= scaled(_ROW_PX)
        self.setWrapping(wide)
        self.setGridSize(QSize(room.width() // 2, min(height, scaled(_HIGHEST_PX))) if wide else QSize())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        super().show_rows(rows)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down follow the order of the steps, over the end of a column too; left and right change columns."""
        move = QListView.CursorAction
        rows = len(self.rows())
        beside = -(-rows // 2) if self.isWrapping() else 0
        by = {move.MoveDown: 1, move.MoveUp: -1, move.MoveRight: beside, move.MoveLeft: -beside}.get(action)
        if by is None:
            return super().moveCursor(action, modifiers)
        wished = self.currentIndex().row() + by
        return self.model().index(wished, 0) if 0 <= wished < rows else self.currentIndex()


class PrepareScreen(QWidget):
    """Shows the steps.

    Signals:
        step_chosen: (key of the step).
    """

    step_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[StepLine] = ()
        self._heading = PlainLabel(size_px=22, weight=QFont.Weight.Bold)
        self._summary = PlainLabel(size_px=14, role="muted", wrap=True)
        self._list = StepList()
        self._list.chosen.connect(self.step_chosen)
        box = QWidget()
        box.setObjectName("surface")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(10, 10, 10, 10)
        inner.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(self._summary)
        layout.addWidget(box, 1)
        self.setFocusProxy(self._list)
        self._dress()

    def show_lines(self, lines: Sequence[StepLine]) -> None:
        """Show the steps as they stand; the one chosen before stays chosen."""
        self._lines = lines
        self._dress()

    def details(self) -> dict[str, str]:
        """What is said of each step, by its key."""
        return {line.step.key: line.detail for line in self._lines}

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _dress(self) -> None:
        self._heading.setText(_("Prepare"))
        self._list.setAccessibleName(_("Prepare"))
        self._summary.setText(_("From the office's lists to laptops that are ready, in this order."))
        chosen = max(0, self._list.currentIndex().row())
        self._list.show_rows(
            [
                Row(_(line.step.title), line.detail, icon=line.step.icon, role="accent", key=line.step.key)
                for line in self._lines
            ]
        )
        if self._lines:
            self._list.select(min(chosen, len(self._lines) - 1))
