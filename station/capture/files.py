"""Pictures and videos that are read without a camera: by the headless commands, by tests and by benchmarks."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from station.capture.camera import check_readable, open_video
from station.capture.decoder import decode_image
from station.capture.frame import Code, Frame, Image, Sighting
from station.capture.opencv import MOST_PIXELS, cv2
from station.capture.sightings import Sightings
from station.capture.stream import StreamDecoder
from station.errors import BadInput, EnvironmentFault, Problem
from station.i18n import _

Packed = NDArray[np.uint8]
LARGEST_IMAGE_FILE_BYTES = 200_000_000
_VIDEO_ENDINGS = (
    *(".avi", ".mkv", ".mov", ".mp4", ".m4v", ".webm", ".wmv", ".3gp"),
    *(".mpg", ".mpeg", ".mts", ".ts", ".mjpg", ".mjpeg", ".ogv"),
)


def is_video(path: Path) -> bool:
    """Whether a file is to be read as a video, by the ending of its name."""
    return path.suffix.lower() in _VIDEO_ENDINGS


def read_image(path: Path) -> Image:
    """The picture in a file.

    Raises:
        EnvironmentFault: there is no such file, or it may not be read.
        BadInput: it is no picture, or one of more than 50 million pixels.
    """
    check_readable(path)
    if path.stat().st_size > LARGEST_IMAGE_FILE_BYTES:
        raise _too_large(path)
    packed = np.fromfile(path, np.uint8)  # OpenCV itself cannot open names with accents on Windows
    try:
        image = _on_white(packed) if _is_transparent_png(packed) else cv2.imdecode(packed, cv2.IMREAD_COLOR)
    except cv2.error as fault:
        if "PIXELS" in str(fault):
            raise _too_large(path) from fault
        image = None
    if image is None:
        raise BadInput(
            [Problem(None, None, "NOT_AN_IMAGE", _("{file} is not a picture.").format(file=path.name))]
        )
    return image


def _is_transparent_png(packed: Packed) -> bool:
    """Whether the header (PNG specification, 11.2.1) announces an alpha channel."""
    return bool(packed[:8].tobytes() == b"\x89PNG\r\n\x1a\n" and len(packed) > 25 and packed[25] in (4, 6))


def _on_white(packed: Packed) -> Image | None:
    """A picture with an alpha channel, before white: black on nothing is how many programs save codes."""
    image = cv2.imdecode(packed, cv2.IMREAD_UNCHANGED)
    if image is None or image.ndim != 3 or image.shape[2] != 4 or image.dtype != np.uint8:
        return cv2.imdecode(packed, cv2.IMREAD_COLOR)
    opacity = image[:, :, 3:].astype(np.float32) / 255
    return (image[:, :, :3] * opacity + 255 * (1 - opacity)).astype(np.uint8)


def _too_large(path: Path) -> BadInput:
    message = _("{file} is too large: pictures may have {millions} million pixels at most.").format(
        file=path.name, millions=MOST_PIXELS // 1_000_000
    )
    return BadInput([Problem(None, None, "IMAGE_TOO_LARGE", message)])


def frames_of_video(path: Path) -> Iterator[Frame]:
    """Every frame of a video, as fast as they are asked for; ends early, without an error, where the file is damaged.

    Raises:
        EnvironmentFault: there is no such file, or it may not be read.
        BadInput: it is no video, or holds no picture.
    """
    source = open_video(path)
    try:
        for number in itertools.count():
            image = source.read()
            if image is None:
                break
            yield Frame(image, number, time.perf_counter(), number / source.frames_per_second)
    finally:
        source.close()
    if number == 0:
        message = _("{file} holds no picture that can be read.").format(file=path.name)
        raise BadInput([Problem(None, None, "NOT_A_VIDEO", message)])


def length_of_video(path: Path) -> float:
    """How long a video says it is, in seconds; 0 if it does not say, or is none."""
    try:
        source = open_video(path)
    except (BadInput, EnvironmentFault):
        return 0.0
    try:
        return max(0.0, source.announced_frames / source.frames_per_second)
    finally:
        source.close()


def codes_of_image(path: Path) -> list[Code]:
    """Every code in a picture file. Raises as ``read_image``, and EnvironmentFault if nothing can decode."""
    return decode_image(read_image(path))


def sightings_of_video(path: Path) -> Iterator[Sighting]:
    """What a camera would have sighted, had the video been held before it; every frame is looked at thoroughly.

    Raises as ``frames_of_video``, and EnvironmentFault if nothing can decode.
    """
    decoder, sightings = StreamDecoder(thorough=True), Sightings()
    for frame in frames_of_video(path):
        for code in sightings.update(decoder.decode(frame), frame.media_seconds):
            yield Sighting(code, frame)


def decode_file(path: Path) -> list[Code]:
    """Every code in a picture or video, each payload once, in the order of first sight. Raises as those above."""
    if not is_video(path):
        return codes_of_image(path)
    found: dict[bytes, Code] = {}
    for sighting in sightings_of_video(path):
        found.setdefault(sighting.code.raw, sighting.code)
    return list(found.values())


def decoded(path: Path) -> tuple[list[Code], float]:
    """The codes in a picture or video, and the milliseconds it took to read them. Raises as ``decode_file``."""
    began_at = time.perf_counter()
    codes = decode_file(path)
    return codes, (time.perf_counter() - began_at) * 1000
