"""What is wrong with a picture in which a code is not read, and silence where nothing is."""

import numpy as np
import pytest

from station.capture.frame import Grey
from station.capture.hints import LOOK_EVERY_S, QUIET_S, Hint, HintWatch, hint_in
from station.capture.marks import corner_marks
from station.capture.opencv import cv2
from tests.benchmarks import stress
from tests.unit.capture.pictures import PAYLOAD, Picture, code_picture, empty, scene, seen_at, turned

CODE = code_picture(PAYLOAD, 9)


def grey(picture: Picture) -> Grey:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def at(left: int, top: int, code: Picture = CODE) -> Grey:
    """A frame of 1280 × 720 with the code's top left corner there, as far as it lies inside."""
    room = 600
    frame = np.pad(grey(empty(1280, 720)), room, mode="edge")
    frame[room + top : room + top + code.shape[0], room + left : room + left + code.shape[1]] = code
    return frame[room:-room, room:-room]


def test_all_three_marks_are_found_where_they_are() -> None:
    marks = corner_marks(at(400, 200), 0.5)
    assert len(marks) == 3
    assert sorted((round(m.x / 10), round(m.y / 10)) for m in marks) == [(47, 27), (47, 43), (63, 27)]
    assert all(abs(mark.module - 9) < 1 for mark in marks)


@pytest.mark.parametrize("degrees", [0, 20, 45, 100])
@pytest.mark.parametrize("inverted", [False, True])
def test_marks_are_found_however_the_code_is_turned(degrees: float, inverted: bool) -> None:
    picture = seen_at(code_picture(PAYLOAD, 6, inverted=inverted), turned(degrees, 300))
    assert len(corner_marks(grey(picture), 0.5)) == 3


@pytest.mark.parametrize(
    ("left", "top"), [(-90, 200), (1080, 200), (400, -90), (400, 520), (1120, 200), (-150, 200)]
)
def test_a_code_that_reaches_over_the_edge_is_cut_off(left: int, top: int) -> None:
    assert hint_in(at(left, top), []) is Hint.CUT_OFF


@pytest.mark.parametrize(("module", "sigma_px"), [(9, 6), (9, 7), (14, 9), (14, 10)])
def test_a_code_out_of_focus_is_blurred(module: int, sigma_px: float) -> None:
    code = code_picture(PAYLOAD, module)
    assert hint_in(cv2.GaussianBlur(at(400, 150, code), (0, 0), sigma_px), []) is Hint.BLURRED


def test_a_tiny_code_is_too_small() -> None:
    tiny = cv2.resize(code_picture(PAYLOAD, 8), None, fx=0.22, fy=0.22, interpolation=cv2.INTER_AREA)
    assert hint_in(at(600, 330, tiny), [], centre=True) is Hint.SMALL


def test_no_light_at_all_and_too_little() -> None:
    assert hint_in(np.full((720, 1280), 6, np.uint8), []) is Hint.BLACK
    assert hint_in((at(450, 220) * 0.18).astype(np.uint8), []) is Hint.DARK


@pytest.mark.parametrize("number", range(24))
@pytest.mark.parametrize("centre", [False, True])
def test_where_there_is_no_code_nothing_is_said(number: int, centre: bool) -> None:
    picture = stress.background(number)
    assert hint_in(picture if picture.ndim == 2 else grey(picture), [], centre=centre) is None


def test_a_readable_code_has_nothing_wrong() -> None:
    assert hint_in(grey(scene(CODE, width=1280, height=720)), []) is None


def test_the_watch_speaks_after_a_while_and_is_silent_once_a_code_is_read() -> None:
    watch, dark = HintWatch(), np.full((360, 640, 3), 40, np.uint8)
    said = [watch.update(dark, at_s / 10, read=False, unread=[]) for at_s in range(40)]
    first = said.index(Hint.DARK)
    assert said[:first] == [None] * first
    assert QUIET_S + LOOK_EVERY_S <= first / 10 <= QUIET_S + 2 * LOOK_EVERY_S + 0.2
    assert set(said[first:]) == {Hint.DARK}
    assert watch.update(dark, 4.0, read=True, unread=[]) is None
    assert watch.update(dark, 4.1, read=False, unread=[]) is None


def test_the_watch_forgets_a_hint_that_no_longer_holds() -> None:
    watch, dark, light = HintWatch(), np.full((360, 640, 3), 40, np.uint8), empty()
    for at_s in range(30):
        watch.update(dark, at_s / 10, read=False, unread=[])
    assert watch.update(light, 3.1, read=False, unread=[]) is Hint.DARK
    said = [watch.update(light, 3 + at_s / 10, read=False, unread=[]) for at_s in range(30)]
    assert said[-1] is None
