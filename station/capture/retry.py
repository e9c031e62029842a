"""A second look at symbols that were found but not read: cut out, enlarged, and prepared in one way after another."""

from collections.abc import Callable

from station.capture.engines import Engines
from station.capture.frame import Code, Corners, Grey
from station.capture.opencv import cv2
from station.capture.passes import sharpened
from station.capture.zxing import ENGINE, Look

_MARGIN = 0.35  # of the side: the corners of what could not be read are guesses
_SIDE_WANTED = 420  # pixels: 10 to 17 a module for symbols that fit a badge
_LARGEST_FACTOR = 3.0

Preparation = Callable[[Grey, float], Grey]


def _enlarged(part: Grey, factor: float) -> Grey:
    return cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


def _calmed_and_sharpened(part: Grey, factor: float) -> Grey:
    """Against blur and noise at once: the noise is finer than a module, the blur is not."""
    return sharpened(_enlarged(cv2.GaussianBlur(part, (0, 0), 0.8), factor), 5 / 3 * factor, 3)


def _sharpened(part: Grey, factor: float) -> Grey:
    return sharpened(_enlarged(part, 1 + (factor - 1) / 2), 4, 2)


PREPARATIONS: tuple[tuple[str, Preparation], ...] = (
    ("retry-enlarged", _enlarged),
    ("retry-sharp", _calmed_and_sharpened),
    ("retry-sharper", _sharpened),
)


def retry(
    engines: Engines,
    grey: Grey,
    corners: Corners,
    preparations: tuple[tuple[str, Preparation], ...] = PREPARATIONS,
) -> Code | None:
    """The symbol at these corners of a picture, with the first preparation that makes it readable."""
    if engines.zxing is None:
        return None
    part, side = _cut_out(grey, corners)
    if min(part.shape) < 1:
        return None
    factor = min(_LARGEST_FACTOR, max(1.0, _SIDE_WANTED / max(1.0, side)))
    for name, prepare in preparations:
        try:
            look = engines.zxing.look(prepare(part, factor))
        except (cv2.error, ValueError, RuntimeError):
            continue
        if look.readings:
            return _code(look, name, corners)
    return None


def _code(look: Look, name: str, corners: Corners) -> Code:
    reading = look.readings[0]
    return Code(reading.raw, reading.text, ENGINE, name, corners)


def _cut_out(grey: Grey, corners: Corners) -> tuple[Grey, float]:
    """The part of the picture around the corners, and the side of the symbol in pixels."""
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    top, bottom = min(y for _x, y in corners), max(y for _x, y in corners)
    side = max(right - left, bottom - top)
    margin = _MARGIN * side
    height, width = grey.shape
    rows = slice(max(0, int(top - margin)), min(height, int(bottom + margin) + 1))
    columns = slice(max(0, int(left - margin)), min(width, int(right + margin) + 1))
    return grey[rows, columns], side
