"""The speed of a video that is played like a camera."""

import threading
import time

import pytest

from station.capture.pace import Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    return now


class Waits(threading.Event):
    """An event that notes how long one waits for it, and moves the clock by that."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__()
        self.waited: list[float] = []
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waited.append(round(timeout, 3))
        self._clock[0] += timeout
        return False


def test_frames_come_at_the_speed_of_the_file(clock: list[float]) -> None:
    pace, waits = Pace(10), Waits(clock)

    for number in range(4):
        assert not pace.pass_over(number)
        pace.wait(number, waits)

    assert waits.waited == [0.1, 0.1, 0.1]


def test_late_frames_are_passed_over_but_never_two_in_a_row(clock: list[float]) -> None:
    pace, waits = Pace(10), Waits(clock)
    pace.wait(0, waits)
    clock[0] += 0.55

    assert [pace.pass_over(number) for number in range(1, 7)] == [True, False, True, False, False, False]


def test_after_a_long_halt_the_video_goes_on_from_there(clock: list[float]) -> None:
    pace, waits = Pace(10), Waits(clock)
    pace.wait(0, waits)
    clock[0] += 30
    pace.wait(1, waits)
    pace.wait(2, waits)

    assert waits.waited == [0.1]
    assert not pace.pass_over(3)
