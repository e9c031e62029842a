"""The left side: whom an invitation is to be made for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget

from station.badges.addressees import DUE, Addressee, InvitationState
from station.i18n import _, ngettext
from station.text import text_key
from ui.dialogs.invitations.model import CODE, NAME, STATE, TICK, UNIT, PeopleModel, Shown
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_FIXED_PX = {TICK: 40, CODE: 110}
_SHARES = {NAME: 0.36, UNIT: 0.30, STATE: 0.34}  # of the rest
_UNIT_FROM = 520  # pixels of width; below, the unit stands beside the invitation
EVERYBODY, DUE_ONES, NOT_MADE, CHANGED, MADE, NEW, NO_CODE = range(7)
_STATES = {
    DUE_ONES: DUE,
    NOT_MADE: frozenset({InvitationState.NOT_MADE}),
    CHANGED: frozenset({InvitationState.CHANGED}),
    MADE: frozenset({InvitationState.MADE}),
    NO_CODE: frozenset({InvitationState.WITHOUT_CODE, InvitationState.NOT_INVITED}),
}


class PeoplePage(QWidget):
    """Filters, the table with its ticks, and what is done with those shown or marked.

    Signals:
        chosen: the ticks are others now.
        marked: (Addressee or None) the line that is looked at.
        reissue_wanted: the marked delegates are to get new codes.
        again_wanted: invitations are to be made for the marked delegates and nobody else.
    """

    chosen = Signal()
    marked = Signal(object)
    reissue_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.model = PeopleModel(zone)
        self._table = QTableView()
        self._table.setAccessibleName(_("Delegates"))
        self._field = QLineEdit()
        self._how_far, self._category, self._unit = Choice(), Choice(), Choice()
        self._shown_count = PlainLabel(size_px=14, role="muted", elide=True)
        self._only, self._more, self._less = KeyButton(), KeyButton(), KeyButton()
        self._marked_text = PlainLabel(size_px=14, role="muted", elide=True)
        self.reissue, self.again = KeyButton("key-round"), KeyButton("mail")
        self._figures = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, elide=True)
        self._dress()
        self._connect()
        self._build()

    def show_people(self, people: Sequence[Addressee]) -> None:
        """Show everybody; the filters and ticks stay as far as they can."""
        first = not self.model.people()
        self.model.show_people(people)
        if first:
            self.model.tick_only([addressee for addressee in people if addressee.state in DUE])
        self._offer(people)
        self._on_filtered()

    def ticked(self) -> list[Addressee]:
        """Those an invitation is to be made for."""
        return self.model.ticked()

    def marked_people(self) -> list[Addressee]:
        """Those whose lines are marked."""
        rows = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        return [self.model.shown()[row] for row in rows]

    def figures(self) -> str:
        """What is said of the ticks."""
        return self._figures.full_text()

    def keep_only(self, how_far: int) -> None:
        """Show those whose invitation is so far: EVERYBODY, DUE_ONES, NOT_MADE …"""
        self._how_far.setCurrentIndex(how_far)

    def begin(self) -> None:
        """Put the focus where one chooses."""
        self._table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _UNIT_FROM
        self._table.setColumnHidden(UNIT, narrow)
        rest = event.size().width() - 24 - sum(_FIXED_PX.values())
        whole = 1 - _SHARES[UNIT] if narrow else 1.0
        for column, width in _FIXED_PX.items():
            self._table.setColumnWidth(column, width)
        for column, share in _SHARES.items():
            self._table.setColumnWidth(column, round(rest * share / whole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field into the table with Down or Enter; Space ticks what is marked there."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self._field and (enter or event.key() == Qt.Key.Key_Down):
                self._table.setFocus()
                if not self._table.currentIndex().isValid():
                    self._table.selectRow(0)
                return True
            if watched is self._table and event.key() == Qt.Key.Key_Space:
                self._toggle_marked()
                return True
            if watched is self._table and enter:
                return True  # not the dialog's button: the person is choosing
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        self._field.setPlaceholderText(_("Filter (F3)"))
        self._field.setAccessibleName(_("Find a delegate"))
        self._field.setMaxLength(200)
        self._how_far.setAccessibleName(_("Whose invitation is so far"))
        self._category.setAccessibleName(_("Category"))
        self._unit.setAccessibleName(_("Unit"))
        self._only.set_caption(_("Choose only them"))
        self._more.set_caption(_("Add them"))
        self._less.set_caption(_("Remove them"))
        self.reissue.set_caption(_("New code…"))
        self.again.set_caption(_("Make only this"))

    def _connect(self) -> None:
        for choice in (self._how_far, self._category, self._unit):
            choice.currentIndexChanged.connect(self._on_filtered)
        self._field.textChanged.connect(self._on_filtered)
        self._only.clicked.connect(lambda: self.model.tick_only(self.model.shown()))
        self._more.clicked.connect(lambda: self.model.tick(self.model.shown()))
        self._less.clicked.connect(lambda: self.model.tick(self.model.shown(), on=False))
        self.reissue.clicked.connect(self.reissue_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.model.dataChanged.connect(self._on_ticked)
        QShortcut(QKeySequence("F3"), self, self._on_find)

    def _build(self) -> None:
        table = self._table
        table.setModel(self.model)
        dress_table(table, 36)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setMinimumHeight(110)
        table.selectionModel().selectionChanged.connect(self._on_marked)
        for watched in (self._field, table):
            watched.installEventFilter(self)
        filters, shown, marked = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        filters.setSpacing(8)
        for widget, width, stretch in (
            (self._how_far, 130, 5),
            (self._category, 96, 4),
            (self._unit, 96, 3),
            (self._field, 84, 3),
        ):
            widget.setMinimumWidth(width)
            filters.addWidget(widget, stretch)
        shown.addWidget(self._shown_count, 1)
        for button in (self._only, self._more, self._less):
            shown.addWidget(button)
        marked.addWidget(self._marked_text, 1)
        for button in (self.reissue, self.again):
            marked.addWidget(button)
        for button in (self._only, self._more, self._less, self.reissue, self.again):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(filters)
        layout.addWidget(table, 1)
        layout.addLayout(shown)
        layout.addLayout(marked)
        layout.addWidget(self._figures)

    def _offer(self, people: Sequence[Addressee]) -> None:
        """Fill the filters; what was chosen in them stays if it is still there."""
        persons = [addressee.badge.delegate for addressee in people]
        counts = {kind: sum(a.state in states for a in people) for kind, states in _STATES.items()}
        counts |= {EVERYBODY: len(people), NEW: sum(a.is_new for a in people)}
        captions = {
            EVERYBODY: _("Everybody"),
            DUE_ONES: _("Not made or changed"),
            NOT_MADE: _("Not yet made"),
            CHANGED: _("Code changed since"),
            MADE: _("Made already"),
            NEW: _("New since the last time"),
            NO_CODE: _("Cannot be invited"),
        }
        self._fill(self._how_far, [(kind, f"{said} ({counts[kind]})") for kind, said in captions.items()])
        for choice, every, names in (
            (self._category, _("All categories"), {person.category for person in persons}),
            (self._unit, _("All units"), {person.unit for person in persons}),
        ):
            known = sorted(filter(None, names), key=text_key)
            self._fill(choice, [(None, every), *((name, name) for name in known)])

    def _fill(self, choice: Choice, items: Sequence[tuple[object, str]]) -> None:
        before = choice.currentData()
        choice.blockSignals(True)
        fill_choice(choice, items, before)
        choice.blockSignals(False)

    def _on_find(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _on_filtered(self) -> None:
        how_far = self._how_far.currentData()
        self.model.keep(
            Shown(
                _STATES.get(how_far),
                how_far == NEW,
                self._category.currentData(),
                self._unit.currentData(),
                self._field.text(),
            )
        )
        count = self.model.row_total()
        self._shown_count.setText(_("{count} shown").format(count=count))
        for button in (self._only, self._more, self._less):
            button.setEnabled(count > 0)
        if count:
            self._table.selectRow(0)
        self._on_marked()
        self._on_ticked()

    def _on_marked(self) -> None:
        people = self.marked_people()
        self.reissue.setEnabled(bool(people))
        self.again.setEnabled(any(addressee.can_be_invited for addressee in people))
        if len(people) == 1:
            self._marked_text.setText(people[0].badge.delegate.name)
        else:
            text = ngettext("{count} marked", "{count} marked", len(people))
            self._marked_text.setText(text.format(count=len(people)) if people else "")
        self.marked.emit(people[0] if people else None)

    def _on_ticked(self) -> None:
        ticked = self.ticked()
        count = ngettext("{count} chosen", "{count} chosen", len(ticked)).format(count=len(ticked))
        everybody = self.model.people()
        parts = [count]
        for how_far, said in (
            (NOT_MADE, _("{count} not yet made")),
            (CHANGED, _("{count} changed: send again")),
            (NO_CODE, _("{count} cannot be invited")),
        ):
            number = sum(addressee.state in _STATES[how_far] for addressee in everybody)
            if number:
                parts.append(said.format(count=number))
        self._figures.setText(" · ".join(parts))
        self.chosen.emit()

    def _toggle_marked(self) -> None:
        people = self.marked_people()
        self.model.tick(people, on=not all(map(self.model.is_ticked, filter(_possible, people))))


def _possible(addressee: Addressee) -> bool:
    return addressee.can_be_invited
