"""One list, of the categories or of the units: colour, name, how many delegates; names are changed in their cell."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station.i18n import N_, _, ngettext
from station.model.unit import Division, Kind
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.colour_popup import ColourPopup
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.swatch import colour_name, swatch_pixmap
from ui.widgets.table import HeadedModel, Index, dress_table

COLOUR, NAME, DELEGATES, SHORT = range(4)  # in the order of the columns but for SHORT, which only units have
_SWATCH_PX = 20
_COLOUR_PX, _DELEGATES_PX, _SHORT_PX = 76, 96, 118
_SHORT_FROM = 440  # pixels of width; below, short names are left out
_GAP_PX = 8
_KEYS = ("Enter", "F2", "", "", "Del")


class DivisionsModel(HeadedModel):
    """The rows of a list; a text typed into a cell is only told, not kept.

    Signals:
        typed: (row, column, text).
    """

    typed = Signal(int, int, str)

    def __init__(self, kind: Kind) -> None:
        headings = (N_("Colour"), N_("Name"), N_("Delegates"))
        super().__init__((*headings, N_("Short name")) if kind is Kind.UNIT else headings)
        self._rows: list[Division] = []
        self.ratio = 1.0

    def show_divisions(self, divisions: Sequence[Division]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = list(divisions)
        self.endResetModel()

    def divisions(self) -> list[Division]:
        """Those on show."""
        return self._rows

    def row_total(self) -> int:
        return len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() in (NAME, SHORT) else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        division, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return ("", division.name, str(division.delegates), division.short_name)[column]
        if role == Qt.ItemDataRole.DecorationRole and column == COLOUR:
            return swatch_pixmap(division.colour, _SWATCH_PX, self.ratio)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == COLOUR:
            return colour_name(division.colour)
        if role == Qt.ItemDataRole.FontRole and column == NAME:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme().text if column == NAME else theme().muted)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        self.typed.emit(index.row(), index.column(), str(value))
        return False


class _Table(QTableView):
    """Signals: colour_wanted, removal_wanted: Enter or space, and Del, on a row."""

    colour_wanted = Signal()
    removal_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.colour_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)


class DivisionsList(QWidget):
    """Shows one list and says what a person wants; changes nothing itself.

    Signals:
        colour_chosen: (Division, ``#rrggbb`` or '').
        name_typed, short_name_typed: (Division, text).
        merge_wanted, removal_wanted, forgetting_wanted: (Division).
        addition_wanted: (Kind) one more.
    """

    colour_chosen = Signal(object, str)
    name_typed = Signal(object, str)
    short_name_typed = Signal(object, str)
    merge_wanted = Signal(object)
    removal_wanted = Signal(object)
    forgetting_wanted = Signal(object)
    addition_wanted = Signal(object)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.model = DivisionsModel(kind)
        self.model.typed.connect(self._on_typed)
        self.table = _Table()
        self.table.colour_wanted.connect(self._on_colour_wanted)
        self.table.removal_wanted.connect(lambda: self._emit(self.removal_wanted))
        self.table.clicked.connect(self._on_clicked)
        self._heading = PlainLabel(size_px=16, weight=QFont.Weight.Bold)
        self._spellings = PlainLabel(size_px=13, role="muted", elide=True)
        self._forget = KeyButton("undo-2")
        self._forget.clicked.connect(lambda: self._emit(self.forgetting_wanted))
        self.colour, self.rename = KeyButton("palette"), KeyButton("pencil")
        self.merge, self.add, self.remove = KeyButton("merge"), KeyButton("plus"), KeyButton("trash-2")
        self._buttons = (self.colour, self.rename, self.merge, self.add, self.remove)
        self.colour.clicked.connect(self._on_colour_wanted)
        self.rename.clicked.connect(self._on_rename_clicked)
        self.merge.clicked.connect(lambda: self._emit(self.merge_wanted))
        self.add.clicked.connect(lambda: self.addition_wanted.emit(kind))
        self.remove.clicked.connect(lambda: self._emit(self.removal_wanted))
        self._build()
        self._refresh()

    def show_divisions(self, divisions: Sequence[Division], chosen: str = "") -> None:
        """Show these; the one of a name is chosen, else the one that was, else the first."""
        current = self.current()
        wanted = chosen or (current.name if current else "")
        row = max(0, self.table.currentIndex().row())
        self.model.ratio = self.devicePixelRatioF()
        self.model.show_divisions(divisions)
        names = [division.name for division in divisions]
        self.choose(names.index(wanted) if wanted in names else min(row, len(names) - 1))
        if self.kind is Kind.CATEGORY:
            said = ngettext("{count} category", "{count} categories", len(names))
        else:
            said = ngettext("{count} unit", "{count} units", len(names))
        self._heading.setText(said.format(count=len(names)))

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.table.setCurrentIndex(self.model.index(row, NAME))
        self._refresh()

    def current(self) -> Division | None:
        """The chosen unit or category."""
        row = self.table.currentIndex().row()
        rows = self.model.divisions()
        return rows[row] if 0 <= row < len(rows) else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.table.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        short = self.kind is Kind.UNIT and width >= _SHORT_FROM
        self.table.setColumnHidden(SHORT, not short)
        fixed = _COLOUR_PX + _DELEGATES_PX + (_SHORT_PX if short else 0)
        self.table.setColumnWidth(COLOUR, _COLOUR_PX)
        self.table.setColumnWidth(NAME, width - fixed - 16)
        self.table.setColumnWidth(DELEGATES, _DELEGATES_PX)
        self._caption_buttons(width)

    def _build(self) -> None:
        table = self.table
        table.setModel(self.model)
        dress_table(table, 38)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.setMinimumHeight(110)
        table.selectionModel().currentRowChanged.connect(self._refresh)
        spelt = QHBoxLayout()
        spelt.addWidget(self._spellings, 1)
        spelt.addWidget(self._forget)
        row = QHBoxLayout()
        row.setSpacing(_GAP_PX)
        for button in self._buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self._forget.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(table, 1)
        layout.addLayout(spelt)
        layout.addLayout(row)
        self.setFocusProxy(table)

    def _caption_buttons(self, width: int) -> None:
        captions = (_("Colour"), _("Rename"), _("Merge…"), _("Add…"), _("Remove"))
        for button, caption, key in zip(self._buttons, captions, _KEYS, strict=True):
            button.set_caption(caption)
            button.setToolTip(f"{caption} ({key})" if key else caption)
        if sum(button.sizeHint().width() + _GAP_PX for button in self._buttons) > width + _GAP_PX:
            for button, caption in zip(self._buttons, captions, strict=True):  # their icons alone, then
                button.set_caption("")
                button.setAccessibleName(caption)
        self._forget.set_caption(_("Forget"))
        self._forget.setAccessibleName(_("Forget the spellings"))

    def _refresh(self) -> None:
        division = self.current()
        for button in (self.colour, self.rename, self.remove):
            button.setEnabled(division is not None)
        self.merge.setEnabled(division is not None and len(self.model.divisions()) > 1)
        spellings = division.spellings if division else ()
        said = ", ".join(f"“{spelling}”" for spelling in spellings)
        self._spellings.setText(_("Also read as this: {spellings}").format(spellings=said) if said else "")
        self._forget.setVisible(bool(spellings))

    def _emit(self, signal: Any) -> None:
        division = self.current()
        if division is not None:
            signal.emit(division)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == COLOUR:
            self._on_colour_wanted()

    def _on_rename_clicked(self) -> None:
        self.table.setFocus()
        self.table.edit(self.model.index(self.table.currentIndex().row(), NAME))

    def _on_typed(self, row: int, column: int, text: str) -> None:
        division = self.model.divisions()[row]
        text = text.strip()
        if column == NAME and text and text != division.name:
            self.name_typed.emit(division, text)
        elif column == SHORT and text != division.short_name:
            self.short_name_typed.emit(division, text)

    def _on_colour_wanted(self) -> None:
        division = self.current()
        if division is None:
            return
        popup = ColourPopup(division.colour, self)
        popup.chosen.connect(lambda colour: self.colour_chosen.emit(division, colour))
        cell = self.table.visualRect(self.model.index(self.table.currentIndex().row(), COLOUR))
        popup.open_below(self.table.viewport(), QPoint(cell.left() + 6, cell.bottom() + 4))
