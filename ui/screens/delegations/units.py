"""The units: filter, order, table, and what can be done for all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from station.i18n import _, ngettext
from station.store.delegations import UnitLine
from ui.screens.delegations.model import EXPECTED, MISSING, PRESENT, SHARE, UNIT, Order, ShareBar, UnitsModel
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_ROW_PX, _FIGURE_PX = 44, 112
_UNIT_SHARE = 0.6  # of what the figures leave


class UnitsPage(QWidget):
    """Every unit of which somebody is expected.

    Signals:
        unit_chosen: (unit) Enter, double click or the button.
        missing_wanted: who is missing of the units on show is to be listed.
        rule_wanted: the rule of the quorum is to be set.
    """

    unit_chosen = Signal(str)
    missing_wanted = Signal()
    rule_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = UnitsModel()
        self._heading = PlainLabel(size_px=22, weight=QFont.Weight.Bold)
        self._summary = PlainLabel(size_px=14, role="muted", elide=True)
        self._field = QLineEdit()
        self._field.setAcceptDrops(False)  # pictures are dropped on the window
        self._field.setMaxLength(200)
        self._order, self._only = Choice(), QCheckBox()
        self._open = KeyButton("users-round", "Enter", bound=False)
        self._missing = KeyButton("list-x", "F4")
        self._rule = KeyButton("scale")
        self._table = QTableView()
        self._build()
        self._dress()
        self._connect()

    def show_lines(self, lines: Sequence[UnitLine]) -> None:
        """Show other figures; the unit looked at stays chosen."""
        if tuple(lines) != self.model.lines():
            self._keeping(lambda: self.model.show_lines(lines))
        self._tell()

    def names(self) -> list[str]:
        """The units on show, from top to bottom."""
        return [line.unit for line in self.model.shown()]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()
            self._adapt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._field and event.key() == Qt.Key.Key_Down:
                self._table.setFocus()
                self._table.selectRow(max(0, self._table.currentIndex().row()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_open_clicked()
                return True
        return super().eventFilter(watched, event)

    def _adapt(self) -> None:
        """Share the width out, in design pixels."""
        self._table.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        for column in (EXPECTED, PRESENT, MISSING):
            self._table.setColumnWidth(column, scaled(_FIGURE_PX))
        rest = self.width() - 4 - 3 * scaled(_FIGURE_PX)
        self._table.setColumnWidth(UNIT, round(rest * _UNIT_SHARE))

    def _build(self) -> None:
        table = self._table
        table.setModel(self.model)
        dress_table(table, _ROW_PX)
        table.setItemDelegateForColumn(SHARE, ShareBar(table))
        head, second = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._heading)
        head.addWidget(self._summary, 1)
        head.addWidget(self._field)
        head.addWidget(self._open)
        self._field.setMinimumWidth(200)
        second.setSpacing(14)
        second.addWidget(self._order)
        second.addWidget(self._only)
        second.addStretch(1)
        second.addWidget(self._missing)
        second.addWidget(self._rule)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(second)
        layout.addWidget(table, 1)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        for watched in (self._field, self._table):
            watched.installEventFilter(self)
        self._field.textChanged.connect(self._on_wish_changed)
        self._order.currentIndexChanged.connect(self._on_wish_changed)
        self._only.toggled.connect(self._on_wish_changed)
        self._open.clicked.connect(self._on_open_clicked)
        self._missing.clicked.connect(self.missing_wanted)
        self._rule.clicked.connect(self.rule_wanted)
        self._table.doubleClicked.connect(self._on_activated)
        QShortcut(QKeySequence("Ctrl+F"), self, self._on_find)
        QShortcut(QKeySequence("F3"), self, self._on_find)

    def _dress(self) -> None:
        self._heading.setText(_("Delegations"))
        self._field.setPlaceholderText(_("Filter (F3)"))
        self._field.setAccessibleName(_("Find a unit"))
        self._open.set_caption(_("Open"))
        self._missing.set_caption(_("Who is missing…"))
        self._rule.set_caption(_("Quorum…"))
        self._only.setText(_("Only where somebody is missing"))
        self._order.setAccessibleName(_("Order"))
        self._table.setAccessibleName(_("Delegations"))
        self._order.blockSignals(True)
        orders = [
            (Order.MISSING, _("Most missing first")),
            (Order.NAME, _("By name")),
            (Order.SHARE, _("Lowest share first")),
        ]
        fill_choice(self._order, orders, self._order.currentData())
        self._order.blockSignals(False)
        self.model.retranslate()
        self._tell()

    def _tell(self) -> None:
        lines = self.model.lines()
        missing = sum(line.missing for line in lines)
        self._missing.setEnabled(any(line.missing for line in self.model.shown()))
        if not lines:
            self._summary.setText(_("Nobody yet: take in the office's list."))
            return
        units = ngettext("{count} unit", "{count} units", len(lines)).format(count=len(lines))
        whole = sum(not line.missing for line in lines)
        text = _("{units}, {whole} complete · {present} present, {missing} missing")
        present = sum(line.present for line in lines)
        self._summary.setText(text.format(units=units, whole=whole, present=present, missing=missing))

    def _keeping(self, change: Callable[[], None]) -> None:
        """Change what is shown; the unit looked at stays chosen where it is still there."""
        line = self._table.currentIndex().siblingAtColumn(UNIT)
        before = self.model.shown()[line.row()].unit if line.isValid() else None
        top = self._table.verticalScrollBar().value()
        change()
        names = self.names()
        if before in names:
            self._table.selectRow(names.index(before))
            self._table.verticalScrollBar().setValue(top)

    def _on_find(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _on_wish_changed(self) -> None:
        order: Order = self._order.currentData()
        wish = (self._field.text(), order, self._only.isChecked())
        self._keeping(lambda: self.model.keep(wish[0], wish[1], only_missing=wish[2]))
        self._tell()

    def _on_open_clicked(self) -> None:
        index = self._table.currentIndex()
        if not index.isValid() and self.model.row_total():
            index = self.model.index(0, UNIT)
        self._on_activated(index)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.unit_chosen.emit(self.model.shown()[index.row()].unit)
