"""The programme's page: the grid of days, what can be done with a session, and the form beside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from station.errors import BadInput
from station.i18n import _
from station.model.event import Audience, Event, Session
from station.programme.lines import SessionLine, lines_of_sessions, sessions_of_lines
from ui.dialogs.message import MessageDialog
from ui.dialogs.programme.audience import AudienceDialog
from ui.dialogs.programme.card import card_of
from ui.dialogs.programme.form import SessionForm
from ui.dialogs.programme.grid import ProgrammeGrid
from ui.dialogs.programme.plan import Plan
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_FORM_PX = 346
_HINT_FROM_PX = 380  # height of the page; below, the cards need the room


class ProgrammePage(QWidget):
    """Everything about the sessions of an event.

    Args:
        event: whose days are shown. sessions: what there is. categories, units: those of the roster.
    """

    def __init__(
        self,
        event: Event,
        sessions: Sequence[Session] = (),
        categories: Sequence[str] = (),
        units: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = Plan(event, lines_of_sessions(sessions, event.zone))
        self._categories, self._units = tuple(categories), tuple(units)
        self._chosen: int | None = 0 if self.plan.lines else None
        self._wrong: set[int] = set()
        self.grid, self.form = ProgrammeGrid(), SessionForm()
        self._buttons = {
            "add": KeyButton("plus", "Ins"),
            "copy": KeyButton("copy"),
            "remove": KeyButton("x"),
            "up": KeyButton("arrow-up"),
            "down": KeyButton("arrow-down"),
        }
        self._hint = PlainLabel(size_px=14, role="muted", wrap=True)
        self._nothing = PlainLabel(size_px=15, role="muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._side = QStackedWidget()
        self._build()
        self._connect()
        self.set_event(event)

    def set_event(self, event: Event) -> None:
        """The event has other days."""
        self.plan.set_event(event)
        self.form.offer_days(self.plan.days())
        self._show()

    def chosen(self) -> int | None:
        """The place of the session in the form, None for none."""
        return self._chosen

    def sessions(self, event: Event) -> tuple[Session, ...]:
        """The sessions as they are written. Raises BadInput with every problem, and shows the first one."""
        self._wrong = set()
        try:
            sessions = sessions_of_lines(self.plan.lines, event)
        except BadInput as error:
            self._wrong = {problem.row - 1 for problem in error.problems if problem.row}
            self._choose(min(self._wrong, default=0))
            self.form.show_problem(error.problems[0].column)
            raise
        return sessions

    def paste(self) -> None:
        """Take in the rows of a spreadsheet from the clipboard."""
        places = self.plan.paste(QGuiApplication.clipboard().text())
        if places:
            self._wrong.clear()
            self._choose(places[0])

    def add(self, day: date | None) -> None:
        """A new session at the end of a day (None: open all the time), ready to be written."""
        self._wrong.clear()
        self._choose(self.plan.add(day))
        self.form.begin()

    def remove(self) -> None:
        """Take the chosen session out, after a question if anything was written in it."""
        if self._chosen is None:
            return
        line = self.plan.lines[self._chosen]
        if line.title.strip():
            text = _("Take {session} out of the programme?").format(session=line.code or line.title)
            advice = _("It is gone once the programme is saved.")
            if not MessageDialog.confirm(self, text, advice, yes=_("Take it out"), no=_("Keep it")):
                return
        self.plan.remove(self._chosen)
        self._wrong.clear()
        self._chosen = min(self._chosen, len(self.plan.lines) - 1) if self.plan.lines else None
        self._show()
        self.grid.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(event.size().height() >= _HINT_FROM_PX)

    def _build(self) -> None:
        captions = {
            "add": _("Add"),
            "copy": _("Duplicate"),
            "remove": _("Take out"),
        }
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for name, button in self._buttons.items():
            button.set_caption(captions.get(name, ""))
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            tools.addWidget(button)
        self._buttons["up"].setAccessibleName(_("Earlier"))
        self._buttons["down"].setAccessibleName(_("Later"))
        tools.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(tools)
        left.addWidget(self.grid, 1)
        left.addWidget(self._hint)
        self._nothing.setText(_("Choose a session, or add the first one."))
        self._side.addWidget(self.form)
        self._side.addWidget(self._nothing)
        self._side.setFixedWidth(_FORM_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        QShortcut(QKeySequence("Ctrl+D"), self, self._on_duplicate_clicked)
        self._buttons["add"].clicked.connect(self._on_add_clicked)
        self._buttons["copy"].clicked.connect(self._on_duplicate_clicked)
        self._buttons["remove"].clicked.connect(self.remove)
        self._buttons["up"].clicked.connect(lambda: self._swap(-1))
        self._buttons["down"].clicked.connect(lambda: self._swap(1))
        self.grid.chosen.connect(self._choose)
        self.grid.opened.connect(self._on_opened)
        self.grid.add_requested.connect(self.add)
        self.grid.remove_requested.connect(self.remove)
        self.grid.swap_requested.connect(self._swap)
        self.grid.day_requested.connect(lambda place, day: self._choose(self.plan.move_to(place, day)))
        self.grid.paste_requested.connect(self.paste)
        self.form.edited.connect(self._on_edited)
        self.form.settled.connect(self._on_settled)
        self.form.next_requested.connect(self._on_add_clicked)
        self.form.paste_requested.connect(self.paste)
        self.form.audience_requested.connect(self._on_audience_requested)

    def _show(self) -> None:
        """Grid and form as the plan stands."""
        self._show_grid()
        chosen = None if self._chosen is None else self.plan.lines[self._chosen]
        self._side.setCurrentWidget(self._nothing if chosen is None else self.form)
        if chosen is not None:
            self.form.show_line(chosen, self._unknown(chosen.admits))
        for name in ("copy", "remove", "up", "down"):
            self._buttons[name].setEnabled(chosen is not None)
        self._hint.setText(" ".join(self._hints()))

    def _hints(self) -> list[str]:
        paste = _(
            "Or copy the programme in Excel and paste it here with Ctrl+V: code, topic, in English, day, from, until."
        )
        if not self.plan.lines:
            add = _("Add the first topic with Ins, or with the + of its day.")
            return [add, paste, _("Without any session the event is one session.")]
        return [_("Enter: write. Del: take out. Alt and an arrow: move. Ctrl+D: duplicate."), paste]

    def _show_grid(self) -> None:
        cards = [card_of(line, wrong=place in self._wrong) for place, line in enumerate(self.plan.lines)]
        self.grid.show_plan(self.plan.columns(), cards, self._chosen)

    def _choose(self, place: int) -> None:
        self._chosen = place if self.plan.lines else None
        self._show()

    def _swap(self, step: int) -> None:
        if self._chosen is not None:
            self._choose(self.plan.swap(self._chosen, step))

    def _unknown(self, admits: Sequence[Audience]) -> list[str]:
        names = [rule.category for rule in admits if rule.category not in ("", *self._categories)]
        names += [rule.unit for rule in admits if rule.unit not in ("", *self._units)]
        return list(dict.fromkeys(names))

    def _on_add_clicked(self) -> None:
        """Where the chosen one is; at the first day where none is chosen."""
        known, day = self.grid.current_day()
        self.add(day if known else self.plan.days()[0])

    def _on_duplicate_clicked(self) -> None:
        if self._chosen is not None:
            self._choose(self.plan.duplicate(self._chosen))
            self.form.begin()

    def _on_opened(self) -> None:
        if self._chosen is not None:
            self.form.begin()

    def _on_edited(self, line: SessionLine) -> None:
        if self._chosen is not None:
            if not line.day.strip():  # open all the time: it has no times
                line = replace(line, opens="", closes="", grace_before="", grace_after="")
            self._wrong.discard(self._chosen)
            self.plan.change(self._chosen, line)
            self._show_grid()

    def _on_settled(self) -> None:
        if self._chosen is not None:
            self._choose(self.plan.settle(self._chosen))

    def _on_audience_requested(self) -> None:
        if self._chosen is None:
            return
        line = self.plan.lines[self._chosen]
        dialog = AudienceDialog(
            line.code or line.title, line.admits, self._categories, self._units, self.window()
        )
        dialog.agreed.connect(self._on_audience_agreed)
        dialog.exec()

    def _on_audience_agreed(self, admits: tuple[Audience, ...]) -> None:
        if self._chosen is not None:
            self.plan.change(self._chosen, replace(self.plan.lines[self._chosen], admits=admits))
            self._show()
