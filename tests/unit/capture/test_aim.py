"""Which code is meant where several are in view."""

from hypothesis import given
from hypothesis import strategies as st

from station.capture.aim import HELD_S, Aim, centred
from station.capture.feed import CodeInView
from station.capture.frame import Code

WIDTH, HEIGHT, SIDE, PITCH = 1280, 720, 80.0, 98.0  # as a sheet looks from 15 cm


def seen(raw: bytes, x: float, y: float, age_s: float = 0.0) -> CodeInView:
    half = SIDE / 2
    corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
    return CodeInView(Code(raw, raw.decode(), "zxing", "zxing", corners), WIDTH, HEIGHT, age_s)


def sheet(offset: float) -> list[CodeInView]:
    """Seven rows, the fourth one so many pixels below the middle."""
    return [seen(b"row %d" % row, WIDTH / 2, HEIGHT / 2 + (row - 3) * PITCH + offset) for row in range(7)]


@given(st.floats(-30, 30))
def test_the_row_in_the_middle_is_meant(offset: float) -> None:
    place = centred(sheet(offset))
    assert place is not None and place.code.raw == b"row 3"


@given(st.floats(-300, 300), st.floats(-200, 200))
def test_never_a_row_whose_neighbour_is_nearer(offset: float, aside: float) -> None:
    places = [
        seen(place.code.raw, WIDTH / 2 + aside, place.code.corners[0][1] + SIDE / 2)
        for place in sheet(offset)
    ]
    place = centred(places)
    nearest = min(places, key=lambda place: abs(place.code.corners[0][1] + SIDE / 2 - HEIGHT / 2))
    assert place is None or place.code.raw == nearest.code.raw


def test_between_two_rows_none_is_meant() -> None:
    assert centred(sheet(PITCH / 2)) is None


def test_a_neighbour_is_not_meant_while_the_row_in_the_middle_cannot_be_read() -> None:
    assert centred([place for place in sheet(0) if place.code.raw != b"row 3"]) is None


def test_a_row_counts_once_it_was_held_and_only_once() -> None:
    aim = Aim()
    told = [code.raw for step in range(40) if (code := aim.update(sheet(0), step * 0.05))]
    assert told == [b"row 3"]


def test_rows_that_pass_by_do_not_count() -> None:
    aim = Aim()
    steps = 60
    told = [aim.update(sheet(-step * PITCH / 4), step * HELD_S / 6) for step in range(steps)]
    assert not any(told)


def test_the_next_row_counts_and_the_first_one_again_after_it_was_away() -> None:
    aim, told = Aim(), []
    for step in range(200):
        row = (step // 40) % 2  # two seconds on each
        code = aim.update(sheet(-row * PITCH), step * 0.05)
        told += [code.raw] if code else []
    assert told == [b"row 3", b"row 4", b"row 3", b"row 4", b"row 3"]


def test_what_was_read_long_ago_is_not_meant() -> None:
    assert centred([seen(b"row", WIDTH / 2, HEIGHT / 2, age_s=0.9)]) is None
    assert centred([]) is None


def test_one_reading_is_no_holding_however_long_nothing_else_is_read() -> None:
    aim = Aim()
    told = [
        aim.update([seen(b"row", WIDTH / 2, HEIGHT / 2, age_s=step * 0.05)], step * 0.05)
        for step in range(20)
    ]
    assert not any(told)
