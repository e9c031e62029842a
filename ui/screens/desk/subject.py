"""Whom the desk shows, and what a clerk may do about them now."""

from dataclasses import dataclass

from station.checkin.finding import Finding
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.model.event import Repeats, Session
from station.model.verdict import Direction, Movement, Outcome, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the desk shows: through a verdict, or because a card was opened or a code looked up.

    Attributes:
        verdict: None where nothing was recorded.
        reason, candidates: of a code that was looked up; remark: what else is said of it.
    """

    delegate: Delegate | None
    bundle: tuple[BundleItem, ...]
    admission: Movement | None
    departure: Movement | None
    session: Session
    verdict: Verdict | None
    reason: Reason | None = None
    candidates: tuple[Delegate, ...] = ()
    remark: str = ""

    @classmethod
    def of(cls, verdict: Verdict) -> "Subject":
        """Whom a verdict is about; a code that only opens a card makes an enquiry."""
        is_enquiry = verdict.enquiry and verdict.delegate is not None
        return cls(
            verdict.delegate,
            verdict.bundle,
            verdict.admission,
            verdict.departure,
            verdict.session,
            None if is_enquiry else verdict,
        )

    @classmethod
    def of_finding(cls, finding: Finding) -> "Subject":
        """Whom a code led to that was only looked up."""
        card, session = finding.card, finding.session
        if card is None:
            told = (finding.reason, finding.candidates, finding.remark)
            return cls(None, (), None, None, session, None, *told)
        seen = (card.delegate, card.bundle, card.admission, card.departure)
        return cls(*seen, session, None, finding.reason, remark=finding.remark)

    def latest(self) -> Movement | None:
        """The movement that can be cancelled."""
        refused = self.verdict is not None and self.verdict.outcome is Outcome.REFUSED
        return None if refused else self.departure or self.admission

    def may_pass(self, direction: Direction) -> bool:
        """Whether the clerk may let the delegate pass by hand."""
        if self.verdict is not None or self.delegate is None:
            return False
        if direction is Direction.IN:
            return self.admission is None or self.session.admits_anew
        # Who came to a session of every day before midnight may leave after it.
        came = self.admission is not None or self.session.repeats is Repeats.DAILY
        return came and self.departure is None
