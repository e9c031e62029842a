"""What happens at the desk: verdicts, enquiries, hand-outs; every record is made off the GUI thread."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from station.app import Station
from station.checkin.lane import Answer
from station.checkin.told import Card
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.model.event import Session
from station.model.mode import Mode
from station.model.unit import Kind
from station.model.verdict import Direction, Source, Verdict
from station.store.checkin import Counts, RecentScan
from ui.bridge.tasks import Tasks
from ui.devices.sound import Sounds
from ui.screens.desk import wording
from ui.screens.desk.badges import DeskBadges
from ui.screens.desk.by_hand import ByHand
from ui.screens.desk.cases import CasesFlow
from ui.screens.desk.documents import DeskDocuments
from ui.screens.desk.found_wording import of_found
from ui.screens.desk.hand_outs import HandOuts
from ui.screens.desk.modes import DeskModes
from ui.screens.desk.photos import DeskPhotos
from ui.screens.desk.screen import DeskScreen
from ui.screens.desk.searching import Searching
from ui.screens.desk.session_watch import SessionWatch
from ui.screens.desk.subject import Subject
from ui.style.tokens import Tone
from ui.wording import failure_text

_RECENT = 30
_SESSION_CHECK_MS = 15_000


class DeskController(QObject):
    """Joins the desk's view to the station.

    Attributes:
        photos: brings them to the card.

    Signals:
        counts_changed: (Counts) the figures are new.
        session_moved: (Session) the session of now is another one.
        mode_changed: (Mode) the desk does something else with scans.
        shown: something at the desk wants to be seen.
        noticed: (sentence, icon) a verdict in a few words, for whoever does not see the desk.
    """

    counts_changed = Signal(object)
    session_moved = Signal(object)
    mode_changed = Signal(object)
    shown = Signal()
    noticed = Signal(str, str)

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
        self._case_subject: Subject | None = None  # on show when a case was begun
        self._cases = CasesFlow(station, screen, acts, self.show_verdict)
        self._documents = DeskDocuments(station, screen, looks, lambda: self._subject)
        self._by_hand = ByHand(station, looks, screen)
        Searching(station, screen.search, looks, lambda: self._session.id, self)
        self._modes = DeskModes(station.lane, screen, self)
        self._hand_outs = HandOuts(station, screen.result.bundle, acts, self._modes, lambda: self._subject)
        self._watch = SessionWatch(
            station,
            screen.session_strip,
            looks,
            lambda: self.choose_session(None),
            self._cases.move_latest,
            self,
        )
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
        before, proposed = self._session.id, self._watch.proposed()
        self._station.lane.session = identifier
        self._on_session_checked()
        self._watch.switched(before, proposed)
        self.refresh()

    def choose_mode(self, mode: Mode) -> None:
        """Do something else with scans from now on."""
        self._modes.choose(mode, self._session)

    def session(self) -> Session:
        """The session that is checked into."""
        return self._session

    @Slot(object)
    def show_answer(self, answer: Answer) -> None:
        """Show what came of a code: a verdict, or whom it leads to where nothing is recorded."""
        if isinstance(answer, Verdict):
            self.show_verdict(answer)
            return
        self._screen.finish_painting()
        subject = Subject.of_finding(answer)
        self._show_enquiry(subject)
        tone = self._notice(subject).tone
        if answer.mode is Mode.DOCUMENTS:
            self._sounds.play(Tone.ADMITTED if tone is Tone.ENQUIRY else tone)
        self._watch.check()
        self.shown.emit()

    @Slot(object)
    def show_verdict(self, verdict: Verdict) -> None:
        """Show a verdict that was recorded; each one reaches the screen, however quickly the next follows."""
        self._screen.finish_painting()
        subject = Subject.of(verdict)
        if subject.verdict is None:
            self._show_enquiry(subject)
        else:
            previous = self._subject.verdict if self._subject else None
            before = wording.ribbon(previous, verdict, self._zone)
            self._subject = subject
            notice = self._notice(self._subject)
            self.photos.expect(verdict.delegate, verdict.candidates)
            self._screen.show_verdict(verdict, notice, self._colour(verdict.delegate), before)
            self._offer()
            self._sounds.play(notice.tone)
            self.noticed.emit(wording.in_short(verdict, notice), wording.ICONS[notice.tone])
        self._watch.check()
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
        self._screen.show_alarm(failure_text(error), when, scan=scan)
        self._sounds.play(Tone.ALARM)
        self.shown.emit()

    def redeem(self, raw: bytes, source: Source = Source.SCANNER) -> None:
        """Redeem what a scanner typed, or what came another way."""
        self._acts.run(
            lambda: self._station.lane.take_raw(raw, source),
            self.show_answer,
            lambda error: self.show_failure(error, scan=True),
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

    def look_again(self) -> None:
        """Something was handed out elsewhere: read figures and the bundle on show anew."""
        self.refresh()
        if self._subject and self._subject.delegate:
            delegate = self._subject.delegate.id
            look = lambda: self._desk.card(delegate).bundle  # noqa: E731
            self._looks.run(look, lambda bundle: self._on_bundle_moved(delegate, bundle))

    def retranslate(self) -> None:
        """Say again, in the language in force, what is on show."""
        covered = self._screen.is_covered()
        self._modes.show(self._session)
        self._watch.check()
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
        self._hand_outs.bundle_moved.connect(self._on_bundle_moved)
        result.by_hand_requested.connect(self._on_by_hand_requested)
        result.badge_requested.connect(self._wish_badge)
        result.void_requested.connect(self._on_void_requested)
        screen.closed.connect(self._on_closed)
        screen.other_way_requested.connect(self._on_other_way_requested)
        screen.mode_requested.connect(self.choose_mode)
        screen.clock_requested.connect(self._on_clock_requested)
        self._modes.changed.connect(self._on_mode_changed)
        screen.cases_requested.connect(self._on_cases_requested)
        self._cases.told.connect(screen.toast.tell)
        self._cases.card_wanted.connect(self._on_case_done)
        self._cases.changed.connect(self._on_case_changed)
        self._documents.bundle_moved.connect(self._on_bundle_moved)
        screen.verdict_painted.connect(self.photos.fetch)
        screen.recent.delegate_chosen.connect(self.open_card)
        result.candidate_chosen.connect(self.open_card)
        screen.search.delegate_chosen.connect(self._on_delegate_chosen)
        screen.search.number_typed.connect(self._on_number_typed)
        screen.alarm.acknowledged.connect(screen.close_alarm)
        self._acts.failed.connect(lambda error: self.show_failure(error, scan=False))
        self._looks.failed.connect(self._on_look_failed)
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self._on_session_checked)
        timer.start(_SESSION_CHECK_MS)

    def _on_case_changed(self) -> None:
        self._documents.look(self._subject.delegate if self._subject else None)
        self.refresh()

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
            return of_found(subject, self._modes.mode(), self._zone, self._now())
        return wording.of_verdict(replace(subject.verdict, bundle=subject.bundle), self._zone)

    def _show_enquiry(self, subject: Subject) -> None:
        self._subject = subject
        self.photos.expect(subject.delegate, subject.candidates)
        self._screen.show_enquiry(
            self._notice(subject),
            subject.delegate,
            self._colour(subject.delegate),
            subject.bundle,
            subject.candidates,
        )
        self._offer()
        self.photos.fetch()
        self._documents.look(subject.delegate)

    def _offer(self) -> None:
        subject, mode = self._subject, self._modes.mode()
        known = subject is not None and subject.delegate is not None and mode.redeems
        latest = subject.latest() if subject is not None and known else None
        self._screen.result.offer(
            by_hand=known and subject is not None and subject.may_pass(mode.direction),
            badge=latest is not None,
            void=latest is not None and latest.here,
            cases=mode.redeems,
            direction=mode.direction,
            cancels_exit=latest is not None and latest.direction is Direction.OUT,
        )

    def _on_cases_requested(self) -> None:
        if not self._modes.forbids():
            self._case_subject = self._subject
            self._cases.open(self._subject, self._session.id)

    def _on_case_done(self, delegate: str) -> None:
        """Show the card, unless a scan came meanwhile: nobody has seen its verdict yet."""
        if self._subject is self._case_subject:
            self.open_card(delegate)

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

    def _on_bundle_moved(self, delegate: str, bundle: tuple[BundleItem, ...]) -> None:
        subject = self._subject
        if subject and subject.delegate and subject.delegate.id == delegate:
            self._subject = replace(subject, bundle=bundle)
            self._screen.show_bundle(bundle, self._notice(self._subject))
        self.refresh()

    def _on_by_hand_requested(self) -> None:
        subject = self._subject
        if subject is None or subject.delegate is None:
            return
        session, out = subject.session.id, self._modes.mode() is Mode.EXIT
        act = self._desk.check_out_by_hand if out else self._desk.admit_by_hand
        verb = _("Check out by hand") if out else _("Admit by hand")

        def pass_by(delegate: str) -> None:
            self._acts.run(lambda: act(delegate, session), self.show_verdict)

        self._by_hand.ask(subject.delegate, verb, pass_by)

    def _on_other_way_requested(self) -> None:
        out = self._modes.mode() is Mode.EXIT
        self.choose_mode(Mode.ADMISSION if out else Mode.EXIT)

    def _on_mode_changed(self, mode: Mode) -> None:
        if self._subject is not None and self._subject.verdict is None and not self._subject.reason:
            self._show_enquiry(self._subject)
        else:
            self._on_closed()  # an answer of the other mode would stand in the wrong band
        self.mode_changed.emit(mode)

    def _on_clock_requested(self) -> None:
        if not self._watch.press():
            self._screen.toast.tell(_("The session is the one by the clock."), "clock")

    def _wish_badge(self) -> None:
        self._badges.wish(self._subject.delegate if self._subject else None)

    def _on_void_requested(self) -> None:
        if self._subject is not None and not self._modes.forbids():
            self._case_subject = self._subject
            self._cases.void(self._subject)

    def _on_closed(self) -> None:
        self._subject = None
        self._screen.show_idle()

    def _on_refreshed(self, figures: tuple[Counts, tuple[RecentScan, ...]]) -> None:
        counts, recent = figures
        self._screen.counts.show_counts(counts)
        self._screen.recent.show_scans(recent)
        self.counts_changed.emit(counts)

    def _on_look_failed(self, error: Exception) -> None:
        self._screen.toast.tell(failure_text(error), "triangle-alert")

    def check_session(self) -> None:
        """Look which session it is, at once."""
        self._on_session_checked()

    def _on_session_checked(self) -> None:
        session = self._desk.session(self._station.lane.session)
        moved = session != self._session
        self._session = session
        self._modes.keep_possible(session)
        self._watch.check()
        self.session_moved.emit(session)
        if moved:
            self.refresh()
