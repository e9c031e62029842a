"""The other cases at the desk: offers those that make sense, asks what they need, and has them recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.checkin.cases import Person
from station.documents.submissions import expected_of, owed
from station.errors import StationError
from station.i18n import N_, _, ngettext
from station.model.delegate import Delegate
from station.model.role import LEAST, Act
from station.model.unit import Kind
from station.model.verdict import Direction, Movement, Outcome, Verdict
from station.store import units
from station.text import text_key
from ui.bridge.tasks import Tasks
from ui.dialogs.cases.menu import Case, CasesMenu
from ui.dialogs.cases.move import MoveDialog
from ui.dialogs.cases.person import FIELDS, PersonDialog
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.outstanding import OutstandingDialog
from ui.dialogs.pin import ROLE_NAMES, allowed
from ui.dialogs.submissions.receive import ReceiveDialog
from ui.screens.desk.subject import Subject
from ui.screens.desk.voiding import voiding_of

WALK_IN, SUBSTITUTE, OVERRIDE, CORRECT, LOST_BADGE, MOVE, RECEIVE, OUTSTANDING = (
    "walk_in",
    "substitute",
    "override",
    "correct",
    "lost_badge",
    "move",
    "receive",
    "outstanding",
)
_TEXTS = {
    WALK_IN: (
        N_("Somebody who is not on the roster"),
        N_("Register and admit; the organiser approves later"),
    ),
    SUBSTITUTE: (N_("Somebody comes instead"), N_("The delegate's code dies; unit, bundle and seat follow")),
    OVERRIDE: (N_("Admit as an exception"), N_("Although the rules refuse; with a note")),
    CORRECT: (N_("Correct name or title"), N_("A new badge waits to be printed at once")),
    LOST_BADGE: (N_("Badge lost"), N_("The old code dies; a badge with a new one waits to be printed")),
    MOVE: (N_("Scanned into the wrong session"), N_("Move the latest admissions to the right one")),
    RECEIVE: (N_("Take in a submission"), N_("Copied from the delegate's stick, or on paper")),
    OUTSTANDING: (N_("Documents still due"), N_("Who came and has not received everything")),
}
_ACTS = {
    WALK_IN: Act.WALK_IN,
    SUBSTITUTE: Act.SUBSTITUTE,
    OVERRIDE: Act.OVERRIDE,
    CORRECT: Act.CORRECT,
    LOST_BADGE: Act.REISSUE,
    MOVE: Act.MOVE_SESSION,
}
WHY_CANCELLED = (N_("Wrong person chosen"), N_("Scanned by mistake"), N_("Left at once"))
_WHY_INSTEAD = (N_("Busy with other duties"), N_("Ill"), N_("Moved to another post"))
_WHY_ADMITTED = (N_("The head of the organising committee agrees"), N_("Came late because of the journey"))


class CasesFlow(QObject):
    """One case at a time, over the desk.

    Signals:
        told: (sentence, icon) something was done.
        card_wanted: (identity) whose card should be shown now.
        changed: figures and latest scans are others now.
    """

    told = Signal(str, str)
    card_wanted = Signal(str)
    changed = Signal()

    def __init__(
        self, station: Station, window: QWidget, acts: Tasks, show_verdict: Callable[[Verdict], None]
    ) -> None:
        super().__init__(window)
        self._station = station
        self._cases = station.cases
        self._window = window
        self._acts = acts
        self._show_verdict = show_verdict

    def open(self, subject: Subject | None, session: str) -> None:
        """Offer what makes sense for whom the desk shows, and do what is chosen."""
        delegate = subject.delegate if subject is not None else None
        menu = CasesMenu(self._offered(subject), delegate.name if delegate else "", self._window)
        menu.exec()
        act = _ACTS.get(menu.chosen)
        if not menu.chosen or (act is not None and not allowed(self._station.access, act, self._window)):
            return
        if menu.chosen == WALK_IN:
            self._walk_in(session)
        elif menu.chosen == MOVE:
            self._move(session)
        elif menu.chosen == OUTSTANDING:
            OutstandingDialog(self._station, self._window).exec()
        elif delegate is not None:
            doors: dict[str, Callable[[Delegate, str], None]] = {
                SUBSTITUTE: self._substitute,
                OVERRIDE: self._override,
                CORRECT: self._correct,
                LOST_BADGE: self._lose_badge,
                RECEIVE: self._receive,
            }
            doors[menu.chosen](delegate, session)

    def void(self, subject: Subject) -> None:
        """Cancel the latest admission or exit of whom the desk shows, after a question."""
        latest, delegate = subject.latest(), subject.delegate
        if delegate is None or latest is None:
            return
        words = voiding_of(latest.direction, delegate.name)
        if not MessageDialog.confirm(
            self._window, words.question, words.advice, yes=words.yes, no=_("Keep it")
        ):
            return
        may, reason = self._may_void(latest.entry)
        if may:
            also = self._hand_outs_too(delegate, latest)
            self._acts.run(
                lambda: self._station.desk.void(latest.entry, reason, also),
                lambda _done: self._on_voided(delegate, words.told),
            )

    def _hand_outs_too(self, delegate: Delegate, latest: Movement) -> tuple[str, ...]:
        """The hand-outs since an admission, if they are to be cancelled with it."""
        if latest.direction is Direction.OUT:
            return ()
        entries = self._cases.handed_out_with(delegate.id, latest.entry)
        count = len(entries)
        if not count:
            return ()
        question = ngettext(
            "Cancel the {count} document handed out since, too?",
            "Cancel the {count} documents handed out since, too?",
            count,
        )
        advice = _("Yes, if the wrong person was chosen: the copies then count as in stock again.")
        asked = question.format(count=count)
        both = MessageDialog.confirm(
            self._window, asked, advice, yes=_("Cancel them, too"), no=_("They keep them")
        )
        return entries if both else ()

    def _on_voided(self, delegate: Delegate, told: str) -> None:
        self.told.emit(told, "undo-2")
        self.card_wanted.emit(delegate.id)
        self.changed.emit()

    def move_latest(self, session: str, target: str, since: datetime) -> None:
        """Move admissions that went to a session by mistake since an instant, after a look at them."""
        if allowed(self._station.access, Act.MOVE_SESSION, self._window):
            self._move(session, target, since)

    def _may_void(self, entry: str) -> tuple[bool, str]:
        """Whether a record may be cancelled, and why; asks for PIN and reason unless it is the own last one."""
        if self._cases.is_own_and_fresh(entry):
            return True, ""
        if not allowed(self._station.access, Act.VOID, self._window):
            return False, ""
        text = _("It is not this desk's last record of a moment ago, so the reason is kept with it.")
        usual = [_(reason) for reason in WHY_CANCELLED]
        reason = ReasonDialog.ask(self._window, _("Why is it cancelled?"), text, _("Continue"), usual)
        return bool(reason), reason

    def _offered(self, subject: Subject | None) -> list[Case]:
        keys = [WALK_IN]
        if subject is not None and subject.delegate is not None:
            verdict = subject.verdict
            if subject.admission is None:
                keys.append(SUBSTITUTE)
            if verdict is not None and verdict.outcome is Outcome.REFUSED:
                keys.append(OVERRIDE)
            keys += [CORRECT, LOST_BADGE]
            with self._station.files.reading() as connection:
                expected = expected_of(connection, subject.delegate)
            if expected:  # first where something is owed: that is why the clerk looks here
                keys.insert(0 if owed(expected) else len(keys), RECEIVE)
        if len(self._station.desk.sessions()) > 1:
            keys.append(MOVE)
        keys.append(OUTSTANDING)
        return [self._case(key) for key in keys]

    def _case(self, key: str) -> Case:
        title, detail = _TEXTS[key]
        act = _ACTS.get(key)
        needs = "" if act is None or self._station.access.may(act) else _(ROLE_NAMES[LEAST[act]])
        return Case(key, _(title), _(detail), needs)

    def _walk_in(self, session: str) -> None:
        units, categories = self._names()
        dialog = PersonDialog(
            _("Somebody who is not on the roster"),
            _("Only the name is needed. They get a code and a badge, and the organiser approves later."),
            _("Register and admit"),
            known={},
            units=units,
            categories=categories,
            namesakes=self._cases.namesakes,
            parent=self._window,
        )

        def done() -> None:
            person = Person(**dialog.values())
            self._do(lambda: self._cases.walk_in(person, session), self._on_registered)

        self._ask(dialog, done)

    def _on_registered(self, verdict: Verdict) -> None:
        self._show_verdict(verdict)
        self.changed.emit()

    def _substitute(self, delegate: Delegate, _session: str) -> None:
        units, categories = self._names()
        dialog = PersonDialog(
            _("Who comes instead of {name}?").format(name=delegate.name),
            _("The code of {name} dies. Unit, documents and seat go over to who comes.").format(
                name=delegate.name
            ),
            _("Comes instead"),
            known={"unit": delegate.unit, "category": delegate.category},
            units=units,
            categories=categories,
            reasons=[_(reason) for reason in _WHY_INSTEAD],
            letter=True,
            namesakes=self._cases.namesakes,
            parent=self._window,
        )

        def done() -> None:
            person, reason, letter = Person(**dialog.values()), dialog.reason(), dialog.letter()
            self._do(
                lambda: self._cases.substitute(delegate.id, person, reason, letter),
                lambda comes: self._on_substituted(delegate, comes),
            )

        self._ask(dialog, done)

    def _on_substituted(self, absent: Delegate, comes: Delegate) -> None:
        text = _("{name} comes for {other}. The badge waits to be printed.")
        self.told.emit(text.format(name=comes.name, other=absent.name), "circle-check")
        self.card_wanted.emit(comes.id)
        self.changed.emit()

    def _override(self, delegate: Delegate, session: str) -> None:
        text = _("The rules refuse {name}. The note is kept with the record.").format(name=delegate.name)
        usual = [_(reason) for reason in _WHY_ADMITTED]
        note = ReasonDialog.ask(self._window, _("Admit as an exception"), text, _("Admit"), usual)
        if note:
            self._do(lambda: self._cases.override(delegate.id, note, session), self._on_registered)

    def _correct(self, delegate: Delegate, _session: str) -> None:
        units, categories = self._names()
        known = {field: getattr(delegate, field) for field in FIELDS}
        dialog = PersonDialog(
            _("Correct name or title"),
            _(
                "It shows here at once, and a new badge waits to be printed. The office's list stays as it is."
            ),
            _("Correct"),
            known=known,
            units=units,
            categories=categories,
            parent=self._window,
        )

        def done() -> None:
            changes = {field: text for field, text in dialog.values().items() if text != known[field]}
            self._do(lambda: self._cases.correct(delegate.id, changes), self._on_corrected)

        self._ask(dialog, done)

    def _on_corrected(self, delegate: Delegate) -> None:
        self.told.emit(_("Corrected: {name}.").format(name=delegate.name), "circle-check")
        self.card_wanted.emit(delegate.id)
        self.changed.emit()

    def _lose_badge(self, delegate: Delegate, _session: str) -> None:
        question = _("Revoke the code of {name}?").format(name=delegate.name)
        text = _(
            "Whoever finds the old badge cannot come in with it. A badge with a new code waits to be printed."
        )
        if MessageDialog.confirm(self._window, question, text, yes=_("Revoke and print"), no=_("Keep it")):
            told = _("The badge of {name} waits for printing.").format(name=delegate.name)
            self._do(lambda: self._cases.lost_badge(delegate.id), lambda _done: self._on_badge_wished(told))

    def _on_badge_wished(self, told: str) -> None:
        self.told.emit(told, "printer")
        self.changed.emit()

    def _receive(self, delegate: Delegate, _session: str) -> None:
        ReceiveDialog(self._station, delegate, self._window).exec()
        self.changed.emit()

    def _move(self, session: str, wished: str | None = None, since: datetime | None = None) -> None:
        dialog = MoveDialog(self._station, session, self._window, wished, since)
        if dialog.exec() == MoveDialog.DialogCode.Accepted:
            entries, target = dialog.entries(), dialog.target()
            self._do(lambda: self._cases.move(entries, target), self._on_moved)

    def _on_moved(self, count: int) -> None:
        text = ngettext("{count} record was moved.", "{count} records were moved.", count)
        self.told.emit(text.format(count=count), "circle-check")
        self.changed.emit()

    def _ask(self, dialog: PersonDialog, done: Callable[[], None]) -> None:
        if dialog.exec() != PersonDialog.DialogCode.Accepted:
            return
        if dialog.existing:
            self.card_wanted.emit(dialog.existing)
        else:
            done()

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Have something recorded; what cannot be taken is said, and nothing was changed."""
        self._acts.run(work, done, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        text = str(error) if isinstance(error, StationError) else _("The program made a mistake.")
        MessageDialog.tell(self._window, _("Not recorded"), text)

    def _names(self) -> tuple[list[str], ...]:
        """The units and categories there are."""
        with self._station.files.reading() as connection:
            return tuple(
                sorted(units.colours(connection, kind), key=text_key) for kind in (Kind.UNIT, Kind.CATEGORY)
            )
