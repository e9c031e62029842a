"""Files open as they should, and nothing in them is ever a formula."""

import csv
import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from station.reports import csv as csv_report
from station.reports import xlsx as xlsx_report
from station.reports.tables import Table
from station.text import clean

AT = datetime(2022, 10, 27, 7, 41, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
STARTS_OF_FORMULAS = "=+-@\t\r\n＝＋－＠"
TABLE = Table(
    "Tình trạng có mặt",
    ("STT", "Họ và tên", "Vào lúc", "Ghi chú"),
    ((1, "Nguyễn Thị Ẩn", AT, None), (2, "=HYPERLINK(1)", None, "https://example.org")),
    ("Tổng Liên đoàn", "Tập huấn"),
)
suspicious = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n ';,\"a\u00a0\u200b\ufeff"), max_size=12) | st.text(
    max_size=30
)


def _cells(raw: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_csv_is_what_excel_and_programs_expect() -> None:
    raw = csv_report.text(TABLE)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n") == [
        "STT,Họ và tên,Vào lúc,Ghi chú",
        "1,Nguyễn Thị Ẩn,2022-10-27 07:41:05,",
        "2,'=HYPERLINK(1),,https://example.org",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1", "'=1"),
        ("'=1", "''=1"),
        ("+84 900", "'+84 900"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ("\u200b@x", "'@x"),
        ("x; =cmd", "x;' =cmd"),
        ("a-b=c@d, -e", "a-b=c@d, -e"),
        ("'Hen Niê", "'Hen Niê"),
    ],
)
def test_a_formula_gets_an_apostrophe(value: str, written: str) -> None:
    assert csv_report.neutral(value) == written
    assert csv_report.original(written) == clean(value)


@given(suspicious)
def test_no_cell_begins_like_a_formula_whichever_separator_is_used(value: str) -> None:
    raw = csv_report.text(Table("", ("A", "B"), ((value, value),)))
    for delimiter in ",;\t":
        for row in _cells(raw, delimiter):
            assert not any(cell.strip().startswith(tuple(STARTS_OF_FORMULAS)) for cell in row)


@given(suspicious)
def test_what_was_neutralised_comes_back(value: str) -> None:
    assert csv_report.original(csv_report.neutral(value)) == clean(value)


def _sheets(raw: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_a_workbook_reads_back_with_title_and_real_dates() -> None:
    rows = _sheets(xlsx_report.workbook(TABLE))["Tình trạng có mặt"]
    assert [row[0] for row in rows[:3]] == ["Tổng Liên đoàn", "Tập huấn", "Tình trạng có mặt"]
    assert rows[4] == ["STT", "Họ và tên", "Vào lúc", "Ghi chú"]
    assert rows[5] == [1, "Nguyễn Thị Ẩn", AT.replace(tzinfo=None), ""]
    assert rows[6] == [2, "=HYPERLINK(1)", "", "https://example.org"]


def test_a_table_without_lines_above_begins_with_its_heading() -> None:
    plain = Table("Danh sách", ("Mã",), (("1" * 44,),))
    assert _sheets(xlsx_report.workbook(plain)) == {"Danh sách": [["Mã"], ["1" * 44]]}


def test_headings_stay_in_view_and_can_be_filtered() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_report.workbook(TABLE))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'topLeftCell="A6"' in sheet
    assert '<autoFilter ref="A5:D7"/>' in sheet


@given(suspicious)
def test_a_workbook_holds_text_as_text(value: str) -> None:
    raw = xlsx_report.workbook(Table("T", ("A",), ((value,), ("end",))))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert _sheets(raw)["T"][1][0] == clean(value)


@pytest.mark.parametrize("title", ["", "a/b:c?[x]*'", "Tình trạng có mặt của đại biểu các đoàn"])
def test_any_title_makes_a_sheet(title: str) -> None:
    table = Table(title, ("A",), (("x" * 40_000,),))
    sheets = _sheets(xlsx_report.workbook(table, table, table))
    assert len(sheets) == 3
    assert all(len(rows[1][0]) == 32_767 for rows in sheets.values())


def test_an_empty_table_is_a_heading() -> None:
    empty = Table("T", ("A", "B"), ())
    assert _sheets(xlsx_report.workbook(empty)) == {"T": [["A", "B"]]}
    assert _cells(csv_report.text(empty)) == [["A", "B"]]
