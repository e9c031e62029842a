"""Which source a person means, and what is said when it cannot be had."""

from pathlib import Path

import pytest

from station.capture.camera import CameraSource, SourceKind, open_source, parse_source
from station.errors import BadInput, EnvironmentFault, Refusal
from station.i18n import set_language


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
    with pytest.raises(EnvironmentFault, match="no camera 63"):
        open_source(parse_source("63"))


def test_a_file_that_is_no_video_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(BadInput, match=r"roster\.xlsx is not a video"):
        open_source(parse_source(str(path)))
