"""What the editor's canvas paints is what reportlab prints, pixel by pixel.

Tolerance: both are drawn with 8 pixels a millimetre (203 dpi). Letters and edges are smoothed by two different
programs, so a pixel counts as another one only from half of the full range in one colour on. In no square of 4 mm
may more than 8 % of the pixels be so, and the mean difference over the card is at most 3 of 255.
"""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy
import pypdfium2
import pytest
from PIL import Image
from PySide6.QtGui import QImage, QPainter

from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.folder import READY_MADE, read_layout
from station.badges.layouts.model import BadgeLayout, Element, Photo, Place, TextBlock
from station.badges.layouts.parts import kind_of, parts_of, place_of, placed, plain, with_parts
from station.badges.layouts.samples import BUILT_IN
from station.badges.layouts.words import values_of
from station.badges.logo import logo_of
from station.badges.pdf import PdfPages
from station.badges.texts import BadgeData
from station.model.event import Event
from tests.portraits import avatar, encoded
from ui.dialogs.layouts.painter import PainterSurface

PIXELS_PER_MM = 8
FAR, MOST_FAR, MOST_MEAN, TILE_PX = 128, 0.08, 3.0, 32
EVENT = Event(
    "5b0f7f0e-2022-4a27-9a28-1027c0d0a148", "Đại hội Công đoàn các khu công nghiệp – Tập huấn toàn quốc", "",
    date(2022, 10, 27), date(2022, 10, 28), "Hội trường Sông Hồng, Hà Nội", "TỔNG LIÊN ĐOÀN LAO ĐỘNG",
)  # fmt: skip
PEOPLE = {
    "longest": "Nguyễn Hoàng Phương Thảo Nguyên Đặng Thị Bích Ngọc",
    "shortest": "Lê Ý",
    "photo": "NGUYỄN THỊ NGỌC ẨN",
}
Pixels = Any


def filling(who: str, *, mark: bool = False) -> Filling:
    badge = BadgeData(
        replace(BUILT_IN.delegate, name=PEOPLE[who]), BUILT_IN.payload, "#9b1c1f" if who == "longest" else ""
    )
    event = replace(EVENT, rehearsal=mark)
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((300, 120)).convert("RGB").save(picture, "PNG")
    photo = encoded(avatar((480, 640))) if who == "photo" else b""
    logo = logo_of(picture.getvalue(), "logo") if who != "shortest" else b""
    return Filling(badge, values_of(event, badge), logo, photo)


def on_screen(layout: BadgeLayout, side: tuple[Element, ...], filled: Filling) -> Pixels:
    size = round(layout.card_width_mm * PIXELS_PER_MM), round(layout.card_height_mm * PIXELS_PER_MM)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(PIXELS_PER_MM, PIXELS_PER_MM)
    draw_side(PainterSurface(painter), layout.card, side, filled)
    painter.end()
    pixels = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), image.width(), 4)
    return pixels[:, :, :3].astype(int)


def on_paper(layout: BadgeLayout, side: tuple[Element, ...], filled: Filling) -> Pixels:
    pages = PdfPages(layout.card_width_mm, layout.card_height_mm, "t", "a")
    draw_side(pages, layout.card, side, filled)
    pages.next_page()
    pdf = io.BytesIO()
    pages.save(pdf)
    document = pypdfium2.PdfDocument(pdf.getvalue())
    # A hair less, for the page is rounded up to whole pixels, by which all of it would be stretched.
    pixels = document[0].render(scale=PIXELS_PER_MM * 25.4 / 72 * (1 - 2e-5)).to_numpy()[:, :, :3].astype(int)
    document.close()
    return pixels


def difference(screen: Pixels, paper: Pixels) -> tuple[float, float]:
    """The largest share of pixels of a square that are far apart, and the mean distance."""
    assert screen.shape == paper.shape
    apart = abs(screen - paper).max(axis=2)
    padded = numpy.pad(apart > FAR, [(0, -side % TILE_PX) for side in apart.shape])
    high, wide = (side // TILE_PX for side in padded.shape)
    tiles = padded.reshape(high, TILE_PX, wide, TILE_PX).mean(axis=(1, 3))
    return float(tiles.max()), float(apart.mean())


def is_alike(screen: Pixels, paper: Pixels) -> bool:
    far, mean = difference(screen, paper)
    return far <= MOST_FAR and mean <= MOST_MEAN


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("path", sorted(READY_MADE.glob("*.toml")), ids=lambda path: path.stem)
def test_every_ready_made_layout_is_shown_as_it_is_printed(path: Path, who: str) -> None:
    layout = read_layout(path)
    for side in filter(None, (layout.front, layout.back)):
        filled = filling(who, mark=who == "shortest")
        screen, paper = on_screen(layout, side, filled), on_paper(layout, side, filled)
        assert is_alike(screen, paper), difference(screen, paper)


def one_millimetre_off(layout: BadgeLayout, number: int) -> tuple[Element, ...]:
    parts = parts_of(layout.front)
    place = place_of(parts[number])
    parts[number] = placed(parts[number], Place(place.x_mm + 1, place.y_mm, place.width_mm, place.height_mm))
    return with_parts(layout, "front", parts).front


def test_the_comparison_tells_an_element_moved_by_a_millimetre_and_another_font() -> None:
    layout = plain(read_layout(READY_MADE / "card.toml"))
    filled = filling("longest")
    screen = on_screen(layout, layout.front, filled)
    for number, part in enumerate(parts_of(layout.front)):
        if (
            not isinstance(part[0], Photo) and kind_of(part) != "line"
        ):  # no photo here; a hair line is too thin
            moved = on_paper(layout, one_millimetre_off(layout, number), filled)
            assert not is_alike(screen, moved), (number, difference(screen, moved))

    lighter = [
        (replace(part[0], words=tuple(replace(w, font=_other(w.font)) for w in part[0].words)),)
        if isinstance(part[0], TextBlock)
        else part
        for part in parts_of(layout.front)
    ]
    other = with_parts(layout, "front", lighter).front
    assert not is_alike(screen, on_paper(layout, other, filled))


def _other(font: Any) -> Any:
    fonts = list(type(font))
    return fonts[(fonts.index(font) + 2) % len(fonts)]
