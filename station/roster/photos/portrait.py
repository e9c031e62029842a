"""Makes one small upright portrait, without metadata, of whatever picture a camera or an office gives."""

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PIL import BmpImagePlugin, Image, ImageCms, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from station.errors import BadInput, Problem
from station.i18n import N_, _

LARGEST_BYTES = 60 * 2**20
MOST_PIXELS = 50_000_000
LARGEST_PX = (480, 640)
SMALLEST_PX = (90, 120)
_QUALITY = 88
_TOP_SHARE = 0.25  # of what a tall picture has too much: heads are in its upper half
_ORIENTATION = 0x0112  # tag of EXIF 2.32
_DRAFT_AT_LEAST: Final = 1.0  # times the portrait's size, when a JPEG is decoded smaller at once
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}
# Not Image.open: it warns of large pictures by itself, and would try every format it knows.
_READERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
# Everything that Pillow raises on pictures that are damaged or not what they say.
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, RuntimeError, MemoryError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
warnings.filterwarnings(
    "ignore", module=r"PIL\."
)  # of damaged EXIF and the like: the picture is read all the same
_SENTENCES = {
    "EMPTY_FILE": N_("The file is empty."),
    "NOT_A_PICTURE": N_("This is no picture. Photos can be JPEG, PNG, WebP or BMP files."),
    "HEIC": N_(
        "This is a HEIC picture of an iPhone. Convert it to JPEG first: open it in Photos and export it as JPEG, "
        "or set the iPhone to Settings › Camera › Formats › Most Compatible."
    ),
    "OTHER_KIND": N_("Pictures of the kind {kind} are not read. Open it in Paint and save it as JPEG."),
    "ARCHIVE": N_("This is an archive. Unpack it first, or choose it by itself."),
    "TOO_LARGE": N_("The file is far larger than a photo. Save it smaller, as JPEG."),
    "TOO_MANY_PIXELS": N_(
        "The picture has {width} × {height} points, far more than a photo. Save it smaller."
    ),
    "TOO_SMALL": N_(
        "The picture has only {width} × {height} points; a face needs at least 90 × 120. Ask for the original."
    ),
    "ANIMATION": N_("This is an animation. Save one picture of it as JPEG."),
    "DAMAGED": N_("The picture is damaged or incomplete. Copy it again from where it came."),
}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture as it is kept.

    Attributes:
        jpeg: the whole file. sha256: of it, lower-case hexadecimal.
    """

    jpeg: bytes
    sha256: str


def portrait(content: bytes) -> Portrait:
    """The portrait in a picture file, told by what it holds and not by its name.

    Upright as EXIF says, in sRGB, 3:4, at most 480 × 640 and never enlarged; the same file always gives the same
    bytes. Raises BadInput with one problem.
    """
    kind = _kind(content)
    try:
        with _READERS[kind](io.BytesIO(content)) as picture:
            _refuse_size(*picture.size)
            if kind != "jpeg" and getattr(picture, "n_frames", 1) > 1:
                raise refused("ANIMATION")
            small = _cropped(picture)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=_QUALITY, optimize=True)
    except _DAMAGE as error:
        raise refused("DAMAGED") from error
    jpeg = out.getvalue()
    return Portrait(jpeg, hashlib.sha256(jpeg).hexdigest())


def refused(problem: str, **values: object) -> BadInput:
    """The error for a file that cannot be a photo, by the name of its problem."""
    return BadInput([Problem(None, None, problem, _(_SENTENCES[problem]).format(**values))])


def _kind(content: bytes) -> str:
    """Which of the readers a file is for, by its first bytes. Raises BadInput."""
    if content[:3] == b"\xff\xd8\xff":
        return "jpeg"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return "bmp"
    raise _unread(content)


def _unread(content: bytes) -> BadInput:
    if not content:
        return refused("EMPTY_FILE")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return refused("HEIC")
    if content[:4] in (b"PK\3\4", b"PK\5\6", b"Rar!") or content[:6] == b"7z\xbc\xaf\x27\x1c":
        return refused("ARCHIVE")
    others = {b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"8BPS": "Photoshop", b"%PDF": "PDF"}
    other = others.get(content[:4]) or ("AVIF" if content[4:12] in (b"ftypavif", b"ftypavis") else "")
    return refused("OTHER_KIND", kind=other) if other else refused("NOT_A_PICTURE")


def _refuse_size(width: int, height: int) -> None:
    """Before anything is decoded: a file of a few kilobytes can hold a picture of gigabytes."""
    if width * height > MOST_PIXELS:
        raise refused("TOO_MANY_PIXELS", width=width, height=height)
    if min(width, height) < SMALLEST_PX[0] or max(width, height) < SMALLEST_PX[1]:
        raise refused("TOO_SMALL", width=width, height=height)


def _cropped(picture: ImageFile.ImageFile) -> Image.Image:
    """The upright portrait, cropped and scaled while it still has its own colours."""
    turn = _orientation(picture)
    upright = picture.size[::-1] if turn in _SIDEWAYS else picture.size
    left, top, right, bottom = _box(*upright)
    scale = min(1.0, LARGEST_PX[0] / (right - left))
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        wanted = scale * _DRAFT_AT_LEAST
        picture.draft(picture.mode, (int(picture.width * wanted) + 1, int(picture.height * wanted) + 1))
    profile = picture.info.get("icc_profile")
    image: Image.Image = picture
    if turn in _TURNS:
        image = picture.transpose(_TURNS[turn])
    drafted = image.width / upright[0], image.height / upright[1]
    box = (left * drafted[0], top * drafted[1], right * drafted[0], bottom * drafted[1])
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    small = _plain(image).resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    return _standard(small, profile)


def _box(width: int, height: int) -> tuple[float, float, float, float]:
    """The largest part of 3:4: of a wide picture the middle, of a tall one rather its upper part."""
    wide = min(float(width), height * 3 / 4)
    tall = min(float(height), width * 4 / 3)
    left, top = (width - wide) / 2, (height - tall) * _TOP_SHARE
    return left, top, left + wide, top + tall


def _orientation(picture: Image.Image) -> int:
    """How the camera was held, 1 where EXIF does not say or is nonsense."""
    try:
        turn = picture.getexif().get(_ORIENTATION, 1)
    except _DAMAGE:
        return 1
    return turn if isinstance(turn, int) else 1


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be scaled: no palette, 8 bits a channel."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        return image
    return image.convert("RGBA" if "transparency" in image.info or image.mode in ("PA", "La") else "RGB")


def _standard(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB on white, with nothing else in it."""
    if image.mode in ("RGBA", "LA"):
        alpha = image.getchannel("A")
        plain = image.convert("RGB")
        image = Image.new("RGB", image.size, "white")
        image.paste(plain, mask=alpha)
    if profile:
        image = _in_srgb(image, profile)
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Telephones and print shops use other colours; a profile that makes no sense is passed over."""
    try:
        standard = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(image, io.BytesIO(profile), standard, outputMode="RGB")
    except (ImageCms.PyCMSError, *_DAMAGE):
        return image
    return image if changed is None else changed
