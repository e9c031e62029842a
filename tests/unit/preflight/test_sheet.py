"""The record of the checks and the test page, as papers: whole, on their pages, with every letter."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from station.badges.layout import CARD, SHEET
from station.badges.layouts.folder import layout_named
from station.badges.printer_page import render_test_page
from station.capture.decoder import decode_image
from station.capture.scanner_test import Sample
from station.i18n import set_language
from station.preflight.all_checks import CHECKS
from station.preflight.check import Check, Level
from station.preflight.sheet import render_sheet
from tests.builders import EVENT, MORNING


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def sheet(checks: list[Check], language: str = "vi") -> list[str]:
    set_language(language)
    target = io.BytesIO()
    render_sheet(target, replace(EVENT, organiser="Tổng Liên đoàn", venue="Hà Nội"), "Bàn 3", checks, MORNING)
    return text_of(target.getvalue())


def test_the_sheet_says_where_when_and_what_with_red_first() -> None:
    checks = [
        Check("power", Level.OK, "Đang cắm sạc; pin 100 %."),
        Check("disk", Level.FAIL, "Ổ đĩa chứa sự kiện còn trống 150 MB.", "Hãy dọn bớt."),
        Check("stick", Level.WARN, "Không tìm thấy USB nào."),
    ]
    (page,) = sheet(checks)
    for words in (
        "BIÊN BẢN KIỂM TRA TRƯỚC GIỜ MỞ CỬA",
        "Bàn 3",
        "27/10/2022 07:30",
        "Người kiểm tra",
        "phải xử lý 1 điểm",
    ):
        assert words in page
    places = [page.index(check.message) for check in checks]
    assert places[1] < places[2] < places[0]
    assert "Hãy dọn bớt." in page


@pytest.mark.parametrize("words", [3, 40, 400])
def test_however_much_there_is_to_say_it_is_one_page(words: int) -> None:
    long = " ".join(["Nguyễn"] * words)
    pages = sheet([Check(name, Level.FAIL, long, long) for name in CHECKS], "en")
    assert len(pages) == 1
    assert "Checked by" in pages[0]


@pytest.mark.parametrize(("layout", "count"), [(SHEET, 1), (CARD, 2)])
def test_the_test_page_is_on_the_paper_of_its_layout_and_its_code_can_be_scanned(
    layout: type[SHEET], count: int
) -> None:
    target = io.BytesIO()
    assert render_test_page(target, EVENT, layout) == count
    document = pypdfium2.PdfDocument(target.getvalue())
    assert len(document) == count
    width_mm, height_mm = (side * 25.4 / 72 for side in document[0].get_size())
    assert (round(width_mm), round(height_mm)) == (layout.width_mm, layout.height_mm)
    words = "\n".join(text_of(target.getvalue()))
    assert "ẾỀỂỄỆ" in words
    assert "Nguyệt" in words
    codes = decode_image(document[0].render(scale=3).to_numpy())
    assert {code.text for code in codes} == {Sample.DIGITS.value}


@pytest.mark.parametrize("name", ["card-86x54", "roll-62", "lanyard-a6-fold"])
def test_the_test_page_of_other_papers_has_crosses_and_a_badge_to_scan(name: str, tmp_path: Path) -> None:
    target, layout = io.BytesIO(), layout_named(name, tmp_path)
    assert render_test_page(target, EVENT, layout) == 2
    measures, badge = pypdfium2.PdfDocument(target.getvalue())
    assert "10 mm." in measures.get_textpage().get_text_range()
    codes = decode_image(badge.render(scale=3).to_numpy())
    assert {code.text for code in codes} == {Sample.DIGITS.value}
    for page in (measures, badge):
        assert page.get_width() * 25.4 / 72 == pytest.approx(layout.width_mm, abs=0.1)
