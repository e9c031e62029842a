"""Files that are no roster: each is refused with one problem and a sentence that says what to do."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from station.errors import BadInput, Problem
from station.roster.plan import read_roster

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ENCRYPTED = COMPOUND_FILE + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
TABLE = "Họ và tên,Đơn vị\nLê An,Hà Nội\n".encode()


def workbook(*rows: list[str]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return stream.getvalue()


def refusal_of(path: Path) -> Problem:
    with pytest.raises(BadInput) as caught:
        read_roster(path)
    (problem,) = caught.value.problems
    assert problem.message[-1] in ".)"
    return problem


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("roster.xlsx", COMPOUND_FILE, "UNKNOWN_FILE_TYPE"),
        ("roster.xls", COMPOUND_FILE, "UNKNOWN_FILE_TYPE"),
        ("roster.xls", COMPOUND_FILE + "Workbook".encode("utf-16-le") + bytes(600), "DAMAGED_FILE"),
        ("roster.ods", b"nothing of the kind", "DAMAGED_FILE"),
        ("roster.xlsx", ENCRYPTED, "PASSWORD_PROTECTED"),
        ("roster.xlsx", b"%PDF-1.7 ...", "UNKNOWN_FILE_TYPE"),
        ("roster.csv", b"%PDF-1.7 ...", "UNKNOWN_FILE_TYPE"),
        ("roster.xlsx", b"\x89PNG\r\n\x1a\n", "UNKNOWN_FILE_TYPE"),
        ("roster.csv", b"\xff\xd8\xff\xe0", "UNKNOWN_FILE_TYPE"),
        ("roster.xls", b"<html><body>Xin ch\xc3\xa0o", "UNKNOWN_FILE_TYPE"),
        ("roster.xls", b"<html><table><tr><td>", "NO_ROWS"),
        ("roster.csv", b'\xef\xbb\xbf<?xml version="1.0"?>', "UNKNOWN_FILE_TYPE"),
        ("roster.docx", TABLE, "UNKNOWN_FILE_TYPE"),
        ("roster", TABLE, "UNKNOWN_FILE_TYPE"),
        ("roster.xlsx", b"", "EMPTY_FILE"),
        ("roster.csv", b"", "EMPTY_FILE"),
        ("roster.xlsx", b"\0" * 165, "DAMAGED_FILE"),
        ("roster.xlsx", workbook(["Họ và tên"])[:900], "DAMAGED_FILE"),
        ("roster.csv", b"\n\n , \n", "NO_ROWS"),
        ("roster.xlsx", workbook(), "NO_ROWS"),
        ("roster.csv", "Họ và tên,Đơn vị\n".encode(), "NO_ROWS"),
        ("roster.xlsx", workbook(["DANH SÁCH"], ["STT", "Họ và tên"]), "NO_ROWS"),
        ("roster.csv", "STT,Đơn vị\n1,Hà Nội\n".encode(), "NO_NAME_COLUMN"),
        ("roster.csv", "Nguyễn An,Hà Nội\nLê Chi,Huế\n".encode(), "NO_NAME_COLUMN"),
        ("roster.csv", b"Ho ten\n\x01\xd0\xe0o", "NOT_TEXT"),
        ("roster.csv", b"Name,Unit\nAn\0,X\n", "NUL_CHARACTER"),
        ("roster.csv", b'Name,Unit\n"An,X\nChi,Y\n', "UNCLOSED_QUOTE"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, problem: str):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal_of(path).problem == problem


def test_a_missing_file(tmp_path: Path):
    problem = refusal_of(tmp_path / "không có.xlsx")
    assert problem.problem == "FILE_MISSING"
    assert "không có.xlsx" in problem.message


def test_a_folder(tmp_path: Path):
    assert refusal_of(tmp_path).problem == "FILE_UNREADABLE"


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def held(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook(["Họ và tên"]))
    monkeypatch.setattr(Path, "read_bytes", held)
    problem = refusal_of(path)
    assert problem.problem == "FILE_LOCKED"
    assert "Excel" in problem.message


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def failing(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    path = tmp_path / "roster.xlsx"
    path.write_bytes(TABLE)
    monkeypatch.setattr(Path, "read_bytes", failing)
    problem = refusal_of(path)
    assert problem.problem == "FILE_UNREADABLE"
    assert "the disk or stick failed" in problem.message


def test_a_file_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "roster.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20 + 1)  # sparse: takes no room
    assert refusal_of(path).problem == "FILE_TOO_LARGE"


def test_names_in_capitals_are_taken(tmp_path: Path):
    path = tmp_path / "ROSTER.CSV"
    path.write_bytes(TABLE)
    assert [row.name for row in read_roster(path).rows] == ["Lê An"]
