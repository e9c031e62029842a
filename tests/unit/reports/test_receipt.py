"""The receipt, and the list of who is missing: every name and number is on the paper, over as many pages as needed."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from station.checkin.delegations import Receipt, ReceiptLine
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.document import BADGE, Document
from station.model.event import Session
from station.reports.csv import text as csv_text
from station.reports.missing import missing_table, missing_text, readable_phone, write_missing
from station.reports.paper import A4, A5, Paper
from station.reports.receipt import write_receipts
from station.store.delegations import PersonLine
from tests.builders import EVENT, MORNING

VENUE = replace(EVENT, organiser="Tổng Liên đoàn", venue="Hà Nội")
SESSION = Session("CHUNG", 1, "Toàn bộ", "Everything")


def receipt(people: int, documents: int) -> Receipt:
    titles = (*(Document(f"TL{n:02d}", n, f"Chuyên đề {n}") for n in range(1, documents)), BADGE)
    lines = tuple(
        ReceiptLine(
            Delegate(f"{n}", f"DB{n:05d}", f"Nguyễn Thị Ẫn {n}", unit="Huế"),
            frozenset(document.code for document in titles if n != 1 or document != BADGE),
        )
        for n in range(1, people + 1)
    )
    return Receipt("Huế", "Trần <b>Văn</b> Ổn", MORNING, "Bàn 1", titles, lines)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def drawn(paper: Paper, *receipts: Receipt, heading: bool = True) -> list[str]:
    target = io.BytesIO()
    count = write_receipts(target, VENUE, receipts, paper, national_heading=heading)
    pages = pages_of(target.getvalue())
    assert len(pages) == count
    return pages


@pytest.mark.parametrize("paper", [A4, A5])
def test_a_receipt_names_unit_people_documents_receiver_and_time(paper: Paper) -> None:
    (page,) = drawn(paper, receipt(2, 3))
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "GIẤY BIÊN NHẬN TÀI LIỆU", "Huế", "Nguyễn Thị Ẫn 2", "DB00001",
        "TL01 – Chuyên đề 1: 2 bản", "Thẻ đại biểu: 1 bản", "Trần <b>Văn</b> Ổn", "27/10/2022 07:30", "Hà Nội, Bàn 1",
        "NGƯỜI GIAO", "NGƯỜI NHẬN",
    ):  # fmt: skip
        assert text in page


def test_the_national_heading_can_be_left_out() -> None:
    assert "CỘNG HÒA" not in drawn(A4, receipt(1, 2), heading=False)[0]


@pytest.mark.parametrize(("people", "documents"), [(60, 4), (60, 30), (1, 1)])
@pytest.mark.parametrize("paper", [A4, A5])
def test_however_much_there_is_everybody_is_on_it_and_the_signatures_are_on_the_last_page(
    paper: Paper, people: int, documents: int
) -> None:
    pages = drawn(paper, receipt(people, documents))
    text = "\n".join(pages)
    assert all(f"DB{n:05d}" in text for n in range(1, people + 1))
    assert all(f"TL{n:02d} – " in text for n in range(1, documents))
    assert text.count("NGƯỜI NHẬN") == 1
    assert "NGƯỜI NHẬN" in pages[-1]
    assert "Tôi đã nhận đủ" in pages[-1]
    if len(pages) > 1:
        assert f"Trang 1/{len(pages)}" in pages[0]


def test_each_receipt_begins_a_page_and_english_is_complete() -> None:
    set_language("en")
    pages = drawn(A4, receipt(1, 2), receipt(2, 2))
    assert len(pages) == 2
    assert all("RECEIPT FOR DOCUMENTS" in page for page in pages)


def line(name: str, unit: str, phone: str = "", **more: object) -> PersonLine:
    values = {
        "expected": True,
        "present": False,
        "first_in": None,
        "last_out": None,
        "substitute": "",
        "stands_for": "",
    } | more
    delegate = Delegate(name, name[:2], name, unit=unit, phone=phone, position="Chủ tịch")
    return PersonLine(delegate, approval=None, **values)  # type: ignore[arg-type]


PEOPLE = (
    line("Bùi Thị Sáu", "Huế", "0912345678"),
    line("Cao Văn Bảy", ""),
    line("Đỗ Ngọc Dũng", "Hà Nam", "+84 912", last_out=MORNING + timedelta(hours=2)),
)


def test_the_missing_are_listed_by_unit_as_text_to_paste() -> None:
    assert missing_text(PEOPLE, EVENT.zone) == (
        "Hà Nam – còn thiếu 1\n1. Đỗ Ngọc Dũng – Chủ tịch – +84 912 – đã ra về lúc 09:30\n\n"
        "Huế – còn thiếu 1\n1. Bùi Thị Sáu – Chủ tịch – 0912 345 678\n\n"
        "Không thuộc đơn vị nào – còn thiếu 1\n1. Cao Văn Bảy – Chủ tịch"
    )


def test_the_table_keeps_numbers_as_they_are() -> None:
    table = missing_table(VENUE, SESSION, PEOPLE)
    assert [(row[1], row[3], row[6]) for row in table.rows] == [
        ("Hà Nam", "Đỗ Ngọc Dũng", "+84 912"),
        ("Huế", "Bùi Thị Sáu", "0912345678"),
        ("", "Cao Văn Bảy", ""),
    ]
    assert "0912345678" in csv_text(table).decode("utf-8-sig")


def test_the_missing_go_on_paper_with_phone_numbers(tmp_path: Path) -> None:
    many = [line(f"Nguyễn Ẫn {n}", f"Đơn vị {n % 7}", f"09{n:08d}") for n in range(300)]
    count = write_missing(tmp_path / "missing.pdf", VENUE, SESSION, [*PEOPLE, *many], MORNING)
    pages = pages_of((tmp_path / "missing.pdf").read_bytes())
    assert count == len(pages) > 1
    text = "\n".join(pages)
    assert all(readable_phone(f"09{n:08d}") in text for n in range(300))
    assert "Còn thiếu 303 đại biểu, tính đến 07:30 27/10/2022" in text
    assert "(tiếp theo)" in text


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("0912.345.678", "0912 345 678"),
        ("02438241234", "02438 241 234"),
        ("+84 912 345 678", "+84 912 345 678"),
        ("113", "113"),
        ("0912345678 / 0987", "0912345678 / 0987"),
        ("", ""),
    ],
)
def test_numbers_are_grouped_to_be_dialled(phone: str, shown: str) -> None:
    assert readable_phone(phone) == shown
