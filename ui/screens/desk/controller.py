"""What happens at the desk: verdicts, enquiries, hand-outs; every record is made off the GUI thread."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from station.app import Station
from station.checkin.desk import Card
from station.errors import Refusal, StationError
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem, BundleState
from station.model.event import Session
from station.model.unit import Kind
from station.model.verdict import Direction, Source, Verdict
from station.store.checkin import Counts, RecentScan
from ui.bridge.tasks import Tasks
from ui.devices.sound import Sounds
from ui.dialogs.message import MessageDialog
from ui.screens.desk import wording
from ui.screens.desk.badges import DeskBadges
from ui.screens.desk.cases import CasesFlow
from ui.screens.desk.photos import DeskPhotos
from ui.screens.desk.screen import DeskScreen
from ui.screens.desk.subject import Subject
from ui.style.tokens import Tone
from ui.wording import session_label

_RECENT = 30
_BEFORE_S = 1.5  # a verdict younger than this when the next one comes stays as a ribbon
_SESSION_CHECK_MS = 15_000


class DeskController(QObject):
    """Joins the desk's view to the station.

    Attributes:
        photos: brings them to the card.

    Signals:
        counts_changed: (Counts) the figures are new.
        session_moved: (Session) the session of now is another one.
        shown: something at the desk wants to be seen.
    """

    counts_changed = Signal(object)
    session_moved = Signal(object)
    shown = Signal()

    def __init__(
        self, screen: DeskScreen, station: Station, sounds: Sounds, acts: Tasks, looks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._station = station
        self._desk = station.desk
        self._sounds = sounds
        self._acts = acts
        self._looks = looks
        self._subject: Subject | None = None
        self._cases = CasesFlow(station, screen, acts, self.show_verdict)
        self._on_looked_anew((self._desk.colours(), self._desk.colours(Kind.UNIT)))
        self._zone = station.event.zone
        self._session = self._desk.session(station.lane.session)
        self._badges = DeskBadges(station, screen, acts, looks, self.refresh)
        self.photos = DeskPhotos(station.photos, looks, screen.result, self)
        screen.recent.set_zone(self._zone)
        self._connect()
        self._on_session_checked()
        self.photos.refresh()
        self._badges.refresh()
        self.refresh()

    def reload(self) -> None:
        """Know documents, colours and figures as they are now, after the organiser changed something."""
        self._looks.run(self._look_anew, self._on_looked_anew)
        self._badges.refresh()
        self.refresh()

    def choose_session(self, identifier: str | None) -> None:
        """Check into a session from now on; None for the one of the moment."""
        self._station.lane.session = identifier
        self._on_session_checked()
        self.refresh()

    def session(self) -> Session:
        """The session that is checked into."""
        return self._session

    @Slot(object)
    def show_verdict(self, verdict: Verdict) -> None:
        """Show a verdict that was recorded; each one reaches the screen, however quickly the next follows."""
        self._screen.finish_painting()
        subject = Subject.of(verdict)
        if subject.verdict is None:
            self._show_enquiry(subject)
        else:
            before = self._ribbon(verdict)
            self._subject = subject
            notice = self._notice(self._subject)
            self.photos.expect(verdict.delegate, verdict.candidates)
            self._screen.show_verdict(verdict, notice, self._colour(verdict.delegate), before)
            self._offer()
            self._sounds.play(notice.tone)
        self.shown.emit()
        self.refresh()

    @Slot(object)
    def show_failure(self, error: Exception, *, scan: bool = True) -> None:
        """Say loudly that something was not recorded: a scan, or another act of the clerk; a wish refused, softly."""
        if isinstance(error, Refusal):
            self._screen.toast.tell(str(error), "triangle-alert")
            self._on_session_checked()  # at the exit, of a session that has just given way to one without
            return
        when = f"{self._now().astimezone(ZoneInfo(self._zone)):%H:%M}"
        self._screen.show_alarm(_sentence(error), when, scan=scan)
        self._sounds.play(Tone.ALARM)
        self.shown.emit()

    def redeem(self, raw: bytes, source: Source = Source.SCANNER) -> None:
        """Redeem what a scanner typed, or what came another way."""
        self._acts.run(
            lambda: self._station.lane.take_raw(raw, source),
            self.show_verdict,
            lambda error: self._on_act_failed(error, scan=True),
        )

    def open_card(self, delegate: str) -> None:
        """Show a delegate's card as an enquiry; ``delegate`` is the identity."""
        session, shown = self._session.id, self._subject
        self._looks.run(
            lambda: self._desk.card(delegate, session),
            lambda card: self._on_card_found(card, shown),
            topic="card",
        )

    def refresh(self) -> None:
        """Read figures and latest scans anew."""
        session = self._session.id
        self._looks.run(
            lambda: (self._desk.counts(session), self._desk.recent(_RECENT)),
            self._on_refreshed,
            topic="figures",
        )

    def retranslate(self) -> None:
        """Say again, in the language in force, what is on show."""
        covered = self._screen.is_covered()
        self._show_way()
        if self._subject is None:
            pass  # the screen dresses itself
        elif self._subject.verdict is not None:
            verdict = replace(self._subject.verdict, bundle=self._subject.bundle)
            self._screen.show_verdict(verdict, self._notice(self._subject), self._colour(verdict.delegate))
        else:
            self._show_enquiry(self._subject)
        if covered:
            self._screen.cover()

    def _connect(self) -> None:
        screen, result = self._screen, self._screen.result
        result.bundle.hand_out_all_requested.connect(self._on_hand_out_all_requested)
        result.bundle.document_toggled.connect(self._on_document_toggled)
        result.by_hand_requested.connect(self._on_by_hand_requested)
        result.badge_requested.connect(self._wish_badge)
        result.void_requested.connect(self._on_void_requested)
        screen.closed.connect(self._on_closed)
        screen.other_way_requested.connect(self._on_other_way_requested)
        screen.cases_requested.connect(lambda: self._cases.open(self._subject, self._session.id))
        self._cases.told.connect(screen.toast.tell)
        self._cases.card_wanted.connect(self.open_card)
        self._cases.changed.connect(self.refresh)
        screen.verdict_painted.connect(self.photos.fetch)
        screen.recent.delegate_chosen.connect(self.open_card)
        result.candidate_chosen.connect(self.open_card)
        screen.search.search_requested.connect(self._on_search_requested)
        screen.search.delegate_chosen.connect(self._on_delegate_chosen)
        screen.search.number_typed.connect(self._on_number_typed)
        screen.alarm.acknowledged.connect(screen.close_alarm)
        self._acts.failed.connect(self._on_act_failed)
        self._looks.failed.connect(self._on_look_failed)
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self._on_session_checked)
        timer.start(_SESSION_CHECK_MS)

    def _look_anew(self) -> tuple[dict[str, str], dict[str, str]]:
        self._desk.reload()
        return self._desk.colours(), self._desk.colours(Kind.UNIT)

    def _on_looked_anew(self, colours: tuple[dict[str, str], dict[str, str]]) -> None:
        self._colours, unit_colours = colours
        self._screen.result.card.set_unit_colours(unit_colours)

    def _now(self) -> datetime:
        return self._station.clock.now()

    def _colour(self, delegate: Delegate | None) -> str:
        return self._colours.get(delegate.category, "") if delegate else ""

    def _notice(self, subject: Subject) -> wording.Notice:
        if subject.verdict is None:
            return wording.of_enquiry(
                subject.admission,
                subject.departure,
                subject.session,
                self._station.lane.direction,
                self._zone,
                self._now(),
            )
        return wording.of_verdict(replace(subject.verdict, bundle=subject.bundle), self._zone)

    def _ribbon(self, verdict: Verdict) -> tuple[Tone, str] | None:
        """The verdict of a moment ago, which this one takes the place of."""
        previous = self._subject.verdict if self._subject else None
        if previous is None or (verdict.at - previous.at).total_seconds() > _BEFORE_S:
            return None
        if previous.delegate == verdict.delegate and previous.delegate is not None:
            return None
        notice = wording.of_verdict(previous, self._zone)
        name = previous.delegate.name if previous.delegate else wording.short_reason(previous.reason)
        return notice.tone, f"{name} · {notice.word}"

    def _show_enquiry(self, subject: Subject) -> None:
        self._subject = subject
        if subject.delegate is None:
            return
        self.photos.expect(subject.delegate)
        self._screen.show_enquiry(
            self._notice(subject), subject.delegate, self._colour(subject.delegate), subject.bundle
        )
        self._offer()
        self.photos.fetch()

    def _offer(self) -> None:
        subject, direction = self._subject, self._station.lane.direction
        latest = subject.latest() if subject is not None and subject.delegate is not None else None
        self._screen.result.offer(
            by_hand=subject is not None and subject.may_pass(direction),
            badge=latest is not None,
            void=latest is not None and latest.here,
            direction=direction,
            cancels_exit=latest is not None and latest.direction is Direction.OUT,
        )

    def _on_card_found(self, card: Card, shown: Subject | None) -> None:
        if self._subject is not shown:  # a scan came in between: its verdict stays
            return
        self._show_enquiry(
            Subject(card.delegate, card.bundle, card.admission, card.departure, card.session, None)
        )

    def _on_delegate_chosen(self, delegate: str) -> None:
        self._screen.close_search()
        self.open_card(delegate)

    def _on_number_typed(self, text: str) -> None:
        self._screen.close_search()
        self.redeem(text.encode(), Source.TYPED)

    def _on_search_requested(self, text: str) -> None:
        session = self._session.id
        if not text.strip():
            self._looks.run(tuple, self._screen.search.show_matches, topic="search")
            return
        self._looks.run(
            lambda: self._desk.search(text, 30, session), self._screen.search.show_matches, topic="search"
        )

    def _on_hand_out_all_requested(self) -> None:
        if self._subject and self._subject.delegate:
            delegate = self._subject.delegate.id
            self._acts.run(
                lambda: self._desk.hand_out(delegate), lambda b: self._on_bundle_moved(delegate, b)
            )

    def _on_document_toggled(self, code: str) -> None:
        subject = self._subject
        if subject is None or subject.delegate is None:
            return
        delegate = subject.delegate.id
        states = {item.document.code: item.state for item in subject.bundle}

        def work() -> tuple[BundleItem, ...]:
            if states[code] is BundleState.DUE:
                return self._desk.hand_out(delegate, [code])
            return self._desk.take_back(delegate, code)

        self._acts.run(work, lambda bundle: self._on_bundle_moved(delegate, bundle))

    def _on_bundle_moved(self, delegate: str, bundle: tuple[BundleItem, ...]) -> None:
        subject = self._subject
        if subject and subject.delegate and subject.delegate.id == delegate:
            self._subject = replace(subject, bundle=bundle)
            self._screen.show_bundle(bundle, self._notice(self._subject))
        self.refresh()

    def _on_by_hand_requested(self) -> None:
        if self._subject and self._subject.delegate:
            delegate, session = self._subject.delegate.id, self._subject.session.id
            out = self._station.lane.direction is Direction.OUT
            act = self._desk.check_out_by_hand if out else self._desk.admit_by_hand
            self._acts.run(lambda: act(delegate, session), self.show_verdict)

    def _on_other_way_requested(self) -> None:
        lane = self._station.lane
        if not self._session.exits:
            text = _("Exits are not recorded for the session {session}.")
            self._screen.toast.tell(text.format(session=self._session.id), "info")
            return
        lane.direction = Direction.IN if lane.direction is Direction.OUT else Direction.OUT
        self._show_way()
        if self._subject is not None and self._subject.verdict is None:
            self._show_enquiry(self._subject)
        else:
            self._on_closed()  # a verdict of the other way would stand in the wrong band

    def _show_way(self) -> None:
        direction = self._station.lane.direction if self._session.exits else None
        self._screen.show_way(direction, session_label(self._session))

    def _wish_badge(self) -> None:
        self._badges.wish(self._subject.delegate if self._subject else None)

    def _on_void_requested(self) -> None:
        subject = self._subject
        latest = subject.latest() if subject else None
        if subject is None or subject.delegate is None or latest is None:
            return
        delegate, entry, name = subject.delegate, latest.entry, subject.delegate.name
        if latest.direction is Direction.OUT:
            question, yes = _("Cancel the exit of {name}?").format(name=name), _("Cancel exit")
            advice = _("The record is kept and marked as cancelled; the delegate counts as inside again.")
            told = _("The exit was cancelled.")
        else:
            question, yes = _("Cancel the admission of {name}?").format(name=name), _("Cancel admission")
            advice = _("The record is kept and marked as cancelled; the delegate can be admitted again.")
            told = _("The admission was cancelled.")
        if MessageDialog.confirm(self._screen, question, advice, yes=yes, no=_("Keep it")):
            may, reason = self._cases.may_void(entry)
            if may:
                done = lambda _done: self._on_voided(delegate, told)  # noqa: E731
                self._acts.run(lambda: self._desk.void(entry, reason), done)

    def _on_voided(self, delegate: Delegate, told: str) -> None:
        self._screen.toast.tell(told, "undo-2")
        self.open_card(delegate.id)
        self.refresh()

    def _on_closed(self) -> None:
        self._subject = None
        self._screen.show_idle()

    def _on_refreshed(self, figures: tuple[Counts, tuple[RecentScan, ...]]) -> None:
        counts, recent = figures
        self._screen.counts.show_counts(counts)
        self._screen.recent.show_scans(recent)
        self.counts_changed.emit(counts)

    def _on_act_failed(self, error: Exception, *, scan: bool = False) -> None:
        self.show_failure(error, scan=scan)

    def _on_look_failed(self, error: Exception) -> None:
        self._screen.toast.tell(_sentence(error), "triangle-alert")

    def _on_session_checked(self) -> None:
        session = self._desk.session(self._station.lane.session)
        moved = session != self._session
        self._session = session
        if self._station.lane.direction is Direction.OUT and not session.exits:
            self._station.lane.direction = Direction.IN
            text = _("The session is now {session}, which records no exits.")
            self._screen.toast.tell(text.format(session=session.id), "info")
        self._show_way()
        self.session_moved.emit(session)
        if moved:
            self.refresh()


def _sentence(error: Exception) -> str:
    """What a failure says to the person; a bug says nothing they could use."""
    return str(error) if isinstance(error, StationError) else _("The program made a mistake.")
