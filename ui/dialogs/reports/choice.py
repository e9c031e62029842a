"""The choice of reports: a line for each with its formats to tick, beside it the fields of the one that is selected."""

from typing import Any

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from station.i18n import _
from station.reports.catalogue import all_reports
from station.reports.choice import Choice
from station.reports.report import Format, Report
from ui.style.fonts import scaled
from ui.widgets.plain_label import PlainLabel

_FORMATS = (Format.XLSX, Format.CSV, Format.PDF)
_KEY = Qt.ItemDataRole.UserRole
_FORMAT_PX, _LIST_PX, _FIELDS_PX, _ROW_PX = 68, 470, 250, 34
_HEIGHT_PX, _LOWEST_PX = 340, 92


class ReportChoice(QWidget):
    """Shows a choice and lets it be changed; the space bar ticks.

    Signals:
        changed: a tick was set or taken away.
    """

    changed = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._reports = all_reports()
        self.reports = _table(_("Reports"))
        self.fields = _table(_("Fields"))
        self._about = PlainLabel(size_px=14, role="muted", wrap=True)
        self._heading = PlainLabel(size_px=14, role="muted")
        self._model, self._fields = QStandardItemModel(self), QStandardItemModel(self)
        self._lay_out()
        self._fill()
        self._model.itemChanged.connect(self._on_format_changed)
        self._fields.itemChanged.connect(self._on_field_changed)
        self.reports.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.reports.setCurrentIndex(self._model.index(0, 0))

    def choice(self) -> Choice:
        """What is ticked now."""
        return self._choice

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        both = QHBoxLayout()
        both.setSpacing(12)
        self.reports.setModel(self._model)
        self.fields.setModel(self._fields)
        self.fields.horizontalHeader().hide()
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._heading)
        right.addWidget(self.fields, 1)
        self.reports.setMinimumSize(scaled(_LIST_PX), scaled(_LOWEST_PX))
        self.fields.setMinimumWidth(scaled(_FIELDS_PX))
        both.addWidget(self.reports, 3)
        both.addLayout(right, 2)
        layout.addLayout(both, 1)
        layout.addWidget(self._about)

    def _fill(self) -> None:
        self._model.setHorizontalHeaderLabels([_("Report"), _("Excel"), "CSV", "PDF"])
        for report in self._reports:
            self._model.appendRow([_plain(_(report.title)), *(self._tick(report, f) for f in _FORMATS)])
        header = self.reports.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 1 + len(_FORMATS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, scaled(_FORMAT_PX))

    def _tick(self, report: Report[Any], format: Format) -> QStandardItem:
        """A tick where the report can be written so, else an empty cell."""
        item = _plain("")
        if format in report.formats:
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(_state(format in self._choice.formats_of(report)))
            item.setAccessibleText(f"{_(report.title)}, {format.upper()}")
        return item

    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        report = self._reports[max(0, current.row())]
        self._about.setText(_(report.about))
        shown = self._choice.fields_of(report)
        self._fields.blockSignals(True)
        self._fields.clear()
        for column in report.fields:
            item = QStandardItem(_(column.heading))
            item.setEditable(False)
            item.setCheckable(True)
            item.setCheckState(_state(column.key in shown))
            item.setData(column.key, _KEY)
            self._fields.appendRow(item)
        self._fields.blockSignals(False)
        self._fields.layoutChanged.emit()
        has = bool(report.fields)
        self.fields.setEnabled(has)
        self._heading.setText(
            _("Fields of “{report}”").format(report=_(report.title)) if has else _("No fields to choose")
        )
        self.fields.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _on_format_changed(self, item: QStandardItem) -> None:
        report = self._reports[item.row()]
        format = _FORMATS[item.column() - 1]
        ticked = item.checkState() is Qt.CheckState.Checked
        kept = self._choice.formats_of(report) - {format}
        self._choice = self._choice.with_formats(report, kept | {format} if ticked else kept)
        self.changed.emit()

    def _on_field_changed(self, item: QStandardItem) -> None:
        report = self._reports[self.reports.currentIndex().row()]
        key = item.data(_KEY)
        kept = self._choice.fields_of(report) - {key}
        ticked = item.checkState() is Qt.CheckState.Checked
        self._choice = self._choice.with_fields(report, kept | {key} if ticked else kept)
        self.changed.emit()


class _Table(QTableView):
    """A list that would like to be so high, and can do with less on a small screen."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), scaled(_HEIGHT_PX))


def _table(name: str) -> QTableView:
    table = _Table()
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _plain(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
