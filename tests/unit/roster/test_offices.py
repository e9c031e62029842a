"""Rosters as different offices make them go in as they are, and their second and third versions too."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
import xlsxwriter

from station.app import Station, new_event, new_event_values, open_station
from station.model.delegate import DelegateStatus
from station.model.verdict import Source
from station.roster.table import RosterTable, TableChoice
from station.store import roster as roster_store
from tests.builders import EVENT, HandClock
from tests.unit.roster.old_files import in_tcvn3, in_vni, write_xls
from tests.unit.roster.test_other_workbooks import open_document, row

Row = tuple[object, ...]
PEOPLE = (  # name, position, unit, telephone
    ("Nguyễn Thị Ánh", "Chủ tịch", "LĐLĐ tỉnh Hà Nam", "0912000001"),
    ("Trần Văn Đức", "Phó Chủ tịch", "LĐLĐ tỉnh Hà Nam", "0912000002"),
    ("Lê Hoàng Ân", "Chuyên viên", "LĐLĐ tỉnh Lào Cai", "0912000003"),
    ("Y Thông Ayun", "Uỷ viên", "LĐLĐ tỉnh Đắk Lắk", "0912000004"),
    ("Phạm Thu Hà", "Trưởng ban", "LĐLĐ tỉnh Đắk Lắk", "0912000005"),
)
NAMES = [person[0] for person in PEOPLE]


def write(path: Path, rows: list[Row], merged: dict[str, str] | None = None, sheet_name: str = "DS") -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(sheet_name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for cells, text in (merged or {}).items():
            sheet.merge_range(cells, text, book.add_format({"align": "center"}))
    return path


def plain(folder: Path) -> Path:
    rows: list[Row] = [("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại")]
    return write(folder / "plain.xlsx", [*rows, *((n, *p) for n, p in enumerate(PEOPLE, 1))])


def with_titles_and_sums(folder: Path) -> Path:
    rows: list[Row] = [
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("BAN TUYÊN GIÁO", "", "", "Độc lập - Tự do - Hạnh phúc"),
        (),
        ("DANH SÁCH ĐẠI BIỂU DỰ TẬP HUẤN",),
        ("(Kèm theo Công văn số 123/TLĐ ngày 01/10/2022)",),
        ("TT", "Họ và tên đại biểu", "Chức danh", "Đơn vị công tác", "Số điện thoại", "Ghi chú"),
        *((n, *p) for n, p in enumerate(PEOPLE, 1)),
        ("", "Tổng cộng: 05 đại biểu"),
        (),
        ("", "", "", "Hà Nội, ngày 05 tháng 10 năm 2022"),
        ("", "Người lập biểu", "", "TL. ĐOÀN CHỦ TỊCH"),
        ("", "", "", "Trần Thị B"),
    ]
    return write(folder / "titles.xlsx", rows)


def two_line_headings(folder: Path) -> Path:
    rows: list[Row] = [
        ("DANH SÁCH",),
        ("STT", "Họ và tên", "Công tác", "", "Liên hệ", ""),
        ("", "", "Chức vụ", "Đơn vị", "Điện thoại", "Email"),
        *((n, *p, f"a{n}@cdvn.vn") for n, p in enumerate(PEOPLE, 1)),
    ]
    merged = {"A2:A3": "STT", "B2:B3": "Họ và tên", "C2:D2": "Công tác", "E2:F2": "Liên hệ"}
    return write(folder / "two.xlsx", rows, merged)


def name_in_two_columns(folder: Path) -> Path:
    rows: list[Row] = [("STT", "Họ và tên", "", "Chức vụ", "Đơn vị", "ĐT")]
    for number, (name, *rest) in enumerate(PEOPLE, 1):
        family, _blank, given = name.rpartition(" ")
        rows.append((number, family, given, *rest))
    return write(folder / "split.xlsx", rows, {"B1:C1": "Họ và tên"})


def merged_units(folder: Path) -> Path:
    rows: list[Row] = [("STT", "Họ tên", "Chức vụ", "Đơn vị", "SĐT")]
    rows += [(n, name, position, unit, phone) for n, (name, position, unit, phone) in enumerate(PEOPLE, 1)]
    return write(folder / "merged.xlsx", rows, {"D2:D3": PEOPLE[0][2], "D5:D6": PEOPLE[3][2]})


def numbered_by_unit(folder: Path) -> Path:
    rows: list[Row] = [("STT", "Họ tên", "Chức vụ", "SĐT")]
    number, last = 0, ""
    for name, position, unit, phone in PEOPLE:
        if unit != last:
            rows.append((("I", "II", "III")[number], unit.upper()))
            number, last, place = number + 1, unit, 0
        place += 1
        rows.append((place, name, position, phone))
    rows.append(("", "Cộng: 5 người"))
    return write(folder / "by_unit.xlsx", rows)


def phones_without_zero(folder: Path) -> Path:
    rows: list[Row] = [("STT", "HỌ VÀ TÊN", "CHỨC VỤ", "ĐƠN VỊ", "ĐIỆN THOẠI")]
    return write(folder / "zero.xlsx", [*rows, *((n, *p[:3], int(p[3])) for n, p in enumerate(PEOPLE, 1))])


def with_a_cover(folder: Path) -> Path:
    path = folder / "cover.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Bìa").write("A1", "TÀI LIỆU TẬP HUẤN")
        book.add_worksheet("Trống")
        sheet = book.add_worksheet("Danh sách")
        for number, row in enumerate([("Họ tên", "Chức vụ", "Đơn vị", "Di động"), *PEOPLE]):
            sheet.write_row(number, 1, row)
    return path


def text(folder: Path, name: str, encoding: str, separator: str) -> Path:
    import unicodedata

    lines = [("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại")]
    lines += [(str(n), *p) for n, p in enumerate(PEOPLE, 1)]
    whole = "\r\n".join(separator.join(line) for line in lines)
    if encoding == "cp1258":  # letters with their tone after them
        whole = "".join(_apart(character) for character in whole)
    elif encoding == "utf-8":
        whole = unicodedata.normalize("NFD", whole)
    (folder / name).write_bytes(whole.encode(encoding))
    return folder / name


def _apart(character: str) -> str:
    import unicodedata

    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        letters = unicodedata.normalize("NFD", character)
        tones = "".join(mark for mark in letters if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in tones))
        return base + tones
    return character


def old_font(folder: Path, name: str, written: Callable[[str], str]) -> Path:
    """Every text as the old font shows it, the titles too."""
    rows: list[Row] = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
        ("Danh sách đại biểu",),
        ("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"),
        *((n, *p) for n, p in enumerate(PEOPLE, 1)),
    ]
    old = [tuple(written(cell) if isinstance(cell, str) else cell for cell in cells) for cells in rows]
    return write(folder / name, old)


def open_document_workbook(folder: Path) -> Path:
    rows = [("DANH SÁCH",), ("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại")]
    rows += [(str(n), *p) for n, p in enumerate(PEOPLE, 1)]
    (folder / "list.ods").write_bytes(open_document("".join(row(*cells) for cells in rows)))
    return folder / "list.ods"


def old_workbook(folder: Path) -> Path:
    rows: list[Row] = [("DANH SÁCH",), (), ("TT", "Họ và tên", "Chức vụ", "Đơn vị", "Số ĐT")]
    rows += [(n, *p[:3], int(p[3])) for n, p in enumerate(PEOPLE, 1)]
    return write_xls(folder / "old.xls", [*rows, ("", "Tổng số: 5")])


def old_workbook_in_an_old_font(folder: Path) -> Path:
    rows: list[Row] = [("TT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại")]
    rows += [(n, *p) for n, p in enumerate(PEOPLE, 1)]
    old = [tuple(in_tcvn3(cell) if isinstance(cell, str) else cell for cell in cells) for cells in rows]
    return write_xls(folder / "vntime.xls", old, "Sheet1")


def web_page(folder: Path) -> Path:
    """What systems for managing members give out as their Excel file."""
    rows = [("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại")]
    rows += [(str(n), *p) for n, p in enumerate(PEOPLE, 1)]
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows]
    title = "<tr><td colspan=5><b>DANH SÁCH ĐẠI BIỂU</b></td></tr>"
    page = (
        f'<html><head><meta charset="utf-8"></head><body><table>{title}{"".join(lines)}</table></body></html>'
    )
    (folder / "export.xls").write_text(page, "utf-8")
    return folder / "export.xls"


OFFICES: dict[str, Callable[[Path], Path]] = {
    "plain": plain,
    "titles and sums": with_titles_and_sums,
    "two-line headings": two_line_headings,
    "name in two columns": name_in_two_columns,
    "merged units": merged_units,
    "numbered by unit": numbered_by_unit,
    "phones without zero": phones_without_zero,
    "cover and empty sheet": with_a_cover,
    "decomposed csv": lambda folder: text(folder, "nfd.csv", "utf-8", ";"),
    "Windows-1258 csv": lambda folder: text(folder, "1258.csv", "cp1258", ","),
    "UTF-16 tsv": lambda folder: text(folder, "utf16.tsv", "utf-16", "\t"),
    ".VnTime (TCVN3)": lambda folder: old_font(folder, "vntime.xlsx", in_tcvn3),
    "VNI-Times": lambda folder: old_font(folder, "vni.xlsx", in_vni),
    ".ods": open_document_workbook,
    ".xls": old_workbook,
    ".xls in .VnTime": old_workbook_in_an_old_font,
    "web page called .xls": web_page,
}


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    event = new_event_values("Tập huấn", EVENT.starts_on, EVENT.ends_on)
    new_event(tmp_path / "event", event, station="Bàn 1", clock=HandClock())
    opened = open_station(tmp_path / "event", clock=HandClock())
    yield opened
    opened.close()


def take(station: Station, path: Path) -> tuple[int, int, int, int]:
    """As the window does it, nothing chosen otherwise; gives how many are added, changed, unchanged, vanished."""
    return take_table(station, RosterTable.read(path))


def take_table(station: Station, table: RosterTable) -> tuple[int, int, int, int]:
    """The same of a table that is read already."""
    roster = table.check(table.view(TableChoice(), {}))
    assert roster.problems == ()
    difference = station.roster_changes(roster)
    assert difference.problems == ()
    station.take_roster(difference, table.name, roster.sha256)
    groups = (difference.added, difference.changed, difference.unchanged, difference.vanished)
    return tuple(map(len, groups))  # type: ignore[return-value]


@pytest.mark.parametrize("office", OFFICES)
def test_it_goes_in_as_it_is(station: Station, tmp_path: Path, office: str) -> None:
    assert take(station, OFFICES[office](tmp_path)) == (5, 0, 0, 0)
    with station.files.reading() as connection:
        taken = {d.name: d for d in roster_store.delegates(connection)}
    assert set(taken) == set(NAMES)
    for name, position, unit, phone in PEOPLE:
        assert (taken[name].position, taken[name].phone) == (position, phone)
        assert taken[name].unit.casefold() == unit.casefold()


@pytest.mark.parametrize("second", OFFICES)
def test_another_office_sends_the_same_people_again(station: Station, tmp_path: Path, second: str) -> None:
    take(station, plain(tmp_path))
    codes = station.payloads()
    who = next(iter(codes))
    station.desk.redeem(codes[who].encode(), Source.CAMERA)
    station.desk.hand_out(who)
    added, changed, unchanged, vanished = take(station, OFFICES[second](tmp_path))
    assert (added, vanished) == (0, 0)
    assert changed + unchanged == 5
    assert station.payloads() == codes
    assert station.desk.counts().present == 1


def test_what_is_copied_in_excel_is_the_same_people_as_the_file(station: Station, tmp_path: Path) -> None:
    take(station, with_titles_and_sums(tmp_path))
    rows = [
        ("TT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"),
        *((str(n), *p) for n, p in enumerate(PEOPLE, 1)),
    ]
    copied = "\r\n".join("\t".join(cells) for cells in rows) + "\r\n"
    added, _changed, _unchanged, vanished = take_table(station, RosterTable.pasted(copied))
    assert (added, vanished) == (0, 0)


def test_a_third_version_with_one_gone_and_one_new_keeps_what_was_recorded(
    station: Station, tmp_path: Path
) -> None:
    take(station, plain(tmp_path))
    take(station, with_titles_and_sums(tmp_path))
    with station.files.reading() as connection:
        first = roster_store.delegates(connection)
    gone = next(d for d in first if d.name == NAMES[0])
    station.desk.redeem(station.payloads()[gone.id].encode(), Source.CAMERA)
    third: list[Row] = [("Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"), *PEOPLE[1:]]
    third.append(("Đỗ Ngọc Dũng", "Chuyên viên", "LĐLĐ tỉnh Lào Cai", "0912000009"))
    assert take(station, write(tmp_path / "third.xlsx", third)) == (1, 0, 4, 1)
    with station.files.reading() as connection:
        after = {d.id: d for d in roster_store.delegates(connection)}
    assert after[gone.id].status is DelegateStatus.VANISHED
    assert station.desk.counts().present == 1
