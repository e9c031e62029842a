"""Decoder passes, each a small function from a grey picture to codes, and the order in which a stream runs them.

Cost of a pass over a full 1280 × 720 frame, and what it reads, on this project's development pictures: zbar on the
thresholded picture 20 ms, two thirds of the webcam frames; on the picture as it is 30 ms, slightly fewer; on the half
size 6 ms, only large codes, but those better. zbar never reads inverted codes (dark-mode telephones) by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from station.capture.frame import Code, Corners, Frame, Grey, Image, Point, text_of
from station.capture.opencv import cv2
from station.capture.regions import Region, area_of, regions_with_detail
from station.capture.zbar import ENGINE, Zbar

Pass = Callable[[Zbar, Grey], list[Code]]

_CONTRAST = 7  # grey levels by which ink is darker than its neighbourhood
_NEIGHBOURHOOD = 41  # pixels; several modules of most codes
_FINE_NEIGHBOURHOOD = 21  # reads small codes beside print and edges better, large ones not at all
_ENLARGED_UP_TO = 2_000_000  # pixels; enlarging a larger still costs much and reads nothing more


def zbar_pass(
    zbar: Zbar, grey: Grey, *, neighbourhood: int = _NEIGHBOURHOOD, name: str = "zbar"
) -> list[Code]:
    """zbar on the thresholded picture: half the time of the picture as it is, and reads slightly more."""
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, neighbourhood, _CONTRAST
    )
    return _codes(zbar, ink, name)


def inverted_pass(zbar: Zbar, grey: Grey) -> list[Code]:
    """Light codes on dark ground, as telephones in dark mode show them."""
    return zbar_pass(zbar, cv2.bitwise_not(grey), name="zbar-inverted")


def half_pass(zbar: Zbar, grey: Grey) -> list[Code]:
    """Codes held close to the camera: their modules are wider than what the threshold looks at, and often blurred."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return _codes(zbar, half, "zbar-half", scale=0.5)


def plain_pass(zbar: Zbar, grey: Grey) -> list[Code]:
    """zbar on the picture as it is."""
    return _codes(zbar, grey, "zbar-plain")


def double_pass(zbar: Zbar, grey: Grey) -> list[Code]:
    """Small codes, at twice the size; nothing for pictures that are large already."""
    if grey.size > _ENLARGED_UP_TO:
        return []
    double = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    return _codes(zbar, double, "zbar-double", scale=2)


fine_pass: Pass = partial(zbar_pass, neighbourhood=_FINE_NEIGHBOURHOOD, name="zbar-fine")

STILL_PASSES: tuple[Pass, ...] = (zbar_pass, inverted_pass, fine_pass, half_pass, plain_pass, double_pass)
STREAM_CYCLE: tuple[Pass, ...] = (zbar_pass, inverted_pass, zbar_pass, half_pass)
THOROUGH_PASSES: tuple[Pass, ...] = (zbar_pass, inverted_pass, half_pass)


def _codes(zbar: Zbar, grey: Grey, pass_name: str, scale: float = 1) -> list[Code]:
    return [
        Code(raw, text_of(raw), ENGINE, pass_name, _placed(corners, 1 / scale, (0, 0)))
        for raw, corners in zbar.read(grey)
    ]


def _placed(corners: Corners, factor: float, offset: Point) -> Corners:
    a, b, c, d = ((x * factor + offset[0], y * factor + offset[1]) for x, y in corners)
    return a, b, c, d


def _attempt(decode: Pass, zbar: Zbar, grey: Grey) -> list[Code]:
    """A pass as a total function: a picture it chokes on (tiny, or a fault inside the library) holds no code."""
    try:
        return decode(zbar, grey)
    except (cv2.error, ValueError, OSError):
        return []


def _distinct(codes: Iterable[Code]) -> list[Code]:
    """Each payload once, as it was read first."""
    found: dict[bytes, Code] = {}
    for code in codes:
        found.setdefault(code.raw, code)
    return list(found.values())


def grey_of(image: Image) -> Grey:
    """The grey picture. A colour picture given to zbar as it is would be read in its blue alone."""
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def decode_image(image: Image) -> list[Code]:
    """Every code in a still picture, by all passes together.

    Raises:
        EnvironmentFault: the decoding library is missing.
    """
    zbar, grey = Zbar(), grey_of(image)
    return _distinct(code for decode in STILL_PASSES for code in _attempt(decode, zbar, grey))


class StreamDecoder:
    """Reads codes frame by frame, cheaply: looks only where there is detail, and takes the passes in turn.

    Each frame gets the next two passes of the cycle, or one where most of the frame is detail, so that no frame
    costs more than one look at all of it (20 ms at 1280 × 720). Used by one thread at a time.

    Args:
        thorough: run all passes on each frame, for videos that are read without hurry.

    Raises:
        EnvironmentFault: the decoding library is missing.
    """

    def __init__(self, *, thorough: bool = False) -> None:
        self._zbar = Zbar()
        self._thorough = thorough
        self._turn = 0

    def decode(self, frame: Frame) -> list[Code]:
        """Every code read in this frame, each payload once; corners in pixels of the frame."""
        grey = grey_of(frame.image)
        regions = regions_with_detail(grey)
        passes = self._passes_due(busy=sum(map(area_of, regions)) > grey.size / 2)
        return _distinct(
            code for region in regions for decode in passes for code in self._read(decode, grey, region)
        )

    def _passes_due(self, *, busy: bool) -> tuple[Pass, ...]:
        if self._thorough:
            return THOROUGH_PASSES
        turns = range(self._turn, self._turn + (1 if busy else 2))
        self._turn = turns.stop % len(STREAM_CYCLE)
        return tuple(STREAM_CYCLE[turn % len(STREAM_CYCLE)] for turn in turns)

    def _read(self, decode: Pass, grey: Grey, region: Region) -> list[Code]:
        left, top, right, bottom = region
        codes = _attempt(decode, self._zbar, grey[top:bottom, left:right])
        return [replace(code, corners=_placed(code.corners, 1, (left, top))) for code in codes]
