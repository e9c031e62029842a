"""The desk's view: preview, figures and latest scans on the left; what matters now on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem, BundleState, Document
from station.model.mode import Mode
from station.model.verdict import Verdict
from ui.screens.desk.alarm import AlarmPanel
from ui.screens.desk.counts import CountsPanel
from ui.screens.desk.idle import IdlePanel
from ui.screens.desk.mode_looks import LOOKS
from ui.screens.desk.recent import RecentPanel
from ui.screens.desk.result import ResultPage
from ui.screens.desk.search import SearchPanel
from ui.screens.desk.session_strip import SessionStrip
from ui.screens.desk.way_band import WayBand
from ui.screens.desk.wording import Notice
from ui.style.fonts import scale, scaled
from ui.style.tokens import Tone
from ui.widgets.preview import Preview
from ui.widgets.quorum_line import QuorumLine
from ui.widgets.toast import Toast
from ui.widgets.watermark import RehearsalMark

_COMPACT_BELOW = 560  # pixels of height


class DeskScreen(QWidget):
    """Holds the widgets; the controller decides what they show.

    Signals:
        verdict_painted: (Verdict) it stands on the screen for the first time.
        closed: the card on show is done with.
        other_way_requested: let out instead of in, or in again.
        mode_requested: (Mode) do something else with scans.
        clock_requested: follow the clock again, or move what was scanned while nobody did.
        cases_requested: something else than a plain scan is to be done.
    """

    verdict_painted = Signal(object)
    closed = Signal()
    other_way_requested = Signal()
    mode_requested = Signal(object)
    clock_requested = Signal()
    cases_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, rehearsal: bool = False) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self.counts = CountsPanel()
        self.quorum = QuorumLine(short=True)
        self.recent = RecentPanel()
        self.search = SearchPanel()
        self.idle = IdlePanel()
        self.result = ResultPage()
        self.alarm = AlarmPanel()
        self.way = WayBand()
        self.session_strip = SessionStrip()
        self.toast = Toast(self)
        self._verdict: Verdict | None = None
        self._build()
        if rehearsal:
            RehearsalMark(self._right, self)
        self.setAccessibleName(_("Desk"))
        self.result.panel.painted.connect(self._on_painted)
        self.recent.search_requested.connect(self.open_search)
        self.search.closed.connect(self.close_search)
        self.result.closed.connect(self.closed)
        QShortcut(QKeySequence("Ctrl+F"), self, self.open_search)
        QShortcut(QKeySequence("Esc"), self, self._on_escape)
        QShortcut(QKeySequence("F4"), self, self.other_way_requested.emit)
        QShortcut(QKeySequence("F10"), self, self.cases_requested.emit)
        QShortcut(QKeySequence("Shift+F6"), self, self.clock_requested.emit)
        for mode, look in LOOKS.items():
            QShortcut(QKeySequence(look.key), self, lambda mode=mode: self.mode_requested.emit(mode))
        self.session_strip.pressed.connect(self.clock_requested)
        self.result.cases_requested.connect(self.cases_requested)
        self.idle.cases_requested.connect(self.cases_requested)
        self.idle.search_requested.connect(self.open_search)
        self.way.other_way_requested.connect(self.other_way_requested)
        self.way.mode_requested.connect(self.mode_requested)
        self.idle.modes.mode_requested.connect(self.mode_requested)

    def warm_up(self) -> None:
        """Paint every kind of result once, unseen: the first delegate shall not wait for fonts and icons."""
        if not self.is_idle():
            return
        self.result.resize(self._right.size())
        nobody = Delegate("", " ", "Ễ Ẫ Ổ", " ", " ", " ", seat=" ")
        bundle = [
            BundleItem(Document(" ", number, " "), state) for number, state in enumerate(BundleState, 1)
        ]
        for tone in (Tone.ADMITTED, Tone.ATTENTION, Tone.REFUSED, Tone.ENQUIRY):
            self.result.show_notice(Notice(tone, "Ễ", "Ễ", "Ễ", "Ễ"), nobody, "", bundle)
            self.result.grab()

    def show_verdict(
        self, verdict: Verdict, notice: Notice, colour: str, before: tuple[Tone, str] | None = None
    ) -> None:
        """Show a verdict; :attr:`verdict_painted` follows once it is on the screen."""
        self._verdict = verdict
        self._show_result(notice, verdict.delegate, colour, verdict.bundle, before, verdict.candidates)

    def finish_painting(self) -> None:
        """Let the verdict on show reach the screen now, because the next one is about to take its place."""
        if self._verdict is not None and self.result.panel.is_unpainted() and self.result.isVisible():
            self.result.panel.repaint()

    def show_enquiry(
        self,
        notice: Notice,
        delegate: Delegate | None,
        colour: str,
        bundle: Sequence[BundleItem],
        candidates: Sequence[Delegate] = (),
    ) -> None:
        """Show a delegate's card, or what a code is, that is no verdict."""
        self._show_result(notice, delegate, colour, bundle, None, candidates)

    def show_bundle(self, bundle: Sequence[BundleItem], notice: Notice) -> None:
        """Show what was handed out or taken back of the bundle on show, and what is to do now."""
        self.result.bundle.show_items(bundle)
        self.result.panel.show_notice(notice, self.result.panel.before())

    def show_idle(self) -> None:
        """Wait for the next delegate."""
        self._right.setCurrentWidget(self.idle)

    def show_mode(self, mode: Mode, session: str, *, exits: bool) -> None:
        """What is done with scans for the session; ``exits``: whether it records any."""
        self.way.show_mode(mode, session, exits=exits)
        self.idle.show_mode(mode, session, exits=exits)
        self.result.bundle.set_frozen(mode is Mode.ENQUIRY)
        self._adapt(self.width(), self.height())

    def is_idle(self) -> bool:
        """Whether nothing is shown that could be closed."""
        return self._right.currentWidget() is self.idle

    def show_alarm(self, sentence: str, when: str, *, scan: bool = True) -> None:
        """Say loudly that a scan, or another act, of ``when`` (a time of day) was not recorded."""
        self.alarm.show_failure(sentence, when, scan=scan)
        self.alarm.show()
        self._right.hide()

    def is_covered(self) -> bool:
        """Whether the alarm stands in the verdict's place."""
        return not self.alarm.isHidden() and self._right.isHidden()

    def cover(self) -> None:
        """Let the alarm stand in the verdict's place."""
        self.alarm.grow()
        self._right.hide()

    def close_alarm(self) -> None:
        """A person has read it."""
        self.alarm.hide()
        self._right.show()

    @Slot()
    def hand_out_all(self) -> None:
        """The wish behind F2: hand out everything that is due to the delegate on show."""
        if self.result.bundle.isVisible():
            self.result.bundle.hand_out_all_requested.emit()

    @Slot()
    def open_search(self) -> None:
        """Show the search and put the cursor into it."""
        self._left.setCurrentWidget(self.search)
        self.search.open()

    @Slot()
    def close_search(self) -> None:
        """Show the latest scans again."""
        self._left.setCurrentIndex(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_searching(self) -> bool:
        """Whether the search is open."""
        return self._left.currentWidget() is self.search

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt(event.size().width(), event.size().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Desk"))
            self._adapt(self.width(), self.height())

    def _show_result(
        self,
        notice: Notice,
        delegate: Delegate | None,
        colour: str,
        bundle: Sequence[BundleItem],
        before: tuple[Tone, str] | None,
        candidates: Sequence[Delegate] = (),
    ) -> None:
        self.result.show_notice(notice, delegate, colour, bundle, before, candidates)
        self._right.setCurrentWidget(self.result)
        if candidates and not self.is_searching():
            self.result.candidates.setFocus()
        if not self.alarm.isHidden():
            self.alarm.shrink()
        self._right.show()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.alarm.hide()
        latest = QWidget()
        self._latest = QVBoxLayout(latest)
        self._latest.setContentsMargins(0, 0, 0, 0)
        self._latest.addWidget(self.counts)
        self._latest.addWidget(self.quorum)
        self._latest.addWidget(self.recent, 1)
        self._left = QStackedWidget()
        self._left.addWidget(latest)
        self._left.addWidget(self.search)
        self._right = QStackedWidget()
        self._right.addWidget(self.idle)
        self._right.addWidget(self.result)
        self._left_column = QVBoxLayout()
        self._left_column.addWidget(self.preview)
        self._left_column.addWidget(self._left, 1)
        self._right_column = QVBoxLayout()
        self._right_column.addWidget(self.session_strip)
        self._right_column.addWidget(self.alarm)
        self._right_column.addWidget(self._right, 1)
        self._row = QHBoxLayout()
        self._row.addLayout(self._left_column)
        self._row.addLayout(self._right_column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.way)
        column.addLayout(self._row, 1)

    def _adapt(self, width_px: float, height_px: float) -> None:
        """Share the room out; it is reckoned in design pixels, so that a larger size is a smaller room."""
        width_px, height_px = width_px / scale(), height_px / scale()
        compact = height_px < _COMPACT_BELOW
        self.way.adapt(compact=compact)
        height_px -= 0 if self.way.isHidden() else self.way.height() / scale()
        margin, gap = (8, 8) if compact else (16, 12)
        left_px = max(270, min(680, round(width_px * 0.36), round(height_px * 0.46 * 16 / 9)))
        self.preview.setFixedSize(scaled(left_px), scaled(left_px * 9 / 16))
        self._left.setFixedWidth(scaled(left_px))
        tile_px = 68 if compact else max(66, min(92, round(height_px * 0.095)))
        self.counts.adapt(compact=compact or left_px < 380, height_px=tile_px)
        self._row.setContentsMargins(margin, margin, margin, margin)
        for layout in (self._row, self._left_column, self._right_column, self._latest):
            layout.setSpacing(gap)
        for panel in (self.recent, self.search):
            panel.adapt(max(0.95, min(1.25, height_px / 800)))

    def _on_escape(self) -> None:
        """The search first, then the card: one step back at a time."""
        if self.is_searching():
            self.close_search()
        else:
            self.closed.emit()

    def _on_painted(self, entry: str) -> None:
        if self._verdict is not None and self._verdict.entry == entry:
            self.verdict_painted.emit(self._verdict)
