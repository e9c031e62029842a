"""Decoder passes: each a small named function from a grey picture to what one engine finds in one preparation of it.

What each costs on a full 1280 × 720 frame and what it adds stands in docs/scanning.md, with the command that
measures it; a pass that adds nothing there has no place here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from station.capture.engines import Engines
from station.capture.frame import Code, Corners, Grey, Point, Reading
from station.capture.opencv import cv2
from station.capture.zbar import ENGINE as ZBAR
from station.capture.zxing import ENGINE as ZXING

ENLARGED_UP_TO = 2_000_000  # pixels; enlarging a larger picture costs much and reads nothing more
_CONTRAST = 7  # grey levels by which ink is darker than its neighbourhood
_NEIGHBOURHOOD = 41  # pixels; several modules of most codes
_FINE_NEIGHBOURHOOD = 21  # reads small codes beside print and edges better, large ones not at all


@dataclass(slots=True)
class Found:
    """What passes found: codes, and the corners of symbols that were seen but not read; pixels of the picture."""

    codes: list[Code] = field(default_factory=list)
    unread: list[Corners] = field(default_factory=list)


Pass = Callable[[Engines, Grey], Found]


def zxing_pass(engines: Engines, grey: Grey) -> Found:
    """zxing-cpp on the picture as it is, light on dark too: a sixth of zbar's time, and reads more."""
    return _by_zxing(engines, grey, "zxing")


def zxing_double_pass(engines: Engines, grey: Grey) -> Found:
    """Small and blurred codes, at twice the size."""
    return _by_zxing(engines, _enlarged(grey, 2), "zxing-double", 2)


def zxing_larger_pass(engines: Engines, grey: Grey) -> Found:
    """Codes of a size that falls between the engine's own steps."""
    return _by_zxing(engines, _enlarged(grey, 1.5), "zxing-larger", 1.5)


def zxing_sharp_pass(engines: Engines, grey: Grey) -> Found:
    """Blurred codes, sharpened and enlarged."""
    sharp = sharpened(grey, 2, 2)
    return _by_zxing(engines, _enlarged(sharp, 1.5), "zxing-sharp", 1.5)


def zxing_half_pass(engines: Engines, grey: Grey) -> Found:
    """Large codes with dirt, dots or folds, which the smaller size smooths away."""
    return _by_zxing(engines, _shrunk(grey, 0.5), "zxing-half", 0.5)


def zbar_pass(engines: Engines, grey: Grey) -> Found:
    """zbar on the thresholded picture: half the time of the picture as it is, and reads slightly more."""
    return _by_zbar(engines, _ink(grey, _NEIGHBOURHOOD), "zbar")


def zbar_fine_pass(engines: Engines, grey: Grey) -> Found:
    """Small codes beside print and edges."""
    return _by_zbar(engines, _ink(grey, _FINE_NEIGHBOURHOOD), "zbar-fine")


def zbar_inverted_pass(engines: Engines, grey: Grey) -> Found:
    """Light codes on dark ground, as telephones in dark mode show them."""
    return _by_zbar(engines, cv2.bitwise_not(_ink(grey, _NEIGHBOURHOOD)), "zbar-inverted")


def zbar_half_pass(engines: Engines, grey: Grey) -> Found:
    """Codes held close: their modules are wider than what the threshold looks at, and often blurred."""
    return _by_zbar(engines, _shrunk(grey, 0.5), "zbar-half", 0.5)


def zbar_plain_pass(engines: Engines, grey: Grey) -> Found:
    """zbar on the picture as it is."""
    return _by_zbar(engines, grey, "zbar-plain")


def zbar_double_pass(engines: Engines, grey: Grey) -> Found:
    """Small codes, at twice the size."""
    return _by_zbar(engines, _enlarged(grey, 2), "zbar-double", 2)


def attempt(look: Pass, engines: Engines, grey: Grey) -> Found:
    """A pass as a total function: a picture it chokes on (tiny, or a fault inside a library) holds no code."""
    try:
        return look(engines, grey)
    except (cv2.error, ValueError, RuntimeError, OSError):
        return Found()


def moved(found: Found, offset: Point) -> Found:
    """What was found in a part of a picture, in pixels of the whole."""
    return Found(
        [
            Code(code.raw, code.text, code.engine, code.pass_name, placed(code.corners, 1, offset))
            for code in found.codes
        ],
        [placed(corners, 1, offset) for corners in found.unread],
    )


def placed(corners: Corners, factor: float, offset: Point) -> Corners:
    """Corners times a factor, then moved."""
    a, b, c, d = ((x * factor + offset[0], y * factor + offset[1]) for x, y in corners)
    return a, b, c, d


def sharpened(grey: Grey, radius: float, strength: float) -> Grey:
    """Edges raised by what a blur of this radius (pixels) takes from them, times the strength."""
    soft = cv2.GaussianBlur(grey, (0, 0), radius)
    return cv2.addWeighted(grey, 1 + strength, soft, -strength, 0)


def _by_zxing(engines: Engines, grey: Grey, name: str, scale: float = 1) -> Found:
    if engines.zxing is None:
        return Found()
    look = engines.zxing.look(grey)
    return Found(
        [_code(reading, ZXING, name, scale) for reading in look.readings],
        [placed(corners, 1 / scale, (0, 0)) for corners in look.unread],
    )


def _by_zbar(engines: Engines, grey: Grey, name: str, scale: float = 1) -> Found:
    if engines.zbar is None:
        return Found()
    return Found([_code(reading, ZBAR, name, scale) for reading in engines.zbar.read(grey)])


def _code(reading: Reading, engine: str, name: str, scale: float) -> Code:
    return Code(reading.raw, reading.text, engine, name, placed(reading.corners, 1 / scale, (0, 0)))


def _ink(grey: Grey, neighbourhood: int) -> Grey:
    return cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, neighbourhood, _CONTRAST
    )


def _enlarged(grey: Grey, factor: float) -> Grey:
    if grey.size > ENLARGED_UP_TO:
        raise ValueError("too large to be enlarged")
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


def _shrunk(grey: Grey, factor: float) -> Grey:
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
