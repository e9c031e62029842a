"""The rules: each reason, and which of two wins."""

from datetime import UTC, datetime, timedelta

import pytest

from station.checkin.rules import Facts, decide
from station.codes.payload import PayloadKind
from station.model.delegate import Delegate, DelegateStatus
from station.model.event import Session
from station.model.verdict import Outcome, Reason

NOW = datetime(2022, 10, 27, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = Session("S", 1, "Phiên", opens_at=NOW - HOUR, closes_at=NOW + HOUR)
EARLY = Session("S", 1, "Phiên", opens_at=NOW + HOUR)
LATE = Session("S", 1, "Phiên", closes_at=NOW)
PERSON = Delegate("1-1", "DB00001", "Lê An")
GENUINE = PayloadKind.GENUINE


def with_status(status: DelegateStatus) -> Delegate:
    return Delegate("1-1", "DB00001", "Lê An", status=status)


@pytest.mark.parametrize(
    ("facts", "session", "reason"),
    [
        (Facts(GENUINE, (PERSON,)), OPEN, None),
        (Facts(GENUINE, (PERSON,), admitted_before=True), OPEN, Reason.ALREADY_IN),
        (Facts(GENUINE), OPEN, Reason.NOT_ON_ROSTER),
        (Facts(GENUINE, (PERSON,), revoked=True), OPEN, Reason.REVOKED),
        (Facts(GENUINE, revoked=True), OPEN, Reason.REVOKED),
        (Facts(PayloadKind.MISREAD), OPEN, Reason.MISREAD),
        (Facts(PayloadKind.OTHER_EVENT), OPEN, Reason.WRONG_EVENT),
        (Facts(PayloadKind.FORGED), OPEN, Reason.FORGED),
        (Facts(PayloadKind.FOREIGN), OPEN, Reason.UNKNOWN),
        (Facts(PayloadKind.FOREIGN, (PERSON,)), OPEN, None),
        (Facts(PayloadKind.FOREIGN, (PERSON, PERSON)), OPEN, Reason.AMBIGUOUS),
        (Facts(PayloadKind.FOREIGN, (PERSON,), readable_code=True), OPEN, Reason.UNKNOWN),
        (Facts(GENUINE, (PERSON,)), EARLY, Reason.NOT_YET_OPEN),
        (Facts(GENUINE, (PERSON,)), LATE, Reason.CLOSED),
        (Facts(GENUINE), LATE, Reason.CLOSED),
        (Facts(GENUINE, (with_status(DelegateStatus.BLOCKED),)), OPEN, Reason.BLOCKED),
        (Facts(GENUINE, (with_status(DelegateStatus.WITHDRAWN),)), OPEN, Reason.WITHDRAWN),
        (Facts(GENUINE, (with_status(DelegateStatus.VANISHED),)), OPEN, None),
        (Facts(GENUINE, (with_status(DelegateStatus.BLOCKED),), revoked=True), OPEN, Reason.REVOKED),
        (Facts(GENUINE, (with_status(DelegateStatus.BLOCKED),)), EARLY, Reason.BLOCKED),
        (Facts(GENUINE, (PERSON,), admitted_before=True), LATE, Reason.CLOSED),
    ],
)
def test_reason(facts: Facts, session: Session, reason: Reason | None) -> None:
    assert decide(facts, session, NOW).reason is reason


def test_only_already_in_and_not_on_roster_are_amber() -> None:
    outcomes = {
        Reason.ALREADY_IN: decide(Facts(GENUINE, (PERSON,), admitted_before=True), OPEN, NOW).outcome,
        Reason.NOT_ON_ROSTER: decide(Facts(GENUINE), OPEN, NOW).outcome,
        Reason.CLOSED: decide(Facts(GENUINE, (PERSON,)), LATE, NOW).outcome,
    }
    assert outcomes == {
        Reason.ALREADY_IN: Outcome.ATTENTION,
        Reason.NOT_ON_ROSTER: Outcome.ATTENTION,
        Reason.CLOSED: Outcome.REFUSED,
    }


def test_a_window_without_an_end_stays_open() -> None:
    always = Session("S", 1, "Phiên", opens_at=NOW - HOUR)
    assert decide(Facts(GENUINE, (PERSON,)), always, NOW + 1000 * HOUR).outcome is Outcome.ADMITTED
