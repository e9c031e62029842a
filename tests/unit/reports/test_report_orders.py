"""The printing order on paper: readable Vietnamese, nothing taken for markup, as many pages as it needs."""

import io

import pypdfium2

from station.documents.bundles import Catalogue
from station.documents.matrix import Matrix, printing_order
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.document import Document, Entitlement, Reserve
from station.reports.documents import matrix_tables, order_table
from station.reports.order_pdf import write_order
from tests.builders import EVENT


def matrix(documents: list[Document]) -> Matrix:
    people = [Delegate(f"1-{n}", f"DB{n}", "=HYPERLINK(1)", category="Học viên") for n in range(1000)]
    return Matrix(Catalogue(documents, [Entitlement(d.code) for d in documents]), people)


def pages_of(documents: list[Document]) -> list[str]:
    file = io.BytesIO()
    count = write_order(file, EVENT, printing_order(matrix(documents)))
    read = pypdfium2.PdfDocument(file.getvalue())
    assert len(read) == count
    return [page.get_textpage().get_text_bounded() for page in read]


def test_titles_and_sums_can_be_read_from_the_paper() -> None:
    set_language("vi")
    documents = [
        Document(
            "TL01", 1, "<b>ĐỖ NGUYỄN ỄẪỔ</b> & \U0001f600", pages=24, reserve=Reserve(5, is_percent=True)
        ),
        Document("TL02", 2, "Túi tài liệu"),
        Document("TL03", 3, "Bỏ", withdrawn=True),
    ]
    (text,) = pages_of(documents)
    assert "<b>ĐỖ NGUYỄN ỄẪỔ</b> & ?" in text
    assert "25.200" in text  # 24 pages × 1,050 copies
    assert "2.050" in text  # copies together
    assert "Bỏ" not in text


def test_a_long_order_goes_on_with_its_headings() -> None:
    set_language("vi")
    titles = ("Chuyên đề dài " * 30).strip()
    pages = pages_of([Document(f"TL{n:02d}", n, titles[:400], pages=2) for n in range(1, 60)])
    assert len(pages) > 3
    assert all("Tên tài liệu" in page for page in pages)
    assert "Tổng cộng" in pages[-1]
    assert sum(page.count("TL0") + page.count("TL1") for page in pages) == 19


def test_an_order_of_nothing_is_a_page_too() -> None:
    assert len(pages_of([])) == 1


def test_tables_hold_every_group_and_the_sums() -> None:
    set_language("en")
    some = matrix([Document("TL01", 1, "Một", "One", language="en"), Document("TL02", 2, "Hai")])
    who, category, *_others = matrix_tables(EVENT, some, [0, 1])
    assert len(who.rows) == 3
    assert who.rows[-1] == (None, "", "Together", "", "", 2, 2, 4)
    assert category.rows == (("Học viên", 2, 2, 2, 4),)
    order = order_table(EVENT, printing_order(some))
    assert order.rows[0][:5] == (1, "TL01", "Một", "1", "English")
    assert order.rows[-1][6:9] == (2000, 0, 2000)
    set_language("vi")
