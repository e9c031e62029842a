"""What a printed badge or invitation says, shows and holds."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pyzbar.pyzbar import ZBarSymbol, decode

from station.badges.invitation_cards import PAGE as INVITATION_PAGE
from station.badges.invitation_cards import SHEET as INVITATION_SHEET
from station.badges.invitations import Order, ordered, render_invitations
from station.badges.layout import CARD, SHEET
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData, grouped
from station.capture.decoder import decode_image
from station.errors import Cancelled, EnvironmentFault, Refusal
from station.model.event import Event

Render = Callable[[Event, list[BadgeData]], bytes]


def _card(event: Event, badges: list[BadgeData]) -> bytes:
    stream = io.BytesIO()
    render_badges(stream, event, badges, CARD)
    return stream.getvalue()


def _invitation(event: Event, badges: list[BadgeData]) -> bytes:
    stream = io.BytesIO()
    render_invitations(stream, event, badges)
    return stream.getvalue()


def _invitation_sheet(event: Event, badges: list[BadgeData]) -> bytes:
    stream = io.BytesIO()
    render_invitations(stream, event, badges, INVITATION_SHEET)
    return stream.getvalue()


both = pytest.mark.parametrize("render", [_card, _invitation, _invitation_sheet])


def _page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(" ".join(text_page.get_text_range().split()))
        text_page.close()
        page.close()
    document.close()
    return texts


def _codes(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        picture = page.render(scale=200 / 72).to_pil()
        found += [symbol.data for symbol in decode(picture, symbols=[ZBarSymbol.QRCODE])]
        page.close()
    document.close()
    return found


def _named(badge: BadgeData, name: str) -> BadgeData:
    return replace(badge, delegate=replace(badge.delegate, name=name))


@both
def test_the_page_says_who_it_is_for(render: Render, event: Event, badge: BadgeData) -> None:
    (text,) = _page_texts(render(event, [badge]))
    assert text == unicodedata.normalize("NFC", text)
    for expected in (
        "Nguyễn Thị Ngọc Ẩn",
        "Phó Trưởng ban Tuyên giáo",
        "tỉnh Đắk Lắk",
        "DB00001",
        "A-12",
        event.name,
    ):
        assert expected in text


@both
def test_a_decomposed_name_is_printed_composed(render: Render, event: Event, badge: BadgeData) -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ẩn")
    assert _page_texts(render(event, [_named(badge, decomposed)])) == _page_texts(render(event, [badge]))


@both
def test_the_code_on_the_page_reads_as_the_payload(render: Render, event: Event, badge: BadgeData) -> None:
    assert _codes(render(event, [badge])) == [badge.payload.encode()]


@both
@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("<b>x", "<b>x"),
        ("<img src=/etc/passwd>", "<img src=/etc/passwd>"),
        ("An &amp; Bình", "An &amp; Bình"),
        ("\u202eGnud \u200bNăV", "Gnud NăV"),
        ("Lê An 😀", "Lê An ?"),
        ("王小明", "???"),
        ("Y Thanh Ayŭn", "Y Thanh Ayun"),
        ("(An) \\( %PDF", "(An) \\( %PDF"),
        ("Hai\ndòng\x00", "Hai dòng"),
    ],
)
def test_any_name_is_plain_text(
    render: Render, event: Event, badge: BadgeData, name: str, printed: str
) -> None:
    (text,) = _page_texts(render(event, [_named(badge, name)]))
    assert printed in text


@both
def test_a_name_without_end_is_cut_and_the_rest_stays(render: Render, event: Event, badge: BadgeData) -> None:
    for name in ("Nguyễn " * 40, "W" * 200):
        (text,) = _page_texts(render(event, [_named(badge, name)]))
        assert "…" in text
        assert "Phó Trưởng ban Tuyên giáo" in text


@both
def test_only_our_typeface_is_in_the_file(render: Render, event: Event, badge: BadgeData) -> None:
    pdf = render(event, [badge])
    fonts = set(re.findall(rb"/BaseFont\s*/(\S+)", pdf))
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+BeVietnamPro-\w+", font) for font in fonts), fonts


@both
def test_an_event_without_venue_and_a_delegate_without_details(
    render: Render, event: Event, badge: BadgeData
) -> None:
    bare = replace(badge.delegate, position="", unit="", seat="", category="")
    (text,) = _page_texts(render(replace(event, venue="", organiser=""), [replace(badge, delegate=bare)]))
    assert "Seat" not in text
    assert "Where" not in text


def test_an_invitation_spells_the_payload_in_groups_of_four(event: Event, badge: BadgeData) -> None:
    (text,) = _page_texts(_invitation(event, [badge]))
    assert grouped(badge.payload) in text
    assert "27–28 October 2022" in text


def _of_units(badge: BadgeData, *units: str) -> list[BadgeData]:
    """A delegate of each unit, by name the other way round."""
    return [
        replace(
            badge, delegate=replace(badge.delegate, name=f"Đại biểu {9 - n}", unit=unit, code=f"DB0000{n}")
        )
        for n, unit in enumerate(units)
    ]


def test_invitations_go_by_units_for_the_envelopes_or_by_name(badge: BadgeData) -> None:
    badges = _of_units(badge, "Báo Lao Động", "", "Ăn uống", "An Giang", "Báo Lao Động")
    by_unit = [(b.delegate.unit, b.delegate.name) for b in ordered(badges, Order.UNIT)]
    assert by_unit == [
        ("An Giang", "Đại biểu 6"),
        ("Ăn uống", "Đại biểu 7"),
        ("Báo Lao Động", "Đại biểu 5"),
        ("Báo Lao Động", "Đại biểu 9"),
        ("", "Đại biểu 8"),
    ]
    assert [b.delegate.name[-1] for b in ordered(badges, Order.NAME)] == ["5", "6", "7", "8", "9"]


@pytest.mark.parametrize(("sheets", "pages"), [(False, 7), (True, 2)])
def test_a_divider_names_each_unit(sheets: bool, pages: int, event: Event, badge: BadgeData) -> None:
    badges = _of_units(badge, "Công đoàn A", "Công đoàn A", "Công đoàn B", "")
    stream = io.BytesIO()
    layout = INVITATION_SHEET if sheets else INVITATION_PAGE
    assert render_invitations(stream, event, badges, layout, dividers=True) == pages
    texts = " ".join(_page_texts(stream.getvalue()))
    assert "Công đoàn A 2 invitations" in texts
    assert "Without a unit 1 invitation" in texts
    assert len(_codes(stream.getvalue())) == 4


@pytest.mark.parametrize("sheets", [False, True])
def test_what_an_office_printer_makes_is_read_by_the_desk(
    sheets: bool, event: Event, badge: BadgeData
) -> None:
    """203 dots an inch, the coarsest there is; every code of a page."""
    payloads = [f"1{n:043d}" for n in range(4)]
    stream = io.BytesIO()
    layout = INVITATION_SHEET if sheets else INVITATION_PAGE
    render_invitations(stream, event, [replace(badge, payload=payload) for payload in payloads], layout)
    with pypdfium2.PdfDocument(stream.getvalue()) as document:
        pictures = [page.render(scale=203 / 72).to_numpy()[:, :, :3] for page in document]
    assert sorted(code.text for picture in pictures for code in decode_image(picture)) == payloads


def test_the_marks_on_a_sheet_show_where_to_cut(event: Event, badge: BadgeData) -> None:
    with pypdfium2.PdfDocument(_invitation_sheet(event, [badge])) as document:
        picture = document[0].render(scale=254 / 72).to_pil().convert("L")  # ten dots a millimetre
    for x, y in ((1050, 20), (1050, 2950), (20, 1485), (2080, 1485)):
        around = picture.crop((x - 15, y - 15, x + 15, y + 15)).resize((1, 1))
        assert picture.getpixel((x, y)) < 240, (x, y)
        assert around.getpixel((0, 0)) > 240  # a hairline


def test_progress_counts_invitations_and_a_cancelled_file_is_not_written(
    tmp_path: Path, event: Event, badge: BadgeData
) -> None:
    seen: list[tuple[int, int]] = []
    render_invitations(
        io.BytesIO(),
        event,
        [badge] * 5,
        INVITATION_SHEET,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(4, 5), (5, 5)]

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render_invitations(tmp_path / "i.pdf", event, [badge], progress=stop)
    assert list(tmp_path.iterdir()) == []


def _sizes_mm(pdf: bytes) -> list[tuple[float, ...]]:
    document = pypdfium2.PdfDocument(pdf)
    sizes = [
        tuple(round(side * 25.4 / 72) for side in document.get_page_size(n)) for n in range(len(document))
    ]
    document.close()
    return sizes


def test_pages_have_the_size_of_their_paper(event: Event, badge: BadgeData) -> None:
    assert _sizes_mm(_card(event, [badge] * 2)) == [(105, 148)] * 2
    assert _sizes_mm(_invitation(event, [badge])) == [(148, 210)]
    assert _sizes_mm(_invitation_sheet(event, [badge] * 5)) == [(210, 297)] * 2


def test_a_sheet_holds_four_badges(event: Event, badge: BadgeData) -> None:
    stream = io.BytesIO()
    badges = [_named(badge, f"Đại biểu {number}") for number in range(5)]
    assert render_badges(stream, event, badges, SHEET) == 2
    assert _sizes_mm(stream.getvalue()) == [(210, 297)] * 2
    first, second = _page_texts(stream.getvalue())
    assert [name in first for name in ("biểu 0", "biểu 1", "biểu 2", "biểu 3", "biểu 4")] == [True] * 4 + [
        False
    ]
    assert "Đại biểu 4" in second
    assert _codes(stream.getvalue()) == [badge.payload.encode()] * 5


def test_a_file_is_written_whole(tmp_path: Path, event: Event, badge: BadgeData) -> None:
    assert render_badges(tmp_path / "b.pdf", event, [badge], CARD) == 1
    assert _codes((tmp_path / "b.pdf").read_bytes()) == [badge.payload.encode()]
    with pytest.raises(EnvironmentFault):
        render_badges(tmp_path / "nowhere" / "b.pdf", event, [badge], CARD)


def test_nothing_to_print_is_refused(tmp_path: Path, event: Event) -> None:
    with pytest.raises(Refusal):
        render_badges(tmp_path / "b.pdf", event, [], CARD)
    with pytest.raises(Refusal):
        render_invitations(tmp_path / "b.pdf", event, [])
    assert list(tmp_path.iterdir()) == []
