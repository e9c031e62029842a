"""The stream's schedule: what it costs while nothing is in view, and that the costly looks still come round."""

import time
from collections.abc import Iterator

import numpy as np
import pytest

from station.capture import stream
from station.capture.engines import Engines
from station.capture.frame import Code, Frame, Grey
from station.capture.opencv import cv2
from station.capture.passes import Found
from station.capture.stream import StreamDecoder
from tests.unit.capture.pictures import PAYLOAD, code_picture, empty, scene, seen_at, turned

FRAME_S = 1 / 30


def frame(picture: np.ndarray, number: int) -> Frame:
    return Frame(picture, number, 0.0, number * FRAME_S)


def busy() -> np.ndarray:
    """Detail everywhere, so that no look is spared."""
    grey = np.random.default_rng(3).integers(0, 2, (90, 160), np.uint8) * 160 + 40
    return cv2.cvtColor(cv2.resize(grey, (1280, 720), interpolation=cv2.INTER_NEAREST), cv2.COLOR_GRAY2BGR)


class Counted:
    """A pass that costs what it is told, and counts how often it was run."""

    def __init__(self, cost_ms: float) -> None:
        self.cost_ms = cost_ms
        self.runs = 0

    def __call__(self, _engines: Engines, _grey: Grey) -> Found:
        self.runs += 1
        until = time.thread_time() + self.cost_ms / 1000
        while time.thread_time() < until:
            pass
        return Found()


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The only costly pass is one of 15 ms, the only cheap one costs nothing."""
    look = Counted(15)
    monkeypatch.setattr(stream, "CHEAP", (Counted(0),))
    monkeypatch.setattr(stream, "COSTLY", (look,))
    return look


def test_while_nothing_is_in_view_a_costly_look_waits_until_the_allowance_pays_for_it(
    costly: Counted,
) -> None:
    decoder = StreamDecoder()
    picture = busy()

    for number in range(40):
        decoder.decode(frame(picture, number))

    # 40 allowances of IDLE_MS pay for this many looks, which also cost what finding the regions costs
    assert 2 <= costly.runs <= 40 * stream.IDLE_MS / costly.cost_ms + 1


def test_a_slower_machine_looks_less_often(costly: Counted) -> None:
    picture = busy()
    runs = []
    for costly.cost_ms in (6, 30):
        costly.runs = 0
        decoder = StreamDecoder()
        for number in range(30):
            decoder.decode(frame(picture, number))
        runs.append(costly.runs)

    assert runs[0] >= 2 * runs[1] >= 2


def test_what_looks_like_a_code_makes_it_watchful_for_a_second() -> None:
    decoder = StreamDecoder()
    decoder.decode(frame(scene(code_picture(PAYLOAD)), 0))

    assert decoder.is_watchful(0.9)
    for number in range(1, 45):
        decoder.decode(frame(empty(), number))
    assert not decoder.is_watchful(44 * FRAME_S)


def test_a_damaged_code_is_told_as_found_but_unread() -> None:
    picture = code_picture(PAYLOAD, 8)
    picture[90:200, 90:200] = 255  # more than any correction level repairs, but no finder pattern
    decoder = StreamDecoder()

    assert decoder.decode(frame(scene(picture), 0)) == []
    (corners,) = decoder.unread()
    assert np.mean(corners, axis=0) == pytest.approx((320, 180), abs=40)


@pytest.fixture
def beside() -> Iterator[StreamDecoder]:
    decoder = StreamDecoder(beside=True)
    yield decoder
    decoder.close()


def test_what_the_thread_beside_reads_comes_with_a_later_frame(
    beside: StreamDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHEAP", ())
    monkeypatch.setattr(stream, "COSTLY_BESIDE_ZBAR", (Counted(0),))
    decoder = StreamDecoder(beside=True)
    picture = seen_at(code_picture(PAYLOAD), turned(20))
    found: list[Code] = []
    until = time.monotonic() + 20
    number = 0
    while not found and time.monotonic() < until:
        found = decoder.decode(frame(picture, number))
        number += 1
    decoder.close()

    assert [(code.text, code.engine) for code in found] == [(PAYLOAD, "zbar")]
    assert number > 1
    assert np.mean(found[0].corners, axis=0) == pytest.approx((640, 360), abs=5)


def test_both_engines_on_one_code_make_one_code(beside: StreamDecoder) -> None:
    picture = seen_at(code_picture(PAYLOAD), turned(20))

    for number in range(20):
        assert [code.text for code in beside.decode(frame(picture, number))] == [PAYLOAD]


def test_a_thorough_decoder_gives_the_same_codes_every_time() -> None:
    pictures = [seen_at(code_picture(PAYLOAD), turned(angle)) for angle in (0, 30, 77)] + [empty()]

    def runs() -> list[list[Code]]:
        decoder = StreamDecoder(thorough=True)
        return [decoder.decode(frame(picture, number)) for number, picture in enumerate(pictures)]

    assert runs() == runs()
