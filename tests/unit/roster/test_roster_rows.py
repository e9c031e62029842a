"""From rows to delegates: what is left out, what is wrong, what is only worth a notice."""

from pathlib import Path

import pytest

from station.errors import Problem
from station.roster.plan import RosterFile, read_roster
from station.roster.validate import LONGEST, RosterRow, code_key, phone_digits


def read(folder: Path, text: str) -> RosterFile:
    path = folder / "roster.csv"
    path.write_text(text, "utf-8")
    return read_roster(path)


def short(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.problem) for problem in problems]


def names(rows: tuple[RosterRow, ...]) -> list[str]:
    return [row.name for row in rows]


OFFICE_LIST = """\
TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM,,,
DANH SÁCH ĐẠI BIỂU,,,

STT,Họ và tên,Đơn vị,Điện thoại
I,LIÊN ĐOÀN LAO ĐỘNG CÁC TỈNH,,
1,Lê An,Hà Nội,0912000001
2,Tống Công Thành,Hà Nội,0912000002
STT,Họ và tên,Đơn vị,Điện thoại
II. CÔNG ĐOÀN NGÀNH,,,
3,Bùi Chi,Y tế,0912000003
,Đỗ Dung,Y tế,
4,,,
5,,,

Tổng cộng: 4 đại biểu,,,
,,"Hà Nội, ngày 20 tháng 10 năm 2022",
,NGƯỜI LẬP BIỂU,TM. BAN TỔ CHỨC,
,Trần Thị Lập,Phạm Văn Trưởng,
"""


def test_an_office_list_gives_its_delegates_and_a_notice_for_every_other_row(tmp_path: Path):
    file = read(tmp_path, OFFICE_LIST)
    assert names(file.rows) == ["Lê An", "Tống Công Thành", "Bùi Chi", "Đỗ Dung"]
    assert [row.row for row in file.rows] == [6, 7, 10, 11]
    assert file.problems == ()
    assert short(file.notices) == [
        (5, "SECTION_ROW"),
        (8, "REPEATED_HEADING"),
        (9, "ROW_WITHOUT_DELEGATE"),
        (15, "FOOTER_ROW"),
        (16, "FOOTER_ROW"),
        (17, "FOOTER_ROW"),
        (18, "FOOTER_ROW"),
    ]
    assert "“II. CÔNG ĐOÀN NGÀNH”" in file.notices[2].message


def test_subtotals_without_running_numbers_end_nothing(tmp_path: Path):
    file = read(tmp_path, "Họ tên,Đơn vị\nLê An,X\nTổng số: 1,\nBùi Chi,Y\nTổng cộng: 2,\n,Người lập biểu\n")
    assert names(file.rows) == ["Lê An", "Bùi Chi"]
    assert short(file.notices) == [(3, "FOOTER_ROW"), (5, "FOOTER_ROW"), (6, "FOOTER_ROW")]


def test_subtotals_among_running_numbers_end_nothing(tmp_path: Path):
    file = read(
        tmp_path, "STT,Họ tên,Đơn vị\n1,Lê An,X\n,Tổng số: 1,\n2,Bùi Chi,Y\n,Đỗ Dung,Y\n,Cộng: 2,\n,Võ Em,\n"
    )
    assert names(file.rows) == ["Lê An", "Bùi Chi", "Đỗ Dung"]
    assert short(file.notices) == [(3, "FOOTER_ROW"), (6, "FOOTER_ROW"), (7, "FOOTER_ROW")]


def test_a_numbered_row_is_a_delegate_whatever_else_it_says(tmp_path: Path):
    file = read(tmp_path, "STT,Họ tên,Ghi chú\n1,Lê An,\n2,,Xác nhận của Công đoàn ngành\n")
    assert names(file.rows) == ["Lê An"]
    assert short(file.problems) == [(3, "NO_NAME")]


def test_a_person_of_the_organising_committee_is_a_delegate(tmp_path: Path):
    file = read(tmp_path, "STT,Họ tên,Đơn vị\n1,Lê An,Ban tổ chức\n,Bùi Chi,Người lập biểu\n")
    assert names(file.rows) == ["Lê An", "Bùi Chi"]


def test_a_row_with_data_but_no_name_is_a_problem_also_at_the_end(tmp_path: Path):
    file = read(tmp_path, "Mã ĐB,Họ tên,Đơn vị\nDB1,Lê An,X\nDB2,,Y\nDB3, - ,Z\n")
    assert short(file.problems) == [(3, "NO_NAME"), (4, "NO_NAME")]
    assert file.problems[0].column == "Họ tên"
    assert [row.code for row in file.rejected] == ["DB2", "DB3"]


def test_all_problems_of_all_rows_are_collected(tmp_path: Path):
    text = (
        "Mã ĐB,Họ tên,Điện thoại,Mã vé,Ghi chú\n"
        "DB1,Lê An,0912,T1,\n"
        "DB1,Bùi Chi,0913,T2,\n"
        "db1,Đỗ Dung,9.12E+08,T1,\n"
        f"DB4,{'Lê ' * 100},0914,T4,\n"
        f"{'X' * 33},Võ Em,0915,T5,\n"
        "ＤＢ１,Lý Giang,0916,T6,\n"
        "DB\u200b7,Hồ Hà,0917,T7,\n"
    )
    file = read(tmp_path, text)
    assert short(file.problems) == [
        (3, "DUPLICATE_CODE"),
        (4, "ROUNDED_NUMBER"),
        (4, "SIMILAR_CODE"),
        (4, "DUPLICATE_PAYLOAD"),
        (5, "TOO_LONG"),
        (6, "TOO_LONG"),
        (7, "SIMILAR_CODE"),
        (8, "BAD_CODE"),
    ]
    assert [problem.column for problem in file.problems[:4]] == ["Mã ĐB", "Điện thoại", "Mã ĐB", "Mã vé"]
    assert file.problems[0].message == "Row 3: the code “DB1” stands already in row 2."
    assert names(file.rows) == ["Lê An"]
    assert len(file.rejected) == 6


def test_texts_are_cleaned(tmp_path: Path):
    decomposed = "Nguye\u0302\u0303n  Thi\u0323 \u202eĐa\u0300o"
    (row,) = read(tmp_path, f"Họ tên,Đơn vị\n{decomposed},Hà\u00a0Nội\n").rows
    assert (row.name, row.unit) == ("Nguyễn Thị Đào", "Hà Nội")


def test_markup_stays_what_it_is(tmp_path: Path):
    (row,) = read(tmp_path, "Họ tên,Ghi chú\n<b>Lê</b> An,=HYPERLINK(1)\n").rows
    assert (row.name, row.note) == ("<b>Lê</b> An", "=HYPERLINK(1)")


def test_foreign_payloads_are_only_trimmed_at_their_ends(tmp_path: Path):
    (row,) = read(tmp_path, 'Họ tên,Mã vé\nLê An," A  b\u0302\u00a0 \t"\n').rows
    assert row.external_payload == "A  b\u0302\u00a0"


def test_columns_that_the_file_does_not_have_are_unknown_not_empty(tmp_path: Path):
    (row,) = read(tmp_path, "Họ tên,Đơn vị,Mã ĐB\nLê An,,\n").rows
    assert (row.unit, row.phone) == ("", None)
    assert row.given() == {"name": "Lê An", "unit": ""}


def test_halves_of_a_name_are_joined(tmp_path: Path):
    file = read(tmp_path, "Họ và tên đệm,Tên\nLê Văn,An\n,Chi\n")
    assert names(file.rows) == ["Lê Văn An", "Chi"]


def test_lost_zeros_of_mobile_numbers_are_given_back_with_one_notice(tmp_path: Path):
    file = read(tmp_path, "Họ tên,Điện thoại\nAn,912345678\nBi,24123456\nChi,0912345679\nDu,387654321\nEm,\n")
    assert [row.phone for row in file.rows] == ["0912345678", "24123456", "0912345679", "0387654321", ""]
    (notice,) = file.notices
    assert (notice.problem, notice.row, notice.column) == ("PHONE_REPAIRED", 2, "Điện thoại")
    assert "2 telephone numbers (rows 2, 5)" in notice.message


def test_the_same_person_twice_is_a_notice_only(tmp_path: Path):
    file = read(tmp_path, "Họ tên,Đơn vị,SĐT\nHoà,X,0912 345\nHòa,x,0912345\nHoa,Y,0912345\n")
    assert len(file.rows) == 3
    assert short(file.notices) == [
        *((3, "POSSIBLE_DUPLICATE"), (4, "POSSIBLE_DUPLICATE")),
    ]
    same_name, same_phone = (notice.message for notice in file.notices)
    assert same_name.endswith("the same person as row 2: Hòa, x, 0912345 | Hoà, X, 0912 345.")
    assert same_phone.endswith("the telephone number of row 2: Hoa, Y, 0912345 | Hoà, X, 0912 345.")


def test_only_the_first_rows_are_named_in_a_notice(tmp_path: Path):
    file = read(tmp_path, "Họ tên,SĐT\n" + "".join(f"An {n},9123456{n}\n" for n in range(10, 22)))
    assert "(rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …)" in file.notices[0].message


def test_fields_just_as_long_as_possible_are_taken(tmp_path: Path):
    file = read(tmp_path, f"Mã ĐB,Họ tên\n{'X' * LONGEST['code']},{'A' * LONGEST['name']}\n")
    assert len(file.rows) == 1


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("090 123 45 67", "0901234567"),
        ("+84 90-1234567", "0901234567"),
        ("84901234567", "0901234567"),
        ("", ""),
    ],
)
def test_digits_of_telephone_numbers(phone: str, digits: str):
    assert phone_digits(phone) == digits


def test_codes_that_people_take_for_the_same_have_one_key():
    assert code_key("ＤＢ１") == code_key("db1") != code_key("db2")
