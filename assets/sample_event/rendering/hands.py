"""Hands modelled as rounded limbs with a height at every pixel, shaded by a lamp from the upper left."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.surfaces import PIXELS_PER_MM

LAMP = np.array([-0.42, -0.62, 0.66], np.float32)
Point = tuple[float, float]


class Limb(NamedTuple):
    """A tapered rounded limb from one point (mm) to another, with a radius (mm) at each; lift raises it."""

    start: Point
    end: Point
    start_radius: float
    end_radius: float
    lift: float = 0.0


class Nail(NamedTuple):
    """A finger nail: its centre, half length, half width (mm) and direction (degrees)."""

    centre: Point
    length: float
    width: float
    degrees: float


@dataclass(frozen=True)
class Shape:
    """Limbs of one material that are shaded together and melt into each other over blend mm."""

    limbs: list[Limb]
    colour: tuple[float, float, float]  # BGR
    nails: list[Nail] = field(default_factory=list)
    cloth: bool = False
    blend: float = 0.7


@dataclass(frozen=True)
class Canvas:
    """Where things are drawn, in mm around the centre of what is held."""

    left: float = -150.0
    top: float = -105.0
    right: float = 150.0
    bottom: float = 330.0

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return round((self.bottom - self.top) * PIXELS_PER_MM), round(
            (self.right - self.left) * PIXELS_PER_MM
        )

    def pixel(self, point: Point) -> tuple[float, float]:
        """The pixel of a point in mm."""
        return (point[0] - self.left) * PIXELS_PER_MM, (point[1] - self.top) * PIXELS_PER_MM


class Window(NamedTuple):
    """The part of a canvas that a shape needs, in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def _window(canvas: Canvas, limbs: list[Limb]) -> Window:
    reach = max(max(limb.start_radius, limb.end_radius) for limb in limbs) + 3
    xs = [point[0] for limb in limbs for point in (limb.start, limb.end)]
    ys = [point[1] for limb in limbs for point in (limb.start, limb.end)]
    left, top = canvas.pixel((min(xs) - reach, min(ys) - reach))
    right, bottom = canvas.pixel((max(xs) + reach, max(ys) + reach))
    height, width = canvas.shape
    return Window(max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom)))


def _grid(canvas: Canvas, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    xs = np.arange(window.left, window.right, dtype=np.float32) / PIXELS_PER_MM + canvas.left
    ys = np.arange(window.top, window.bottom, dtype=np.float32) / PIXELS_PER_MM + canvas.top
    return np.asarray(xs[None, :], np.float32), np.asarray(ys[:, None], np.float32)


def _relief(canvas: Canvas, window: Window, shape: Shape) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Height in mm at each pixel, and how far inside the outline it is (mm, negative: out).

    Limbs of one shape melt into each other over about ``blend`` mm (a soft maximum of their depths).
    """
    xs, ys = _grid(canvas, window)
    weights, depths, domes = (np.zeros(np.broadcast(xs, ys).shape, np.float32) for _ in range(3))
    for limb in shape.limbs:
        dx, dy = limb.end[0] - limb.start[0], limb.end[1] - limb.start[1]
        along = ((xs - limb.start[0]) * dx + (ys - limb.start[1]) * dy) / (dx * dx + dy * dy + 1e-6)
        along = np.clip(along, 0, 1)
        distance = np.hypot(xs - limb.start[0] - along * dx, ys - limb.start[1] - along * dy)
        radius = limb.start_radius + along * (limb.end_radius - limb.start_radius)
        depth = radius - distance
        weight = np.exp(np.clip(depth, -30, 40) / shape.blend)
        weights += weight
        depths += weight * depth
        domes += weight * (np.sqrt(np.maximum(radius**2 - distance**2, 0)) + limb.lift)
    soft = shape.blend * np.log(weights) - 0.2 * shape.blend
    return np.asarray(domes / weights, np.float32), np.asarray(np.maximum(soft, depths / weights), np.float32)


def _cut(canvas: Canvas, window: Window, limb: Limb) -> NDArray[np.float32]:
    """How far (mm) a pixel lies beyond the slightly rounded end of a sleeve."""
    xs, ys = _grid(canvas, window)
    dx, dy = limb.end[0] - limb.start[0], limb.end[1] - limb.start[1]
    length = float(np.hypot(dx, dy))
    along = ((xs - limb.start[0]) * dx + (ys - limb.start[1]) * dy) / length
    across = ((xs - limb.start[0]) * dy - (ys - limb.start[1]) * dx) / length
    bow = np.sqrt(np.maximum(1 - (across / (limb.start_radius * 1.05)) ** 2, 0))
    return np.asarray(along + 0.28 * limb.start_radius * bow, np.float32)


def _normals(height: NDArray[np.float32], inside: NDArray[np.float32], soft: float) -> NDArray[np.float32]:
    """Unit normals of the relief, smoothed over soft pixels within the outline."""
    within = (inside > -0.4).astype(np.float32)
    weight = np.asarray(cv2.GaussianBlur(within, (0, 0), soft)) + 1e-3
    smooth = np.asarray(cv2.GaussianBlur(height * within, (0, 0), soft)) / weight
    slope_y, slope_x = np.gradient(smooth * PIXELS_PER_MM)
    normal = np.dstack([-slope_x, -slope_y, np.ones_like(slope_x)])
    return np.asarray(normal / np.linalg.norm(normal, axis=2, keepdims=True), np.float32)


def _skin(
    normal: NDArray[np.float32], inside: NDArray[np.float32], colour: tuple[float, float, float], seed: int
) -> NDArray[np.float32]:
    """Skin: soft light, warm shadows, mottled a little, redder towards the rim."""
    random = np.random.default_rng(seed)
    light = np.clip(normal @ LAMP, 0, 1)
    wrap = np.clip((normal @ LAMP + 0.45) / 1.45, 0, 1)
    rows, columns = inside.shape
    coarse = random.standard_normal((rows // 24 + 2, columns // 24 + 2)).astype(np.float32)
    fine = random.standard_normal((rows // 3 + 2, columns // 3 + 2)).astype(np.float32)
    mottle = np.asarray(cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC))
    pores = np.asarray(cv2.resize(fine, (columns, rows), interpolation=cv2.INTER_LINEAR))
    shade = 0.36 + 0.74 * (0.55 * wrap + 0.45 * light) + 0.015 * mottle + 0.012 * pores
    base = np.array(colour, np.float32)
    picture = base * shade[:, :, None]
    shadow = np.clip(0.85 - shade, 0, 1)[:, :, None]
    picture += shadow * np.array([-14, -4, 22], np.float32)
    gloss = np.clip(normal[:, :, 2] * 0.2 + normal @ LAMP * 0.85, 0, 1)[:, :, None] ** 18
    return np.asarray(picture + gloss * 26, np.float32)


def _cloth(
    normal: NDArray[np.float32], inside: NDArray[np.float32], colour: tuple[float, float, float], seed: int
) -> NDArray[np.float32]:
    """Cloth: matt, with folds and a weave."""
    random = np.random.default_rng(seed)
    rows, columns = inside.shape
    grid = random.standard_normal((rows // 60 + 2, columns // 110 + 2)).astype(np.float32)
    folds = np.asarray(cv2.resize(grid, (columns, rows), interpolation=cv2.INTER_CUBIC))
    shade = 0.42 + 0.62 * np.clip(normal @ LAMP, 0, 1) + 0.07 * folds
    shade += 0.012 * random.standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(np.array(colour, np.float32) * shade[:, :, None], np.float32)


def _draw_nail(picture: NDArray[np.float32], centre: Point, nail: Nail) -> None:
    """A nail: paler than the skin, with a rim and a gleam; centre in pixels of the picture."""
    mask = np.zeros(picture.shape[:2], np.float32)
    axes = nail.length * PIXELS_PER_MM, nail.width * PIXELS_PER_MM
    box = (centre, (2 * axes[0], 2 * axes[1]), nail.degrees)
    cv2.ellipse(mask, box, 1.0, -1, cv2.LINE_AA)
    soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), 1.3))[:, :, None]
    rim = np.clip(np.asarray(cv2.GaussianBlur(mask, (0, 0), 2.2))[:, :, None] - soft, 0, 1)
    brightness = picture.mean(axis=2, keepdims=True)
    tint = brightness * np.array([0.93, 0.95, 1.2], np.float32) + 16
    picture[:] = picture * (1 - 0.62 * soft) + tint * 0.62 * soft
    picture[:] = picture * (1 - 0.5 * rim)
    gleam = np.zeros_like(mask)
    angle = np.deg2rad(nail.degrees)
    shift = nail.width * 0.35 * PIXELS_PER_MM
    spot = (centre[0] + shift * np.sin(angle) - 2, centre[1] - abs(shift * np.cos(angle)))
    cv2.ellipse(gleam, (spot, (axes[0] * 1.0, axes[1] * 0.45), nail.degrees), 1.0, -1, cv2.LINE_AA)
    picture += np.asarray(cv2.GaussianBlur(gleam, (0, 0), 1.8))[:, :, None] * 30


class Layer(NamedTuple):
    """A drawn part: BGRA with alpha multiplied in, and where on the canvas it belongs."""

    image: NDArray[np.float32]
    window: Window


def draw(canvas: Canvas, shape: Shape, seed: int) -> Layer:
    """The shape, lit."""
    window = _window(canvas, shape.limbs)
    height, inside = _relief(canvas, window, shape)
    normal = _normals(height, inside, 8.0 if shape.cloth else 4.0)
    paint = _cloth if shape.cloth else _skin
    picture = paint(normal, inside, shape.colour, seed)
    for nail in shape.nails:
        x, y = canvas.pixel(nail.centre)
        _draw_nail(picture, (x - window.left, y - window.top), nail)
    if shape.cloth:
        beyond = _cut(canvas, window, shape.limbs[0])
        inside = np.minimum(inside, beyond)
        picture *= np.clip(0.72 + 0.28 * beyond[:, :, None] / 2.5, 0.72, 1)
    alpha = np.clip(inside * PIXELS_PER_MM + 0.5, 0, 1)[:, :, None]
    return Layer(np.asarray(np.dstack([np.clip(picture, 0, 255) * alpha, 255 * alpha]), np.float32), window)


class Hold(NamedTuple):
    """What is drawn behind and in front of the thing that a hand holds."""

    behind: list[Shape]
    front: list[Shape]


Skin = tuple[float, float, float]


def _sleeve(path: list[Point], radius: float, colour: Skin, cuff: Skin | None) -> list[Shape]:
    """Arm clothes along a path of three points; a shirt's cuff looks out of a jacket."""
    limbs = [
        Limb(path[0], path[1], radius, radius * 1.15),
        Limb(path[1], path[2], radius * 1.15, radius * 1.3),
    ]
    shapes = [Shape(limbs, colour, cloth=True)]
    if cuff is not None:
        (x0, y0), (x1, y1) = path[0], path[1]
        length = float(np.hypot(x1 - x0, y1 - y0))
        back = (x0 - (x1 - x0) / length * 9, y0 - (y1 - y0) / length * 9)
        shapes.insert(0, Shape([Limb(back, path[0], radius * 0.88, radius * 0.9)], cuff, cloth=True))
    return shapes


def phone_hold(skin: Skin, sleeve: Skin, cuff: Skin | None) -> Hold:
    """A right hand around a phone: palm behind, thumb on the edge to the right, finger tips on the left."""
    palm = Shape(
        [
            Limb((-8, 30), (-6, 78), 36, 37),
            Limb((-6, 70), (-12, 118), 37, 29),
            Limb((-12, 110), (-20, 190), 27, 25),
            Limb((34, 74), (44, 46), 15, 11.5, 4),
            Limb((10, 96), (36, 72), 22, 15, 2),
        ],
        skin,
        blend=3.5,
    )
    fingers = [
        Limb((-30, y + 9), (-41, y + 5), 8.6 * size, 8.4 * size)
        for y, size in zip(KNUCKLES, SIZES, strict=True)
    ]
    behind = [palm, Shape(fingers, skin), *_sleeve([(-20, 158), (-30, 230), (-48, 345)], 34, sleeve, cuff)]
    tips = []
    nails = []
    for y, size in zip(KNUCKLES, SIZES, strict=True):
        tips.append(Limb((-40.6, y + 5), (-35.4, y + 0.6), 7.4 * size, 6.4 * size))
        nails.append(Nail((-34.6, y - 0.2), 4.0 * size, 3.6 * size, -40))
    thumb = Shape(
        [Limb((45, 47), (41.5, 24), 10.2, 8.8), Limb((41.5, 24), (36.6, 6), 8.8, 7.2)],
        skin,
        [Nail((36.6, 4.6), 6.0, 4.4, 75)],
    )
    return Hold(behind, [*(Shape([tip], skin, [nail]) for tip, nail in zip(tips, nails, strict=True)), thumb])


KNUCKLES = (-14.0, 5.0, 24.0, 41.0)
SIZES = (0.96, 1.03, 1.0, 0.88)


def card_hold(skin: Skin, sleeve: Skin, cuff: Skin | None, half_width: float, half_height: float) -> Hold:
    """A right hand at the lower left corner of a card: fingers behind, thumb and palm in front."""
    x, y = -half_width, half_height
    fingers = [
        Shape(
            [
                Limb((x - 8, y + 30), (x - 6, y + 2), 10.5, 9.4),
                Limb((x - 6, y + 2), (x + 12, y - 20), 9.4, 8),
            ],
            skin,
        ),
        Shape([Limb((x + 26, y + 34), (x + 46, y - 6), 10.0, 8.4)], skin),
        Shape([Limb((x + 18, y + 34), (x + 31, y - 6), 10.5, 8.8)], skin),
    ]
    palm = Shape(
        [
            Limb((x + 4, y + 40), (x - 2, y + 58), 23, 26),
            Limb((x + 20, y + 36), (x + 6, y + 60), 12, 20),
            Limb((x - 2, y + 58), (x - 10, y + 84), 26, 22),
            Limb((x - 10, y + 78), (x - 18, y + 145), 21, 22),
            Limb((x - 2, y + 36), (x + 9, y + 12), 15, 12, 4),
            Limb((x + 9, y + 12), (x + 15, y - 4), 11.5, 9.6, 6),
            Limb((x + 15, y - 4), (x + 23, y - 21), 9.6, 7.4, 6),
        ],
        skin,
        [Nail((x + 22.6, y - 20.8), 6.6, 4.8, -65)],
        blend=2.6,
    )
    arm = _sleeve([(x - 15, y + 104), (x - 30, y + 180), (x - 52, y + 300)], 32, sleeve, cuff)
    return Hold(fingers, [palm, *arm])


def mirrored(hold: Hold) -> Hold:
    """The other hand."""

    def turn(shape: Shape) -> Shape:
        limbs = [
            limb._replace(start=(-limb.start[0], limb.start[1]), end=(-limb.end[0], limb.end[1]))
            for limb in shape.limbs
        ]
        nails = [
            nail._replace(centre=(-nail.centre[0], nail.centre[1]), degrees=180 - nail.degrees)
            for nail in shape.nails
        ]
        return replace(shape, limbs=limbs, nails=nails)

    return Hold([turn(shape) for shape in hold.behind], [turn(shape) for shape in hold.front])
