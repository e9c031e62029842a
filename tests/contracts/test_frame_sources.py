"""What every frame source promises: a file, a network camera, and the fake that stands in for a device."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from station.capture.camera import FrameSource, open_source, parse_source
from tests.unit.capture.mjpeg_camera import MjpegCamera
from tests.unit.capture.pictured_source import PicturedSource
from tests.unit.capture.pictures import HEIGHT, WIDTH, empty, write_video

PICTURES = [empty()] * 12


@pytest.fixture(params=["file", "stream", "fake file", "fake device"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FrameSource]:
    with ExitStack() as stack:

        def stream() -> FrameSource:
            return open_source(parse_source(stack.enter_context(MjpegCamera(empty())).url))

        makers: dict[str, Callable[[], FrameSource]] = {
            "file": lambda: open_source(
                parse_source(str(write_video(tmp_path / "camera.avi", PICTURES, "MJPG")))
            ),
            "stream": stream,
            "fake file": lambda: PicturedSource(PICTURES),
            "fake device": lambda: PicturedSource(PICTURES, finite=False),
        }
        made = makers[request.param]()
        stack.callback(made.close)
        yield made


def test_a_picture_is_colour_of_eight_bits(source: FrameSource) -> None:
    picture = source.read()

    assert picture is not None
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert picture.dtype == np.uint8


def test_a_picture_stays_what_it_was_when_the_next_is_read(source: FrameSource) -> None:
    first = source.read()
    assert first is not None
    before = first.copy()
    source.read()

    assert (first == before).all()


def test_a_picture_can_be_passed_over(source: FrameSource) -> None:
    assert source.skip()
    assert source.read() is not None


def test_a_finite_source_ends_after_as_many_pictures_as_it_announced(source: FrameSource) -> None:
    if source.finite:
        count = 0
        while source.read() is not None:
            count += 1

        assert count == source.announced_frames == len(PICTURES)
        assert not source.skip()
    else:
        assert source.announced_frames == 0


def test_the_speed_is_one_that_a_camera_can_have(source: FrameSource) -> None:
    assert 1 <= source.frames_per_second <= 240


def test_a_closed_source_gives_nothing_and_can_be_closed_again(source: FrameSource) -> None:
    source.close()
    source.close()

    assert source.read() is None
    assert not source.skip()
