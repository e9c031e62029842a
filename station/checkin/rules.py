"""The rules: from what is known of a scanned code to an outcome and a reason; pure, no clock, no disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.codes.payload import PayloadKind
from station.model.delegate import Delegate, DelegateStatus
from station.model.event import Repeats, Session
from station.model.verdict import ATTENTION_REASONS, Direction, Movement, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules look at.

    Attributes:
        own: what the payload is as an own payload.
        delegates: whom the code leads to; more than one when an external payload stands in several rows.
        revoked: the own payload was revoked.
        readable_code: the code was a delegate's readable code, which opens an enquiry and never redeems.
        substituted: somebody else comes for the one delegate.
        movements: the one delegate's admissions and exits in this session, in the order of their clocks.
    """

    own: PayloadKind
    delegates: tuple[Delegate, ...] = ()
    revoked: bool = False
    readable_code: bool = False
    substituted: bool = False
    movements: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True)
class Passing:
    """What is wished: which way, through which session, when, and in which time zone days are counted."""

    session: Session
    now: datetime
    zone: ZoneInfo
    direction: Direction = Direction.IN


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
    PayloadKind.SIGN_IN_ROW: Reason.SIGN_IN_ROW,
    PayloadKind.CERTIFICATE: Reason.CERTIFICATE,
}
_STATUS_REFUSALS = {
    DelegateStatus.WITHDRAWN: Reason.WITHDRAWN,
    DelegateStatus.BLOCKED: Reason.BLOCKED,
}


def decide(facts: Facts, passing: Passing) -> Decision:
    """Judge a code. Order: what the code is, whether it still counts, who it is, when, whom the session admits, and
    whether again. Who may come, when and where does not keep anybody from leaving."""
    reason = _reason_in_code(facts)
    if reason is None:
        reason = _reason_out(facts) if passing.direction is Direction.OUT else _reason_in(facts, passing)
    delegate = facts.delegates[0] if len(facts.delegates) == 1 else None
    if reason is None:
        return Decision(Outcome.ADMITTED, None, delegate)
    return Decision(Outcome.ATTENTION if reason in ATTENTION_REASONS else Outcome.REFUSED, reason, delegate)


def window_reason(session: Session, now: datetime) -> Reason | None:
    """Whether the session's window holds, its grace included: only where the organiser set one."""
    if session.admits_from is not None and now < session.admits_from:
        return Reason.NOT_YET_OPEN
    if session.admits_until is not None and now >= session.admits_until:
        return Reason.CLOSED
    return None


def session_of(sessions: Sequence[Session], now: datetime) -> Session:
    """The session of a moment: the one the clock proposes; else the first without a window; else the first."""
    proposed = session_by_clock(sessions, now)
    unlimited = [session for session in sessions if not (session.opens_at or session.closes_at)]
    return proposed or [*unlimited, *sessions][0]


def session_by_clock(sessions: Sequence[Session], now: datetime) -> Session | None:
    """The first session whose window holds; else of those that hold in their grace only the one that opens next, or
    else closed last; None where the clock says nothing."""
    windowed = [session for session in sessions if session.opens_at or session.closes_at]
    holding = [session for session in windowed if _holds(session, now)]
    gracious = [session for session in windowed if window_reason(session, now) is None]
    waiting = [session for session in gracious if session.opens_at is not None and now < session.opens_at]
    ended = [session for session in gracious if session.closes_at is not None and session.closes_at <= now]
    waiting.sort(key=lambda session: session.opens_at or now)
    ended.sort(key=lambda session: session.closes_at or now, reverse=True)
    return next(iter([*holding, *waiting, *ended]), None)


def admission_that_counts(movements: Sequence[Movement], passing: Passing) -> Movement | None:
    """The admission by which the delegate is in: the latest one that no exit followed; where leaving does not
    end it, the first one; on a session of every day, of this day only."""
    session = passing.session
    if session.repeats is Repeats.DAILY:
        today = passing.now.astimezone(passing.zone).date()
        movements = [moved for moved in movements if moved.at.astimezone(passing.zone).date() == today]
    latest = movements[-1] if movements else None
    came = [moved for moved in movements if moved.direction is Direction.IN]
    if session.exits and session.re_entry:
        return latest if latest is not None and latest.direction is Direction.IN else None
    if session.repeats is Repeats.ALWAYS:
        return came[-1] if came else None
    return came[0] if came else None


def last_departure(movements: Sequence[Movement]) -> Movement | None:
    """The exit of a delegate who is outside now; None for one who is in, or never came."""
    return movements[-1] if movements and movements[-1].direction is Direction.OUT else None


def _holds(session: Session, now: datetime) -> bool:
    """Whether the window itself holds, without its grace."""
    begun = session.opens_at is None or session.opens_at <= now
    return begun and (session.closes_at is None or now < session.closes_at)


def lasting_reason(facts: Facts) -> Reason | None:
    """What is wrong with a code or whom it leads to, whichever session it is and whatever the time."""
    reason = _reason_in_code(facts)
    if reason is None and not facts.delegates:
        return Reason.NOT_ON_ROSTER
    return reason or _STATUS_REFUSALS.get(facts.delegates[0].status)


def _reason_in(facts: Facts, passing: Passing) -> Reason | None:
    person = facts.delegates[0] if facts.delegates else None
    if person is not None and person.status in _STATUS_REFUSALS:
        return _STATUS_REFUSALS[person.status]
    reason = window_reason(passing.session, passing.now)
    if reason is not None:
        return reason
    if person is None:  # of whom only the code is known: genuine, but nothing to judge by
        return Reason.NOT_ON_ROSTER
    if not passing.session.entitles(person):
        return Reason.NOT_ENTITLED
    if passing.session.admits_anew or admission_that_counts(facts.movements, passing) is None:
        return None
    return Reason.ALREADY_IN


def _reason_out(facts: Facts) -> Reason | None:
    if not facts.delegates:
        return Reason.NOT_ON_ROSTER
    is_in = bool(facts.movements) and facts.movements[-1].direction is Direction.IN
    return None if is_in else Reason.NOT_IN


def _reason_in_code(facts: Facts) -> Reason | None:
    """What is wrong with the code itself, whoever brings it."""
    if facts.readable_code:
        return Reason.UNKNOWN
    if len(facts.delegates) > 1:
        return Reason.AMBIGUOUS
    if facts.substituted:
        return Reason.SUBSTITUTED
    if facts.revoked:
        return Reason.REVOKED
    if facts.own is PayloadKind.GENUINE or facts.delegates:
        return None
    return _OWN_REFUSALS.get(facts.own, Reason.UNKNOWN)
