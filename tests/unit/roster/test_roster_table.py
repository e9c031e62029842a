"""A file in the hands of a person: sheet, heading row and columns are found, and can be chosen otherwise."""

import io

import pytest
import xlsxwriter

from station.errors import BadInput
from station.roster.plan import read_roster
from station.roster.table import RosterTable, TableChoice, TableView


def table(*sheets: tuple[str, list[tuple[object, ...]]]) -> RosterTable:
    from pathlib import Path

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return RosterTable(out.getvalue(), Path("Danh sách.xlsx"))


COVER = ("Bìa", [("TÀI LIỆU TẬP HUẤN",)])
EMPTY = ("Sheet3", [])
LIST = (
    "Đại biểu",
    [
        ("LIÊN ĐOÀN LAO ĐỘNG",),
        ("STT", "Họ và tên", "Nơi công tác", "Liên hệ", "Ghi chú"),
        (1, "Nguyễn Thị Đào", "LĐLĐ Hà Nội", "0912000001", "chay"),
        (2, "Lê Văn Ấn", "LĐLĐ Hà Nội", "0912000002"),
        ("", "Cộng: 2 đại biểu"),
    ],
)


def fields(view: TableView) -> list[tuple[str, str]]:
    return [(column.title or column.letter, column.field) for column in view.columns]


def test_the_sheet_with_names_and_its_columns_are_found() -> None:
    view = table(COVER, EMPTY, LIST).view(TableChoice(), {})
    assert (view.sheets, view.sheet, view.heading_row) == (("Bìa", "Đại biểu"), 1, 2)
    assert fields(view) == [
        ("STT", ""),
        ("Họ và tên", "name"),
        ("Nơi công tác", "unit"),
        ("Liên hệ", ""),
        ("Ghi chú", "note"),
    ]
    assert view.columns[2].examples == ("LĐLĐ Hà Nội",)
    assert view.columns[3].examples == ("0912000001", "0912000002")
    assert view.has_names()


def test_what_a_person_chooses_holds_and_is_remembered_for_the_next_file() -> None:
    opened = table(LIST)
    chosen = {0: "", 1: "name", 2: "unit", 3: "phone", 4: ""}
    view = opened.view(TableChoice(fields=chosen), {})
    checked = opened.check(view)
    assert [(row.name, row.phone, row.note) for row in checked.rows] == [
        ("Nguyễn Thị Đào", "0912000001", None),
        ("Lê Văn Ấn", "0912000002", None),
    ]
    assert again_known(opened, view) == {"lien he": "phone", "ghi chu": ""}
    again = table(LIST).view(TableChoice(), again_known(opened, view))
    assert fields(again) == fields(view)
    assert [notice.problem for notice in table(LIST).check(again).notices] == ["FOOTER_ROW"]


def again_known(opened: RosterTable, view: TableView) -> dict[str, str]:
    return {heading: field for heading, field in opened.learnt(view).items() if field is not None}


def test_halves_of_names_are_put_together_in_the_next_file_too() -> None:
    known = ("A", [("Họ đệm", "Tên", "Đơn vị"), ("Nguyễn Thị", "Đào", "X")])
    opened = table(known)
    assert again_known(opened, opened.view(TableChoice(), {})) == {}
    unknown = ("A", [("Ho", "Dem", "Ten goi khac"), ("Nguyễn", "Thị", "Đào")])
    opened = table(unknown)
    view = opened.view(TableChoice(fields={0: "name", 1: "name", 2: "name"}), {})
    again = table(unknown).view(TableChoice(), again_known(opened, view))
    assert table(unknown).check(again).rows[0].name == "Nguyễn Thị Đào"


def test_a_heading_put_right_again_is_forgotten() -> None:
    opened = table(LIST)
    view = opened.view(TableChoice(fields={0: "", 1: "name", 2: "unit", 3: "", 4: "note"}), {"ghi chu": ""})
    assert opened.learnt(view)["ghi chu"] is None


def test_unchanged_it_is_read_as_the_command_reads_it(tmp_path) -> None:
    opened = table(COVER, LIST)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in (COVER, LIST):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    (tmp_path / "roster.xlsx").write_bytes(out.getvalue())
    by_command = read_roster(tmp_path / "roster.xlsx")
    by_hand = opened.check(opened.view(TableChoice(), {}))
    assert by_hand.rows == by_command.rows
    assert by_hand.notices == by_command.notices
    assert [notice.problem for notice in by_hand.notices] == ["FOOTER_ROW"]


def test_another_heading_row_and_sheet_can_be_chosen() -> None:
    opened = table(("Nháp", [("Họ tên", "Đơn vị"), ("Sai", "X")]), LIST)
    assert opened.view(TableChoice(), {}).sheet == 0
    view = opened.view(TableChoice(sheet=1, heading_row=3), {})
    assert (view.sheet, view.heading_row, view.has_names()) == (1, 3, False)
    view = opened.view(TableChoice(1, 3, {1: "name"}), {})
    assert [row.name for row in opened.check(view).rows] == ["Lê Văn Ấn"]


def test_a_name_in_two_columns_is_put_together() -> None:
    opened = table(("A", [("Ho", "Dem", "Ten"), ("Nguyễn", "Thị", "Đào")]))
    view = opened.view(TableChoice(fields={0: "name", 1: "name", 2: "name"}), {})
    assert opened.check(view).rows[0].name == "Nguyễn Thị Đào"


def test_a_table_without_known_headings_is_shown_all_the_same() -> None:
    view = table(("A", [("x", "y"), ("Nguyễn Thị Đào", "Hà Nội")])).view(TableChoice(), {})
    assert fields(view) == [("x", ""), ("y", "")]
    assert not view.has_names()


def test_what_is_pasted_is_a_table_too() -> None:
    opened = RosterTable.pasted("Họ tên\tĐơn vị\r\nNguyễn Thị Đào\tLĐLĐ Hà Nội\r\n")
    rows = opened.check(opened.view(TableChoice(), {})).rows
    assert [(row.name, row.unit) for row in rows] == [("Nguyễn Thị Đào", "LĐLĐ Hà Nội")]


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        table(EMPTY)
    assert refusal.value.problems[0].problem == "NO_ROWS"
