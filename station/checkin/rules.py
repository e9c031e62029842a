"""The rules: from what is known of a scanned code to an outcome and a reason; pure, no clock, no disk."""

from dataclasses import dataclass
from datetime import datetime

from station.codes.payload import PayloadKind
from station.model.delegate import Delegate, DelegateStatus
from station.model.event import Session
from station.model.verdict import ATTENTION_REASONS, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules look at.

    Attributes:
        own: what the payload is as an own payload.
        delegates: whom the code leads to; more than one when an external payload stands in several rows.
        revoked: the own payload was revoked.
        readable_code: the code was a delegate's readable code, which opens an enquiry and never redeems.
        admitted_before: the delegate is in this session already.
    """

    own: PayloadKind
    delegates: tuple[Delegate, ...] = ()
    revoked: bool = False
    readable_code: bool = False
    admitted_before: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules say; the delegate is set where the code leads to exactly one."""

    outcome: Outcome
    reason: Reason | None
    delegate: Delegate | None


_OWN_REFUSALS = {
    PayloadKind.MISREAD: Reason.MISREAD,
    PayloadKind.OTHER_EVENT: Reason.WRONG_EVENT,
    PayloadKind.FORGED: Reason.FORGED,
}
_STATUS_REFUSALS = {
    DelegateStatus.WITHDRAWN: Reason.WITHDRAWN,
    DelegateStatus.BLOCKED: Reason.BLOCKED,
}


def decide(facts: Facts, session: Session, now: datetime) -> Decision:
    """Judge a code. Order: what the code is, whether it still counts, who it is, when, and whether again."""
    reason = _reason(facts, session, now)
    delegate = facts.delegates[0] if len(facts.delegates) == 1 else None
    if reason is None:
        return Decision(Outcome.ADMITTED, None, delegate)
    return Decision(Outcome.ATTENTION if reason in ATTENTION_REASONS else Outcome.REFUSED, reason, delegate)


def window_reason(session: Session, now: datetime) -> Reason | None:
    """Whether the session's window holds: only where the organiser set one."""
    if session.opens_at is not None and now < session.opens_at:
        return Reason.NOT_YET_OPEN
    if session.closes_at is not None and now >= session.closes_at:
        return Reason.CLOSED
    return None


def _reason(facts: Facts, session: Session, now: datetime) -> Reason | None:
    return (
        _reason_in_code(facts)
        or (_STATUS_REFUSALS.get(facts.delegates[0].status) if facts.delegates else None)
        or window_reason(session, now)
        or (None if facts.delegates else Reason.NOT_ON_ROSTER)
        or (Reason.ALREADY_IN if facts.admitted_before else None)
    )


def _reason_in_code(facts: Facts) -> Reason | None:
    """What is wrong with the code itself, whoever brings it."""
    if facts.readable_code:
        return Reason.UNKNOWN
    if len(facts.delegates) > 1:
        return Reason.AMBIGUOUS
    if facts.revoked:
        return Reason.REVOKED
    if facts.own is PayloadKind.GENUINE or facts.delegates:
        return None
    return _OWN_REFUSALS.get(facts.own, Reason.UNKNOWN)
