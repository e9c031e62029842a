"""Delimited text in every encoding and with every delimiter that spreadsheet programs write."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.errors import BadInput, Problem
from station.roster.delimited import read_delimited

HEADING = ["STT", "Họ và tên", "Chức vụ, đơn vị", "Điện thoại"]
ROWS = [HEADING, ["1", "Nguyễn Thị Đào", "Chủ tịch; Hà Nội", "0912"], ["2", 'Lê "Tí" Ấn', "Huế", "+84 9"]]


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def cells(content: bytes) -> list[list[str]]:
    return [list(row.cells) for row in read_delimited(content, "roster").rows]


def problem_of(content: bytes) -> Problem:
    with pytest.raises(BadInput) as caught:
        read_delimited(content, "roster")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_delimiters(encoding: str, delimiter: str):
    assert cells(written(ROWS, delimiter).encode(encoding)) == ROWS


def test_utf16_with_the_other_byte_order():
    assert cells(b"\xfe\xff" + written(ROWS).encode("utf-16-be")) == ROWS


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str):
    assert cells(f"STT,Tên{line_end}1,An{line_end}".encode()) == [["STT", "Tên"], ["1", "An"]]


def test_the_line_in_which_excel_states_the_delimiter():
    sheet = read_delimited("sep=;\r\nTên;Ghi chú, khác\r\nAn;a,b,c\r\n".encode(), "roster")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ("Tên", "Ghi chú, khác")),
        (3, ("An", "a,b,c")),
    ]


def test_one_column_needs_no_delimiter():
    assert cells("Họ và tên\nLê An\nBùi Chi".encode()) == [["Họ và tên"], ["Lê An"], ["Bùi Chi"]]


def test_titles_with_commas_do_not_hide_the_semicolon():
    text = "Tổng Liên đoàn, Ban Tuyên giáo, Hà Nội\nDanh sách, ngày 27, tháng 10\nSTT;Họ tên;Đơn vị\n1;An;X\n2;Chi;Y\n"
    assert cells(text.encode())[2:] == [["STT", "Họ tên", "Đơn vị"], ["1", "An", "X"], ["2", "Chi", "Y"]]


def test_many_lines_of_titles_do_not_hide_a_short_table():
    text = "Danh sách\n" * 9 + "Tên;Đơn vị\nAn;X\n"
    assert cells(text.encode())[9:] == [["Tên", "Đơn vị"], ["An", "X"]]


def test_blank_lines_and_lines_of_delimiters_count_as_rows_and_are_left_out():
    sheet = read_delimited("Tên,Đơn vị\n\n,,,\nAn,X\n".encode(), "roster")
    assert [row.number for row in sheet.rows] == [1, 4]


def test_a_line_break_within_quotes_belongs_to_the_cell():
    sheet = read_delimited('Tên,Đơn vị,Ghi chú\nAn,"X\nY",\nChi,Z,\n'.encode(), "roster")
    assert [(row.number, row.cells) for row in sheet.rows[1:]] == [(2, ("An", "X\nY")), (3, ("Chi", "Z"))]


@pytest.mark.parametrize(
    "text",
    [
        'Tên,Đơn vị,Ghi chú\nAn,X,\nBình,"Y,\nChi,Z,\nDung,T,\n',  # never closed
        'Tên,Đơn vị,Ghi chú\nAn,X,\nBình,"Y,\nChi,"Z",\n',  # closed by a later row's mark
        'Tên,Đơn vị,Ghi chú\nAn,X,\nBình,"Y,\nChi,Z,"\nDung,T,\n',  # closed so that all looks well
        'Tên,Đơn vị,Ghi chú\nAn,X,\nBình,"Y"Z,\n',
    ],
)
def test_a_quotation_mark_gone_astray_is_reported_with_its_row(text: str):
    problem = problem_of(text.encode())
    assert (problem.problem, problem.row) == ("UNCLOSED_QUOTE", 3)


def test_a_cell_without_end_is_an_unclosed_quote():
    assert problem_of(b'a,b\n"' + b"x" * 200_000).problem == "UNCLOSED_QUOTE"


def test_bytes_that_are_no_text_are_named_with_the_way_out():
    problem = problem_of(b"Ho ten\nLe \x01\xff\xfe An\n")
    assert problem.problem == "NOT_TEXT"
    assert "CSV UTF-8" in problem.message


def test_nul_characters_are_refused():
    problem = problem_of("Tên\nAn\0\n".encode())
    assert (problem.problem, problem.row) == ("NUL_CHARACTER", 2)


def test_utf16_without_a_mark_is_found():
    assert cells(written(ROWS).encode("utf-16-le")) == ROWS


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12)


@given(
    st.integers(3, 6).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=3, max_size=8)
    ),
    st.sampled_from("\t;,"),
)
def test_what_was_written_is_read_again(table: list[list[str]], delimiter: str):
    columns = [f"Cột {number}" for number in range(len(table[0]))]
    text = f"sep={delimiter}\r\n" + written([columns, *table], delimiter)
    rows = {row.number: list(row.cells) for row in read_delimited(text.encode(), "roster").rows}
    for number, wanted in enumerate(table, 3):
        kept = [cell if cell.strip() else "" for cell in wanted]
        assert rows.get(number, []) == kept[: max((i + 1 for i, cell in enumerate(kept) if cell), default=0)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    try:
        read_delimited(content, "roster")
    except BadInput as error:
        assert len(error.problems) == 1
