"""Pictures and videos from files: what is read, and what is said of files that are none."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from station.capture.files import (
    codes_of_image,
    decode_file,
    decoded,
    frames_of_video,
    is_video,
    read_image,
    sightings_of_video,
)
from station.capture.opencv import cv2
from station.errors import BadInput, EnvironmentFault
from station.i18n import set_language
from tests.unit.capture.pictures import PAYLOAD, code_picture, empty, scene, write_video


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def saved(path: Path, picture: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())
    return path


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """A second without a code, a second with ``a``, one with ``a`` and ``b``, one with nothing, one with ``a``."""
    nothing, a, both = empty(), scene(code_picture("a")), scene(code_picture("a"), code_picture("b"))
    pictures = [picture for picture in (nothing, a, both, nothing, nothing, a) for _ in range(10)]
    return write_video(tmp_path / "máy ảnh.mp4", pictures, frames_per_second=10)


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp", ".webp"])
def test_a_picture_with_accents_in_its_name_is_read(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path / f"Nguyễn Thị Ánh{ending}", scene(code_picture(PAYLOAD)))

    assert [code.text for code in codes_of_image(path)] == [PAYLOAD]


def test_a_picture_without_colour_and_one_with_transparency_are_read(tmp_path: Path) -> None:
    code = code_picture(PAYLOAD)
    transparent = np.dstack([code, code, code, np.full_like(code, 255)])

    for path in (saved(tmp_path / "grey.png", code), saved(tmp_path / "alpha.png", transparent)):
        assert read_image(path).shape == (*code.shape, 3)
        assert [found.text for found in decode_file(path)] == [PAYLOAD]


def test_a_large_photograph_is_read(tmp_path: Path) -> None:
    photograph = cv2.resize(scene(code_picture(PAYLOAD)), (4000, 2250), interpolation=cv2.INTER_CUBIC)

    assert [code.text for code in decode_file(saved(tmp_path / "photo.jpg", photograph))] == [PAYLOAD]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path / "huge.png", np.zeros((8000, 7000), np.uint8))

    with pytest.raises(BadInput, match="50 million"):
        read_image(path)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"%PDF-1.7"])
def test_what_is_no_picture_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "badge.png"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=r"badge\.png is not a picture") as refused:
        decode_file(path)
    assert [problem.problem for problem in refused.value.problems] == ["NOT_AN_IMAGE"]


def test_half_a_picture_never_ends_in_a_crash(tmp_path: Path) -> None:
    whole = saved(tmp_path / "whole.jpg", scene(code_picture(PAYLOAD))).read_bytes()
    for kept in range(0, len(whole), len(whole) // 20):
        path = tmp_path / "half.jpg"
        path.write_bytes(whole[:kept])
        try:
            decode_file(path)
        except BadInput:
            continue


@pytest.mark.parametrize("name", ["missing.png", "missing.mp4", "folder.png", "folder.mp4"])
def test_what_is_no_file_is_said_to_be_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "folder.mp4").mkdir()

    with pytest.raises(EnvironmentFault, match="There is no file"):
        decode_file(tmp_path / name)


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "secret.png", code_picture(PAYLOAD))

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(EnvironmentFault, match=r"secret\.png cannot be opened: Permission denied"):
        read_image(path)


def test_a_video_gives_every_payload_once_in_the_order_of_first_sight(video: Path) -> None:
    assert [code.text for code in decode_file(video)] == ["a", "b"]


def test_a_video_gives_every_presentation_with_its_time(video: Path) -> None:
    found = [
        (sighting.code.text, sighting.frame.media_seconds // 1) for sighting in sightings_of_video(video)
    ]

    assert found == [("a", 1), ("b", 2), ("a", 5)]


def test_frames_are_numbered_and_timed_by_the_file(video: Path) -> None:
    frames = list(frames_of_video(video))

    assert [frame.number for frame in frames] == list(range(60))
    assert frames[35].media_seconds == pytest.approx(3.5)
    assert (frames[0].width, frames[0].height) == (640, 360)


@pytest.mark.parametrize("codec", ["MJPG", "mp4v"])
def test_a_video_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, codec: str) -> None:
    whole = write_video(tmp_path / "whole.avi", [scene(code_picture("a"))] * 40, codec)
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    assert [code.text for code in decode_file(cut)] == ["a"]
    assert 5 < len(list(frames_of_video(cut))) < 40


@pytest.mark.parametrize("codec", ["MJPG", "mp4v"])
def test_a_video_that_is_damaged_in_the_middle_ends_without_an_error(tmp_path: Path, codec: str) -> None:
    path = write_video(tmp_path / "damaged.avi", [scene(code_picture("a"))] * 40, codec)
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = np.random.default_rng(4).bytes(third)
    path.write_bytes(content)

    assert [code.text for code in decode_file(path)] == ["a"]


@pytest.mark.parametrize("content", [b"", b"hello" * 1000, np.random.default_rng(5).bytes(100_000)])
def test_what_is_no_video_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "camera.mp4"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=r"camera\.mp4 is not a video"):
        decode_file(path)


def test_a_video_whose_index_was_never_written_is_said_to_be_none(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.mp4", [empty()] * 30)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    with pytest.raises(BadInput, match="is not a video"):
        list(frames_of_video(cut))


def test_leaving_a_video_early_lets_the_file_go(video: Path) -> None:
    frames = frames_of_video(video)
    next(frames)
    frames.close()  # type: ignore[attr-defined]

    shutil.move(video, video.with_name("moved.mp4"))  # on Windows this fails while the file is open


def test_videos_are_known_by_their_ending() -> None:
    assert is_video(Path("CAMERA.MP4"))
    assert not is_video(Path("badge.png"))


def test_decoding_says_how_long_it_took(tmp_path: Path) -> None:
    codes, elapsed_ms = decoded(saved(tmp_path / "code.png", code_picture(PAYLOAD)))

    assert [code.text for code in codes] == [PAYLOAD]
    assert elapsed_ms > 0
