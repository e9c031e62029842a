"""Pictures and videos with real QR codes in them, drawn for the tests of capture."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray

from station.capture.opencv import cv2

Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 640, 360
GROUND = 150
PAYLOAD = "10421970000000100000010123456789012345678912"


def matrix_picture(code: segno.QRCode, module: int = 6, *, inverted: bool = False) -> Picture:
    """A symbol with its quiet zone, grey, ``module`` pixels a module."""
    matrix = np.array([list(row) for row in code.matrix_iter(border=4)], np.uint8)
    dark, light = (255, 0) if inverted else (0, 255)
    return np.where(matrix, dark, light).astype(np.uint8).repeat(module, 0).repeat(module, 1)


def code_picture(
    content: str | bytes, module: int = 6, *, inverted: bool = False, **options: object
) -> Picture:
    """The picture of a QR code of a text (UTF-8, without ECI) or of bytes."""
    if isinstance(content, str):
        options = {"encoding": "utf-8", **options}
    return matrix_picture(segno.make(content, micro=False, **options), module, inverted=inverted)


def empty(width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """A grey wall with the noise of a camera, blue green red."""
    noise = np.random.default_rng(1).normal(GROUND, 3, (height, width, 1))
    return np.clip(noise, 0, 255).astype(np.uint8).repeat(3, 2)


def scene(*codes: Picture, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """A camera's view of code pictures, side by side in the middle, blue green red."""
    picture = empty(width, height)
    left = (width - sum(code.shape[1] for code in codes)) // (len(codes) + 1)
    x = left
    for code in codes:
        y = (height - code.shape[0]) // 2
        picture[y : y + code.shape[0], x : x + code.shape[1]] = code[:, :, None]
        x += code.shape[1] + left
    return picture


def seen_at(
    code: Picture, corners: Sequence[tuple[float, float]], width: int = 1280, height: int = 720
) -> Picture:
    """A camera's view of a code picture whose four corners lie at these places: turned and in perspective."""
    high, wide = code.shape
    corner_pixels = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    transform = cv2.getPerspectiveTransform(corner_pixels, np.array(corners, np.float32))
    moved = cv2.warpPerspective(code, transform, (width, height), flags=cv2.INTER_AREA)
    covered = cv2.warpPerspective(np.full_like(code, 255), transform, (width, height))[:, :, None] > 127
    return np.where(covered, moved[:, :, None], empty(width, height)).astype(np.uint8)


def turned(degrees: float, side: float = 260) -> list[tuple[float, float]]:
    """Corners of a square in the middle of a 1280 × 720 picture, turned."""
    radians = np.radians(degrees + 225 + 90 * np.arange(4))
    return [(640 + side / 2**0.5 * np.cos(a), 360 + side / 2**0.5 * np.sin(a)) for a in radians]


def write_video(
    path: Path, pictures: Iterable[Picture], codec: str = "mp4v", frames_per_second: float = 30
) -> Path:
    """A video file of pictures of one size."""
    writer = None
    for picture in pictures:
        if writer is None:
            size = (picture.shape[1], picture.shape[0])
            code = cv2.VideoWriter.fourcc(*codec)
            writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, code, frames_per_second, size)
            assert writer.isOpened()
        writer.write(picture)
    assert writer is not None
    writer.release()
    return path
