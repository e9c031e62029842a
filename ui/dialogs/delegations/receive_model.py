"""The table of whom one receives for: a tick, the name, whether they are here, and what is due to them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from station.checkin.delegations import Due
from station.i18n import N_, _, ngettext
from station.model.document import BADGE
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.table import HeadedModel, Index

TICK, NAME, STATE, DUE = range(4)
_HEADINGS = ("", N_("Full name"), N_("State"), N_("Due"))


class ReceiveModel(HeadedModel):
    """One row for each to whom something is due."""

    def __init__(self, dues: Sequence[Due]) -> None:
        super().__init__(_HEADINGS)
        self._dues = [due for due in dues if due.documents]
        self._ticked = {due.line.delegate.id for due in self._dues}

    def dues(self) -> list[Due]:
        """Everybody to whom something is due."""
        return self._dues

    def ticked(self) -> list[Due]:
        """Those for whom is received."""
        return [due for due in self._dues if due.line.delegate.id in self._ticked]

    def tick_only(self, dues: Sequence[Due]) -> None:
        """Tick these and nobody else."""
        self._ticked = {due.line.delegate.id for due in dues}
        self._say()

    def toggle(self, row: int) -> None:
        """Tick the person of a row, or take the tick away."""
        self._ticked ^= {self._dues[row].line.delegate.id}
        self._say()

    def row_total(self) -> int:
        return len(self._dues)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        # The column of ticks has no heading; an empty text is none that could be translated.
        return None if section == TICK else super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.toggle(index.row())
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._dues):
            return None
        due, column = self._dues[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK:
            ticked = due.line.delegate.id in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            present = _("Present") if due.line.present else _("Not yet here")
            return ("", due.line.delegate.name, present, things_label(due.documents))[column]
        if role == Qt.ItemDataRole.FontRole and column == NAME:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme().text if column == NAME else theme().muted)
        return None

    def _say(self) -> None:
        if self._dues:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self._dues) - 1, TICK))


def things_label(codes: Sequence[str]) -> str:
    """How many documents and badges these are, in words."""
    badges = sum(code == BADGE.code for code in codes)
    documents = len(codes) - badges
    parts = []
    if documents:
        parts.append(ngettext("{count} document", "{count} documents", documents).format(count=documents))
    if badges:
        parts.append(ngettext("{count} badge", "{count} badges", badges).format(count=badges))
    return " · ".join(parts)
