"""Whatever the texts are, a card keeps its order: nothing runs over, nothing is clipped, all is readable."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pyzbar.pyzbar import ZBarSymbol, decode

from station.badges.colours import INK, WHITE, contrast, mixed, palette
from station.badges.design import draw_column, draw_qr, fitted_blocks, height_of
from station.badges.fonts import Font, missing_characters, printable, width_em
from station.badges.invitation_cards import A5_INVITATION, PHONE_INVITATION, SHEET_INVITATION
from station.badges.invitations import invitation_png, picture_names
from station.badges.layout import A6_CARD, Card, Column, Text
from station.badges.picture import Picture
from station.badges.qr import dark_runs, qr_png
from station.badges.texts import BadgeData, card_texts, event_dates
from station.badges.typesetting import POINTS_PER_MM, fit
from station.i18n import set_language
from station.model.event import Event

CARDS = {
    "badge": A6_CARD,
    "invitation": A5_INVITATION,
    "picture": PHONE_INVITATION,
    "sheet of invitations": SHEET_INVITATION,
}
any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize(
    "filler",
    [
        "",
        "An",
        "NGUYỄN ",
        "Nguyễn Thị " * 2,
        "Nguyễn Thị Ánh " * 2,
        *("Huế " * n for n in (8, 12, 18)),
        "Liên đoàn " * 30,
        "W" * 200,
    ],
)
def test_texts_stay_within_their_column(card: Card, filler: str, event: Event, badge: BadgeData) -> None:
    texts = dict.fromkeys(card_texts(event, badge), filler)
    for column in card.columns:
        blocks = fitted_blocks(column, texts)
        assert height_of(blocks) <= column.height_mm + 0.01
        for style, block in blocks:
            assert len(block.lines) <= style.lines
            widest_em = max(width_em(line, style.font) for line in block.lines)
            assert widest_em * block.size_pt / POINTS_PER_MM <= column.width_mm + 0.01


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_everything_stands_on_the_card_and_the_code_is_large_enough(card: Card) -> None:
    for part in (*card.boxes, *card.columns):
        assert 0 <= part.x_mm <= part.x_mm + part.width_mm <= card.width_mm
        assert 0 <= part.y_mm <= part.y_mm + part.height_mm <= card.height_mm
    assert card.qr_side_mm >= 25
    for column in card.columns:
        above_or_below = (
            column.y_mm + column.height_mm <= card.qr_y_mm or column.y_mm >= card.qr_y_mm + card.qr_side_mm
        )
        beside = (
            column.x_mm + column.width_mm <= card.qr_x_mm or column.x_mm >= card.qr_x_mm + card.qr_side_mm
        )
        assert above_or_below or beside


@given(st.text(max_size=250), st.sampled_from(Font), st.floats(5, 200), st.integers(1, 3))
def test_any_text_fits_any_place(text: str, font: Font, width_mm: float, lines: int) -> None:
    fitted = fit(text, font, 30, 8, width_mm, lines)
    assert len(fitted.lines) <= lines
    assert 8 <= fitted.size_pt <= 30
    for line in fitted.lines:
        assert width_em(line, font) * fitted.size_pt / POINTS_PER_MM <= width_mm + 0.01
    if fitted.lines and not fitted.lines[-1].endswith("…"):
        assert "".join(fitted.lines).replace(" ", "") == printable(text).replace(" ", "")


def test_a_text_shrinks_before_it_wraps_and_wraps_before_it_is_cut() -> None:
    assert fit("Lê An", Font.BOLD, 30, 16, 87, 2).lines == ("Lê An",)
    slightly = fit("Nguyễn Thị Yến Oanh", Font.BOLD, 30, 16, 100, 2)
    assert (slightly.size_pt < 30, slightly.lines) == (True, ("Nguyễn Thị Yến Oanh",))
    assert fit("Nguyễn Thị Hoàng Oanh", Font.BOLD, 30, 16, 87, 2).lines == ("Nguyễn Thị", "Hoàng Oanh")
    assert fit("Nguyễn Thị Hoàng Oanh", Font.BOLD, 30, 30, 72, 1).lines == ("Nguyễn Thị…",)


def test_lines_are_about_equally_long() -> None:
    fitted = fit("Liên đoàn Lao động thành phố Hồ Chí Minh", Font.MEDIUM, 20, 20, 110, 2)
    assert fitted.lines == ("Liên đoàn Lao động", "thành phố Hồ Chí Minh")


def _ink_above_mm(text: str) -> float:
    """How far ink reaches above the baseline."""
    picture = Picture(100, 40, 20)
    picture.text(5, 30, text, Font.BOLD, 30, "#000000")
    with Image.open(io.BytesIO(picture.png())) as image:
        top = image.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert top is not None
    return 30 - top[1] / 20


def test_stacked_capitals_keep_their_marks(event: Event, badge: BadgeData) -> None:
    """The bitmap of a whole column holds the marks of Ễ as high as they are drawn alone."""
    assert _ink_above_mm("NGUYỄN") > _ink_above_mm("NGUYÊN") + 1
    column = Column(5, 10, 90, 25, (Text("name", Font.BOLD, 30, 30),))
    heights = []
    for name in ("NGUYỄN", "NGUYÊN"):
        picture = Picture(100, 40, 20)
        draw_column(picture, column, {"name": name}, palette(""))
        with Image.open(io.BytesIO(picture.png())) as image:
            box = image.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
        assert box is not None
        heights.append((box[3] - box[1]) / 20)
    assert heights[0] - heights[1] == pytest.approx(
        _ink_above_mm("NGUYỄN") - _ink_above_mm("NGUYÊN"), abs=0.1
    )


@given(any_colour)
def test_text_is_readable_upon_any_colour(accent: str) -> None:
    colours = palette(accent)
    assert contrast(colours.on_accent, accent) >= 3.9  # the best that white or ink can do on a middle grey
    assert contrast(colours.accent_text, WHITE) >= 4.5
    assert contrast(colours.accent_text, colours.tint) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mixed("#000000", "#ff8000", 0.5) == "#804000"
    assert palette("#9b1c1f").on_accent == WHITE
    assert palette("#f2c84b").on_accent == INK


@pytest.mark.parametrize("garbage", ["", "red", "#12", "#12345g", "<b>", "#１２３４５６"])
def test_a_colour_that_is_none_is_neutral(garbage: str) -> None:
    assert palette(garbage) == palette("")


def test_marks_without_a_letter_leave_no_trace() -> None:
    assert printable("Lê An \u2764\ufe0f") == "Lê An ?"
    assert printable("A\u20dd") == "A"


def test_characters_that_cannot_be_drawn_are_told() -> None:
    assert missing_characters("Nguyễn Đỗ Ẫn ỄỔỢỮ – “H'Hen Niê”") == set()
    assert missing_characters("Ayŭn 😀 王\u202e") == {"ŭ", "😀", "王"}


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_what_is_drawn_can_be_drawn(text: str) -> None:
    assert missing_characters(printable(text)) == set()


def test_the_symbol_of_an_own_payload_is_small_and_complete(badge: BadgeData) -> None:
    count, runs = dark_runs(badge.payload)
    assert count == 25
    grid = [[False] * count for _row in range(count)]
    for row, column, length in runs:
        for offset in range(length):
            grid[row][column + offset] = True
    assert grid[0][:8] == [True] * 7 + [False]
    with Image.open(io.BytesIO(qr_png(badge.payload, 33))) as image:
        assert image.size == (33, 33)
        dark = [
            [image.convert("L").getpixel((x + 4, y + 4)) == 0 for x in range(count)] for y in range(count)
        ]
    assert dark == grid


def test_the_quiet_zone_is_part_of_the_square(badge: BadgeData) -> None:
    picture = Picture(33, 33, 10)
    picture.rectangle(0, 0, 33, 33, "#ff0000")
    draw_qr(picture, 0, 0, 33, badge.payload)
    with (
        Image.open(io.BytesIO(picture.png())) as image,
        Image.open(io.BytesIO(qr_png(badge.payload, 330))) as qr,
    ):
        assert ImageChops.difference(image, qr.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("size_px", [1, 100, 400, 1000])
def test_a_qr_picture_is_as_large_as_whole_modules_allow(badge: BadgeData, size_px: int) -> None:
    with Image.open(io.BytesIO(qr_png(badge.payload, size_px))) as image:
        assert image.size == (max(33, size_px // 33 * 33),) * 2
        if size_px >= 100:
            (code,) = decode(image, symbols=[ZBarSymbol.QRCODE])
            assert code.data == badge.payload.encode()


def test_an_invitation_picture_reads_also_when_it_was_shrunk(event: Event, badge: BadgeData) -> None:
    png = invitation_png(event, badge)
    assert len(png) < 200_000
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (1080, 1872)
        for size in (image.size, (270, 468)):
            (code,) = decode(image.resize(size), symbols=[ZBarSymbol.QRCODE])
            assert code.data == badge.payload.encode()


def test_no_two_pictures_have_the_same_name(badge: BadgeData) -> None:
    names = picture_names([badge, badge, badge])
    assert names == [
        "db00001-nguyen-thi-ngoc-an.png",
        "db00001-nguyen-thi-ngoc-an-2.png",
        "db00001-nguyen-thi-ngoc-an-3.png",
    ]


@pytest.mark.parametrize(
    ("first", "last", "in_vietnamese", "in_english"),
    [
        ("2022-10-27", "2022-10-28", "27–28/10/2022", "27–28 October 2022"),
        ("2022-10-27", "2022-10-27", "27/10/2022", "27 October 2022"),
        ("2022-10-31", "2022-11-02", "31/10 – 02/11/2022", "31 October – 2 November 2022"),
        ("2022-12-31", "2023-01-02", "31/12/2022 – 02/01/2023", "31 December 2022 – 2 January 2023"),
    ],
)
def test_dates_are_said_as_people_say_them(
    event: Event, first: str, last: str, in_vietnamese: str, in_english: str
) -> None:
    event = replace(event, starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last))
    assert event_dates(event) == in_english
    set_language("vi")
    assert event_dates(event) == in_vietnamese
