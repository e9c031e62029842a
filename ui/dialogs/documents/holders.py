"""Who has another version of a document than the present one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QTableView, QWidget

from station.documents.changes import Holder
from station.i18n import N_, _, ngettext
from station.model.document import Document
from ui.dialogs.frame import DialogFrame
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import HeadedModel, dress_table

Index = QModelIndex | QPersistentModelIndex
_WIDTHS_PX = (230, 110, 90)
_HEIGHT_PX = 300


class HoldersModel(HeadedModel):
    """A row for each delegate."""

    def __init__(self, holders: Sequence[Holder]) -> None:
        super().__init__((N_("Full name"), N_("Code"), N_("Version"), N_("Unit")))
        self._holders = holders

    def row_total(self) -> int:
        return len(self._holders)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        holder, column = self._holders[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            person = holder.delegate
            return (person.name, person.code, holder.version, person.unit)[column]
        if role == Qt.ItemDataRole.FontRole and column == 0:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme().text if column == 0 else theme().muted)
        return None


class HoldersDialog(DialogFrame):
    """The delegates with the version each has."""

    def __init__(self, document: Document, holders: Sequence[Holder], parent: QWidget | None = None) -> None:
        super().__init__(parent, 720)
        self.set_heading(f"{document.code} – {document.title}")
        text = ngettext(
            "{count} delegate has an older version.", "{count} delegates have an older version.", len(holders)
        )
        due = _("Version {version} is due to them; the desk shows it.").format(version=document.version)
        self.content.addWidget(PlainLabel(f"{text.format(count=len(holders))} {due}", 15, wrap=True))
        self.model = HoldersModel(holders)
        table = QTableView()
        table.setModel(self.model)
        dress_table(table, 36)
        table.setMinimumHeight(_HEIGHT_PX)
        for column, width in enumerate(_WIDTHS_PX):
            table.setColumnWidth(column, width)
        self.content.addWidget(table, 1)
        self.add_button(_("Close"), primary=True).clicked.connect(self.reject)
