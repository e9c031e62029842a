"""When a code counts as shown anew."""

import pytest

from station.capture.frame import Code
from station.capture.sightings import Sightings


def code(payload: str) -> Code:
    nowhere = (0.0, 0.0)
    return Code(payload.encode(), payload, "test", "test", (nowhere, nowhere, nowhere, nowhere))


def sighted(readings: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Of readings (second, a letter for each code read then), those that are new presentations."""
    sightings = Sightings(gone_after_s=1.2, gone_after_looks=0)
    return [
        (at_s, new.text) for at_s, read in readings for new in sightings.update([code(c) for c in read], at_s)
    ]


@pytest.mark.parametrize(
    ("readings", "new"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(0, ""), (1, "")], [], id="nothing-readable"),
        pytest.param([(0, "a"), (0.03, "a"), (0.06, "a")], [(0, "a")], id="held-still"),
        pytest.param([(0, "a"), (0.5, ""), (1.1, "a"), (2.2, "a")], [(0, "a")], id="mostly-unreadable"),
        pytest.param([(0, "a"), (1.2, "a")], [(0, "a")], id="just-still-there"),
        pytest.param([(0, "a"), (1.25, "a")], [(0, "a"), (1.25, "a")], id="just-gone"),
        pytest.param(
            [(0, "a"), (5, "a"), (5.1, "a")], [(0, "a"), (5, "a")], id="shown-again-without-frames-between"
        ),
        pytest.param([(0, "ab"), (0.1, "ab")], [(0, "a"), (0, "b")], id="two-at-once"),
        pytest.param([(0, "a"), (0.1, "ab"), (0.2, "b")], [(0, "a"), (0.1, "b")], id="second-joins"),
        pytest.param(
            [(0, "a"), (0.3, "b"), (0.6, "a"), (0.9, "b")], [(0, "a"), (0.3, "b")], id="taking-turns"
        ),
        pytest.param(
            [(0, "a"), (1, "b"), (2, "b"), (3, "ab")],
            [(0, "a"), (1, "b"), (3, "a")],
            id="one-leaves-and-returns",
        ),
        pytest.param([(0, "aa")], [(0, "a")], id="the-same-twice-in-a-frame"),
    ],
)
def test_presentations(readings: list[tuple[float, str]], new: list[tuple[float, str]]) -> None:
    assert sighted(readings) == new


def presentations(looks_each_second: float) -> int:
    """How often a code counts as shown that is read at 0 s, unreadable for 1.5 s, and read again."""
    sightings = Sightings()
    instants = [number / looks_each_second for number in range(round(1.5 * looks_each_second))]
    new = [*sightings.update([code("a")], 0.0)]
    for at_s in instants[1:]:
        new += sightings.update([], at_s)
    return len(new + sightings.update([code("a")], 1.5))


def test_a_busy_machine_that_looks_seldom_does_not_take_a_code_for_gone() -> None:
    assert presentations(looks_each_second=20) == 2
    assert presentations(looks_each_second=4) == 1


def test_a_code_is_gone_after_a_long_standstill_of_the_camera() -> None:
    sightings = Sightings()
    assert sightings.update([code("a")], 0.0)
    assert not sightings.update([code("a")], 3.9)
    assert sightings.update([code("a")], 8.0)
