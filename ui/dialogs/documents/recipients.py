"""Who receives a document: everybody or those marked, without the exceptions, counted while one marks."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from station.documents.bundles import Catalogue, receives
from station.i18n import _
from station.model.document import Document, Entitlement
from ui.dialogs.documents.candidates import (
    COUNT,
    FORBIDDEN,
    GRANTED,
    KIND,
    KIND_NAMES,
    NAME,
    CandidatesModel,
    Kind,
    MarkPainter,
    candidates,
)
from ui.dialogs.documents.contents import Contents
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_FIXED_PX = {GRANTED: 84, FORBIDDEN: 110, KIND: 156, COUNT: 92}
_KIND_FROM = 640  # pixels of width; below, what a line stands for is told by its name
_MARKED = "marked"


class RecipientsPage(QWidget):
    """A choice, a filter, and the lines to mark with Space (receives) and − (never).

    Signals:
        changed: somebody else receives it now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._contents: Contents | None = None
        self.model = CandidatesModel()
        self._who = Choice()
        self._kind = Choice()
        self._filter = QLineEdit()
        self._filter.setMaxLength(200)
        self._table = QTableView()
        self._count = PlainLabel(size_px=16, weight=QFont.Weight.Bold)
        self._hint = PlainLabel(size_px=13, role="muted", elide=True)
        self._build()

    def show_rules(self, contents: Contents, rules: Sequence[Entitlement]) -> None:
        """Show the rules of a document."""
        self._contents = contents
        self.model.show(candidates(contents), rules)
        everybody = self.model.is_everybody()
        captions = [(True, _("Everybody but the exceptions")), (False, _("Only those marked"))]
        for choice, items, chosen in (
            (self._who, captions, everybody),
            (
                self._kind,
                [("", _("All kinds")), (_MARKED, _("Marked ones")), *((k, _(KIND_NAMES[k])) for k in Kind)],
                "",
            ),
        ):
            choice.blockSignals(True)
            fill_choice(choice, items, chosen)
            choice.blockSignals(False)
        self._filter.setPlaceholderText(_("Search: name, unit, code"))
        self._hint.setText(_("Space: receives · −: never"))
        self._tell()

    def rules(self) -> list[Entitlement]:
        """What is chosen, as rules without a document."""
        return self.model.rules()

    def entitled(self) -> int:
        """How many delegates that is."""
        if self._contents is None:
            return 0
        document = Document("x", 1, "x")
        rules = [Entitlement("x", r.category, r.unit, r.session, r.delegate, r.forbids) for r in self.rules()]
        people = filter(receives, self._contents.people)
        return Catalogue([document], rules, self._contents.admits).counts(people)["x"]

    def count_text(self) -> str:
        """What is said of how many that is."""
        return self._count.full_text()

    def choose_everybody(self, everybody: bool) -> None:
        """Everybody, or only those marked."""
        self._who.setCurrentIndex(0 if everybody else 1)

    def search(self, text: str) -> None:
        """Show the lines that hold these words."""
        self._filter.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._filter and event.key() == Qt.Key.Key_Down:
                self._table.setFocus()
                self._table.selectRow(max(0, self._table.currentIndex().row()))
                return True
            keys = {Qt.Key.Key_Space: GRANTED, Qt.Key.Key_Minus: FORBIDDEN}
            if watched is self._table and event.key() in keys:
                column = keys[Qt.Key(event.key())]
                if column == GRANTED and self.model.is_everybody():
                    self.choose_everybody(False)
                self._toggle(self._table.currentIndex().row(), column)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _KIND_FROM
        self._table.setColumnHidden(KIND, narrow)
        rest = event.size().width() - 22
        for column, px in _FIXED_PX.items():
            self._table.setColumnWidth(column, px)
            rest -= 0 if column == KIND and narrow else px
        self._table.setColumnWidth(NAME, rest)

    def _build(self) -> None:
        self._table.setModel(self.model)
        dress_table(self._table, 34)
        self._table.horizontalHeader().setStretchLastSection(False)
        for column in (GRANTED, FORBIDDEN):
            self._table.setItemDelegateForColumn(column, MarkPainter(self._table))
        self._table.clicked.connect(self._on_clicked)
        self._table.installEventFilter(self)
        self._table.setMinimumHeight(100)
        self._filter.installEventFilter(self)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._kind.currentIndexChanged.connect(self._on_filter_changed)
        self._who.currentIndexChanged.connect(self._on_who_chosen)
        for field, name in (
            (self._who, _("Who receives it")),
            (self._kind, _("Kind")),
            (self._filter, _("Search")),
        ):
            field.setAccessibleName(name)
        choose = QHBoxLayout()
        choose.setSpacing(8)
        choose.addWidget(self._who, 3)
        choose.addWidget(self._kind, 2)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._count)
        foot.addWidget(self._hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(choose)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addLayout(foot)

    def _tell(self) -> None:
        total = sum(1 for _person in filter(receives, self._contents.people)) if self._contents else 0
        self._count.setText(_("{count} of {total} delegates").format(count=self.entitled(), total=total))
        self.changed.emit()

    def _toggle(self, row: int, column: int) -> None:
        self.model.toggle(row, column)
        self._tell()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() in (GRANTED, FORBIDDEN):
            if index.column() == GRANTED and self.model.is_everybody():
                self.choose_everybody(False)
            self._toggle(index.row(), index.column())

    def _on_who_chosen(self) -> None:
        self.model.set_everybody(bool(self._who.currentData()))
        self._tell()

    def _on_filter_changed(self) -> None:
        chosen = self._kind.currentData()
        kind = Kind(chosen) if chosen and chosen != _MARKED else None
        self.model.keep(self._filter.text(), kind, chosen == _MARKED)
