"""The two faces of the submissions: what is expected, and who still owes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTableView, QVBoxLayout, QWidget

from station.documents.submissions import Expected, owed
from station.i18n import N_, _, ngettext
from station.model.submission import Submission
from station.reports.owing import HOW_NAMES, KIND_NAMES, due_of
from ui.dialogs.documents.contents import Contents
from ui.screens.desk.wording import local_time
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import TextModel, dress_table, share_width
from ui.wording import session_label

_LIST_HEADINGS = (
    N_("Short code"), N_("Submission"), N_("Kind"), N_("Due"), N_("Who brings it"), N_("Expected"), N_("Owed"),
)  # fmt: skip
_LIST_SHARES = (0.09, 0.29, 0.1, 0.13, 0.21, 0.09, 0.09)
_OWING_HEADINGS = (
    N_("Full name"), N_("Code"), N_("Unit"), N_("Submission"), N_("Due"), N_("State"),
)  # fmt: skip
_OWING_SHARES = (0.2, 0.13, 0.19, 0.21, 0.15, 0.12)
_ROW_PX = 40
OWED, RECEIVED, ALL = "owed", "received", ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All the dialog shows, read in one go; words: of whom each submission is expected, by code."""

    contents: Contents
    submissions: tuple[Submission, ...]
    lines: tuple[Expected, ...]
    words: dict[str, str]
    headings: tuple[str, ...]
    now: datetime

    def due_text(self, submission: Submission) -> str:
        """When it is due, in words; '' for no time."""
        due = due_of(submission, self.contents.sessions)
        if due is not None:
            return local_time(due, self.contents.event.zone, self.now)
        return _("before {session}").format(session=submission.session) if submission.session else ""


class ListPage(QWidget):
    """The submissions with what can be done to them.

    Signals:
        add_wanted, column_wanted: a new one, or some from a column of the roster.
        edit_wanted, remove_wanted: (Submission).
    """

    add_wanted = Signal()
    column_wanted = Signal()
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.model = TextModel(_LIST_HEADINGS, strong=1, figures=(5, 6))
        self.table = _table(self.model)
        self._empty = PlainLabel(size_px=15, role="muted", wrap=True)
        self._empty.setText(
            _(
                "Nothing is expected yet. Add what delegates were to bring in: slides, films, posters, reports."
            )
        )
        self.add, self.column = KeyButton("plus", "Ctrl+N", primary=True), KeyButton("file-input")
        self.edit, self.remove = KeyButton("pencil"), KeyButton("trash-2")
        for button, caption in (
            (self.add, _("Add…")),
            (self.column, _("From a roster column…")),
            (self.edit, _("Edit…")),
            (self.remove, _("Remove")),
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
        self.add.clicked.connect(self.add_wanted)
        self.column.clicked.connect(self.column_wanted)
        self.edit.clicked.connect(lambda: self._act(self.edit_wanted))
        self.remove.clicked.connect(lambda: self._act(self.remove_wanted))
        self.table.doubleClicked.connect(lambda: self._act(self.edit_wanted))
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.add)
        acts.addWidget(self.column)
        acts.addStretch(1)
        acts.addWidget(self.edit)
        acts.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(acts)
        self.setFocusProxy(self.table)

    def show_contents(self, shown: Shown, code: str = "") -> None:
        """Show these; the one of a code, or the one chosen before, is chosen."""
        before = self.chosen()
        code = code or (before.code if before else "")
        self._shown = shown
        rows, roles = [], {}
        for place, each in enumerate(shown.submissions):
            mine = [line for line in shown.lines if line.submission.code == each.code]
            debts = len(owed(mine))
            kind, due = _(KIND_NAMES[each.kind]), shown.due_text(each)
            rows.append(
                (each.code, each.title, kind, due, shown.words[each.code], str(len(mine)), str(debts))
            )
            roles[place, 6] = "warning" if debts else "positive"
        self.model.show_rows(rows, roles)
        codes = [each.code for each in shown.submissions]
        if codes:
            self.table.selectRow(codes.index(code) if code in codes else 0)
        self._empty.setVisible(not codes)
        self.column.setVisible(bool(shown.headings))
        for button in (self.edit, self.remove):
            button.setEnabled(bool(codes))

    def chosen(self) -> Submission | None:
        """The submission that is chosen."""
        place = self.table.currentIndex().row()
        known = self._shown.submissions if self._shown else ()
        return known[place] if 0 <= place < len(known) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.edit.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self.table, event.size().width() - 22, _LIST_SHARES)

    def _act(self, wish: object) -> None:
        submission = self.chosen()
        if submission is not None:
            wish.emit(submission)  # type: ignore[attr-defined]


class OwingPage(QWidget):
    """Every submission of every delegate, by state, session and unit.

    Signals:
        export_wanted: what is shown is to be saved.
    """

    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.model = TextModel(_OWING_HEADINGS, strong=0)
        self._table = _table(self.model)
        self._state, self._session, self._unit = Choice(), Choice(), Choice()
        self._count = PlainLabel(size_px=15, role="muted")
        save = KeyButton("file-down", "Ctrl+S")
        save.set_caption(_("Save as .xlsx…"))
        save.setAutoDefault(False)
        save.clicked.connect(self.export_wanted)
        fill_choice(
            self._state,
            [(OWED, _("Owed")), (RECEIVED, _("Received")), (ALL, _("Owed and received"))],
            OWED,
        )
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for choice, name in (
            (self._state, _("State")),
            (self._session, _("Session")),
            (self._unit, _("Unit")),
        ):
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.currentIndexChanged.connect(self._show)
            filters.addWidget(choice, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(filters)
        layout.addWidget(self._table, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self._table)

    def show_contents(self, shown: Shown) -> None:
        """Show these, as the filters say."""
        self._shown = shown
        used = {line.submission.session for line in shown.lines}
        named = [(each.id, session_label(each)) for each in shown.contents.sessions if each.id in used]
        units = dict.fromkeys(line.delegate.unit for line in shown.lines if line.delegate.unit)
        self._fill(self._session, [("", _("All sessions")), *named])
        self._fill(self._unit, [("", _("All units")), *((unit, unit) for unit in sorted(units))])
        self._show()

    def lines(self) -> list[Expected]:
        """The lines that the filters leave."""
        state = self._state.currentData()
        session, unit = self._session.currentData() or "", self._unit.currentData() or ""
        return [
            line
            for line in (self._shown.lines if self._shown else ())
            if state in (ALL, RECEIVED if line.received else OWED)
            and session in ("", line.submission.session)
            and unit in ("", line.delegate.unit)
        ]

    def filter(self, *, state: str = OWED, unit: str = "") -> None:
        """Show the lines of a state and a unit; '' for all."""
        self._state.setCurrentIndex(self._state.findData(state))
        self._unit.setCurrentIndex(self._unit.findData(unit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self._table, event.size().width() - 22, _OWING_SHARES)

    def _fill(self, choice: Choice, items: Sequence[tuple[str, str]]) -> None:
        choice.blockSignals(True)
        fill_choice(choice, items, choice.currentData())
        choice.blockSignals(False)

    def _show(self) -> None:
        if self._shown is None:
            return
        rows, roles, lines = [], {}, self.lines()
        for place, line in enumerate(lines):
            person, submission, came = line.delegate, line.submission, line.received
            due = due_of(submission, self._shown.contents.sessions)
            late = came is None and due is not None and due < self._shown.now
            state = _(HOW_NAMES[came.how]) if came else (_("overdue") if late else _("owed"))
            roles[place, 5] = "positive" if came else ("negative" if late else "warning")
            title = f"{submission.code} · {submission.title}"
            rows.append(
                (person.name, person.code, person.unit, title, self._shown.due_text(submission), state)
            )
        self.model.show_rows(rows, roles)
        count = len(lines)
        self._count.setText(ngettext("{count} line", "{count} lines", count).format(count=count))


def _table(model: TextModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    dress_table(table, _ROW_PX)
    table.setMinimumHeight(120)
    return table
