"""The page of one scan or enquiry: the panel, the delegate's card, the bundle and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.model.verdict import Direction
from ui.screens.desk.bundle import BundlePanel
from ui.screens.desk.candidates import CandidatesPanel
from ui.screens.desk.delegate_card import DelegateCard
from ui.screens.desk.verdict_panel import VerdictPanel
from ui.screens.desk.wording import Notice
from ui.style.fonts import scale, scaled
from ui.style.tokens import Tone
from ui.widgets.key_button import KeyButton

_COMPACT_BELOW = 540  # pixels of height


class ResultPage(QWidget):
    """Arranges the parts; those that have nothing to show leave their place to the panel.

    Signals:
        by_hand_requested: admit or check out whom the card shows.
        badge_requested, void_requested, cases_requested, closed: the other buttons below.
        candidate_chosen: (identity) the delegate whom an ambiguous code means.
    """

    by_hand_requested = Signal()
    badge_requested = Signal()
    void_requested = Signal()
    cases_requested = Signal()
    closed = Signal()
    candidate_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = VerdictPanel()
        self.card = DelegateCard()
        self.bundle = BundlePanel()
        self.candidates = CandidatesPanel()
        self.candidates.delegate_chosen.connect(self.candidate_chosen)
        self._by_hand = KeyButton("log-in", "F5", primary=True)
        self._badge = KeyButton("printer", "F7")
        self._void = KeyButton("undo-2", "F8")
        self._cases = KeyButton("list-checks", "F10", bound=False)
        self._close = KeyButton("x", "Esc", bound=False)
        self._by_hand.clicked.connect(self.by_hand_requested)
        self._badge.clicked.connect(self.badge_requested)
        self._void.clicked.connect(self.void_requested)
        self._cases.clicked.connect(self.cases_requested)
        self._close.clicked.connect(self.closed)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        for button in (self._by_hand, self._badge, self._void, self._cases):
            self._actions.addWidget(button)
        self._actions.addStretch(1)
        self._actions.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.panel, 1)
        self._column.addWidget(self.card)
        self._column.addWidget(self.bundle, 2)
        self._column.addWidget(self.candidates, 2)
        self._column.addLayout(self._actions)
        self._panel_px = 200
        self._direction = Direction.IN
        self._cancels_exit = False
        self._dress()

    def show_notice(
        self,
        notice: Notice,
        delegate: Delegate | None,
        colour: str,
        bundle: Sequence[BundleItem],
        before: tuple[Tone, str] | None = None,
        candidates: Sequence[Delegate] = (),
    ) -> None:
        """Show what is known; the bundle of a refused delegate stays in its box."""
        self.panel.show_notice(notice, before)
        self.card.setVisible(delegate is not None)
        if delegate is not None:
            self.card.show_delegate(delegate, colour)
        hands_out = delegate is not None and notice.tone is not Tone.REFUSED
        self.bundle.setVisible(hands_out)
        if hands_out:
            self.bundle.show_items(bundle)
        self.candidates.setVisible(bool(candidates))
        self.candidates.show_candidates(candidates)
        self._limit_panel()

    def offer(
        self, *, by_hand: bool, badge: bool, void: bool, direction: Direction, cancels_exit: bool = False
    ) -> None:
        """Which buttons make sense now; ``cancels_exit``: what can be cancelled is an exit, not an admission."""
        self._direction = direction
        self._cancels_exit = cancels_exit
        self._by_hand.setVisible(by_hand)
        self._badge.setVisible(badge)
        self._void.setVisible(void)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._adapt(event.size().height() / scale())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:  # sent with another size of everything too
            self._adapt(self.height() / scale())
            self._dress()

    def _adapt(self, height_px: float) -> None:
        """Share out a height in design pixels."""
        self._column.setSpacing(8 if height_px < _COMPACT_BELOW else 12)
        self._panel_px = max(104, min(330, round(height_px * 0.28)))
        self.card.adapt(max(92, min(250, round(height_px * 0.24))))
        self.bundle.adapt(max(0.82, min(1.3, height_px / 720)))
        self.candidates.adapt(max(0.82, min(1.3, height_px / 720)))
        self._limit_panel()

    def _limit_panel(self) -> None:
        alone = self.bundle.isHidden() and self.candidates.isHidden()
        self.panel.setMinimumHeight(scaled(96 if alone else self._panel_px))
        self.panel.setMaximumHeight(16_777_215 if alone else scaled(self._panel_px))

    def _dress(self) -> None:
        out = self._direction is Direction.OUT
        self._by_hand.set_caption(_("Check out by hand") if out else _("Admit by hand"))
        self._by_hand.set_icon("log-out" if out else "log-in")
        self._badge.set_caption(_("Print badge"))
        self._void.set_caption(_("Cancel exit") if self._cancels_exit else _("Cancel admission"))
        self._cases.set_caption(_("Other…"))
        self._close.set_caption(_("Close"))
