"""Workbooks of the old .xls kind and of LibreOffice, read in a process that can be ended."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from station.errors import BadInput
from station.roster.plan import read_roster
from station.roster.reader import OTHER_WORKBOOK
from station.roster.separate import read_separately

OLD_WORKBOOK = Path(__file__).with_name("data") / "danh-sach.xls"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
)


def open_document(rows: str) -> bytes:
    """An .ods of one sheet whose rows are given as XML."""
    content = (
        f'<?xml version="1.0"?><office:document-content {NAMESPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Danh sách">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return stream.getvalue()


def row(*texts: str, more: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {more}>{cells}</table:table-row>"


def test_an_old_workbook_gives_its_delegates() -> None:
    roster = read_roster(OLD_WORKBOOK)
    assert [(entry.name, entry.position, entry.unit, entry.phone) for entry in roster.rows] == [
        ("Nguyễn Thị Ánh", "Chủ tịch", "LĐLĐ tỉnh Hà Nam", "0912345678"),
        ("Trần Văn Đức", "Phó Chủ tịch", "LĐLĐ tỉnh Hà Nam", "0987 654 321"),
        ("Đỗ Ngọc Dũng", "", "Công đoàn Y tế", "38555123"),
    ]
    assert (roster.sheet, roster.heading_row, roster.ignored) == ("Danh sách", 3, ("Ngày sinh",))
    assert "FOOTER_ROW" in [notice.problem for notice in roster.notices]


def test_dates_and_numbers_are_texts_and_hidden_sheets_are_not_read() -> None:
    (sheet,) = read_separately(OLD_WORKBOOK.read_bytes(), OTHER_WORKBOOK)
    assert sheet.rows[2].cells == (
        "1",
        "Nguyễn Thị Ánh",
        "Chủ tịch",
        "LĐLĐ tỉnh Hà Nam",
        "912345678",
        "1980-01-02",
    )
    assert sheet.spans[1, 0] == 6


def test_a_text_table_that_is_called_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Họ và tên\tĐơn vị\nLê An\tHuế\n", "utf-16")
    assert [entry.name for entry in read_roster(path).rows] == ["Lê An"]


def test_an_open_document_gives_its_delegates(tmp_path: Path) -> None:
    path = tmp_path / "danh sách.ods"
    path.write_bytes(open_document(row("Họ và tên", "Đơn vị") + row("Lê An", "Huế") + row("Đỗ Chi", "Vinh")))
    roster = read_roster(path)
    assert [(entry.name, entry.unit) for entry in roster.rows] == [("Lê An", "Huế"), ("Đỗ Chi", "Vinh")]


def problem_of(content: bytes, deadline_s: float = 60) -> str:
    with pytest.raises(BadInput) as caught:
        list(read_separately(content, OTHER_WORKBOOK, deadline_s=deadline_s))
    (problem,) = caught.value.problems
    return problem.problem


def test_rows_repeated_a_million_times_end_nobody_but_their_reader() -> None:
    repeated = 'table:number-rows-repeated="1048576"'
    wide = "".join(row("x" * 200, *["y"] * 60, more=repeated) for _time in range(40))
    assert problem_of(open_document(wide)) in ("SUSPICIOUS_FILE", "TOO_MANY_ROWS", "DAMAGED_FILE")


def test_what_takes_too_long_is_ended() -> None:
    assert problem_of(OLD_WORKBOOK.read_bytes(), deadline_s=0.0) == "SUSPICIOUS_FILE"


@pytest.mark.parametrize("kept", [600, 1500, 3000, 5000])
def test_an_old_workbook_that_breaks_off_is_refused_or_read(kept: int) -> None:
    content = OLD_WORKBOOK.read_bytes()[:kept]
    assert problem_of(content) in ("DAMAGED_FILE", "SUSPICIOUS_FILE")


def test_a_bomb_in_an_archive_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", b"0" * 300_000_000)
    assert problem_of(stream.getvalue()) == "SUSPICIOUS_FILE"
