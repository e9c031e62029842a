"""When a code counts as shown anew."""

import pytest

from station.capture.frame import Code
from station.capture.sightings import Sightings


def code(payload: str) -> Code:
    nowhere = (0.0, 0.0)
    return Code(payload.encode(), payload, "test", "test", (nowhere, nowhere, nowhere, nowhere))


def sighted(readings: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Of readings (second, a letter for each code read then), those that are new presentations."""
    sightings = Sightings(gone_after_s=1.2)
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
