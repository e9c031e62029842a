"""The documents commands from end to end, as an organiser's script calls them."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from station.commands import main
from station.i18n import set_language
from tests.builders import INSTANCE, make_event, opened

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
PDF = b"%PDF-1.7 one"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs ``documents`` with --json; gives exit code, JSON lines and messages."""

    def command(folder: Path, *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = main(["documents", str(folder), "--json", "--lang", "en", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    yield command
    set_language("vi")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "sự kiện")


def file(tmp_path: Path, name: str = "Báo cáo.pdf", data: bytes = PDF) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def test_a_document_is_added_and_listed(event: Path, run: Run, tmp_path: Path) -> None:
    code, (line,), _messages = run(
        event, "add", file(tmp_path), "--title", "Báo cáo", "--title-en", "Report", "--code", "BC", "--doc-version",
        "v1.1", "--language", "vi", "--pages", 12, "--stock", 9, "--reserve", "5%", "--category", "Học viên",
        "--except-delegate", "DB00001",
    )  # fmt: skip
    assert code == 0
    assert (line["code"], line["file"], line["entitled"], line["same_as"]) == ("BC", "bao-cao.pdf", 3, "")
    code, lines, _messages = run(event)
    assert code == 0
    assert [entry["code"] for entry in lines] == ["TL01", "TL02", "TUI", "BC"]
    listed = {
        key: lines[3][key] for key in ("code", "title", "version", "language", "pages", "stock", "entitled")
    }
    assert listed == {
        "code": "BC", "title": "Báo cáo", "version": "v1.1", "language": "vi", "pages": 12, "stock": 9, "entitled": 3,
    }  # fmt: skip
    assert (lines[3]["file"], lines[3]["sha256"]) == ("bao-cao.pdf", hashlib.sha256(PDF).hexdigest())
    assert (lines[3]["state"], lines[3]["left"], lines[3]["reserve"]) == ("ok", 9, "5%")
    assert lines[3]["recipients"] == "Học viên; except Nguyễn Thị Ánh"


def test_json_may_stand_behind_the_action(event: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", str(event), "add", "--printed", "--title", "Mũ", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == "TL03"
    assert main(["documents", str(event)]) == 0
    assert "Mũ" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "entitled"),
    [
        ([], 5),
        (["--category", "Báo chí"], 1),
        (["--category", "Báo chí", "--category", "Học viên"], 5),
        (["--unit", "LĐLĐ tỉnh Hà Nam"], 5),
        (["--category-of-unit", "Học viên", "LĐLĐ tỉnh Hà Nam"], 4),
        (["--session", "CHUNG"], 5),
        (["--delegate", "db00002", "--delegate", "DB00003"], 2),
        (["--except-category", "Học viên"], 1),
        (["--except-unit", "LĐLĐ tỉnh Hà Nam"], 0),
        (["--category", "Học viên", "--except-delegate", "DB00001"], 3),
    ],
)
def test_recipients_are_named_on_the_command_line(
    event: Path, run: Run, options: list[str], entitled: int
) -> None:
    code, (line,), _messages = run(event, "add", "--printed", "--title", "x", *options)
    assert (code, line["entitled"]) == (0, entitled)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "--title", "x"], "Say either which file"),
        (["add", "nowhere.pdf", "--printed", "--title", "x"], "Say either which file"),
        (["add", "nowhere.pdf", "--title", "x"], "cannot be read"),
        (["add", "--printed", "--title", " "], "needs a title"),
        (["add", "--printed", "--title", "x", "--code", "TUI"], "TUI is the code"),
        (["add", "--printed", "--title", "x", "--reserve", "many"], "is no reserve"),
        (["add", "--printed", "--title", "x", "--stock", "-1"], "not a number"),
        (["add", "--printed", "--title", "x", "--category", "Khách", "--unit", "?"], "There is no unit"),
        (["version", "NO", "x.pdf"], "no document NO"),
        (["version", "TUI"], "has a file"),
        (["version", "TUI", "x", "--changed"], "Say either which file"),
        (["remove", "NO"], "no document NO"),
        (["withdraw", "NO"], "no document NO"),
        (["outdated", "NO"], "no document NO"),
        (["put-back", "TUI", "nowhere.pdf"], "cannot be read"),
        (["matrix", "--out", "x.pdf"], "must end with .xlsx"),
        (["order", "--out", "x.docx"], "must end with .xlsx"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    event: Path, run: Run, arguments: list[str], message: str
) -> None:
    before = run(event)[1]
    code, lines, messages = run(event, *arguments)
    assert (code, lines) == (1, [])
    assert message in messages
    assert run(event)[1] == before
    assert list((event / "documents").iterdir()) == []


def test_a_program_is_refused_and_macros_are_told(event: Path, run: Run, tmp_path: Path) -> None:
    code, lines, messages = run(event, "add", file(tmp_path, "a.exe", b"MZ"), "--title", "x")
    assert (code, lines) == (1, [])
    assert "program or a script" in messages
    code, (line,), messages = run(event, "add", file(tmp_path, "a.xlsm", b"PK\x03\x04"), "--title", "x")
    assert code == 0
    assert line["notices"][0] in messages


def test_states_say_what_is_missing_or_changed(event: Path, run: Run, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert run(event, "add", file(tmp_path, name, PDF + name.encode()), "--title", name)[0] == 0
    (event / "documents" / "a.pdf").unlink()
    (event / "documents" / "b.pdf").write_bytes(b"other")
    states = {line["code"]: line["state"] for line in run(event)[1]}
    assert (states["TL03"], states["TL04"]) == ("missing", "changed")
    assert run(event, "put-back", "TL03", tmp_path / "a.pdf")[0] == 0
    code, (line,), _messages = run(event, "version", "TL04", "--changed")
    assert (code, line["version"]) == (0, "2")
    states = {line["code"]: line["state"] for line in run(event)[1]}
    assert (states["TL03"], states["TL04"]) == ("ok", "ok")


def test_a_new_version_says_who_has_the_old_one(event: Path, run: Run, tmp_path: Path) -> None:
    run(event, "add", file(tmp_path), "--title", "Báo cáo", "--code", "BC")
    with opened(event) as station:
        station.desk.hand_out(f"{INSTANCE}-1")
    code, (line,), _messages = run(
        event, "version", "BC", file(tmp_path, "b.pdf", b"%PDF two"), "--doc-version", "v2"
    )
    assert (code, line["version"], line["outdated"]) == (0, "v2", 1)
    assert run(event, "outdated", "BC")[1] == [
        {"code": "DB00001", "name": "Nguyễn Thị Ánh", "unit": "LĐLĐ tỉnh Hà Nam", "version": "1"}
    ]
    code, lines, messages = run(event, "remove", "BC")
    assert (code, lines) == (1, [])
    assert "Withdraw it instead" in messages
    assert run(event, "withdraw", "BC")[0] == 0
    assert {line["code"]: line["entitled"] for line in run(event)[1]}["BC"] == 0


def test_what_nobody_has_is_removed_with_its_file(event: Path, run: Run, tmp_path: Path) -> None:
    run(event, "add", file(tmp_path), "--title", "Báo cáo", "--code", "BC")
    assert run(event, "remove", "bc")[1] == [{"code": "bc", "removed": True}]
    assert [line["code"] for line in run(event)[1]] == ["TL01", "TL02", "TUI"]
    assert list((event / "documents").iterdir()) == []


def test_the_matrix_as_lines_and_as_a_workbook(event: Path, run: Run, tmp_path: Path) -> None:
    lines = run(event, "matrix")[1]
    assert {line["code"]: line["documents"] for line in lines}["DB00005"] == ["TL01", "TUI"]
    assert len(lines) == 5
    code, (line,), _messages = run(event, "matrix", "--out", tmp_path / "m.xlsx")
    assert (code, line["delegates"], line["documents"]) == (0, 5, 3)
    cells = CalamineWorkbook.from_path(tmp_path / "m.xlsx").get_sheet_by_index(0).to_python()
    assert sum(row.count("✓") for row in cells) == 14


def test_the_printing_order_as_lines_workbook_and_pdf(event: Path, run: Run, tmp_path: Path) -> None:
    run(
        event,
        "add",
        "--printed",
        "--title",
        "NGUYỄN ỄẪỔ",
        "--pages",
        3,
        "--reserve",
        2,
        "--category",
        "Học viên",
    )
    line = run(event, "order")[1][3]
    figures = {
        key: line[key] for key in ("entitled", "reserve", "copies", "pages", "sheets", "sheets_two_sided")
    }
    assert figures == {
        "entitled": 4, "reserve": 2, "copies": 6, "pages": 3, "sheets": 18, "sheets_two_sided": 12,
    }  # fmt: skip
    for name in ("o.xlsx", "o.pdf"):
        assert run(event, "order", "--out", tmp_path / name)[1][0]["titles"] == 4
    text = pypdfium2.PdfDocument(tmp_path / "o.pdf")[0].get_textpage().get_text_bounded()
    assert "NGUYỄN ỄẪỔ" in text
    assert "18" in text
    assert not list(tmp_path.glob("*.part"))
