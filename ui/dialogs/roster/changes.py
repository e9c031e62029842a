"""The third step: everything that would change, coloured, before anything does."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from station.i18n import N_, _
from station.roster.lines import ChangeLine, LineKind
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import HeadedModel, Index, dress_table
from ui.widgets.tally import Tally

_KINDS = {  # caption of many, word in a line, name of the colour
    LineKind.PROBLEM: (N_("Problems"), N_("Problem"), "negative"),
    LineKind.MATCHED: (N_("The same person?"), N_("The same?"), "accent"),
    LineKind.CHANGED: (N_("Changed"), N_("Changed"), "warning"),
    LineKind.VANISHED: (N_("No longer in the file"), N_("Missing"), "warning"),
    LineKind.ADDED: (N_("New"), N_("New"), "positive"),
    LineKind.NOTICE: (N_("To be checked"), N_("To be checked"), "accent"),
    LineKind.UNCHANGED: (N_("Unchanged"), N_("Unchanged"), "muted"),
}
_HEADINGS = (N_("What"), N_("Row"), N_("Code"), N_("Full name"), N_("Unit"), N_("Details"))
KIND, ROW, CODE, NAME, UNIT, DETAIL = range(6)
_FIXED_PX = {KIND: 124, ROW: 66, CODE: 104}
_SHARES = {NAME: 0.29, UNIT: 0.25, DETAIL: 0.46}  # of the rest
_UNIT_FROM = 900  # pixels of width; below, the unit gives its room to the details


class ChangesModel(HeadedModel):
    """The lines of the kinds that are to be seen."""

    def __init__(self) -> None:
        super().__init__(_HEADINGS)
        self._lines: list[ChangeLine] = []
        self._shown: list[ChangeLine] = []

    def show_lines(self, lines: Sequence[ChangeLine], kind: LineKind | None) -> None:
        """Show these lines, or those of one kind."""
        self.beginResetModel()
        self._lines = list(lines)
        self._shown = [line for line in self._lines if kind is None or line.kind is kind]
        self.endResetModel()

    def line(self, row: int) -> ChangeLine:
        """The line at a place of the table."""
        return self._shown[row]

    def row_total(self) -> int:
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                _("Another person") if _is_apart(line) else _(_KINDS[line.kind][1]),
                "" if line.row is None else str(line.row),
                line.code,
                line.name,
                line.unit,
                line.detail,
            )[column]
        if role == Qt.ItemDataRole.FontRole and column in (KIND, NAME):
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme()
            if column == KIND:
                return QColor(getattr(colours, _KINDS[line.kind][2]))
            return QColor(colours.text if column in (NAME, DETAIL) else colours.muted)
        return None


class ChangesPage(QWidget):
    """Figures that filter, the lines, and the whole text of the one that is chosen.

    Signals:
        filtered: (LineKind or None) which lines are to be seen.
        other_person: (row of the sheet) the line was recognised by name; turn around whether rightly.
    """

    filtered = Signal(object)
    other_person = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[ChangeLine] = ()
        self.model = ChangesModel()
        self._tallies = {kind: Tally(*_KINDS[kind][::2]) for kind in LineKind}
        for kind, tally in self._tallies.items():
            tally.clicked.connect(lambda checked, kind=kind: self.keep_only(kind if checked else None))
        self._table = QTableView()
        self._table.setAccessibleName(_("Roster"))
        self._whole = PlainLabel(size_px=14, wrap=True)
        self._other = KeyButton("users", "Ctrl+T")
        self._other.setAutoDefault(False)
        self._other.set_caption(_("Another person"))
        self._other.clicked.connect(self._on_other_clicked)
        self._build()

    def show_lines(self, lines: Sequence[ChangeLine]) -> None:
        """Show what would change; those that nothing happens to only when they are asked for, or alone."""
        self._lines = lines
        counts = Counter(line.kind for line in lines)
        for kind, tally in self._tallies.items():
            tally.show_figure(counts[kind])
            tally.setChecked(False)
        self._show(None)

    def keep_only(self, kind: LineKind | None) -> None:
        """Show the lines of one kind, None for all."""
        for each, tally in self._tallies.items():
            tally.setChecked(each is kind)
        self._show(kind)

    def figures(self) -> dict[LineKind, int]:
        """How many lines of each kind there are."""
        counts = Counter(line.kind for line in self._lines)
        return {kind: counts[kind] for kind in LineKind}

    def whole_text(self) -> str:
        """What is said beneath the table of the line that is chosen."""
        return self._whole.full_text()

    def choose_row(self, row: int) -> None:
        """Choose the line of a row of the sheet that was recognised by name."""
        for place in range(self.model.row_total()):
            line = self.model.line(place)
            if line.kind is LineKind.MATCHED and line.row == row:
                self._table.selectRow(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _UNIT_FROM
        self._table.setColumnHidden(UNIT, narrow)
        rest = event.size().width() - 20 - sum(_FIXED_PX.values())
        whole = 1 - _SHARES[UNIT] if narrow else 1.0
        for column, width in _FIXED_PX.items():
            self._table.setColumnWidth(column, width)
        for column, share in _SHARES.items():
            self._table.setColumnWidth(column, round(rest * share / whole))

    def _build(self) -> None:
        table = self._table
        table.setModel(self.model)
        dress_table(table, 36)
        table.setMinimumHeight(120)
        table.selectionModel().currentRowChanged.connect(self._on_line_chosen)
        row = QHBoxLayout()
        row.setSpacing(8)
        for tally in self._tallies.values():
            row.addWidget(tally, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(table, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._whole, 1)
        below.addWidget(self._other, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(below)

    def _show(self, kind: LineKind | None) -> None:
        self.model.show_lines(self._lines, kind)
        self._table.scrollToTop()
        self._whole.setText(_("Choose a line to read all of it."))
        self._other.hide()
        self.filtered.emit(kind)

    def _on_line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            line = self.model.line(current.row())
            self._whole.setText(line.detail or " · ".join(filter(None, (line.code, line.name, line.unit))))
            self._other.setVisible(line.kind is LineKind.MATCHED)
            self._other.set_caption(
                _("The same person after all") if _is_apart(line) else _("Another person")
            )

    def _on_other_clicked(self) -> None:
        current = self._table.currentIndex()
        line = self.model.line(current.row()) if current.isValid() else None
        if line is not None and line.kind is LineKind.MATCHED and line.row is not None:
            self.other_person.emit(line.row)


def _is_apart(line: ChangeLine) -> bool:
    """Whether somebody of a known name was said to be another person; such a line has no code yet."""
    return line.kind is LineKind.MATCHED and not line.code
