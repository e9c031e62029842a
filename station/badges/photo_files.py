"""The photos of delegates for print: read from the event folder one after the other, scaled to their size on paper."""

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from station.badges.logo import Size

PRINT_PIXELS_PER_MM = 300 / 25.4
_QUALITY = 85
_LARGEST_BYTES = 4_000_000  # the album keeps far smaller ones
_DAMAGE = (OSError, SyntaxError, ValueError, LookupError, EOFError, Image.DecompressionBombError)


class PhotoFiles:
    """Photos by the identity of their delegate; one that cannot be read counts as none and is remembered.

    Attributes:
        unreadable: file names that could not be used so far.
    """

    def __init__(self, folder: Path, names: Mapping[str, str]) -> None:
        """``folder`` is where the files are; ``names`` are theirs by delegate."""
        self._folder = folder
        self._names = names
        self.unreadable: set[str] = set()
        self._last: tuple[str, Size, bytes] | None = None

    def has(self, delegate: str) -> bool:
        """Whether there is a photo."""
        return delegate in self._names

    def scaled(self, delegate: str, within: Size) -> bytes:
        """A JPEG no larger than a rectangle of millimetres needs on paper; empty for none."""
        if self._last and self._last[:2] == (delegate, within):
            return self._last[2]
        name = self._names.get(delegate)
        if name is None or name in self.unreadable:
            return b""
        try:
            jpeg = _scaled(self._folder / name, within)
        except _DAMAGE:
            self.unreadable.add(name)
            return b""
        self._last = (delegate, within, jpeg)
        return jpeg


NO_PHOTOS = PhotoFiles(Path(), {})


def size_of_jpeg(jpeg: bytes) -> Size:
    """Pixels of a JPEG."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        return Size(*picture.size)


def _scaled(path: Path, within: Size) -> bytes:
    with path.open("rb") as file:
        content = file.read(_LARGEST_BYTES + 1)
    if len(content) > _LARGEST_BYTES:
        raise ValueError(path.name)
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        pixels = Size(picture.width, picture.height).within(
            within.width * PRINT_PIXELS_PER_MM, within.height * PRINT_PIXELS_PER_MM
        )
        wanted = max(1, round(pixels.width)), max(1, round(pixels.height))
        if picture.width <= wanted[0] * 1.2 and picture.mode in ("RGB", "L"):
            return content  # not worth a second loss
        picture.draft("RGB", wanted)
        small = picture.convert("RGB").resize(wanted, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
