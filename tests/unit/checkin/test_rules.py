"""The rules: each reason, and which of two wins."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from station.checkin.rules import Facts, Passing, admission_that_counts, decide, session_by_clock, session_of
from station.codes.payload import PayloadKind
from station.model.delegate import Delegate, DelegateStatus
from station.model.event import Audience, Repeats, Session
from station.model.verdict import Direction, Movement, Outcome, Reason

NOW = datetime(2022, 10, 27, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPEN = Session("S", 1, "Phiên", opens_at=NOW - HOUR, closes_at=NOW + HOUR)
EARLY = Session("S", 1, "Phiên", opens_at=NOW + HOUR)
LATE = Session("S", 1, "Phiên", closes_at=NOW)
PERSON = Delegate("1-1", "DB00001", "Lê An")
GENUINE = PayloadKind.GENUINE
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def moved(way: str, at: datetime = NOW - HOUR) -> Movement:
    """``in`` or ``out``."""
    return Movement(Direction(way), at, "Bàn 1", True, "20221027-3")


def judged(
    facts: Facts, session: Session, now: datetime = NOW, way: str = "in", zone: ZoneInfo = HANOI
) -> Outcome:
    return decide(facts, Passing(session, now, zone, Direction(way))).outcome


def why(
    facts: Facts, session: Session, now: datetime = NOW, way: str = "in", zone: ZoneInfo = HANOI
) -> Reason | None:
    return decide(facts, Passing(session, now, zone, Direction(way))).reason


CAME = (moved("in"),)


def with_status(status: DelegateStatus) -> Delegate:
    return Delegate("1-1", "DB00001", "Lê An", status=status)


@pytest.mark.parametrize(
    ("facts", "session", "reason"),
    [
        (Facts(GENUINE, (PERSON,)), OPEN, None),
        (Facts(GENUINE, (PERSON,), movements=CAME), OPEN, Reason.ALREADY_IN),
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
        (Facts(GENUINE, (PERSON,), movements=CAME), LATE, Reason.CLOSED),
    ],
)
def test_reason(facts: Facts, session: Session, reason: Reason | None) -> None:
    assert why(facts, session) is reason


def test_only_already_in_and_not_on_roster_are_amber() -> None:
    outcomes = {
        Reason.ALREADY_IN: judged(Facts(GENUINE, (PERSON,), movements=CAME), OPEN),
        Reason.NOT_ON_ROSTER: judged(Facts(GENUINE), OPEN),
        Reason.CLOSED: judged(Facts(GENUINE, (PERSON,)), LATE),
    }
    assert outcomes == {
        Reason.ALREADY_IN: Outcome.ATTENTION,
        Reason.NOT_ON_ROSTER: Outcome.ATTENTION,
        Reason.CLOSED: Outcome.REFUSED,
    }


def test_a_window_without_an_end_stays_open() -> None:
    always = Session("S", 1, "Phiên", opens_at=NOW - HOUR)
    assert judged(Facts(GENUINE, (PERSON,)), always, NOW + 1000 * HOUR) is Outcome.ADMITTED


GRACE = Session(
    "S", 1, "Phiên", opens_at=NOW, closes_at=NOW + HOUR, grace_before_minutes=15, grace_after_minutes=10
)
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (NOW - 15 * MINUTE - INSTANT, Reason.NOT_YET_OPEN),
        (NOW - 15 * MINUTE, None),
        (NOW + 70 * MINUTE - INSTANT, None),
        (NOW + 70 * MINUTE, Reason.CLOSED),
    ],
)
def test_grace_admits_from_its_first_instant_and_not_at_its_last(
    now: datetime, reason: Reason | None
) -> None:
    assert why(Facts(GENUINE, (PERSON,)), GRACE, now) is reason


GUEST = Delegate("1-1", "DB00001", "Lê An", unit="Hà Nam", category="Khách mời")


@pytest.mark.parametrize(
    ("rules", "entitled"),
    [
        ((), True),
        ((Audience("Khách mời"),), True),
        ((Audience("Học viên"),), False),
        ((Audience("Học viên"), Audience("Khách mời")), True),
        ((Audience(unit="Hà Nam"),), True),
        ((Audience(unit="Hà Nội"),), False),
        ((Audience("Khách mời", "Hà Nam"),), True),
        ((Audience("Khách mời", "Hà Nội"), Audience("Học viên", "Hà Nam")), False),
    ],
)
def test_a_session_admits_the_categories_and_units_it_is_for(
    rules: tuple[Audience, ...], entitled: bool
) -> None:
    session = Session("S", 1, "Phiên", admits=rules)
    assert why(Facts(GENUINE, (GUEST,)), session) is (None if entitled else Reason.NOT_ENTITLED)


def test_the_window_is_told_before_the_entitlement_and_the_entitlement_before_already_in() -> None:
    closed = Session("S", 1, "Phiên", closes_at=NOW, admits=(Audience("Học viên"),))
    other = Session("S", 1, "Phiên", admits=(Audience("Học viên"),))
    person = Facts(GENUINE, (GUEST,), movements=CAME)
    assert (why(person, closed), why(person, other)) == (Reason.CLOSED, Reason.NOT_ENTITLED)
    assert why(Facts(GENUINE), other) is Reason.NOT_ON_ROSTER


ONCE, DAILY, ALWAYS = Repeats
MIDNIGHT = datetime(2022, 10, 27, 17, tzinfo=UTC)  # in Hà Nội


@pytest.mark.parametrize(
    ("repeats", "exits", "re_entry", "movements", "reason"),
    [
        (ONCE, False, False, "", None),
        (ONCE, False, False, "in", Reason.ALREADY_IN),
        (ALWAYS, False, False, "in in", None),
        (DAILY, False, False, "in", Reason.ALREADY_IN),
        (DAILY, False, False, "yesterday", None),
        (ONCE, True, False, "in out", Reason.ALREADY_IN),
        (ONCE, True, True, "in", Reason.ALREADY_IN),
        (ONCE, True, True, "in out", None),
        (ONCE, True, True, "in out in", Reason.ALREADY_IN),
        (ALWAYS, True, False, "in out in", None),
        (ALWAYS, True, True, "in", Reason.ALREADY_IN),
        (ALWAYS, True, True, "in out", None),
        (DAILY, True, False, "in out", Reason.ALREADY_IN),
        (DAILY, True, False, "yesterday out", None),
        (DAILY, True, True, "in out", None),
        (DAILY, True, True, "yesterday", None),  # who forgot to check out yesterday comes in today
        (DAILY, True, True, "yesterday in", Reason.ALREADY_IN),
    ],
)
def test_who_comes_again(
    repeats: Repeats, exits: bool, re_entry: bool, movements: str, reason: Reason | None
) -> None:
    session = Session("S", 1, "Phiên", exits=exits, repeats=repeats, re_entry=re_entry)
    before = tuple(
        moved("in", NOW - 24 * HOUR) if word == "yesterday" else moved(word) for word in movements.split()
    )
    assert why(Facts(GENUINE, (PERSON,), movements=before), session) is reason


@pytest.mark.parametrize(
    ("came", "now", "zone", "reason"),
    [
        (MIDNIGHT - INSTANT, MIDNIGHT, "Asia/Ho_Chi_Minh", None),
        (MIDNIGHT, MIDNIGHT + 24 * HOUR - INSTANT, "Asia/Ho_Chi_Minh", Reason.ALREADY_IN),
        (MIDNIGHT - INSTANT, MIDNIGHT, "UTC", Reason.ALREADY_IN),
        (MIDNIGHT - INSTANT, MIDNIGHT, "America/New_York", Reason.ALREADY_IN),
        (datetime(2022, 10, 29, 22, 30, tzinfo=UTC), datetime(2022, 10, 30, 23, tzinfo=UTC), "Europe/Berlin", None),
        (datetime(2022, 10, 29, 22, 30, tzinfo=UTC), datetime(2022, 10, 30, 22, 59, tzinfo=UTC), "Europe/Berlin",
         Reason.ALREADY_IN),  # the night in which the clocks go back has 25 hours
    ],
)  # fmt: skip
def test_a_day_is_one_of_the_calendar_where_the_event_is(
    came: datetime, now: datetime, zone: str, reason: Reason | None
) -> None:
    session = Session("S", 1, "Phiên", repeats=DAILY)
    facts = Facts(GENUINE, (PERSON,), movements=(moved("in", came),))
    assert why(facts, session, now, zone=ZoneInfo(zone)) is reason


DOOR = Session("S", 1, "Phiên", exits=True, re_entry=True)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(GENUINE, (PERSON,), movements=CAME), None),
        (Facts(GENUINE, (PERSON,)), Reason.NOT_IN),
        (Facts(GENUINE, (PERSON,), movements=(*CAME, moved("out"))), Reason.NOT_IN),
        (Facts(GENUINE, (PERSON,), movements=(*CAME, moved("out"), moved("in"))), None),
        (Facts(GENUINE, (with_status(DelegateStatus.BLOCKED),), movements=CAME), None),
        (Facts(GENUINE, (PERSON,), revoked=True, movements=CAME), Reason.REVOKED),
        (Facts(PayloadKind.FOREIGN, (PERSON, PERSON)), Reason.AMBIGUOUS),
        (Facts(PayloadKind.FOREIGN, (PERSON,), readable_code=True), Reason.UNKNOWN),
        (Facts(PayloadKind.MISREAD), Reason.MISREAD),
        (Facts(GENUINE), Reason.NOT_ON_ROSTER),
    ],
)
def test_at_the_exit(facts: Facts, reason: Reason | None) -> None:
    assert why(facts, DOOR, way="out") is reason


def test_who_may_come_and_when_keeps_nobody_from_leaving() -> None:
    over = Session("S", 1, "Phiên", closes_at=NOW - HOUR, admits=(Audience("Học viên"),), exits=True)
    assert why(Facts(GENUINE, (GUEST,), movements=CAME), over, way="out") is None


def test_who_stays_past_midnight_may_leave_a_session_of_every_day() -> None:
    session = Session("S", 1, "Phiên", exits=True, repeats=DAILY)
    facts = Facts(GENUINE, (PERSON,), movements=(moved("in", MIDNIGHT - HOUR),))
    assert why(facts, session, MIDNIGHT + HOUR, way="out") is None


@pytest.mark.parametrize(
    ("session", "hours", "counts"),
    [
        (Session("S", 1, "Phiên"), (30, 2, 1), 0),  # two desks admitted before they met: the first one stands
        (Session("S", 1, "Phiên", repeats=DAILY), (30, 2, 1), 1),
        (Session("S", 1, "Phiên", repeats=ALWAYS), (30, 2, 1), 2),
        (Session("S", 1, "Phiên", exits=True, re_entry=True), (30, 2, 1), 2),
    ],
)
def test_the_admission_that_counts(session: Session, hours: tuple[int, ...], counts: int) -> None:
    before = [moved("in", NOW - HOUR * back) for back in hours]
    assert admission_that_counts(before, Passing(session, NOW, HANOI)) is before[counts]


def test_the_session_of_now_is_one_whose_window_holds_before_one_in_its_grace() -> None:
    whole = Session("CHUNG", 1, "Cả ngày")
    first = Session("1", 2, "Một", opens_at=NOW - HOUR, closes_at=NOW, grace_after_minutes=30)
    second = Session(
        "2", 3, "Hai", opens_at=NOW, closes_at=NOW + HOUR, grace_before_minutes=30, grace_after_minutes=30
    )
    third = Session("3", 4, "Ba", opens_at=NOW + 2 * HOUR, closes_at=NOW + 3 * HOUR, grace_before_minutes=45)
    sessions = [whole, third, first, second]

    def chosen(minutes: int) -> str:
        return session_of(sessions, NOW + minutes * MINUTE).id

    assert [chosen(minutes) for minutes in (-1, 0, 59)] == ["1", "2", "2"]
    assert chosen(60) == "2"  # only its grace holds
    assert chosen(80) == "3"  # the grace of both holds: who comes now comes to the next
    assert chosen(200) == "CHUNG"
    assert session_of([first, second], NOW + 10 * HOUR).id == "1"


def test_the_clock_proposes_only_a_session_whose_window_holds() -> None:
    def window(name: str, first: int, last: int) -> Session:
        hours = (NOW + timedelta(hours=first), NOW + timedelta(hours=last))
        return Session(name, 1, name, opens_at=hours[0], closes_at=hours[1])

    morning, noon = window("CD1", 0, 2), window("CD2", 2, 4)
    sessions = (Session("CHUNG", 1, "Cả ngày"), morning, noon)
    assert session_by_clock(sessions, NOW) is morning
    assert session_by_clock(sessions, NOW + timedelta(hours=2)) is noon
    assert session_by_clock(sessions, NOW + timedelta(hours=9)) is None
    assert session_by_clock(sessions[:1], NOW) is None
