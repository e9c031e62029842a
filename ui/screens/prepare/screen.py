"""The organiser's steps as a list: what is done, and a way into each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.i18n import _
from ui.screens.prepare.steps import StepLine
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList


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
        self._list = RowList(39)  # all steps without scrolling on a small laptop
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
