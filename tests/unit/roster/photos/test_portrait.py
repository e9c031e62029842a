"""Whatever a camera or an office gives becomes one small upright picture, or a sentence."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from station.errors import BadInput
from station.roster.photos.portrait import portrait
from tests.portraits import avatar, encoded


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(portrait(content).jpeg))


def problem_of(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        portrait(content)
    (problem,) = caught.value.problems
    assert problem.message
    return problem.problem


def quarters(size: tuple[int, int]) -> Image.Image:
    """Red and green above, blue and white below."""
    picture = Image.new("RGB", size, "white")
    draw, (middle, centre) = ImageDraw.Draw(picture), (size[0] // 2, size[1] // 2)
    draw.rectangle((0, 0, middle - 1, centre - 1), "#ff0000")
    draw.rectangle((middle, 0, size[0], centre - 1), "#00ff00")
    draw.rectangle((0, centre, middle - 1, size[1]), "#0000ff")
    return picture


def corner_colours(picture: Image.Image) -> list[tuple[int, ...]]:
    width, height = picture.size
    places = [(5, 5), (width - 6, 5), (5, height - 6), (width - 6, height - 6)]
    return [tuple(round(value / 255) for value in picture.getpixel(place)) for place in places]  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (1080, 1920), (640, 480), (480, 640)])
def test_every_format_becomes_three_by_four_at_most_480_wide(size: tuple[int, int]) -> None:
    picture = opened(encoded(avatar(size)))

    assert picture.size == (480, 640) if size != (640, 480) else picture.size == (360, 480)
    assert (picture.format, picture.mode) == ("JPEG", "RGB")


def test_a_small_picture_is_not_enlarged() -> None:
    assert opened(encoded(avatar((150, 200)))).size == (150, 200)


def test_of_a_wide_picture_the_middle_is_kept_and_of_a_tall_one_rather_the_top() -> None:
    tall = Image.new("RGB", (300, 1000), "white")
    ImageDraw.Draw(tall).rectangle((0, 0, 300, 149), "black")  # a quarter of the 600 too many goes from here
    wide = Image.new("RGB", (1000, 400), "white")
    ImageDraw.Draw(wide).rectangle((350, 0, 649, 400), "black")

    assert opened(encoded(tall)).getpixel((150, 3)) > (240, 240, 240)
    assert all(opened(encoded(wide)).getpixel((x, 200)) < (20, 20, 20) for x in (5, 295))  # type: ignore[operator]


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_camera_held_in_any_way_gives_an_upright_picture(turn: int) -> None:
    upright = quarters((600, 800))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112] = turn
    taken = upright.transpose(undo[turn]) if turn in undo else upright

    picture = opened(encoded(taken, exif=exif))

    assert picture.size == (480, 640)
    assert corner_colours(picture) == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)]


def test_no_place_time_or_remark_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a remark"
    exif.get_ifd(0x8825)[1] = "N"
    content = encoded(avatar(), exif=exif, comment=b"secret", icc_profile=_profile(), dpi=(300, 300))

    jpeg = portrait(content).jpeg

    assert b"Exif" not in jpeg and b"secret" not in jpeg and b"ICC_PROFILE" not in jpeg
    assert Image.open(io.BytesIO(jpeg)).getexif() == {}


def test_the_same_file_gives_the_same_bytes() -> None:
    content = encoded(avatar((2000, 1500)), quality=90)

    assert portrait(content) == portrait(content)


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_colours_of_print_shops_are_shown_as_screens_show_them() -> None:
    picture = opened(encoded(avatar().convert("CMYK")))

    assert picture.mode == "RGB"
    assert all(abs(a - b) < 12 for a, b in zip(picture.getpixel((5, 5)), (0x7A, 0x9C, 0xC6), strict=True))  # type: ignore[arg-type]


def test_a_senseless_colour_profile_is_passed_over() -> None:
    assert opened(encoded(avatar(), icc_profile=b"nonsense" * 30)).size == (480, 640)


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (300, 400), (255, 0, 0, 0))
    palette = Image.new("P", (300, 400), 0)
    palette.putpalette([200, 0, 0] * 256)
    grey = Image.new("LA", (300, 400), (0, 0))

    for content in (encoded(clear, "PNG"), encoded(palette, "PNG", transparency=0), encoded(grey, "PNG")):
        assert opened(content).getpixel((100, 100)) >= (250, 250, 250)  # type: ignore[operator]


def test_sixteen_bits_a_point_keep_their_brightness() -> None:
    grey = Image.new("I;16", (300, 400), 0x8000)

    value = opened(encoded(grey, "PNG")).getpixel((100, 100))

    assert isinstance(value, tuple) and 126 <= value[0] <= 130


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    assert opened(encoded(avatar().convert("RGBA").convert(mode), "PNG")).mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP"])
def test_a_picture_is_told_by_its_content(kind: str) -> None:
    assert opened(encoded(avatar(), kind)).size == (480, 640)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "EMPTY_FILE"),
        (b"hello", "NOT_A_PICTURE"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"PK\3\4" + bytes(30), "ARCHIVE"),
        (b"GIF89a" + bytes(30), "OTHER_KIND"),
        (b"%PDF-1.7", "OTHER_KIND"),
        (encoded(avatar())[:2000], "DAMAGED"),
        (encoded(avatar(), "PNG")[:900], "DAMAGED"),
        (encoded(avatar(), "WEBP")[:300], "DAMAGED"),
        (encoded(Image.new("RGB", (40, 50))), "TOO_SMALL"),
        (encoded(Image.new("1", (30000, 30000)), "PNG"), "TOO_MANY_PIXELS"),
        (encoded(Image.new("1", (9000, 6000)), "PNG"), "TOO_MANY_PIXELS"),
        (encoded(avatar(), "PNG", save_all=True, append_images=[avatar(colour="red")]), "ANIMATION"),
        (encoded(avatar(), "WEBP", save_all=True, append_images=[avatar(colour="red")]), "ANIMATION"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_photo_is_told_by_its_kind(content: bytes, problem: str) -> None:
    assert problem_of(content) == problem


def test_a_picture_that_lies_about_its_size_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    content = (
        b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )

    assert problem_of(content) == "TOO_MANY_PIXELS"


@given(
    st.binary(max_size=400),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"BM"]),
)
def test_any_bytes_are_a_picture_or_a_sentence(content: bytes, magic: bytes) -> None:
    assert problem_of(magic + content)


def _with_everything(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    more = {} if kind == "BMP" else {"exif": exif, "icc_profile": _profile()}
    return encoded(avatar((120, 160)), kind, **more)


WHOLE = {kind: _with_everything(kind) for kind in ("JPEG", "PNG", "WEBP", "BMP")}


@pytest.mark.filterwarnings("ignore")  # Pillow warns of damaged EXIF; the program keeps that to itself
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(12, 1300), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_a_damaged_picture_is_a_picture_or_a_sentence(kind: str, damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE[kind])
    for place, value in damage:
        content[place % len(content)] = value
    try:
        portrait(bytes(content))
    except BadInput as error:
        assert error.problems[0].message
