"""A thing with the hands that hold it, ready to be put before the camera."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.hands import Canvas, Hold, Layer, Window, card_hold, draw, mirrored, phone_hold
from rendering.surfaces import PIXELS_PER_MM, Surface


@dataclass(frozen=True)
class Holder:
    """How somebody looks.

    Attributes:
        skin, sleeve, cuff: BGR; cuff None without a jacket.
        left_handed: holds with the left hand.
        both_hands: holds a card with both.
    """

    skin: tuple[float, float, float]
    sleeve: tuple[float, float, float]
    cuff: tuple[float, float, float] | None = None
    left_handed: bool = False
    both_hands: bool = False


@dataclass(frozen=True)
class Prop:
    """A thing and its hands on one canvas.

    Attributes:
        image: height × width × BGRA of 0 … 255, alpha multiplied in, lit as the hall is now.
        glass: where lamps are mirrored, with their own height × width of the canvas.
        code_box: left, top, right, bottom of the symbol, mm from the centre of the thing.
    """

    image: NDArray[np.uint8]
    glass: NDArray[np.float32]
    code_box: tuple[float, float, float, float]
    canvas: Canvas

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of what is drawn, in mm."""
        rows, columns = np.nonzero(self.image[::4, ::4, 3])
        scale, canvas = 4 / PIXELS_PER_MM, self.canvas
        left, right = canvas.left + (columns.min() - 1) * scale, canvas.left + (columns.max() + 2) * scale
        return float(left), canvas.top + float(rows.min() - 1) * scale, float(right), canvas.bottom


def _over(under: NDArray[np.float32], layer: Layer) -> None:
    left, top, right, bottom = layer.window
    part = under[top:bottom, left:right]
    part *= 1 - layer.image[:, :, 3:] / 255
    if part.shape[2] == layer.image.shape[2]:
        part += layer.image


def _placed(canvas: Canvas, picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture in the middle of what the canvas calls its centre."""
    placed = np.zeros((*canvas.shape, *picture.shape[2:]), np.float32)
    x, y = canvas.pixel((-picture.shape[1] / PIXELS_PER_MM / 2, -picture.shape[0] / PIXELS_PER_MM / 2))
    left, top = round(x), round(y)
    placed[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return placed


def _cast(under: NDArray[np.float32], alpha: NDArray[np.float32], strength: float, blur: float) -> None:
    """Darkens what lies under something, towards the lower right."""
    height, width = alpha.shape
    small = cv2.resize(alpha, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    soft = np.asarray(cv2.resize(np.asarray(cv2.GaussianBlur(small, (0, 0), blur / 4)), (width, height)))
    step = max(2, round(blur * 0.6))
    under[step:, step:, :3] *= 1 - strength * soft[:-step, :-step, None] / 255


def _holds(surface: Surface, holder: Holder) -> list[Hold]:
    width, height = surface.size_mm
    if surface.hold == "phone":
        hold = phone_hold(holder.skin, holder.sleeve, holder.cuff)
    else:
        hold = card_hold(holder.skin, holder.sleeve, holder.cuff, width / 2, height / 2)
    if holder.both_hands:
        return [hold, mirrored(hold)]
    return [mirrored(hold) if holder.left_handed else hold]


def make_prop(surface: Surface, holder: Holder, light: float, screen_light: float, seed: int) -> Prop:
    """Draws the hands behind, the thing, and the hands in front; light 1.0 is the hall by day."""
    canvas = Canvas()
    holds = _holds(surface, holder)
    picture = np.zeros((*canvas.shape, 4), np.float32)
    for number, shape in enumerate(shape for hold in holds for shape in hold.behind):
        _over(picture, draw(canvas, shape, seed + number))
    thing = _placed(canvas, surface.image)
    _cast(picture, thing[:, :, 3], 0.55, 20)
    height, width = canvas.shape
    _over(picture, Layer(thing, Window(0, 0, width, height)))
    shining = _placed(canvas, surface.shining)[:, :, None]
    front = [draw(canvas, s, seed + 50 + n) for n, s in enumerate(s for hold in holds for s in hold.front)]
    covered = np.zeros(canvas.shape, np.float32)
    for layer in front:
        left, top, right, bottom = layer.window
        part = covered[top:bottom, left:right]
        part[:] = np.maximum(part, layer.image[:, :, 3])
    _cast(picture, covered, 0.45, 9)
    for layer in front:
        _over(picture, layer)
        _over(shining, layer)
    picture[:, :, :3] *= light + shining * (screen_light - light)
    picture[:, :, :3] = np.minimum(picture[:, :, :3], picture[:, :, 3:])
    glass = _placed(canvas, surface.glass)
    return Prop(np.clip(picture, 0, 255).astype(np.uint8), glass, surface.code_box, canvas)
