"""Workbooks that flow into their file: every limit of Excel, hostile cells, nothing left anywhere else."""

import csv
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msoffcrypto
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from station.errors import Cancelled
from station.exchange.verify import verify
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.verdict import Source
from station.reports import csv as csv_report
from station.reports import workbook
from station.reports.report import Grid
from station.reports.tables import Cell
from station.reports.workbook import write_workbook
from station.reports.workbook_sheet import sheet_names
from station.text import clean
from tests.builders import INSTANCE, HandClock, make_event, opened, payload

AT = datetime(2022, 10, 27, 7, 41, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HOSTILE = (
    "=1+1",
    "+84 900",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "_x0041_",
    "<b>&amp;</b>",
    "a\ufffeb",
    "\ud800",
)


def grid(rows: Sequence[Sequence[Cell]], title: str = "T", headings: tuple[str, ...] = ("A",)) -> Grid:
    """A table of these cells, whose numbers go before them."""

    def value(place: int) -> Any:
        return lambda row: row[place]

    keys = tuple(f"k{place}" for place in range(len(headings)))
    values = tuple(value(place) for place in range(len(headings)))
    return Grid("t", title, ("number", *keys), ("STT", *headings), (6, *[20] * len(headings)), rows, values)


def written(*grids: Grid, above: Sequence[str] = ()) -> bytes:
    file = io.BytesIO()
    write_workbook(file, grids, above)
    return file.getvalue()


def sheets(raw: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_cells_keep_their_kind() -> None:
    raw = written(
        grid([("Đỗ", AT, 3, 1.25, None)], headings=("A", "B", "C", "D", "E")), above=("Tổng", "Tập huấn")
    )
    rows = sheets(raw)["T"]
    assert [row[0] for row in rows[:3]] == ["Tổng", "Tập huấn", "T"]
    assert rows[4] == ["STT", "A", "B", "C", "D", "E"]
    assert rows[5] == [1, "Đỗ", AT.replace(tzinfo=None), 3, 1.25, ""]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_cell_is_text_and_nothing_else(value: str) -> None:
    raw = written(grid([(value,)]))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheets(raw)["T"][2][1] == clean(value).replace("\ufffe", "")
    (_heading, row) = csv.reader(
        io.StringIO(
            b"".join(csv_report.lines(("STT", "A"), [[1, value]])).decode("utf-8-sig", "replace"), newline=""
        )
    )
    assert not row[1].startswith(tuple("=+-@\t\r\n"))


@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was_cleaned(value: str) -> None:
    expected = clean(value).replace("\ufffe", "").replace("\uffff", "")
    assert sheets(written(grid([(value,), ("end",)])))["T"][2][1] == expected


@pytest.mark.parametrize("value", ["x" * 40_000, "😀" * 20_000])
def test_a_cell_holds_as_many_characters_as_excel_takes(value: str) -> None:
    cell = sheets(written(grid([(value,)])))["T"][2][1]
    assert len(cell.encode("utf-16-le")) // 2 == 32_767 - (value[0] == "😀")


def test_sheets_of_hard_titles_have_names_that_excel_takes() -> None:
    titles = [
        "a/b:c?[x]*'",
        "A B C  X",
        "",
        "",
        "History",
        "Liên đoàn Lao động tỉnh Thừa Thiên Huế",
        "😀" * 40,
    ]
    titles += ["Liên đoàn Lao động tỉnh Thừa Thiên"] * 12 + ["LIÊN ĐOÀN LAO ĐỘNG TỈNH THỪA THIÊN"]
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(sign in name for name in names for sign in "[]:*?/\\'")
    assert "history" not in {name.casefold() for name in names}
    assert list(sheets(written(*[grid([("x",)], title) for title in titles]))) == names


def test_rows_that_one_sheet_cannot_hold_go_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook.LAST_ROW == 1_048_576
    monkeypatch.setattr(workbook, "LAST_ROW", 2_502)
    rows = sheets(written(grid([(f"{n}",) for n in range(6_000)], "Lượt")))
    assert list(rows) == ["Lượt", "Lượt 2", "Lượt 3"]
    cells = [row for name in rows for row in rows[name][2:]]
    assert [row[1] for row in cells] == [f"{n}" for n in range(6_000)]
    assert [row[0] for row in cells] == list(range(1, 6_001))
    assert max(map(len, rows.values())) == 2_502


@pytest.mark.slow
def test_more_than_a_million_rows_open() -> None:
    rows = sheets(written(grid([("x",)] * 1_048_600)))
    assert [len(sheet) for sheet in rows.values()] == [1_048_576, 28]


def test_headings_stay_filter_and_repeat_in_print() -> None:
    raw = written(grid([("x",), ("y",)]), above=("Tổng",))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet, book = (
            archive.read(f"xl/{name}").decode() for name in ("worksheets/sheet1.xml", "workbook.xml")
        )
    assert 'topLeftCell="A5"' in sheet
    assert '<autoFilter ref="A4:B6"/>' in sheet
    assert '<dimension ref="A1:B6"/>' in sheet
    assert 'paperSize="9"' in sheet
    assert "&amp;P / &amp;N" in sheet
    assert "$4:$4" in book


def event(
    tmp_path: Path, sessions: Sequence[Session] = (), delegates: Sequence[Delegate] | None = None
) -> Path:
    more = {} if delegates is None else {"delegates": delegates}
    return make_event(tmp_path / "e", sessions=sessions, **more)


def test_sessions_and_units_with_slashes_have_their_sheets(tmp_path: Path) -> None:
    from station.reports.catalogue import report_of
    from station.reports.choice import Choice
    from station.reports.report import Format

    people = [Delegate("", f"DB{n:05d}", "=Đỗ Ẩn", unit=unit) for n, unit in enumerate(("A/B", "a:b", ""), 1)]
    sessions = [Session("CD/1", 1, "Một/hai"), Session("cd:1", 2, "Một:hai")]
    choice = Choice().with_formats(report_of("delegations"), {Format.XLSX})
    with opened(event(tmp_path, sessions, people)) as station:
        exported = station.export(tmp_path / "stick", choice=choice)
    names = CalamineWorkbook.from_path(str(exported.to / "attendance.xlsx")).sheet_names
    assert {"CD 1 · Một hai", "cd 1 · Một hai 2"} <= set(names)
    units = CalamineWorkbook.from_path(str(exported.to / "units.xlsx")).sheet_names
    assert units == ["A B", "a b 2", "Không thuộc đơn vị nào"]
    assert "'=Đỗ Ẩn" in (exported.to / "attendance.csv").read_text("utf-8-sig")


def without_sessions(connection: Any) -> None:
    connection.execute("DELETE FROM session")


@pytest.mark.parametrize("how", ["nobody came", "nobody is on the roster", "no session"])
def test_an_event_of_which_there_is_nothing_to_say_exports_whole(tmp_path: Path, how: str) -> None:
    folder = event(tmp_path, delegates=() if how == "nobody is on the roster" else None)
    with opened(folder) as station:
        if how == "no session":
            station.files.write(without_sessions)
        exported = station.export(tmp_path / "stick")
    assert verify(exported.to).problems == []
    assert len(CalamineWorkbook.from_path(str(exported.to / "attendance.xlsx")).sheet_names) >= 13


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_under_a_password_excel_asks_for_it_and_nothing_lies_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with opened(event(tmp_path)) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        exported = station.export(tmp_path / "stick", password="mật khẩu 1")
    assert verify(exported.to).problems == []
    assert sorted(exported.names) == ["README.txt", "attendance.xlsx", f"journal-{INSTANCE}.segment"]
    assert everything_below(scratch) == {}
    sealed = exported.to / "attendance.xlsx"
    assert "Nguyễn Thị Ánh".encode() not in sealed.read_bytes()
    with sealed.open("rb") as file:
        office, opened_book = msoffcrypto.OfficeFile(file), io.BytesIO()
        assert office.is_encrypted()
        office.load_key(password="mật khẩu 1")
        office.decrypt(opened_book, verify_integrity=True)
    assert "Nguyễn Thị Ánh" in {row[2] for row in sheets(opened_book.getvalue())["Đại biểu"]}


def test_no_temporary_file_is_made_without_a_password_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    real = tempfile.mkstemp
    monkeypatch.setattr(tempfile, "mkstemp", lambda *told, **more: made.append(told) or real(*told, **more))
    file = io.BytesIO()
    write_workbook(file, [grid([("Nguyễn",)] * 5_000)], ())
    assert made == []


def test_progress_is_told_often_and_can_cancel(tmp_path: Path) -> None:
    people = [Delegate("", f"DB{n:05d}", f"Nguyễn {n}", unit="U") for n in range(1, 3_001)]
    told: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        told.append((done, total))
        if done > 5_000:
            raise Cancelled

    with opened(event(tmp_path, delegates=people)) as station, pytest.raises(Cancelled):
        station.export(tmp_path / "stick", cancel)
    assert list((tmp_path / "stick").iterdir()) == []
    assert all(0 <= done <= total for done, total in told)
    assert max(later[0] - earlier[0] for earlier, later in pairwise(told)) <= 1_001


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_libreoffice_reads_the_same_numbers(tmp_path: Path) -> None:
    clock = HandClock()
    with opened(event(tmp_path, [Session("CD1", 1, "Một", exits=True)]), clock) as station:
        for serial in (1, 2, 3):
            clock.forward(minutes=7)
            station.desk.redeem(payload(serial), Source.CAMERA)
        station.desk.check_out_code(payload(1), Source.CAMERA)
        exported = station.export(tmp_path / "stick")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [*command, form, "--outdir", tmp_path / "lo", exported.to / "attendance.xlsx"], check=True, timeout=120,
        capture_output=True,
    )  # fmt: skip
    read = {
        path.stem.partition("-")[2]: list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in (tmp_path / "lo").iterdir()
    }
    ours = sheets((exported.to / "attendance.xlsx").read_bytes())
    assert len(read) == len(ours)
    for name, rows in ours.items():
        shown = [row for row in read[name] if row[:1] and row[0].strip().isdigit()]
        meant = [row for row in rows if isinstance(row[0], int | float)]
        assert len(shown) == len(meant)
        for cells, owns in zip(shown, meant, strict=True):
            assert [_is_same(cell, own) for cell, own in zip(cells, owns, strict=False)].count(False) == 0


def _is_same(cell: str, own: Any) -> bool:
    if isinstance(own, datetime):
        return cell == f"{own:%Y-%m-%d %H:%M:%S}"
    return float(cell) == pytest.approx(own) if isinstance(own, int | float) else cell == own
