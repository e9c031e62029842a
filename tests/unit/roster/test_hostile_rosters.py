"""Rosters that are a burden, deliberately or not: each is read or refused quickly, with a sentence."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import xlsxwriter

from station.errors import BadInput
from station.roster.cells import MOST_CELLS, SheetBuilder
from station.roster.plan import RosterFile, read_roster
from tests.unit.roster.test_roster_workbook import (
    BILLION_LAUGHS,
    EXTERNAL_ENTITY,
    MAIN,
    handmade,
    packed,
    parts_of,
)

MakeWorkbook = Callable[..., Path]


def notices(roster: RosterFile) -> dict[str, str]:
    return {notice.problem: notice.message for notice in roster.notices}


def problem_of(path: Path) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        read_roster(path)
    (problem,) = caught.value.problems
    return problem.problem, problem.message


def test_a_million_formatted_rows_below_three_delegates_are_quick_and_small(tmp_path: Path) -> None:
    people = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{name}</t></is></c></row>'
        for n, name in enumerate(("Họ và tên", "Lê An", "Bùi Chi", "Đỗ Dung"), 1)
    )
    empty = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(5, 1_000_005))
    content = handmade(f'<worksheet xmlns="{MAIN}"><sheetData>{people}{empty}</sheetData></worksheet>')
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)
    reported: list[tuple[int, int]] = []
    most_bytes = 0

    def progress(done: int, total: int) -> None:
        nonlocal most_bytes
        reported.append((done, total))
        this = psutil.Process()
        together = [this, *this.children()]
        most_bytes = max(
            most_bytes, sum(process.memory_info().rss for process in together if process.is_running())
        )

    before = psutil.Process().memory_info().rss
    began = time.monotonic()
    roster = read_roster(path, progress=progress)
    assert time.monotonic() - began < 30  # some 2 s on a free machine
    assert [row.name for row in roster.rows] == ["Lê An", "Bùi Chi", "Đỗ Dung"]
    assert len(reported) > 20
    assert most_bytes - before < 200 * 2**20


def test_a_stray_cell_in_the_last_corner_hurts_nobody(make_workbook: MakeWorkbook, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Họ và tên", "Lê An"])
        sheet.write(1048575, 16383, "x")
    roster = read_roster(path)
    assert [row.name for row in roster.rows] == ["Lê An"]
    assert "COLUMNS_CUT" in notices(roster)


@pytest.mark.parametrize("doctype", [BILLION_LAUGHS, EXTERNAL_ENTITY])
def test_entities_are_refused_in_the_shared_texts_too(tmp_path: Path, doctype: str) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    parts = parts_of(handmade(xml))
    parts["xl/sharedStrings.xml"] = f'{doctype}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'.encode()
    path = tmp_path / "roster.xlsx"
    path.write_bytes(packed(dict(parts)))
    assert problem_of(path)[0] == "DAMAGED_FILE"


def test_a_zip_bomb_is_refused_with_a_sentence(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 2**26)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(stream.getvalue())
    name, message = problem_of(path)
    assert name == "SUSPICIOUS_FILE"
    assert "far larger inside than a roster can be" in message


def test_a_table_of_far_too_many_cells_is_refused_before_it_fills_the_memory() -> None:
    builder = SheetBuilder("S")
    with pytest.raises(BadInput) as caught:
        for number in range(1, MOST_CELLS):
            builder.put_row(number, ["x"] * 100)
    (problem,) = caught.value.problems
    assert (problem.problem, problem.row) == ("TOO_MANY_CELLS", MOST_CELLS // 100 + 1)
    assert "Copy the table of delegates into a new workbook" in problem.message


def test_cells_merged_over_everything_are_refused_before_they_fill_the_memory() -> None:
    builder = SheetBuilder("S")
    for number in range(1, 100_001):
        builder.put_row(number, ["x"])
    for column in range(100):
        builder.merge((1, column, 1_048_576, column))
    with pytest.raises(BadInput) as caught:
        builder.sheet()
    assert caught.value.problems[0].problem == "TOO_MANY_CELLS"


def test_of_a_workbook_with_macros_the_values_are_taken_and_nothing_is_run(
    make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    path = make_workbook(("Họ và tên", "Đơn vị"), ("Lê An", "Huế"))
    parts = parts_of(path.read_bytes())
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    macros = tmp_path / "roster.xlsm"
    macros.write_bytes(packed(dict(parts)))
    assert [(row.name, row.unit) for row in read_roster(macros).rows] == [("Lê An", "Huế")]


def test_a_protected_sheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["Họ và tên", "Lê An"])
        sheet.protect("bí mật")
    assert [row.name for row in read_roster(path).rows] == ["Lê An"]


def test_formulas_give_their_value_and_those_without_one_are_a_problem_with_row_and_column(
    tmp_path: Path,
) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><v>Họ tên</v></c><c r="B1" t="str"><v>Đơn vị</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>B9</f><v>Lê An</v></c><c r="B2" t="str"><v>Huế</v></c></row>'
        '<row r="3"><c r="A3" t="str"><v>Bùi Chi</v></c><c r="B3"><f>C9</f></c></row>'
    )
    path = tmp_path / "roster.xlsx"
    path.write_bytes(handmade(f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'))
    roster = read_roster(path)
    assert [row.name for row in roster.rows] == ["Lê An"]
    (problem,) = roster.problems
    assert (problem.row, problem.column, problem.problem) == (3, "Đơn vị", "NOT_CALCULATED")
    assert "holds a formula without a value" in problem.message


def test_long_names_are_a_problem_and_emoji_are_none(make_workbook: MakeWorkbook) -> None:
    roster = read_roster(make_workbook(("Họ và tên",), ("An" * 150,), ("Lê An 🎉👨‍👩‍👧",), ("x" * 33_000,)))
    assert [(problem.row, problem.column, problem.problem) for problem in roster.problems] == [
        (2, "Họ và tên", "TOO_LONG"),
        (4, "Họ và tên", "TOO_LONG"),
    ]
    assert "300 characters; at most 200" in roster.problems[0].message
    assert [row.name for row in roster.rows] == ["Lê An 🎉👨👩👧"]


def test_direction_marks_and_other_invisible_characters_are_removed_and_reported(
    make_workbook: MakeWorkbook,
) -> None:
    roster = read_roster(
        make_workbook(("Họ và tên", "Đơn vị"), ("Lê \u202eAn", "Hu\u200bế"), ("Bùi Chi", "Huế"))
    )
    assert [(row.name, row.unit) for row in roster.rows] == [("Lê An", "Huế"), ("Bùi Chi", "Huế")]
    assert notices(roster)["INVISIBLE_REMOVED"] == (
        "Invisible characters (direction marks, zero-width characters) were removed from 2 cells (rows 2)."
    )


def test_stray_blanks_and_decomposed_letters_are_repaired_and_reported(make_workbook: MakeWorkbook) -> None:
    rows = (("Lê  An", "Huế\u00a0"), (" Bùi Chi", "Huế"), ("Nguye\u0302\u0303n Du", "Huế"), ("Lý\nMỹ", "Huế"))
    roster = read_roster(make_workbook(("Họ và tên", "Đơn vị"), *rows))
    assert [row.name for row in roster.rows] == ["Lê An", "Bùi Chi", "Nguyễn Du", "Lý Mỹ"]
    said = notices(roster)
    assert said["BLANKS_TIDIED"] == "Stray spaces and line breaks were tidied in 4 cells (rows 2, 3, 5)."
    assert said["LETTERS_COMPOSED"].endswith("in 1 cells (rows 4).")


def test_dates_are_written_as_people_can_sort_them_and_that_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Họ và tên", "Ngày sinh", "Ngày vào ngành", "Đơn vị"))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, name in enumerate(("Lê An", "Bùi Chi"), 1):
            sheet.write(row, 0, name)
            sheet.write_number(row, 1, 29587 + row, day)
            sheet.write_number(row, 2, 40000)
    roster = read_roster(path, keep=["Ngày sinh", "Ngày vào ngành"])
    assert roster.rows[0].extra == (("Ngày sinh", "1981-01-02"), ("Ngày vào ngành", "2009-07-06"))
    said = notices(roster)
    assert "for example 1981-01-02: 2 cells (rows 2, 3)" in said["DATES_WRITTEN"]
    assert said["DATES_RESTORED"].startswith("2 numbers in “Ngày vào ngành” are dates")


def test_numbers_shown_with_an_exponent_are_whole_in_a_workbook_and_a_problem_in_a_text(
    tmp_path: Path,
) -> None:
    path = tmp_path / "roster.xlsx"
    cells = (
        '<row r="1"><c r="A1" t="str"><v>Họ tên</v></c><c r="B1" t="str"><v>Điện thoại</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>Lê An</v></c><c r="B2"><v>9.12345678E+8</v></c></row>'
    )
    path.write_bytes(handmade(f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'))
    roster = read_roster(path)
    assert [row.phone for row in roster.rows] == ["0912345678"]
    assert "PHONE_REPAIRED" in notices(roster)
    text = tmp_path / "roster.csv"
    text.write_text("Họ tên,Điện thoại\nLê An,1.2E+08\n", "utf-8")
    (problem,) = read_roster(text).problems
    assert (problem.row, problem.column, problem.problem) == (2, "Điện thoại", "ROUNDED_NUMBER")


def test_a_column_that_looks_like_identity_numbers_is_noticed(make_workbook: MakeWorkbook) -> None:
    people = [(f"Lê An {n}", f"00108801234{n}") for n in range(5)]
    path = make_workbook(("Họ và tên", "Số hồ sơ", "Đơn vị"), *people)
    assert "IDENTITY_NUMBERS" not in notices(read_roster(path))  # a column nobody takes
    said = notices(read_roster(path, keep=["Số hồ sơ"]))
    assert said["IDENTITY_NUMBERS"].startswith("“Số hồ sơ” looks like numbers of identity cards")


def test_a_workbook_under_the_name_of_an_old_one_is_read(make_workbook: MakeWorkbook) -> None:
    path = make_workbook(("Họ và tên",), ("Lê An",), name="roster.xls")
    assert [row.name for row in read_roster(path).rows] == ["Lê An"]


def test_a_text_table_under_the_name_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_text("Họ và tên;Đơn vị\nLê An;Huế\n", "utf-8-sig")
    assert [(row.name, row.unit) for row in read_roster(path).rows] == [("Lê An", "Huế")]


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type
content="text/html; charset={charset}"><style>td {{ color: red }}</style></head><body><table border=1>
<tr><th colspan=4>DANH SÁCH ĐẠI BIỂU</th></tr>
<tr><td>STT<td>Họ và tên<td>Đơn vị<td>Điện thoại</tr>
<tr><td>1</td><td>Nguyễn Thị&nbsp;Đào</td><td rowspan=2>LĐLĐ<br>Huế &amp; Vinh</td><td>912345678</td></tr>
<tr><td>2</td><td><b>Lê</b> An<script>alert(1)</script></td><td>0912 000 002</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1258"])
def test_a_web_page_that_an_office_system_calls_xls_is_read(tmp_path: Path, charset: str) -> None:
    page = PAGE.format(charset=charset)
    if charset == "windows-1258":
        page = page.replace("SÁCH ĐẠI BIỂU", "").replace("Họ và tên", "Ho\u0323 và tên")
        page = (
            page.replace("Nguyễn Thị", "Nguyê\u0303n Thi\u0323")
            .replace("Huế", "Huê\u0301")
            .replace("Điện thoại", "SÐT")
        )
        page = page.replace("Đơn vi", "Ðơn vi").replace("ị<", "i\u0323<").replace("Đ", "Ð").replace("Ð", "Đ")
    path = tmp_path / "export.xls"
    path.write_bytes(page.encode(charset))
    roster = read_roster(path)
    assert [(row.name, row.unit, row.phone) for row in roster.rows] == [
        ("Nguyễn Thị Đào", "LĐLĐ Huế & Vinh", "0912345678"),
        ("Lê An", "LĐLĐ Huế & Vinh", "0912 000 002"),
    ]
    assert "WEB_PAGE_READ" in notices(roster)


def test_a_page_that_only_points_at_its_table_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text('<html><frameset><frame src="export_files/sheet001.htm"></frameset></html>', "utf-8")
    name, message = problem_of(path)
    assert name == "UNKNOWN_FILE_TYPE"
    assert "Open it in Excel and save the table as .xlsx" in message
