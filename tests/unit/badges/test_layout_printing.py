"""What comes out of the printer: every ready-made layout read back with the project's own decoder."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops

from station.badges import pdf_file
from station.badges.layout import CARD, SHEET, Layout
from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.folder import READY_MADE, read_layout
from station.badges.layouts.parse import parse_layout
from station.badges.layouts.warnings import warnings_of
from station.badges.layouts.words import values_of
from station.badges.logo import Size, logo_of
from station.badges.photo_files import NO_PHOTOS, PhotoFiles
from station.badges.picture import Picture
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.capture.decoder import decode_image
from station.errors import Cancelled
from station.i18n import set_language
from station.model.event import Event

DPI = 203  # of label printers and cheap lasers
EVERY_LAYOUT = pytest.mark.parametrize("name", sorted(path.stem for path in READY_MADE.glob("*.toml")))
SIGNS = {"seat-card-2x2", "table-sign-a4"}  # which have no code
EVERY_BADGE = pytest.mark.parametrize(
    "name", sorted(path.stem for path in READY_MADE.glob("*.toml") if path.stem not in SIGNS)
)
LONGEST = "Nguyễn Hoàng Tôn Nữ Phương Khánh Uyên Nguyệt Quỳnh"


@pytest.fixture
def logo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(file, "PNG")
    return logo_of(file.getvalue(), "logo")


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFiles:
    for number in range(3):
        Image.effect_noise((480, 640), 40 + number).convert("RGB").save(
            tmp_path / f"{number}.jpg", quality=88
        )
    return PhotoFiles(tmp_path, {f"20221027-{number}": f"{number}.jpg" for number in range(3)})


@pytest.fixture
def people(badge: BadgeData) -> list[BadgeData]:
    """The longest name, the shortest, and one without a photo."""
    names = (LONGEST, "Lê Ân", "Đỗ Thị Ngọc Ẩn", "Phạm Thu Hà")
    return [
        BadgeData(
            replace(badge.delegate, id=f"20221027-{number}", code=f"DB{number:05d}", name=name),
            f"1{number}" + badge.payload[2:],
            "#9b1c1f",
        )
        for number, name in enumerate(names)
    ]


def printed(name: str, event: Event, people: Sequence[BadgeData], photos: PhotoFiles = NO_PHOTOS) -> bytes:
    file = io.BytesIO()
    render_badges(file, event, people, read_layout(READY_MADE / f"{name}.toml"), photos=photos)
    return file.getvalue()


def pages_of(pdf: bytes, dpi: float = DPI) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def codes_of(picture: Image.Image) -> list[str]:
    return [code.text for code in decode_image(np.asarray(picture))]


def codes_on(pdf: bytes) -> list[str]:
    return sorted(code for page in pages_of(pdf) for code in codes_of(page))


def parts_of(page: Image.Image, folded: bool) -> list[Image.Image]:
    """Fronts and backs apart: the same code twice in one picture counts once."""
    middle = page.height * 148 // 297
    return (
        [page.crop((0, 0, page.width, middle)), page.crop((0, middle, page.width, page.height))]
        if folded
        else [page]
    )


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@EVERY_BADGE
@pytest.mark.parametrize("rehearsal", [False, True], ids=["event", "rehearsal"])
def test_every_badge_is_read_by_the_desk(
    name: str, rehearsal: bool, event: Event, people: list[BadgeData], photos: PhotoFiles, logo: bytes
) -> None:
    """203 dots an inch; with logo, photos and the watermark of a rehearsal beside the codes."""
    pdf = printed(name, replace(event, logo=logo, rehearsal=rehearsal), people, photos)

    folded = name == "lanyard-a6-fold"
    read = [code for page in pages_of(pdf) for part in parts_of(page, folded) for code in codes_of(part)]
    assert sorted(read) == sorted(badge.payload for badge in people for _side in range(1 + folded))


@EVERY_LAYOUT
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("with_logo", [False, True])
def test_nothing_of_the_longest_and_the_shortest_names_is_cut_off(
    name: str, language: str, with_logo: bool, event: Event, people: list[BadgeData], logo: bytes
) -> None:
    set_language(language)
    shown = replace(event, logo=logo) if with_logo else event
    photographed = {badge.delegate.id for badge in people} if with_logo else ()

    found = warnings_of(read_layout(READY_MADE / f"{name}.toml"), shown, people, with_photo=photographed)
    assert [warning.message for warning in found] == []


@EVERY_LAYOUT
def test_names_can_be_copied_from_the_pdf_and_its_fonts_are_ours(
    name: str, event: Event, people: list[BadgeData]
) -> None:
    pdf = printed(name, event, people[1:])

    said = " ".join(text_of(pdf).split())
    assert all(badge.delegate.name in said for badge in people[1:])
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize(("name", "design"), [("card", CARD), ("sheet", SHEET)])
def test_card_and_sheet_look_as_the_printers_test_page_promises(
    name: str, design: Layout, event: Event, people: list[BadgeData], logo: bytes
) -> None:
    shown, some = replace(event, logo=logo), people[1:]
    file = io.BytesIO()
    render_badges(file, shown, some, design)

    old, new = pages_of(file.getvalue(), 100), pages_of(printed(name, shown, some), 100)
    assert len(old) == len(new)
    for one, other in zip(old, new, strict=True):
        assert max(extreme for _low, extreme in ImageChops.difference(one, other).getextrema()) < 60


def test_logo_and_photo_are_in_the_file_once(
    event: Event, people: list[BadgeData], photos: PhotoFiles, logo: bytes
) -> None:
    pdf = printed("lanyard-a6-fold", replace(event, logo=logo), people, photos)

    assert pdf.count(b"/DCTDecode") == 3  # three of the four have a photo
    assert pdf.count(b"/Subtype /Image") == 4


def test_a_photo_is_no_larger_than_the_paper_needs(photos: PhotoFiles) -> None:
    jpeg = photos.scaled("20221027-0", Size(18, 24))

    with Image.open(io.BytesIO(jpeg)) as picture:
        assert picture.size == (213, 283)  # 300 dots an inch
    assert photos.scaled("somebody", Size(18, 24)) == b""


def test_a_photo_that_cannot_be_read_is_left_out_and_told(
    tmp_path: Path, event: Event, people: list[BadgeData]
) -> None:
    (tmp_path / "1.jpg").write_bytes(b"\xff\xd8\xff no picture")
    files = PhotoFiles(tmp_path, {"20221027-1": "1.jpg", "20221027-2": "gone.jpg"})

    assert codes_on(printed("card", event, people[1:3], files)) == [p.payload for p in people[1:3]]
    assert files.unreadable == {"1.jpg", "gone.jpg"}


def test_the_back_of_a_folded_badge_stands_on_its_head(event: Event, people: list[BadgeData]) -> None:
    (page,) = pages_of(printed("lanyard-a6-fold", event, people[1:2]), 100)
    mm = 100 / 25.4

    def colour(image: Image.Image, x_mm: float, y_mm: float) -> tuple[int, ...]:
        return image.getpixel((round(x_mm * mm), round(y_mm * mm)))  # type: ignore[return-value]

    red = (0x9B, 0x1C, 0x1F)
    assert colour(page, 3, 3) == red  # the head of the front at the top of the page
    assert colour(page, 3, 293) == red  # the head of the back at its foot
    assert colour(page, 3, 260) == (255, 255, 255)


BOTH_SIDES = """
[page]
width = 210
height = 297
[card]
width = 90
height = 55
positions = [[10, 20]]
[[front]]
kind = "box"
x = 0
y = 0
width = 90
height = 55
colour = "#ff0000"
[[back]]
kind = "box"
x = 0
y = 0
width = 90
height = 55
colour = "#0000ff"
"""


def test_a_back_that_is_not_folded_lies_behind_its_front(event: Event, badge: BadgeData) -> None:
    file = io.BytesIO()
    assert render_badges(file, event, [badge], parse_layout("mine", BOTH_SIDES.encode())) == 2

    front, back = pages_of(file.getvalue(), 25.4)
    assert (front.getpixel((12, 30)), front.getpixel((105, 30))) == ((255, 0, 0), (255, 255, 255))
    assert (back.getpixel((105, 30)), back.getpixel((197, 30))) == ((255, 255, 255), (0, 0, 255))


def test_an_element_shows_only_on_the_badges_it_is_for(event: Event, badge: BadgeData) -> None:
    layout = parse_layout(
        "mine", BOTH_SIDES.replace("[[back]]", 'only_for = ["hoc vien"]\n[[back]]', 1).encode()
    )
    press = replace(badge, delegate=replace(badge.delegate, category="Báo chí"))

    def ground(who: BadgeData) -> object:
        picture = Picture(90, 55, 1)
        draw_side(picture, layout.card, layout.front, Filling(who, values_of(event, who)))
        return Image.open(io.BytesIO(picture.png())).getpixel((5, 5))

    assert (ground(badge), ground(press)) == ((255, 0, 0), (255, 255, 255))


def test_a_picture_shows_what_the_paper_shows(
    event: Event, people: list[BadgeData], photos: PhotoFiles, logo: bytes
) -> None:
    """For previews."""
    layout, who = read_layout(READY_MADE / "card-90x55.toml"), people[1]
    picture = Picture(90, 55, 12)
    photo = photos.scaled(who.delegate.id, Size(18, 24))
    draw_side(picture, layout.card, layout.front, Filling(who, values_of(event, who), logo, photo))

    shown = Image.open(io.BytesIO(picture.png())).convert("RGB")
    assert codes_of(shown) == [who.payload]


def test_a_cancelled_pdf_is_not_written(tmp_path: Path, event: Event, people: list[BadgeData]) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        layout = read_layout(READY_MADE / "card.toml")
        render_badges(tmp_path / "b.pdf", event, people, layout, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_large_file_is_written_from_the_disk(
    monkeypatch: pytest.MonkeyPatch, event: Event, badge: BadgeData
) -> None:
    whole = printed("card", event, [badge] * 5)
    monkeypatch.setattr(pdf_file, "_IN_MEMORY_BYTES", 1000)

    assert len(printed("card", event, [badge] * 5)) == len(whole)
    assert codes_on(printed("card", event, [badge] * 5)) == [badge.payload] * 5
