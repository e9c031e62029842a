"""The one door: workbooks as offices make them, from path to rows."""

import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from station.errors import BadInput
from station.roster.body import body_of
from station.roster.headings import find_headings
from station.roster.plan import read_roster
from station.roster.sheets import sheets_of
from station.roster.validate import check_rows
from station.roster.workbook import read_workbook

HEADING = (
    "STT",
    "Mã đại biểu",
    "Họ và tên",
    "Chức vụ",
    "Đơn vị",
    "Thành phần",
    "Điện thoại",
    "Số ghế",
    "Ghi chú",
)


def fill(book: xlsxwriter.Workbook) -> None:
    """An office's workbook: a cover, then a list with titles, merged units, an error and a signature."""
    centred = book.add_format({"align": "center", "bold": True})
    book.add_worksheet("Bìa").merge_range("A1:F4", "Tài liệu tập huấn", centred)
    sheet = book.add_worksheet("Đại biểu")
    sheet.merge_range("A1:D1", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", centred)
    sheet.merge_range("A3:I3", "DANH SÁCH ĐẠI BIỂU", centred)
    sheet.write_row("A5", HEADING, centred)
    sheet.write_row("A6", (1, "DB00001", "Nguyễn Thị Đào", "Chủ tịch"))
    sheet.write_row("A7", (2, "DB00002", "Lê Văn Ấn", "Phó Chủ tịch"))
    sheet.merge_range("E6:E7", "LĐLĐ thành phố Hà Nội", centred)
    sheet.write_row("F6", ("Học viên", 912345678, "A-01"))
    sheet.write_row("F7", ("Học viên", "0912 000 002", 12))
    sheet.write_row("A9", (3, "DB00003", "Bùi Chi", "", "", "Khách mời"))
    sheet.write_formula("E9", "=VLOOKUP(B9,x,2)", None, "#N/A")
    sheet.write_row("A10", ("Tổng cộng: 3 đại biểu",))
    sheet.write_row("C12", ("Người lập biểu",))


@pytest.fixture
def office_workbook(tmp_path: Path) -> Path:
    path = tmp_path / "Danh sách đại biểu.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book)
    return path


def test_an_office_workbook(office_workbook: Path):
    file = read_roster(office_workbook)
    assert (file.sheet, file.heading_row, file.ignored) == ("Đại biểu", 5, ())
    assert file.columns["phone"] == "Điện thoại"
    assert [(row.row, row.code, row.name, row.unit, row.phone, row.seat) for row in file.rows] == [
        (6, "DB00001", "Nguyễn Thị Đào", "LĐLĐ thành phố Hà Nội", "0912345678", "A-01"),
        (7, "DB00002", "Lê Văn Ấn", "LĐLĐ thành phố Hà Nội", "0912 000 002", "12"),
    ]
    (problem,) = file.problems
    assert (problem.row, problem.column, problem.problem) == (9, "Đơn vị", "CELL_ERROR")
    assert "#N/A" in problem.message
    assert [(row.code, row.unit) for row in file.rejected] == [("DB00003", "")]
    assert [(notice.row, notice.problem) for notice in file.notices] == [
        (6, "PHONE_REPAIRED"),
        (10, "FOOTER_ROW"),
        (12, "FOOTER_ROW"),
    ]
    assert file.sha256 == hashlib.sha256(office_workbook.read_bytes()).hexdigest()


def test_a_heading_of_two_lines_with_merged_cells(tmp_path: Path):
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, plain = book.add_worksheet(), book.add_format()
        for column, title in enumerate(("STT", "Họ và tên", "Đơn vị")):
            sheet.merge_range(1, column, 2, column, title, plain)
        sheet.merge_range("D2:E2", "Liên hệ", plain)
        sheet.write_row("D3", ("Điện thoại", "Email"))
        sheet.write_row("A4", (1, "Lê An", "Huế", "0912", "an@example.org"))
    file = read_roster(path)
    assert file.heading_row == 3
    assert [(row.name, row.unit, row.phone, row.email) for row in file.rows] == [
        ("Lê An", "Huế", "0912", "an@example.org")
    ]


def test_one_heading_over_the_two_halves_of_a_name(tmp_path: Path):
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ("STT", "", "", "Đơn vị"))
        sheet.merge_range("B1:C1", "Họ và tên", book.add_format())
        sheet.write_row("A2", (1, "Lê Văn", "An", "Huế"))
    assert [row.name for row in read_roster(path).rows] == ["Lê Văn An"]


def test_a_name_that_is_an_error_is_one_problem(tmp_path: Path):
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ("Họ và tên", "Đơn vị"))
        sheet.write_formula("A2", "=NA()", None, "#N/A")
    assert [problem.problem for problem in read_roster(path).problems] == ["CELL_ERROR"]


def test_columns_chosen_by_hand(tmp_path: Path):
    path = tmp_path / "roster.csv"
    path.write_text("aaa;bbb\nLê An;Huế\n", "utf-8")
    file = read_roster(path, {"name": "A", "unit": "bbb"})
    assert [(row.name, row.unit) for row in file.rows] == [("Lê An", "Huế")]


def test_a_heading_that_had_to_be_assumed_is_a_notice(tmp_path: Path):
    path = tmp_path / "roster.csv"
    path.write_text("Sổ tay\naaa;bbb\nLê An;Huế\n", "utf-8")
    file = read_roster(path, {"name": "A", "unit": "B"})
    assert [notice.problem for notice in file.notices] == ["HEADING_ROW_ASSUMED"]
    assert (file.heading_row, len(file.rows)) == (2, 1)


def test_headings_found_are_named_when_names_are_not(tmp_path: Path):
    path = tmp_path / "roster.csv"
    path.write_text("Danh sách\nSTT;Chức vụ;Đơn vị\n1;x;y\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        read_roster(path)
    (problem,) = caught.value.problems
    assert (problem.row, problem.problem) == (2, "NO_NAME_COLUMN")
    assert "“STT”, “Chức vụ”, “Đơn vị”" in problem.message


def office_bytes() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


OFFICE_BYTES = office_bytes()


def read_all(content: bytes, name: str) -> None:
    """Every step of the way on bytes, in this process; anything but BadInput is a bug."""
    try:
        for sheet in read_workbook(content) if name.endswith(".xlsx") else sheets_of(content, Path(name)):
            headings = find_headings(sheet, {})
            if headings is not None:
                check_rows(sheet, headings, body_of(sheet, headings).rows)
    except BadInput as error:
        assert error.problems


@given(st.integers(0, 2**32))
def test_workbooks_with_damaged_bytes_are_read_or_refused(seed: int):
    chance = random.Random(seed)
    content = bytearray(OFFICE_BYTES)
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    read_all(bytes(content), "roster.xlsx")


@given(st.integers(0, 2**32))
def test_workbooks_with_damage_inside_their_parts_are_read_or_refused(seed: int):
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(OFFICE_BYTES)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    read = [name for name in parts if not name.startswith(("docProps", "xl/theme"))]
    for _ in range(chance.randint(1, 4)):
        part = parts[chance.choice(read)]
        place = chance.randrange(len(part))
        part[place : place + chance.choice((0, 1, 1, 9))] = bytes(
            chance.choice(b'<>"=/0-9a&A:_ ') for _ in range(1)
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, bytes(part))
    read_all(stream.getvalue(), "roster.xlsx")


@given(st.text(st.sampled_from(list('STHọvàtênĐơnị,;\t\n"=123 Mã\u0303\u202e')), max_size=200))
def test_any_table_of_text_is_read_or_refused(text: str):
    read_all(("Họ tên,Mã ĐB,SĐT,Mã vé\n" + text).encode(), "roster.csv")
