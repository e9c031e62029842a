"""Who gets what: delegates or their groups beside every document, filtered, with totals."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station.documents.matrix import Group, Matrix, by_category, by_category_and_unit, by_unit
from station.i18n import _, ngettext, pick
from station.model.delegate import Delegate
from station.reports.documents import MARK
from station.text import text_key
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NAME_PX, _CODE_PX, _DETAIL_PX, _COUNT_PX, _MARK_PX = 190, 108, 170, 104, 66
_DETAIL_FROM = 900  # pixels of width; below, unit and category are left to the filters
GROUPINGS: dict[str, Callable[[Delegate], tuple[str, ...]]] = {
    "category": by_category,
    "unit": by_unit,
    "both": by_category_and_unit,
}
_EVERY = "\x00"  # no unit and no category is called so


class MatrixModel(QAbstractTableModel):
    """The first row says the totals, the others are delegates or groups."""

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix | None = None
        self._places: list[int] = []
        self._groups: list[Group] | None = None
        self._totals: tuple[int, ...] = ()

    def show(self, matrix: Matrix, places: Sequence[int], groups: list[Group] | None) -> None:
        """Show the delegates at these places, or groups of them."""
        self.beginResetModel()
        self._matrix, self._places, self._groups = matrix, list(places), groups
        self._totals = matrix.totals(self._places)
        self.endResetModel()

    def about(self) -> int:
        """How many columns say what a row is; the total and the documents follow."""
        return 4 if self._groups is None else (len(self._groups[0].names) if self._groups else 1) + 1

    def cells(self, row: int) -> list[str]:
        """The texts of a row."""
        return [str(self.index(row, column).data() or "") for column in range(self.columnCount())]

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid() or self._matrix is None:
            return 0
        return 1 + (len(self._places) if self._groups is None else len(self._groups))

    def columnCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid() or self._matrix is None:
            return 0
        return self.about() + len(self._matrix.documents) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._matrix is None:
            return None
        place = section - self.about() - 1
        inside = 0 <= place < len(self._matrix.documents)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section) if not inside else self._matrix.documents[place].code
        if role == Qt.ItemDataRole.AccessibleTextRole and inside:
            document = self._matrix.documents[place]
            return pick(document.title, document.title_en)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            flag = Qt.AlignmentFlag.AlignLeft if place < -1 else Qt.AlignmentFlag.AlignHCenter
            return int(flag | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._matrix is None:
            return None
        row, column = index.row(), index.column()
        place = column - self.about() - 1
        if role == Qt.ItemDataRole.DisplayRole:
            if place < -1:
                return self._about_cell(row, column)
            return self._total_cell(row) if place < 0 else self._cell(row, place)
        if role == Qt.ItemDataRole.TextAlignmentRole and place >= -1:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == Qt.ItemDataRole.FontRole and (row == 0 or place == -1 or column == 0):
            return font(14, QFont.Weight.Bold if row == 0 else QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme()
            if row == 0:
                return QColor(colours.accent)
            if place >= 0 and self._groups is None:
                return QColor(colours.positive)
            return QColor(colours.text if column == 0 or place >= -1 else colours.muted)
        if role == Qt.ItemDataRole.BackgroundRole and row == 0:
            return QColor(theme().accent_soft)
        return None

    def _heading(self, section: int) -> str:
        if section >= self.about():
            return _("Total")
        if self._groups is None:
            return (_("Full name"), _("Code"), _("Unit"), _("Category"))[section]
        if section == self.about() - 1:
            return _("Delegates")
        return _("Group") if self.about() == 2 else (_("Category"), _("Unit"))[section]

    def _about_cell(self, row: int, column: int) -> str:
        if row == 0:
            last = self._groups is not None and column == self.about() - 1
            return _("Together") if column == 0 else str(len(self._places)) if last else ""
        if self._groups is None:
            assert self._matrix is not None
            person = self._matrix.delegates[self._places[row - 1]]
            return (person.name, person.code, person.unit, person.category)[column]
        group = self._groups[row - 1]
        return (*(name or "–" for name in group.names), str(group.delegates))[column]

    def _cell(self, row: int, place: int) -> str:
        assert self._matrix is not None
        if row == 0:
            return str(self._totals[place])
        if self._groups is None:
            return MARK if self._matrix.receives(self._places[row - 1], place) else ""
        return str(self._groups[row - 1].counts[place] or "")

    def _total_cell(self, row: int) -> str:
        assert self._matrix is not None
        if row == 0:
            return str(sum(self._totals))
        if self._groups is None:
            return str(self._matrix.total_of(self._places[row - 1]))
        return str(sum(self._groups[row - 1].counts))


class MatrixPage(QWidget):
    """Filters, the table, and a way into Excel.

    Signals:
        export_wanted: (places of the delegates on show).
    """

    export_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix | None = None
        self.model = MatrixModel()
        self.category, self.unit, self.grouping = Choice(), Choice(), Choice()
        self._summary = PlainLabel(size_px=14, role="muted", elide=True)
        self._export = KeyButton("file-down", "Ctrl+S")
        self._export.set_caption(_("Save as .xlsx…"))
        self._export.setAutoDefault(False)
        self._export.clicked.connect(lambda: self.export_wanted.emit(self.places()))
        self._table = QTableView()
        self._build()

    def show_matrix(self, matrix: Matrix) -> None:
        """Show these delegates and documents; the filters stay."""
        self._matrix = matrix
        captions = {
            self.category: (_("Every category"), {person.category for person in matrix.delegates}),
            self.unit: (_("Every unit"), {person.unit for person in matrix.delegates}),
        }
        for choice, (caption, names) in captions.items():
            ordered = [(name, name or "–") for name in sorted(names, key=text_key)]
            self._fill(choice, [(_EVERY, caption), *ordered])
        self._fill(
            self.grouping,
            [
                ("", _("Every delegate")),
                ("category", _("By category")),
                ("unit", _("By unit")),
                ("both", _("By category and unit")),
            ],
        )
        self._show()

    def places(self) -> list[int]:
        """The delegates that the filters leave."""
        category, unit = self.category.currentData(), self.unit.currentData()
        return [
            place
            for place, person in enumerate(self._matrix.delegates if self._matrix else ())
            if category in (_EVERY, person.category) and unit in (_EVERY, person.unit)
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _fill(self, choice: Choice, items: list[tuple[str, str]]) -> None:
        chosen = choice.currentData()
        choice.blockSignals(True)
        fill_choice(choice, items, chosen)
        choice.blockSignals(False)

    def _build(self) -> None:
        self._table.setModel(self.model)
        dress_table(self._table, 34)
        self._table.setMinimumHeight(120)
        row = QHBoxLayout()
        row.setSpacing(8)
        names = {self.grouping: _("Group"), self.category: _("Category"), self.unit: _("Unit")}
        for choice, name in names.items():
            choice.setAccessibleName(name)
            choice.setMinimumWidth(120)
            choice.currentIndexChanged.connect(self._show)
            row.addWidget(choice, 2)
        row.addWidget(self._summary, 3)
        row.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row)
        layout.addWidget(self._table, 1)
        self.setFocusProxy(self._table)

    def _show(self) -> None:
        if self._matrix is None:
            return
        places = self.places()
        grouping = GROUPINGS.get(str(self.grouping.currentData()))
        groups = self._matrix.groups(grouping, places) if grouping else None
        self.model.show(self._matrix, places, groups)
        delegates = ngettext("{count} delegate", "{count} delegates", len(places)).format(count=len(places))
        documents = ngettext("{count} document", "{count} documents", len(self._matrix.documents))
        self._summary.setText(f"{delegates} · {documents.format(count=len(self._matrix.documents))}")
        self._arrange()

    def _arrange(self) -> None:
        about, columns = self.model.about(), self.model.columnCount()
        narrow = self.width() < _DETAIL_FROM
        delegates = not self.grouping.currentData()
        for column in range(columns):
            px = _MARK_PX
            if column < about:
                px = (_NAME_PX, _CODE_PX, _DETAIL_PX, _DETAIL_PX - 40)[column]
                if not delegates:
                    px = _COUNT_PX if column == about - 1 else _NAME_PX + 40
            self._table.setColumnWidth(column, px)
            self._table.setColumnHidden(column, delegates and narrow and 2 <= column < about)
