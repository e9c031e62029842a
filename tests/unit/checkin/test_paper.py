"""Signatures on printed sheets become attendance; whatever is wrong with a row is said, and recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from station.app import Station
from station.checkin.cases import Person
from station.checkin.paper import Signed, signed, usual_time
from station.codes.payload import EventKey
from station.codes.sign_in import make_row
from station.errors import Refusal
from station.model.entry import EntryKind
from station.model.event import Repeats, Session
from station.model.verdict import Outcome, Reason, Source
from station.reports.sheet_making import MadeSheets, make_sheets
from station.reports.sign_in import SheetLook
from station.store import checkin, journal, projections
from station.store.journal import Note
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload

EVENING = MORNING + timedelta(hours=10)
STARTS = MORNING + timedelta(minutes=30)
CD1 = Session("CD1", 1, "Chuyên đề 1", opens_at=STARTS, closes_at=STARTS + timedelta(hours=3))
CD2 = Session("CD2", 2, "Chuyên đề 2", opens_at=STARTS + timedelta(hours=5))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """In the evening, after a day on paper."""
    with opened(make_event(tmp_path / "e", sessions=[CD1, CD2]), HandClock(EVENING)) as station:
        yield station


def sheet_of(station: Station, *sessions: Session, look: SheetLook = SheetLook()) -> MadeSheets:  # noqa: B008
    return make_sheets(
        station.files, station.event, station.key, station.clock, sessions or (CD1,), look, BytesIO()
    )


def times(station: Station, session: Session = CD1) -> Signed:
    start = usual_time(station.event, session, station.clock.now())
    return signed(station.event, session, start, start + timedelta(minutes=15), station.clock.now())


def test_a_row_is_an_attendance_at_the_stated_time_and_both_times_are_kept(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    person, code = sheet.rows[1]
    taken = station.paper.take(code.encode(), times(station))
    assert (taken.outcome, taken.delegate, taken.sheet, taken.row) == (Outcome.ADMITTED, person, 1, 2)
    assert taken.at == STARTS
    with station.files.reading() as connection:
        (seen,) = checkin.attendance(connection, "CD1")
        entry = journal.entry_of(connection, taken.entry)
    assert (seen.delegate, seen.first_in, seen.source) == (person.id, STARTS, Source.PAPER)
    assert entry is not None
    assert entry.body["recorded_at_ms"] == round(EVENING.timestamp() * 1000)
    assert entry.body["signed_until_ms"] == round((STARTS + timedelta(minutes=15)).timestamp() * 1000)


def test_who_is_present_already_is_said_and_not_recorded_twice(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    station.paper.take(sheet.rows[0][1].encode(), times(station))
    again = station.paper.take(sheet.rows[0][1].encode(), times(station))
    assert (again.outcome, again.reason, again.at) == (Outcome.ATTENTION, Reason.ALREADY_IN, STARTS)
    assert station.desk.counts("CD1").present == 1


def test_the_latest_can_be_undone_and_taken_in_again(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    taken = station.paper.take(sheet.rows[0][1].encode(), times(station))
    station.desk.void(taken.entry, "misread")
    assert station.desk.counts("CD1").present == 0
    assert station.paper.take(sheet.rows[0][1].encode(), times(station)).outcome is Outcome.ADMITTED


def test_a_row_of_another_session_is_refused_with_the_name(station: Station) -> None:
    first, second = sheet_of(station, CD1, CD2).sheets
    taken = station.paper.take(second.rows[0][1].encode(), times(station))
    assert (taken.outcome, taken.reason) == (Outcome.REFUSED, Reason.OTHER_SHEET)
    assert taken.delegate == first.rows[0][0]
    assert "CD2" in taken.sentence
    assert station.desk.counts("CD1").present == 0
    gone = make_row(station.key, first.rows[0][0].id, "CD9", 1)
    assert station.paper.take(gone.encode(), times(station)).reason is Reason.OTHER_SHEET


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (make_row(EventKey(bytes(32), "000000"), f"{INSTANCE}-1", "CD1", 1).encode(), Reason.WRONG_EVENT),
        (b"https://example.org/", Reason.UNKNOWN),
        (b"\xff\xfe\x00", Reason.UNKNOWN),
        (b"", Reason.UNKNOWN),
        (b"2" * 44, Reason.MISREAD),
        (payload(1), Reason.UNKNOWN),  # the code on a badge is no signature
    ],
)
def test_what_is_no_row_is_refused_and_recorded(station: Station, raw: bytes, reason: Reason) -> None:
    taken = station.paper.take(raw, times(station))
    assert (taken.outcome, taken.reason, taken.delegate) == (Outcome.REFUSED, reason, None)
    with station.files.reading() as connection:
        entry = journal.entry_of(connection, taken.entry)
    assert entry is not None and entry.content.outcome == "refused"


def test_a_forged_row_is_refused(station: Station) -> None:
    forged = make_row(EventKey(bytes(32), station.key.tag), f"{INSTANCE}-1", "CD1", 1)
    assert station.paper.take(forged.encode(), times(station)).reason is Reason.FORGED


def test_withdrawn_and_unknown_delegates_are_not_present(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    gone = sheet.rows[0][0].id
    note = Note(EntryKind.STANDING_CHANGED, EVENING, delegate=gone, body={"status": "withdrawn"})
    station.files.write(lambda c: projections.record(c, station.instance, note))
    assert station.paper.take(sheet.rows[0][1].encode(), times(station)).reason is Reason.WITHDRAWN
    stranger = make_row(station.key, f"{INSTANCE}-4711", "CD1", 1).encode()
    taken = station.paper.take(stranger, times(station))
    assert (taken.outcome, taken.reason, taken.delegate) == (Outcome.ATTENTION, Reason.NOT_ON_ROSTER, None)
    assert station.desk.counts("CD1").present == 0


def test_rows_can_be_typed_by_number_and_by_the_delegates_code(station: Station) -> None:
    first, _second = sheet_of(station, CD1, CD2).sheets
    by_row = station.paper.take_typed(" 3 ", times(station), first.number)
    assert (by_row.delegate, by_row.row) == (first.rows[2][0], 3)
    by_code = station.paper.take_typed("db00002", times(station), first.number)
    assert by_code.delegate is not None and by_code.delegate.code == "DB00002"
    assert station.paper.take_typed(first.rows[4][1], times(station)).outcome is Outcome.ADMITTED


@pytest.mark.parametrize(
    ("text", "sheet"), [("0", 1), ("6", 1), ("999", 1), ("3", 2), ("3", None), ("3", 77)]
)
def test_a_row_that_is_not_on_the_chosen_sheet_is_not_guessed(
    station: Station, text: str, sheet: int | None
) -> None:
    sheet_of(station, CD1, CD2)
    with pytest.raises(Refusal):
        station.paper.take_typed(text, times(station), sheet)
    assert station.desk.counts("CD1").present == 0


def test_row_numbers_mean_who_was_printed_there_whoever_came_to_the_roster_since(station: Station) -> None:
    (old,) = sheet_of(station).sheets
    station.cases.walk_in(Person("Ân An Ánh", unit="A"), "CD2")
    (new,) = sheet_of(station).sheets
    assert new.rows[0][0] != old.rows[0][0]
    taken = station.paper.take_typed("1", times(station), old.number)
    assert taken.delegate == old.rows[0][0]


def test_times_that_cannot_be_are_refused(station: Station) -> None:
    event, now = station.event, station.clock.now()
    for start, end in (
        (STARTS, STARTS - timedelta(minutes=1)),
        (now + timedelta(minutes=1), now + timedelta(minutes=2)),
        (STARTS - timedelta(hours=2), STARTS),
        (STARTS + timedelta(hours=4), STARTS + timedelta(hours=5)),
    ):
        with pytest.raises(Refusal):
            signed(event, CD1, start, end, now)
    open_ended = Session("ALL", 3, "Tất cả")
    with pytest.raises(Refusal):
        signed(event, open_ended, datetime(2021, 1, 1, tzinfo=UTC), now, now)
    assert usual_time(event, open_ended, now) == datetime(2022, 10, 27, 1, tzinfo=UTC)
    assert usual_time(event, CD1, MORNING) == MORNING  # not in the future


def test_a_signature_counts_once_where_one_may_enter_again_and_again(tmp_path: Path) -> None:
    always = Session("TL", 1, "Thảo luận", repeats=Repeats.ALWAYS)
    daily = Session("AN", 2, "Ăn trưa", repeats=Repeats.DAILY)
    with opened(
        make_event(tmp_path / "e", sessions=[always, daily]), HandClock(MORNING + timedelta(days=1))
    ) as station:
        first, second = sheet_of(station, always, daily).sheets
        today, before = station.clock.now(), MORNING
        said = signed(station.event, always, before, before, today)
        outcomes = [station.paper.take(first.rows[0][1].encode(), said).outcome for _ in range(2)]
        assert outcomes == [Outcome.ADMITTED, Outcome.ATTENTION]
        outcomes = [
            station.paper.take(
                second.rows[0][1].encode(), signed(station.event, daily, at, at, today)
            ).outcome
            for at in (before, before, today)
        ]
        assert outcomes == [Outcome.ADMITTED, Outcome.ATTENTION, Outcome.ADMITTED]


def test_a_row_admits_nobody_at_the_desk(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    verdict = station.desk.redeem(sheet.rows[0][1].encode(), Source.CAMERA, "CD2")
    assert (verdict.outcome, verdict.reason, verdict.delegate) == (Outcome.REFUSED, Reason.SIGN_IN_ROW, None)


def test_what_was_taken_in_is_what_the_journal_says(station: Station) -> None:
    (sheet,) = sheet_of(station).sheets
    for _person, code in sheet.rows:
        station.paper.take(code.encode(), times(station))
    assert station.files.write(projections.rebuild) == []
    assert station.desk.counts("CD1").present == 5
