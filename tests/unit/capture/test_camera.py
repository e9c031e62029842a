"""Which source a person means, and what is said when it cannot be had."""

from pathlib import Path

import numpy as np
import pytest

from station.capture.camera import (
    CameraOptions,
    CameraSource,
    SourceKind,
    exposure_settings,
    open_source,
    parse_source,
)
from station.capture.devices import CameraDevice, index_of, named
from station.capture.opencv import cv2
from station.errors import BadInput, EnvironmentFault, Refusal
from station.i18n import set_language
from tests.unit.capture.pictures import write_video


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("", SourceKind.DEVICE, "0"),
        (" 1 ", SourceKind.DEVICE, "1"),
        ("007", SourceKind.DEVICE, "7"),
        ("camera.mp4", SourceKind.FILE, "camera.mp4"),
        ("/videos/máy ảnh.mp4", SourceKind.FILE, "/videos/máy ảnh.mp4"),
        ("C:\\videos\\camera.mp4", SourceKind.FILE, "C:\\videos\\camera.mp4"),
        ("-1", SourceKind.FILE, "-1"),
        ("²", SourceKind.FILE, "²"),
        ("http://192.168.0.5:4747/video", SourceKind.STREAM, "http://192.168.0.5:4747/video"),
        ("RTSP://camera/1", SourceKind.STREAM, "RTSP://camera/1"),
    ],
)
def test_a_source_is_an_index_a_file_or_an_address(text: str, kind: SourceKind, address: str) -> None:
    assert parse_source(text) == CameraSource(kind, address)


@pytest.mark.parametrize("text", ["ftp://host/a.mp4", "file:///a.mp4", "concat://a", "javascript://x"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="cannot be a camera"):
        parse_source(text)


def test_a_password_is_never_shown() -> None:
    source = parse_source("rtsp://127.0.0.1:1/stream").address.replace("//", "//desk:secret@")

    with pytest.raises(EnvironmentFault, match=r"rtsp://127\.0\.0\.1:1/stream does not answer"):
        open_source(parse_source(source))


def test_a_camera_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(EnvironmentFault, match="Camera 63 is not there"):
        open_source(parse_source("63"))


def test_a_file_that_is_no_video_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(BadInput, match=r"roster\.xlsx is not a video"):
        open_source(parse_source(str(path)))


def test_cameras_are_named_in_the_order_of_their_numbers_and_twins_are_told_apart() -> None:
    devices = named([(3, "HD  Webcam "), (0, "HD Webcam"), (1, "")])
    assert devices == [CameraDevice(0, "HD Webcam"), CameraDevice(1, "1"), CameraDevice(3, "HD Webcam (2)")]
    assert devices[2].address == "camera:HD Webcam (2)"


def test_a_camera_is_found_by_its_name_wherever_it_is_plugged_in() -> None:
    source = parse_source("camera:HD Webcam (2)")
    assert (source.kind, source.label) == (SourceKind.DEVICE, "HD Webcam (2)")
    assert index_of(source.address, lambda: named([(5, "HD Webcam"), (7, "HD Webcam")])) == 7
    assert index_of(source.address, lambda: named([(5, "HD Webcam")])) is None
    assert index_of("4", list) == 4
    with pytest.raises(EnvironmentFault, match=r"HD Webcam \(2\) is not there"):
        open_source(source, list)


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))]
)
def test_the_picture_is_turned_clockwise(tmp_path: Path, rotation: int, corner: tuple[int, int]) -> None:
    picture = np.zeros((64, 128, 3), np.uint8)
    picture[:16, :16] = 255
    path = write_video(tmp_path / "corner.avi", [picture] * 3, codec="MJPG")
    source = open_source(parse_source(str(path), CameraOptions(rotation=rotation)))
    image = source.read()
    source.close()
    assert image is not None
    assert image.shape[:2] == ((64, 128) if rotation % 180 == 0 else (128, 64))
    assert image[corner].min() > 200
    assert sum(image[y, x].min() > 200 for y in (0, -1) for x in (0, -1)) == 1


def test_exposure_is_set_as_each_system_counts_it() -> None:
    automatic, time = cv2.CAP_PROP_AUTO_EXPOSURE, cv2.CAP_PROP_EXPOSURE
    assert exposure_settings(0, "linux") == [(automatic, 3)]
    assert exposure_settings(-6, "linux") == [(automatic, 1), (time, 156)]
    assert exposure_settings(-13, "linux") == [(automatic, 1), (time, 1)]
    assert exposure_settings(0, "win32") == [(automatic, 1)]
    assert exposure_settings(-6, "win32") == [(time, -6)]
