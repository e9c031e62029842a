"""The roster's view: a filter, a table, and Enter to open a card at the desk."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from station.checkin.told import RosterLine
from station.i18n import _
from ui.screens.delegates.model import (
    CATEGORY,
    CODE,
    LINE_ROLE,
    NAME,
    POSITION,
    PRESENT,
    SEAT,
    UNIT,
    DelegatesFilter,
    DelegatesModel,
)
from ui.style.fonts import scale, scaled
from ui.widgets.choice import Choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_ROW_PX = 42
_FIXED_PX = {CODE: 104, CATEGORY: 142, SEAT: 74, PRESENT: 136}
_SHARES = {NAME: 0.31, POSITION: 0.29, UNIT: 0.40}  # of the rest
_POSITION_FROM = 1000  # pixels of width; below, position is left to the card
_PRESENCES = (None, True, False)


class DelegatesScreen(QWidget):
    """Shows every delegate of the roster.

    Signals:
        delegate_chosen: (identity) Enter, double click or the button.
        roster_wanted: a roster is to be taken in.
    """

    delegate_chosen = Signal(str)
    roster_wanted = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._model = DelegatesModel(zone)
        self._filter = DelegatesFilter(self._model)
        self._heading = PlainLabel(size_px=22, weight=QFont.Weight.Bold)
        self._summary = PlainLabel(size_px=14, role="muted", elide=True)
        self._field = QLineEdit()
        self._field.setAcceptDrops(False)  # pictures are dropped on the window
        self._field.setMaxLength(200)
        self._field.textChanged.connect(self._on_filter_changed)
        self._field.installEventFilter(self)
        self._presence = Choice()
        self._presence.currentIndexChanged.connect(self._on_filter_changed)
        self._open = KeyButton("id-card", "Enter", bound=False)
        self._open.clicked.connect(self._on_open_clicked)
        self._take_in = KeyButton("file-down", "Ctrl+I")
        self._take_in.clicked.connect(self.roster_wanted)
        self._table = QTableView()
        self._build()
        QShortcut(QKeySequence("Ctrl+F"), self, self._on_find)
        QShortcut(QKeySequence("F3"), self, self._on_find)
        self._dress()

    def show_lines(self, lines: Sequence[RosterLine]) -> None:
        """Show the roster of a session; the order chosen before stays."""
        self._model.ratio = self.devicePixelRatioF()
        self._model.show_lines(lines)
        header = self._table.horizontalHeader()
        self._filter.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._tell()

    def names(self) -> list[str]:
        """The names on show, from top to bottom."""
        places = range(self._filter.rowCount())
        return [str(self._filter.index(place, NAME).data()) for place in places]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()
            self._adapt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt()

    def _adapt(self) -> None:
        """Share the width out, in design pixels."""
        width_px = self.width() / scale()
        narrow = width_px < _POSITION_FROM
        self._table.setColumnHidden(POSITION, narrow)
        self._table.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        rest = width_px - 60 - sum(_FIXED_PX.values())
        whole = 1 - _SHARES[POSITION] if narrow else 1.0
        for column, width in _FIXED_PX.items():
            self._table.setColumnWidth(column, scaled(width))
        for column, share in _SHARES.items():
            self._table.setColumnWidth(column, scaled(rest * share / whole))

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

    def _build(self) -> None:
        table = self._table
        table.setModel(self._filter)
        dress_table(table, _ROW_PX)
        table.setSortingEnabled(True)
        table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        table.doubleClicked.connect(self._on_activated)
        table.installEventFilter(self)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._heading)
        head.addWidget(self._summary, 1)
        head.addWidget(self._presence)
        head.addWidget(self._field)
        head.addWidget(self._open)
        head.addWidget(self._take_in)
        self._field.setMinimumWidth(200)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 18)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(table, 1)
        self.setFocusProxy(self._field)

    def _dress(self) -> None:
        self._heading.setText(_("Delegates"))
        self._field.setPlaceholderText(_("Filter (F3)"))
        self._field.setAccessibleName(_("Find a delegate"))
        self._table.setAccessibleName(_("Delegates"))
        self._presence.setAccessibleName(_("Present"))
        self._open.set_caption(_("Open card"))
        self._take_in.set_caption(_("Take in a roster"))
        chosen = max(0, self._presence.currentIndex())
        self._presence.blockSignals(True)
        self._presence.clear()
        self._presence.addItems([_("Everybody"), _("Present"), _("Not yet here")])
        self._presence.setCurrentIndex(chosen)
        self._presence.blockSignals(False)
        self._model.retranslate()
        self._tell()

    def _tell(self) -> None:
        lines = self._model.lines()
        if not lines:
            self._summary.setText(_("Nobody yet: take in the office's list."))
            return
        present = sum(line.present for line in lines)
        self._summary.setText(
            _("{shown} of {total} shown · {present} present").format(
                shown=self._filter.rowCount(), total=len(lines), present=present
            )
        )

    def _on_find(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _on_filter_changed(self) -> None:
        self._filter.keep(self._field.text(), _PRESENCES[max(0, self._presence.currentIndex())])
        self._tell()

    def _on_open_clicked(self) -> None:
        index = self._table.currentIndex()
        if not index.isValid() and self._filter.rowCount():
            index = self._filter.index(0, NAME)
        self._on_activated(index)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            line: RosterLine = index.data(LINE_ROLE)
            self.delegate_chosen.emit(line.delegate.id)
