"""Clocks that run backwards, stand in 1970 or 2038, and windows over midnight: the record stays whole and in order."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.clock import from_ms, to_ms
from station.exchange.verify import verify
from station.model.event import Session
from station.model.verdict import Outcome, Reason, Source
from station.store import journal
from tests.builders import DELEGATES, INSTANCE, MORNING, HandClock, make_event, opened, payload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STRANGE = (
    EPOCH,
    EPOCH - timedelta(days=1),
    datetime(2038, 1, 19, 3, 14, 7, 999_000, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC),
    datetime(9000, 1, 1, tzinfo=UTC),
)


@given(st.integers(-(10**11), 10**14))
def test_milliseconds_come_back_as_they_went(milliseconds: int) -> None:
    assert to_ms(from_ms(milliseconds)) == milliseconds


@pytest.mark.parametrize("strange", STRANGE, ids=lambda at: f"{at:%Y}")
def test_a_clock_that_is_far_off_records_and_exports(tmp_path: Path, strange: datetime) -> None:
    clock = HandClock()
    (tmp_path / "stick").mkdir()
    with opened(make_event(tmp_path / "event", clock=clock), clock) as station:
        first = station.desk.redeem(payload(1), Source.CAMERA)
        clock.at = strange
        verdict = station.desk.redeem(payload(2), Source.CAMERA)
        again = station.desk.redeem(payload(1), Source.CAMERA)
        clock.at = MORNING
        last = station.desk.redeem(payload(3), Source.CAMERA)
        assert (verdict.outcome, verdict.at) == (Outcome.ADMITTED, strange)
        assert again.admission and again.admission.at == first.at
        assert [scan.entry for scan in station.desk.recent()] == [
            last.entry,
            again.entry,
            verdict.entry,
            first.entry,
        ]
        assert verify(station.export(tmp_path / "stick").to).problems == []
        station.back_up()
    with opened(tmp_path / "event", clock) as station:
        assert station.instance == INSTANCE
        assert station.desk.counts().present == 3
    assert verify(tmp_path / "event").problems == []


def test_a_clock_that_jumps_back_while_the_program_is_closed_changes_no_order(tmp_path: Path) -> None:
    clock = HandClock()
    make_event(tmp_path / "event", clock=clock)
    told = []
    for serial, day in enumerate((0, 3000, -9000, 1, -1), 1):
        clock.at = MORNING + timedelta(days=day)
        with opened(tmp_path / "event", clock) as station:
            told.append(station.desk.redeem(payload(serial), Source.CAMERA).entry)
            again = station.desk.redeem(payload(1), Source.CAMERA)
            assert again.admission and again.admission.entry == told[0]
            with station.files.reading() as connection:
                chain = list(journal.entries(connection, INSTANCE))
    clocks = [(entry.content.hlc_ms, entry.content.hlc_counter) for entry in chain]
    assert clocks == sorted(set(clocks))
    assert verify(tmp_path / "event").problems == []


@contextmanager
def machine_in(zone: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system sets its zone for all programs")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
EVENING = Session(
    "TOI",
    1,
    "Phiên tối",
    opens_at=datetime(2022, 10, 27, 22, 0, tzinfo=VIETNAM).astimezone(UTC),
    closes_at=datetime(2022, 10, 28, 2, 0, tzinfo=VIETNAM).astimezone(UTC),
)
WHOLE = Session("CHUNG", 2, "Cả ngày")
# In Berlin the hour from 2 to 3 came twice in this night: a window of wall-clock hours, five real ones long.
LONG_NIGHT = Session(
    "DEM",
    1,
    "Đêm dài",
    opens_at=datetime(2022, 10, 29, 23, 0, tzinfo=BERLIN).astimezone(UTC),
    closes_at=datetime(2022, 10, 30, 3, 0, tzinfo=BERLIN).astimezone(UTC),
)
INSTANT = timedelta(milliseconds=1)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Kiritimati"])
def test_a_window_over_midnight_holds_wherever_the_laptop_thinks_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    clock = HandClock()
    assert EVENING.opens_at and EVENING.closes_at
    expected = (
        (EVENING.opens_at - INSTANT, Reason.NOT_YET_OPEN, "CHUNG"),
        (EVENING.opens_at, None, "TOI"),
        (datetime(2022, 10, 27, 17, 0, tzinfo=UTC), None, "TOI"),  # midnight in Vietnam
        (EVENING.closes_at - INSTANT, None, "TOI"),
        (EVENING.closes_at, Reason.CLOSED, "CHUNG"),
    )
    with (
        machine_in(zone, monkeypatch),
        opened(make_event(tmp_path / "event", clock=clock, sessions=(EVENING, WHOLE)), clock) as station,
    ):
        for serial, (at, reason, session_now) in enumerate(expected, 1):
            clock.at = at
            assert station.desk.redeem(payload(serial), Source.CAMERA, "TOI").reason is reason
            assert station.desk.session_now().id == session_now
        assert station.desk.counts("TOI").present == len(DELEGATES) - 2
    assert verify(tmp_path / "event").problems == []


def test_a_window_over_the_end_of_summer_time_has_all_its_hours(tmp_path: Path) -> None:
    clock = HandClock()
    assert LONG_NIGHT.opens_at and LONG_NIGHT.closes_at
    assert LONG_NIGHT.closes_at - LONG_NIGHT.opens_at == timedelta(hours=5)
    with opened(make_event(tmp_path / "event", clock=clock, sessions=(LONG_NIGHT,)), clock) as station:
        for serial, fold in ((1, 0), (2, 1)):
            clock.at = datetime(2022, 10, 30, 2, 30, tzinfo=BERLIN, fold=fold).astimezone(UTC)
            assert station.desk.redeem(payload(serial), Source.CAMERA).outcome is Outcome.ADMITTED
        first, second = (scan.at for scan in reversed(station.desk.recent()))
        assert second - first == timedelta(hours=1)
