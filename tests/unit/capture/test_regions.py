"""Where the decoder looks."""

import pytest

from station.capture.decoder import grey_of
from station.capture.opencv import cv2
from station.capture.regions import area_of, regions_with_detail
from tests.unit.capture.pictures import PAYLOAD, code_picture, empty, scene


def test_a_wall_is_not_looked_at() -> None:
    assert regions_with_detail(grey_of(empty(1280, 720))) == []


def test_lines_in_one_direction_are_no_code() -> None:
    picture = empty(1280, 720)
    picture[:, ::8] = 0

    assert regions_with_detail(grey_of(picture)) == []


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("module", [2, 6, 10, 18])
def test_a_code_is_inside_one_region(module: int, inverted: bool) -> None:
    code = code_picture(PAYLOAD, module, inverted=inverted)
    symbol = code.shape[0] - 8 * module  # without the quiet zone

    (region,) = regions_with_detail(grey_of(scene(code, width=1280, height=720)))

    left, top, right, bottom = region
    assert left <= (1280 - symbol) / 2
    assert top <= (720 - symbol) / 2
    assert right >= (1280 + symbol) / 2
    assert bottom >= (720 + symbol) / 2


def test_a_region_is_much_smaller_than_the_frame() -> None:
    (region,) = regions_with_detail(grey_of(scene(code_picture(PAYLOAD, 6), width=1280, height=720)))

    assert area_of(region) < 1280 * 720 / 4


def test_a_code_in_the_corner_of_a_frame_of_any_size_is_inside() -> None:
    picture = empty(1359, 759)
    code = code_picture(PAYLOAD, 3)
    picture[-code.shape[0] :, -code.shape[1] :] = code[:, :, None]

    ((_left, _top, right, bottom),) = regions_with_detail(grey_of(picture))

    assert (right, bottom) == (1359, 759)


def test_where_everything_is_detail_the_frame_is_looked_at_once() -> None:
    page = cv2.resize(code_picture(PAYLOAD * 8, 4), (1280, 720), interpolation=cv2.INTER_NEAREST)

    assert regions_with_detail(page) == [(0, 0, 1280, 720)]
