"""When copies run out at the pace of the last minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from station.documents.pace import runs_out_at

NOW = datetime(2022, 10, 27, 2, 20, tzinfo=UTC)


def every(seconds: int, since_minutes: float) -> list[datetime]:
    count = int(since_minutes * 60 // seconds)
    return [NOW - timedelta(seconds=seconds * n) for n in range(count, 0, -1)]


def test_twenty_copies_at_one_a_minute_last_twenty_minutes() -> None:
    assert runs_out_at(every(60, 20), 20, NOW) == NOW + timedelta(minutes=20)


def test_what_was_handed_out_long_before_does_not_count() -> None:
    long_ago = [NOW - timedelta(minutes=m) for m in range(21, 300)]
    assert runs_out_at(long_ago, 20, NOW) is None
    assert runs_out_at(long_ago + every(60, 20), 20, NOW) == NOW + timedelta(minutes=20)


def test_a_desk_that_opened_ten_minutes_ago_is_measured_over_ten_minutes() -> None:
    assert runs_out_at(every(60, 10), 30, NOW) == NOW + timedelta(minutes=30)


def test_a_rush_of_half_a_minute_is_measured_over_five_minutes() -> None:
    rush = [NOW - timedelta(seconds=s) for s in (30, 20, 10)]
    assert runs_out_at(rush, 6, NOW) == NOW + timedelta(minutes=10)


@pytest.mark.parametrize(("minutes", "left"), [([1, 2], 5), ([], 5), ([1, 2, 3, 4], 0)])
def test_too_few_or_none_left_says_nothing(minutes: list[int], left: int) -> None:
    assert runs_out_at([NOW - timedelta(minutes=m) for m in minutes], left, NOW) is None


def test_an_end_a_day_away_and_a_clock_that_ran_ahead_say_nothing() -> None:
    assert runs_out_at(every(300, 20), 100_000, NOW) is None
    assert runs_out_at([NOW + timedelta(minutes=m) for m in range(1, 9)], 5, NOW) is None
