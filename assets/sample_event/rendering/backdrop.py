"""What stands behind: the hall with its banner, people far off, and the delegate's blurred figure."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.drawing import DRAWN_PER_MM, Sheet

WIDTH, HEIGHT = 1280, 720
Colour = tuple[int, int, int]
UNIT = DRAWN_PER_MM  # the sheets below are drawn in tens of pixels: 128 × 72


def _bgr(sheet: Sheet) -> NDArray[np.float32]:
    return np.asarray(sheet.array()[:, :, :3], np.float32)


def _blurred(picture: NDArray[np.float32], pixels: float) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), pixels), np.float32)


def _wall(sheet: Sheet) -> None:
    """Walls, ceiling lamps, a window to the left, the stage with curtains and flag-red banner."""
    sheet.box(0, 0, 128, 72, "#B9AE9C")
    sheet.box(0, 0, 128, 9, "#8E8574")
    for x in (14, 46, 80, 112):
        sheet.box(x - 7, 2.4, 14, 2.2, "#FFF6DE", 1)
    sheet.box(-2, 13, 15, 40, "#EEF3F6")
    for y in range(13, 53, 8):
        sheet.box(-2, y, 15, 0.7, "#A79C89")
    sheet.box(5, 13, 0.8, 40, "#A79C89")
    sheet.box(13, 10, 4.5, 48, "#C9A878")
    sheet.box(25, 10, 78, 34, "#7A1D22")
    for x in range(25, 103, 3):
        sheet.box(x, 10, 1.2, 34, "#6A171C")
    sheet.box(31, 12.5, 66, 19, "#B91F28", 0.6)
    sheet.text(64, 16.4, "CÔNG ĐOÀN VIỆT NAM", 2.9, "#FFE9A8", "SemiBold", "mm")
    sheet.text(64, 21.2, "TẬP HUẤN TUYÊN TRUYỀN,", 4.1, "#FFE066", "ExtraBold", "mm")
    sheet.text(64, 25.8, "VẬN ĐỘNG NĂM 2022", 4.1, "#FFE066", "ExtraBold", "mm")
    sheet.text(64, 29.6, "Hà Nội, 27 – 28/10/2022", 2.3, "#FFE9A8", "Medium", "mm")
    sheet.box(25, 43, 78, 4.2, "#5A3B26")
    sheet.box(106, 8, 22, 48, "#A3967F")
    sheet.box(112, 14, 9, 12, "#DFD6C3", 0.4)
    sheet.box(113, 15, 7, 10, "#7C93A8", 0.3)


def _plants_and_lectern(sheet: Sheet) -> None:
    sheet.box(83, 36, 9, 13, "#7B4B2A", 0.6)
    sheet.box(84, 37.4, 7, 5, "#B98B45", 0.5)
    random = np.random.default_rng(5)
    for centre in (27, 101, 118):
        sheet.box(centre - 2.5, 46, 5, 7, "#8C5A3A", 0.8)
        for _ in range(34):
            x, y = random.normal(centre, 2.6), random.normal(40, 3.2)
            green = int(random.integers(70, 130))
            sheet.disc(x, y, random.uniform(0.7, 1.7), (int(green * 0.45), green, int(green * 0.4), 255))


def _rows(sheet: Sheet) -> None:
    """Rows of chairs and the heads of those already seated, seen from behind."""
    random = np.random.default_rng(11)
    for row, (y, scale) in enumerate(((45, 0.75), (50.5, 1.0), (58, 1.35))):
        step = 5.2 * scale
        for x in np.arange(-3 + row * 2.1, 132, step):
            chair = 96 + row * 8
            sheet.box(x, y + 1.5 * scale, step * 0.82, 9 * scale, (chair, 38, 40, 255), 0.9 * scale)
            if random.random() < 0.42:
                cloth = [(225, 228, 232), (60, 74, 104), (150, 176, 205), (84, 62, 70), (196, 120, 128)]
                tone = cloth[int(random.integers(len(cloth)))]
                middle = x + step * 0.41
                sheet.box(
                    middle - 1.9 * scale, y - 0.6 * scale, 3.8 * scale, 5 * scale, (*tone, 255), 1.5 * scale
                )
                sheet.disc(middle, y - 2.1 * scale, 1.25 * scale, (38, 30, 28, 255))
    sheet.box(0, 66, 128, 6, "#6E4A30")


def hall() -> NDArray[np.float32]:
    """The hall out of focus, 720 × 1280 × BGR, lit from the window and the ceiling."""
    sheet = Sheet(128, 72, "#B9AE9C")
    _wall(sheet)
    _plants_and_lectern(sheet)
    _rows(sheet)
    picture = _blurred(_bgr(sheet), 5.0)
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    window = np.exp(-((xs - 60) ** 2 + (ys - 300) ** 2) / (2 * 330.0**2))
    ceiling = np.exp(-((ys + 40) ** 2) / (2 * 190.0**2))
    light = 0.72 + 0.36 * window + 0.24 * ceiling
    picture *= light[:, :, None]
    picture += (window * 34)[:, :, None] * np.array([1.0, 0.95, 0.86], np.float32)
    return np.clip(picture, 0, 255)


class Sprite(NamedTuple):
    """A blurred figure: BGRA with alpha multiplied in, and the pixel of it that its place means."""

    image: NDArray[np.float32]
    anchor: tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """How a delegate looks from afar; colours are RGB.

    Attributes:
        top: ``jacket`` (open over a shirt), ``shirt`` or ``dress`` (with a high collar).
        hair_style: ``short``, ``long`` or ``bun``.
    """

    skin: Colour
    hair: Colour
    cloth: Colour
    top: str = "shirt"
    shirt: Colour = (236, 238, 241)
    tie: Colour | None = None
    hair_style: str = "short"
    glasses: bool = False


def _hair_behind(sheet: Sheet, figure: Figure) -> None:
    hair = (*figure.hair, 255)
    if figure.hair_style == "long":
        sheet.box(30.8, 6, 24.4, 36, hair, 10)
    if figure.hair_style == "bun":
        sheet.disc(43, 3.6, 5.2, hair)


def _head(sheet: Sheet, figure: Figure) -> None:
    """Neck, face and hair around x = 43, face centre y = 17."""
    skin = (*figure.skin, 255)
    dark = (*(int(value * 0.74) for value in figure.skin), 255)
    hair = (*figure.hair, 255)
    sheet.box(38.2, 22, 9.6, 14, dark, 3)
    sheet.disc(34.0, 18.2, 1.9, dark)
    sheet.disc(52.0, 18.2, 1.9, dark)
    sheet.box(34.0, 5.4, 18.0, 24.6, skin, 8.8)
    sheet.box(33.6, 3.6, 18.8, 9.2, hair, 4.6)
    if figure.hair_style == "short":
        sheet.box(33.4, 6, 2.2, 9, hair, 1)
        sheet.box(50.4, 6, 2.2, 9, hair, 1)
    else:
        sheet.box(32.8, 5, 3.6, 17, hair, 1.8)
        sheet.box(49.6, 5, 3.6, 17, hair, 1.8)
    for x in (38.7, 47.3):
        sheet.box(x - 2.3, 14.6, 4.6, 0.8, hair, 0.4)
        sheet.box(x - 1.5, 16.7, 3.0, 1.2, (52, 38, 34, 255), 0.6)
        if figure.glasses:
            sheet.box(x - 2.7, 15.9, 5.4, 0.5, (40, 40, 44, 255), 0.2)
            sheet.box(x - 2.7, 19.0, 5.4, 0.4, (40, 40, 44, 255), 0.2)
    sheet.box(42.0, 17.5, 2.0, 4.6, dark, 1)
    sheet.box(39.6, 24.6, 6.8, 1.5, (168, 92, 88, 255), 0.7)


def _torso(sheet: Sheet, figure: Figure) -> None:
    cloth = (*figure.cloth, 255)
    shade = (*(int(value * 0.92) for value in figure.cloth), 255)
    sheet.box(16, 34, 54, 60, cloth, 12)
    sheet.box(14, 42, 11, 60, shade, 5)
    sheet.box(61, 42, 11, 60, shade, 5)
    sheet.draw.polygon(
        [(value[0] * UNIT, value[1] * UNIT) for value in ((37, 30), (49, 30), (62, 37), (24, 37))], cloth
    )
    if figure.top == "dress":
        sheet.box(37.6, 29.4, 10.8, 5.4, cloth, 1.6)
        sheet.box(42.6, 34, 0.8, 30, shade)
        return
    skin = (*figure.skin, 255)
    shirt = (*figure.shirt, 255) if figure.top == "jacket" else cloth
    opening = (
        (36.4, 31),
        (49.6, 31),
        (44.6, 66 if figure.top == "jacket" else 42),
        (41.4, 66 if figure.top == "jacket" else 42),
    )
    sheet.draw.polygon([(x * UNIT, y * UNIT) for x, y in opening], shirt)
    sheet.draw.polygon([(x * UNIT, y * UNIT) for x, y in ((39.4, 31), (46.6, 31), (43, 39))], skin)
    if figure.tie is not None:
        sheet.draw.polygon(
            [(x * UNIT, y * UNIT) for x, y in ((41.6, 37), (44.4, 37), (45.4, 60), (43, 64), (40.6, 60))],
            (*figure.tie, 255),
        )
    for left, right in (((36.2, 30.6), (40.4, 44)), ((49.8, 30.6), (45.6, 44))):
        sheet.draw.line([(left[0] * UNIT, left[1] * UNIT), (right[0] * UNIT, right[1] * UNIT)], shade, 9)


def figure_sprite(figure: Figure, scale: float = 1.2, blur: float = 9.0) -> Sprite:
    """A delegate from head to waist, out of focus; its place is the middle of the chin."""
    sheet = Sheet(86, 100)
    _hair_behind(sheet, figure)
    _torso(sheet, figure)
    _head(sheet, figure)
    drawn = np.asarray(sheet.array(), np.float32)
    drawn[:, :, :3] *= drawn[:, :, 3:] / 255
    rows, columns = drawn.shape[:2]
    across = np.linspace(1.14, 0.72, columns, dtype=np.float32)[None, :]
    down = np.linspace(1.04, 0.84, rows, dtype=np.float32)[:, None]
    random = np.random.default_rng(sum(figure.cloth))
    folds = random.standard_normal((9, 14)).astype(np.float32)
    across = across + 0.045 * np.asarray(cv2.resize(folds, (columns, rows), interpolation=cv2.INTER_CUBIC))
    solid = np.asarray(cv2.GaussianBlur(drawn[:, :, 3], (0, 0), 34)) / 255
    drawn[:, :, :3] *= (across * down * (0.66 + 0.38 * solid))[:, :, None]
    drawn = np.asarray(cv2.resize(drawn, None, fx=scale, fy=scale), np.float32)
    return Sprite(np.minimum(_blurred(drawn, blur), 255), (430.0 * scale, 290.0 * scale))


def passer_by(cloth: Colour, height: int) -> Sprite:
    """Somebody walking through the hall, far behind."""
    sheet = Sheet(20, 60)
    sheet.disc(10, 7, 4.2, (44, 34, 30, 255))
    sheet.disc(10, 8.4, 3.4, (196, 150, 122, 255))
    sheet.box(3.4, 13, 13.2, 26, (*cloth, 255), 4)
    sheet.box(5, 36, 4.6, 24, (48, 46, 54, 255), 1.5)
    sheet.box(10.4, 36, 4.6, 24, (42, 40, 48, 255), 1.5)
    drawn = np.asarray(sheet.array(), np.float32)
    drawn[:, :, :3] *= drawn[:, :, 3:] / 255
    factor = height / drawn.shape[0]
    small = np.asarray(
        cv2.resize(drawn, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.float32
    )
    small = np.pad(small, ((14, 14), (14, 14), (0, 0)))
    return Sprite(_blurred(small, 5.5), (small.shape[1] / 2, float(small.shape[0])))


def put(frame: NDArray[np.float32], sprite: Sprite, x: float, y: float) -> None:
    """Puts a sprite so that its anchor comes to x, y; frame is BGR."""
    image, (anchor_x, anchor_y) = sprite
    left, top = x - anchor_x, y - anchor_y
    column, row = int(np.floor(left)), int(np.floor(top))
    shift = np.array([[1, 0, left - column], [0, 1, top - row]], np.float32)
    moved = np.asarray(cv2.warpAffine(image, shift, (image.shape[1] + 1, image.shape[0] + 1)))
    x0, y0 = max(column, 0), max(row, 0)
    x1, y1 = min(column + moved.shape[1], frame.shape[1]), min(row + moved.shape[0], frame.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    part = moved[y0 - row : y1 - row, x0 - column : x1 - column]
    window = frame[y0:y1, x0:x1]
    window *= 1 - part[:, :, 3:] / 255
    window += part[:, :, :3]
