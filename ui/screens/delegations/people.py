"""One delegation: its people, the numbers to dial, and what its head receives for the others."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from station.i18n import _
from station.reports.missing import unit_name
from station.store.delegations import PersonLine
from ui.screens.delegations.people_model import CATEGORY, NAME, POSITION, STATE, UnitPeopleModel
from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

# Of the width; the rest is for the phone number.
_SHARES = {STATE: 0.28, NAME: 0.22, POSITION: 0.21, CATEGORY: 0.11}
_NARROW_SHARES = {STATE: 0.33, NAME: 0.28, CATEGORY: 0.15}
_ROW_PX = 48
_POSITION_FROM = 1000  # pixels of width; below, position is left to the card


class PeoplePage(QWidget):
    """The people of one unit.

    Signals:
        back_wanted: to the units again.
        delegate_chosen: (identity) a card is to be opened at the desk.
        hand_out_wanted, receipts_wanted, missing_wanted: for this unit.
    """

    back_wanted = Signal()
    delegate_chosen = Signal(str)
    hand_out_wanted = Signal()
    receipts_wanted = Signal()
    missing_wanted = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.unit = ""
        self._before: tuple[PersonLine, ...] = ()
        self.model = UnitPeopleModel(zone)
        self._heading = PlainLabel(size_px=22, weight=QFont.Weight.Bold, elide=True)
        self._summary = PlainLabel(size_px=15, role="muted", elide=True)
        self._back = KeyButton("arrow-left", "Esc")
        self._hand_out = KeyButton("package-check", "F2", primary=True)
        self._receipts = KeyButton("receipt-text")
        self._missing = KeyButton("list-x", "F4")
        self._open = KeyButton("id-card", "Enter", bound=False)
        self._table = QTableView()
        self._build()
        self._dress()
        self._connect()

    def show_unit(self, unit: str, lines: Sequence[PersonLine]) -> None:
        """Show a unit; the person looked at stays chosen."""
        same = unit == self.unit
        self.unit = unit
        if not same or tuple(lines) != self._before:
            row = self._table.currentIndex().row()
            chosen = self.model.lines()[row].delegate.id if same and row >= 0 else ""
            self._before = tuple(lines)
            self.model.show_lines(lines)
            places = [line.delegate.id for line in self.model.lines()]
            if places:
                self._table.selectRow(places.index(chosen) if chosen in places else 0)
        self._tell()

    def heading(self) -> str:
        """The unit on show, as it is called."""
        return self._heading.full_text()

    def summary(self) -> str:
        """How it stands."""
        return self._summary.full_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()
            self._adapt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._on_open_clicked()
            return True
        return super().eventFilter(watched, event)

    def _adapt(self) -> None:
        """Share the width out; where there is little of it, position is left to the card."""
        width = self.width() - 4
        narrow = width < scaled(_POSITION_FROM)
        self._table.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        self._table.setIconSize(QSize(scaled(20), scaled(20)))
        self._table.setColumnHidden(POSITION, narrow)
        for column, share in (_NARROW_SHARES if narrow else _SHARES).items():
            self._table.setColumnWidth(column, round(width * share))

    def _build(self) -> None:
        table = self._table
        table.setModel(self.model)
        dress_table(table, _ROW_PX)
        head, second = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._back)
        head.addWidget(self._heading, 1)
        head.addWidget(self._hand_out)
        second.setSpacing(14)
        second.addWidget(self._summary, 1)
        for button in (self._receipts, self._missing, self._open):
            second.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(second)
        layout.addWidget(table, 1)
        self.setFocusProxy(table)

    def _connect(self) -> None:
        self._table.installEventFilter(self)
        self._table.doubleClicked.connect(self._on_activated)
        self._open.clicked.connect(self._on_open_clicked)
        for button, signal in (
            (self._back, self.back_wanted),
            (self._hand_out, self.hand_out_wanted),
            (self._receipts, self.receipts_wanted),
            (self._missing, self.missing_wanted),
        ):
            button.clicked.connect(signal)

    def _dress(self) -> None:
        self._back.set_caption(_("All units"))
        self._hand_out.set_caption(_("One receives for others…"))
        self._receipts.set_caption(_("Receipts…"))
        self._missing.set_caption(_("Who is missing…"))
        self._open.set_caption(_("Open card"))
        self.model.retranslate()
        self._tell()

    def _tell(self) -> None:
        lines = self.model.lines()
        expected = sum(line.expected for line in lines)
        present = sum(line.present for line in lines)
        self._heading.setText(unit_name(self.unit))
        self._table.setAccessibleName(unit_name(self.unit))
        self._missing.setEnabled(expected > present)
        text = _("{present} of {expected} present · {missing} missing")
        self._summary.setText(text.format(present=present, expected=expected, missing=expected - present))

    def _on_open_clicked(self) -> None:
        self._on_activated(self._table.currentIndex())

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.delegate_chosen.emit(self.model.lines()[index.row()].delegate.id)
