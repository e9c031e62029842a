"""A webcam: perspective, motion blur, focus, glare, light, sensor noise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.backdrop import HEIGHT, WIDTH
from rendering.hands import Canvas
from rendering.props import Prop
from rendering.surfaces import PIXELS_PER_MM

FOCAL_PX = 1050.0  # a field of view of 63° over 1280 pixels
MOST_EXPOSURES = 16
NOISE_FIELDS = 12


class Pose(NamedTuple):
    """Where a thing is: mm right of and below the optical axis, mm away, degrees about its three axes."""

    x: float
    y: float
    distance: float
    pitch: float = 0.0
    yaw: float = 0.0
    roll: float = 0.0


Motion = Callable[[float], Pose]


def _projection(pose: Pose) -> NDArray[np.float64]:
    """Plane of the thing (mm, homogeneous) to the image (pixels, homogeneous)."""
    pitch, yaw, roll = np.deg2rad([pose.pitch, pose.yaw, pose.roll])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turned = about_x @ about_y @ about_z
    place = np.array([pose.x, pose.y, pose.distance])
    lens = np.array([[FOCAL_PX, 0, WIDTH / 2], [0, FOCAL_PX, HEIGHT / 2], [0, 0, 1]])
    return np.asarray(lens @ np.column_stack([turned[:, 0], turned[:, 1], place]), np.float64)


def project(pose: Pose, points_mm: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pixels of points (n × 2) given in mm from the centre of the thing."""
    flat = _projection(pose) @ np.vstack([points_mm.T, np.ones(len(points_mm))])
    return np.asarray((flat[:2] / flat[2]).T, np.float64)


def corners_of(box: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """The four corners of left, top, right, bottom."""
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _canvas_to_frame(canvas: Canvas, pose: Pose) -> NDArray[np.float64]:
    to_mm = np.array([[1 / PIXELS_PER_MM, 0, canvas.left], [0, 1 / PIXELS_PER_MM, canvas.top], [0, 0, 1]])
    return np.asarray(_projection(pose) @ to_mm, np.float64)


@dataclass(frozen=True)
class Shot:
    """One thing as it moves before the camera.

    Attributes:
        motion: pose at a second.
        blur_px: how far out of focus at a second, sigma in pixels.
        glare: strength 0 … 1 and place -1 … 1 across the glass of a lamp's reflection, at a second.
    """

    prop: Prop
    motion: Motion
    blur_px: Callable[[float], float]
    glare: Callable[[float], tuple[float, float]]


def _with_glare(prop: Prop, strength: float, place: float) -> NDArray[np.uint8]:
    """The picture with the soft slanting mirror image of a lamp on its glass."""
    if strength < 0.01:
        return prop.image
    rows, columns = np.nonzero(prop.glass[::8, ::8] > 0.5)
    top, bottom = rows.min() * 8, rows.max() * 8
    left, right = columns.min() * 8, columns.max() * 8
    xs = np.linspace(-1, 1, right - left, dtype=np.float32)[None, :]
    ys = np.linspace(-1, 1, bottom - top, dtype=np.float32)[:, None]
    across = xs + 0.42 * ys - 2.1 * place
    band = np.exp(-((across / 0.34) ** 2)) + 0.35 * np.exp(-(((across - 0.62) / 0.16) ** 2))
    light = strength * 330 * band * prop.glass[top:bottom, left:right]
    image = prop.image.copy()
    window = image[top:bottom, left:right]
    lit = window[:, :, :3].astype(np.float32) + light[:, :, None] * np.array([1.0, 0.98, 0.93], np.float32)
    window[:, :, :3] = np.minimum(lit, window[:, :, 3:]).astype(np.uint8)
    return image


def _exposures(shot: Shot, second: float, open_s: float) -> list[Pose]:
    """The poses while the shutter is open, the closer the faster the thing moves."""
    corners = corners_of(shot.prop.code_box)
    first = project(shot.motion(second), corners)
    last = project(shot.motion(second + open_s), corners)
    travel = float(np.abs(last - first).max())
    count = int(np.clip(np.ceil(travel / 2.0), 1, MOST_EXPOSURES))
    return [shot.motion(second + open_s * (step + 0.5) / count) for step in range(count)]


def _seen_box(prop: Prop, poses: list[Pose], margin: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the part of the frame in which a thing can be seen."""
    points = np.vstack([project(pose, corners_of(prop.extent)) for pose in (poses[0], poses[-1])])
    left, top = np.floor(points.min(axis=0)).astype(int) - margin
    right, bottom = np.ceil(points.max(axis=0)).astype(int) + margin
    return max(0, int(left)), max(0, int(top)), min(WIDTH, int(right)), min(HEIGHT, int(bottom))


def expose(frame: NDArray[np.float32], shot: Shot, second: float, open_s: float) -> None:
    """Adds a thing to the frame as the sensor sees it while the shutter is open."""
    image = _with_glare(shot.prop, *shot.glare(second))
    blur = shot.blur_px(second)
    poses = _exposures(shot, second, open_s)
    left, top, right, bottom = _seen_box(shot.prop, poses, round(3 * blur) + 2)
    if right <= left or bottom <= top:
        return
    move = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    seen = np.zeros((bottom - top, right - left, 4), np.float32)
    for pose in poses:
        transform = move @ _canvas_to_frame(shot.prop.canvas, pose)
        seen += cv2.warpPerspective(image, transform, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
    seen /= len(poses)
    if blur > 0.3:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), blur), np.float32)
    window = frame[top:bottom, left:right]
    window *= 1 - seen[:, :, 3:] / 255
    window += seen[:, :, :3]


class Sensor:
    """Noise, vignette and white balance of a cheap sensor."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        ys, xs = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
        self._vignette = (1 - 0.16 * (0.7 * xs**2 + 0.6 * ys**2))[:, :, None]
        self._fields = []
        for _ in range(NOISE_FIELDS):
            grain = random.standard_normal((HEIGHT, WIDTH)).astype(np.float32)
            grain = 0.55 * grain + 0.9 * np.asarray(cv2.GaussianBlur(grain, (0, 0), 0.8), np.float32)
            speckle = random.standard_normal((HEIGHT // 3, WIDTH // 3, 3)).astype(np.float32)
            colour = np.asarray(
                cv2.resize(speckle, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR), np.float32
            )
            self._fields.append(grain[:, :, None] + 0.5 * colour)

    def read(self, frame: NDArray[np.float32], number: int, noise: float) -> NDArray[np.uint8]:
        """The frame as it leaves the camera; noise is a sigma in grey levels."""
        field = np.roll(
            self._fields[number * 5 % NOISE_FIELDS], (number * 37 % 97, number * 61 % 193), (0, 1)
        )
        lit = frame * self._vignette
        strength = noise * (0.6 + 0.4 * np.sqrt(np.clip(lit, 0, 255) / 255))
        return np.asarray(np.clip(lit + field * strength, 0, 255), np.uint8)
