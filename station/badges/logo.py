"""The event's logo: taken from a picture file, kept as a small PNG, and placed on a white plate."""

import io
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps

from station.errors import BadInput, EnvironmentFault, Problem
from station.i18n import _
from station.media.faults import reason

LONGEST_SIDE_PX = 1024
_MOST_PIXELS = 20_000_000
_MOST_BYTES = 40_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in any unit."""

    width: float
    height: float

    def within(self, width: float, height: float) -> "Size":
        """As large as a rectangle allows, in the same proportions."""
        scale = min(width / self.width, height / self.height)
        return Size(self.width * scale, self.height * scale)


def read_logo(path: Path) -> bytes:
    """The logo of a PNG or JPEG file as PNG, at most 1024 pixels wide and high, transparency kept.

    Raises BadInput when the file is no such picture, EnvironmentFault when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        text = _("The file “{file}” cannot be read: {reason}.")
        raise EnvironmentFault(text.format(file=path.name, reason=reason(error))) from error
    return logo_of(content, path.name)


def logo_of(content: bytes, name: str) -> bytes:
    """The same of a file's content; ``name`` is said when it cannot be taken. Raises BadInput."""
    if not content.startswith((_PNG, _JPEG)):
        raise _refused(name, "NOT_A_PICTURE", _what_it_is(content))
    too_large = _("The picture has more than {most} million pixels. Save it smaller and choose it again.")
    if len(content) > _MOST_BYTES:
        raise _refused(name, "PICTURE_TOO_LARGE", too_large)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _refused(name, "PICTURE_TOO_LARGE", too_large)
            return _small_png(picture)
    except _TOO_LARGE as error:
        raise _refused(name, "PICTURE_TOO_LARGE", too_large) from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        IndexError,
    ) as error:  # as Pillow's readers do
        text = _("The picture is damaged. Open it in a picture program and save it again as PNG.")
        raise _refused(name, "PICTURE_DAMAGED", text) from error


def size_of(logo: bytes) -> Size:
    """Pixels of a logo that :func:`read_logo` made (PNG: width and height stand first)."""
    return Size(*struct.unpack(">II", logo[16:24]))


@lru_cache(maxsize=4)
def upon_white(logo: bytes) -> Image.Image:
    """The logo as it is printed: printers and old readers of PDF know no transparency."""
    with Image.open(io.BytesIO(logo), formats=("PNG",)) as picture:
        plate = Image.new("RGBA", picture.size, "#ffffff")
        return Image.alpha_composite(plate, picture.convert("RGBA")).convert("RGB")


def _small_png(picture: Image.Image) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))  # JPEG only: read no more than is needed
    upright = ImageOps.exif_transpose(picture)
    clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    small = upright.convert("RGBA" if clear else "RGB")
    small.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True, icc_profile=None, exif=b"")
    return file.getvalue()


def _what_it_is(content: bytes) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start or start.startswith(b"<?xml"):
        return _(
            "An SVG drawing cannot be taken. Save it as PNG in the program that made it, and choose that file."
        )
    return _("The file is neither PNG nor JPEG. Open it in a picture program and save it as PNG.")


def _refused(name: str, problem: str, text: str) -> BadInput:
    said = text.format(most=_MOST_PIXELS // 1_000_000)
    return BadInput([Problem(None, None, problem, f"{name}: {said}")])
