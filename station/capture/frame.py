"""The values of capture: a frame, a code found in it, and a sighting, the two together."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Image = NDArray[Any]  # 8 bits, height × width × 3, blue green red
Grey = NDArray[Any]  # 8 bits, height × width
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a camera or a video.

    Attributes:
        image: height × width × 3, blue green red, 8 bits each; shared between threads, so never write into it.
        number: 0, 1, 2 … as the source delivers them.
        grabbed_at: when it was grabbed, seconds of ``time.perf_counter()``.
        media_seconds: position in the file; for a live source the same as ``grabbed_at``.
    """

    image: Image
    number: int
    grabbed_at: float
    media_seconds: float

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine says of one symbol: its bytes, their text, and its corners in the picture it was given."""

    raw: bytes
    text: str
    corners: Corners


@dataclass(frozen=True, slots=True)
class Code:
    """One QR symbol that was read.

    Attributes:
        raw: the payload exactly as the symbol holds it.
        text: the payload as text: UTF-8 where it is that, else a declared or likely other encoding.
        engine: the library that read it, for example ``zbar``.
        pass_name: the preparation with which it was read, for example ``zbar-inverted``.
        corners: of the symbol in the picture, pixels, in order around it.
    """

    raw: bytes
    text: str
    engine: str
    pass_name: str
    corners: Corners


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code that came into view, and the frame in which it was read."""

    code: Code
    frame: Frame


def text_of(raw: bytes) -> str:
    """The payload as text: UTF-8 where it is that, else Shift-JIS (kanji mode), else Latin-1."""
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
