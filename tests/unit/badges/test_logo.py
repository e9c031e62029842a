"""The logo: taken from a picture, refused in words, and printed where there is room for it."""

import contextlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

from station.badges.invitations import invitation_png, render_invitations
from station.badges.layout import CARD
from station.badges.logo import logo_of, read_logo, size_of
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.errors import BadInput, EnvironmentFault
from station.model.event import Event

RED = (200, 16, 46)


def picture(
    size: tuple[int, int] = (300, 200),
    kind: str = "PNG",
    mode: str = "RGB",
    colour: object = RED,
    **more: object,
) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **more)
    return file.getvalue()


def opened(logo: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(logo))
    image.load()
    return image


def test_a_large_picture_becomes_small_and_keeps_its_shape() -> None:
    image = opened(logo_of(picture((4000, 1000), "JPEG"), "logo.jpg"))
    assert (image.format, image.size) == ("PNG", (1024, 256))
    assert size_of(logo_of(picture((300, 200)), "logo.png")).width == 300


def test_transparency_stays() -> None:
    image = opened(logo_of(picture(mode="RGBA", colour=(0, 0, 0, 0)), "logo.png"))
    assert image.getpixel((5, 5)) == (0, 0, 0, 0)
    palette = Image.new("P", (20, 20), 0)
    file = io.BytesIO()
    palette.save(file, "PNG", transparency=0)
    assert opened(logo_of(file.getvalue(), "logo.png")).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    assert opened(logo_of(picture(kind="JPEG", mode=mode, colour=0), "scan.jpg")).mode == "RGB"


def test_a_photograph_taken_upright_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert opened(logo_of(picture((300, 200), "JPEG", exif=exif), "photo.jpg")).size == (200, 300)


@pytest.mark.parametrize(
    ("content", "problem", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "NOT_A_PICTURE", "SVG"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><svg/>', "NOT_A_PICTURE", "SVG"),
        (b"%PDF-1.7", "NOT_A_PICTURE", "neither PNG nor JPEG"),
        (b"", "NOT_A_PICTURE", "neither PNG nor JPEG"),
        (picture()[:-40], "PICTURE_DAMAGED", "damaged"),
        (b"\xff\xd8\xff\xe0 no more", "PICTURE_DAMAGED", "damaged"),
        (picture((5001, 4000), mode="1", colour=0), "PICTURE_TOO_LARGE", "20 million"),
        (picture((14_000, 14_000), mode="1", colour=0), "PICTURE_TOO_LARGE", "20 million"),
    ],
)
def test_what_is_no_such_picture_is_refused_in_words(content: bytes, problem: str, said: str) -> None:
    with pytest.raises(BadInput, match=f"logo: .*{said}") as refused:
        logo_of(content, "logo")
    assert [each.problem for each in refused.value.problems] == [problem]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"gone\.png"):
        read_logo(tmp_path / "gone.png")


@settings(max_examples=150)
@given(st.sampled_from([picture((40, 30)), picture((40, 30), "JPEG")]), st.data())
def test_a_damaged_picture_is_taken_or_refused_and_never_a_bug(content: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(content)
    for _change in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(3, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        assert logo_of(bytes(spoilt), "x").startswith(b"\x89PNG")


def _reds(image: Image.Image) -> int:
    return sum(
        count
        for count, (red, green, blue) in image.convert("RGB").getcolors(1 << 24)
        if red > 180 and green < 60 and blue < 80
    )


def _badge(event: Event, badge: BadgeData) -> Image.Image:
    return _page(lambda stream: render_badges(stream, event, [badge], CARD))


def _invitation(event: Event, badge: BadgeData) -> Image.Image:
    return _page(lambda stream: render_invitations(stream, event, [badge]))


def _phone(event: Event, badge: BadgeData) -> Image.Image:
    return Image.open(io.BytesIO(invitation_png(event, badge)))


def _page(render: Callable[[io.BytesIO], object]) -> Image.Image:
    stream = io.BytesIO()
    render(stream)
    document = pypdfium2.PdfDocument(stream.getvalue())
    page = document[0]
    image = page.render(scale=200 / 72).to_pil()
    page.close()
    document.close()
    return image


@pytest.mark.parametrize("draw", [_badge, _invitation, _phone])
def test_the_logo_is_printed_and_the_code_is_read_beside_it(
    draw: Callable[[Event, BadgeData], Image.Image], event: Event, badge: BadgeData
) -> None:
    badge = replace(badge, colour="#0e7f6f")
    logo = logo_of(picture(mode="RGBA", colour=(*RED, 255)), "logo.png")
    assert _reds(draw(event, badge)) == 0
    shown = draw(replace(event, logo=logo), badge)
    assert _reds(shown) > shown.width * shown.height / 200
    (code,) = decode(shown, symbols=[ZBarSymbol.QRCODE])
    assert code.data.decode() == badge.payload


def test_a_pdf_holds_the_logo_once_however_many_badges_show_it(event: Event, badge: BadgeData) -> None:
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "PNG")
    event = replace(event, logo=logo_of(file.getvalue(), "logo.png"))

    def size(count: int) -> int:
        stream = io.BytesIO()
        render_badges(stream, event, [badge] * count, CARD)
        return len(stream.getvalue())

    assert size(20) - size(1) < size(1) / 4
