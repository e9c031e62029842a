"""What cells of .xlsx files become, and that strange or hostile workbooks do no harm."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

import pytest
import xlsxwriter

from station.errors import BadInput
from station.roster.cell_formats import number_format
from station.roster.cells import MOST_COLUMNS, Sheet, column_letter, column_of
from station.roster.workbook import read_workbook

Fill = Callable[[xlsxwriter.Workbook], None]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook_bytes(fill: Fill) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        fill(workbook)
    return stream.getvalue()


def sheets(content: bytes) -> list[Sheet]:
    return list(read_workbook(content))


def one_cell(write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> Sheet:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        write(workbook, workbook.add_worksheet())

    return sheets(workbook_bytes(fill))[0]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def handmade(sheet: str, *, namespace: str = MAIN, strings: str = "") -> bytes:
    """A workbook with the least parts it may have, around the XML of one sheet."""
    relation = f'<Relationship Id="r{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}">{{}}</Relationships>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations.format(relation.format(1, "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations.format(
                relation.format(1, "worksheet", "/xl/worksheets/s.xml")
                + relation.format(2, "sharedStrings", "sharedStrings.xml")
            ),
            "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
            "xl/worksheets/s.xml": sheet,
        }
    )


def problem_of(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        sheets(content)
    (problem,) = caught.value.problems
    return problem.problem


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (123, "General", "123"),
        (123.0, "General", "123"),
        (912345678, "General", "912345678"),
        (84912345678, "0", "84912345678"),
        (1.5, "General", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (-7, "General", "-7"),
        (912345678, "0000000000;@", "0912345678"),
        (date(2022, 10, 27), "dd/mm/yyyy", "2022-10-27"),
        (date(2022, 10, 27), '"Ngày" dd "tháng" mm "năm" yyyy', "2022-10-27"),
        (datetime(2022, 10, 27, 8, 30), "dd/mm/yyyy hh:mm", "2022-10-27 08:30"),
        (time_of_day(8, 30), "hh:mm", "08:30"),
        (date(2022, 10, 27), "m/d/yy", "2022-10-27"),
        (44861, '#,##0 "đồng";[Red]-#,##0', "44861"),
        (44861, "[$-42A]#,##0", "44861"),
    ],
)
def test_numbers_become_the_text_that_was_meant(value: object, code: str, text: str):
    sheet = one_cell(lambda book, page: page.write(0, 0, value, book.add_format({"num_format": code})))
    assert sheet.rows[0].cells == (text,)


def test_built_in_date_formats_are_known():
    sheet = one_cell(lambda book, page: page.write(0, 0, 44861, book.add_format({"num_format": 14})))
    assert sheet.rows[0].cells == ("2022-10-27",)


def test_dates_of_workbooks_that_count_from_1904():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"date_1904": True}) as workbook:
        style = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.add_worksheet().write(0, 0, date(2022, 10, 27), style)
    assert sheets(stream.getvalue())[0].rows[0].cells == ("2022-10-27",)


def test_a_date_out_of_all_time_stays_a_number():
    sheet = one_cell(
        lambda book, page: page.write(0, 0, 10**12, book.add_format({"num_format": "dd/mm/yyyy"}))
    )
    assert sheet.rows[0].cells == ("1000000000000",)


def test_elapsed_hours_are_times_and_colours_are_not():
    assert number_format("[h]:mm").is_date
    assert not number_format("[Red]0.00").is_date


def test_texts_keep_their_line_breaks_and_escapes():
    def write(_book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_row(0, 0, ["a\nb", "x_x000D_y", "tab\there", "bell\x07"])

    assert one_cell(write).rows[0].cells == ("a\nb", "x_x000D_y", "tab\there", "bell\x07")


def test_rich_text_is_one_text():
    sheet = one_cell(
        lambda book, page: page.write_rich_string(
            0, 0, "Nguyễn ", book.add_format({"bold": True}), "Thị", " Đào"
        )
    )
    assert sheet.rows[0].cells == ("Nguyễn Thị Đào",)


def test_formulas_give_the_value_that_was_saved():
    sheet = one_cell(lambda _book, page: page.write_formula(0, 0, '="Lê "&"An"', None, "Lê An"))
    assert sheet.rows[0].cells == ("Lê An",)


def test_booleans_are_texts():
    assert one_cell(lambda _book, page: page.write_row(0, 0, [True, False])).rows[0].cells == (
        "TRUE",
        "FALSE",
    )


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_error_cells_are_faults(error: str):
    sheet = one_cell(lambda _book, page: page.write_formula(3, 2, "=NA()", None, error))
    assert (sheet.faults[4, 2].problem, sheet.faults[4, 2].shown) == ("CELL_ERROR", error)


def test_formulas_that_were_never_calculated_are_faults():
    sheet = sheets(handmade(f'<worksheet xmlns="{MAIN}"><row><c><f>A2&amp;B2</f></c></row></worksheet>'))[0]
    assert (sheet.faults[1, 0].problem, sheet.faults[1, 0].shown) == ("NOT_CALCULATED", "=A2&B2")


def test_numbers_that_excel_has_rounded_are_faults():
    sheet = one_cell(lambda _book, page: page.write_row(0, 0, [123456789012345, 12345678901234567890]))
    assert {place: fault.problem for place, fault in sheet.faults.items()} == {(1, 1): "ROUNDED_NUMBER"}


def test_row_numbers_are_those_of_the_spreadsheet_and_empty_rows_are_left_out():
    def write(_book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write(4, 1, "heading")
        page.write(5, 0, "   ")
        page.write(9, 0, "data")

    assert [(row.number, row.cells) for row in one_cell(write).rows] == [
        (5, ("", "heading")),
        (10, ("data",)),
    ]


def test_a_cell_merged_over_rows_stands_in_each_row_that_holds_anything():
    def write(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_column(0, 0, ["Lê An", "Lê Bình", "", "Lê Chi", "Lê Dung"])
        page.merge_range(0, 1, 3, 1, "Hà Nội", book.add_format())

    cells = [row.cells for row in one_cell(write).rows]
    assert cells == [("Lê An", "Hà Nội"), ("Lê Bình", "Hà Nội"), ("Lê Chi", "Hà Nội"), ("Lê Dung",)]


def test_an_error_merged_over_rows_is_a_fault_in_each():
    def write(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_column(0, 0, ["Lê An", "Lê Bình"])
        page.merge_range(0, 1, 1, 1, "", book.add_format())
        page.write_formula(0, 1, "=NA()", None, "#N/A")

    assert set(one_cell(write).faults) == {(1, 1), (2, 1)}


def test_hidden_sheets_and_charts_are_not_read():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("Hidden").write(0, 0, "lookup")
        workbook.add_worksheet("Seen").write(0, 0, "roster")
        chart = workbook.add_chart({"type": "pie"})
        chart.add_series({"values": "=Seen!$A$1"})
        workbook.add_chartsheet("Chart").set_chart(chart)
        workbook.worksheets()[1].activate()
        workbook.worksheets()[0].hide()

    assert [sheet.name for sheet in sheets(workbook_bytes(fill))] == ["Seen"]


def test_cells_without_references_follow_one_another():
    xml = f"""<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>A</t></is></c><c><v>1</v></c></row>
        <row><c/><c t="s"><v>0</v></c></row><row r="9"><c><v>2</v></c></row></sheetData></worksheet>"""
    rows = sheets(handmade(xml, strings="<si><t>B</t></si>"))[0].rows
    assert [(row.number, row.cells) for row in rows] == [(1, ("A", "1")), (2, ("", "B")), (9, ("2",))]


def test_prefixes_and_the_strict_namespace_are_understood():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    xml = f'<x:worksheet xmlns:x="{strict}"><x:row><x:c t="str"><x:v>Lê An</x:v></x:c></x:row></x:worksheet>'
    assert sheets(handmade(xml, namespace=strict))[0].rows[0].cells == ("Lê An",)


def test_phonetic_hints_are_not_part_of_a_text():
    strings = "<si><r><t>東</t></r><r><t>京</t></r><rPh><t>とうきょう</t></rPh></si><si><t>B</t></si>"
    xml = f'<worksheet xmlns="{MAIN}"><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row></worksheet>'
    assert sheets(handmade(xml, strings=strings))[0].rows[0].cells == ("東京", "B")


def test_escapes_never_make_half_characters_or_nul():
    xml = f'<worksheet xmlns="{MAIN}"><row><c t="str"><v>_xD800__x0000__x0041_</v></c></row></worksheet>'
    assert sheets(handmade(xml))[0].rows[0].cells == ("_xD800__x0000_A",)


def test_a_stray_cell_in_the_last_corner_is_quick_and_small_and_noticed():
    def write(_book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write(0, 0, "Họ và tên")
        page.write(1048575, 16383, "x")

    content = workbook_bytes(lambda book: write(book, book.add_worksheet()))
    tracemalloc.start()
    begin = time.monotonic()
    (sheet,) = sheets(content)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [row.cells for row in sheet.rows] == [("Họ và tên",)]
    assert [notice.problem for notice in sheet.notices] == ["COLUMNS_CUT"]
    assert peak_bytes < 5 * 2**20
    assert time.monotonic() - begin < 5


def test_cells_beyond_the_last_column_that_is_read_are_noticed():
    sheet = one_cell(lambda _book, page: page.write_row(0, 0, ["x"] * (MOST_COLUMNS + 2)))
    assert len(sheet.rows[0].cells) == MOST_COLUMNS
    assert "(2, the first in row 1)" in sheet.notices[0].message


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("station.roster.cells.MOST_ROWS", 3)
    content = workbook_bytes(lambda book: book.add_worksheet().write_column(0, 0, list("abcd")))
    assert problem_of(content) == "TOO_MANY_ROWS"


@pytest.mark.parametrize("kept", [100, 0.3, 0.9, 0.999])
def test_a_truncated_workbook_is_damaged(kept: float):
    content = workbook_bytes(lambda book: book.add_worksheet().write(0, 0, "x"))
    assert problem_of(content[: int(kept if kept > 1 else len(content) * kept)]) == "DAMAGED_FILE"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    parts = parts_of(workbook_bytes(lambda book: book.add_worksheet().write(0, 0, "x")))
    parts["xl/worksheets/sheet1.xml"] = b" " * 2**24
    assert problem_of(packed(dict(parts))) == "SUSPICIOUS_FILE"


def test_an_archive_of_very_many_files_is_refused():
    assert problem_of(packed({f"{number}": b"" for number in range(1_001)})) == "SUSPICIOUS_FILE"


BILLION_LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL_ENTITY = '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BILLION_LAUGHS, EXTERNAL_ENTITY])
def test_entities_are_refused(doctype: str):
    xml = f'{doctype}<worksheet xmlns="{MAIN}"><row><c t="str"><v>&b;</v></c></row></worksheet>'
    assert problem_of(handmade(xml)) == "DAMAGED_FILE"


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>x</v></c>',
        '<c r="A"><v>1</v></c>',
        '<c r="1"><v>1</v></c>',
        '<c r="ABCD1"><v>1</v></c>',
        "<c><v>one</v></c>",
        "<c><v>1</v>",
    ],
)
def test_impossible_cells_are_damage(cell: str):
    assert problem_of(handmade(f'<worksheet xmlns="{MAIN}"><row>{cell}</row></worksheet>')) == "DAMAGED_FILE"


def test_of_overlapping_merged_ranges_the_first_counts():
    cells = '<row r="1"><c r="A1"><v>7</v></c></row><row r="2"><c r="B2"><v>8</v></c></row>'
    cells += '<row r="4"><c r="B4"><v>9</v></c></row>'
    merged = '<mergeCell ref="A2:A4"/><mergeCell ref="A1:A2"/>'
    (sheet,) = sheets(handmade(f'<worksheet xmlns="{MAIN}">{cells}{merged}</worksheet>'))
    assert [row.cells for row in sheet.rows] == [("7",), ("7", "8"), ("", "9")]


def test_other_archives_are_no_workbooks(tmp_path: Path):
    parts = parts_of(workbook_bytes(lambda book: book.add_worksheet()))
    word = {**parts, "_rels/.rels": parts["_rels/.rels"].replace(b"xl/workbook.xml", b"word/document.xml")}
    assert problem_of(packed(dict(word))) == "NOT_A_WORKBOOK"
    assert (
        problem_of(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == "NOT_A_WORKBOOK"
    )


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (99, "CV"), (16383, "XFD")])
def test_column_letters(column: int, letters: str):
    assert column_letter(column) == letters
    assert column_of(letters.lower()) == column
