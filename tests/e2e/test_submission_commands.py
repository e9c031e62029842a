"""Submissions, what is still due, and bundles on a stick, as an organiser's script calls them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from station.commands import main
from station.i18n import set_language
from tests.builders import make_event, payload

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command with --json; gives exit code, JSON lines and messages."""

    def command(name: str, folder: Path, *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = main([name, str(folder), "--json", "--lang", "en", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    yield command
    set_language("vi")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "sự kiện")


def test_submissions_are_added_received_and_owed(event: Path, run: Run, tmp_path: Path) -> None:
    code, (added,), _said = run(
        "submissions", event, "add", "--title", "Slides", "--kind", "slides", "--session", "CHUNG", "--category",
        "Báo chí", "--due", "2022-10-27T07:30",
    )  # fmt: skip
    assert (code, added["submission"], added["expected"]) == (0, "SP01", 1)
    _code, lines, _said = run("submissions", event, "--owing")
    assert [(line["code"], line["title"], line["state"], line["due"]) for line in lines] == [
        ("DB00005", "Slides", "owed", "2022-10-27T07:30:00+07:00")
    ]
    (tmp_path / "bài.pptx").write_bytes(b"PK\x03\x04 slides")
    code, (taken,), _said = run("submissions", event, "receive", "DB00005", "slides", tmp_path / "bài.pptx")
    assert (code, taken["file"], taken["bytes"]) == (0, "sp01-db00005.pptx", 11)
    assert (event / "submissions" / taken["file"]).is_file()
    assert run("submissions", event, "--owing")[1] == []
    code, (listed,), _said = run("submissions", event, "list")
    assert (code, listed["state"], listed["sha256"]) == (0, "file", taken["sha256"])


def test_paper_none_programs_and_unknown_ones(event: Path, run: Run, tmp_path: Path) -> None:
    run("submissions", event, "add", "--title", "Poster")
    assert run("submissions", event, "receive", "DB00001", "SP01", "--paper")[0] == 0
    assert run("submissions", event, "receive", "DB00002", "SP01", "--none")[0] == 0
    assert len(run("submissions", event, "--owing")[1]) == 3
    (tmp_path / "a.exe").write_bytes(b"MZ")
    code, lines, said = run("submissions", event, "receive", "DB00003", "SP01", tmp_path / "a.exe")
    assert (code, lines) == (1, [])
    assert "program" in said
    assert run("submissions", event, "receive", "DB00003", "Video", "--paper")[0] == 1
    assert run("submissions", event, "receive", "DB99999", "SP01", "--paper")[0] == 1
    assert run("submissions", event, "add", "--title", "x", "--category", "Nobody")[0] == 1
    assert run("submissions", event, "add", "--title", "x", "--due", "soon")[0] == 1
    assert run("submissions", event, "remove", "SP01")[0] == 1
    with pytest.raises(SystemExit):
        run("submissions", event, "receive", "DB00003", "SP01")


def test_the_list_of_who_owes_is_a_workbook(event: Path, run: Run, tmp_path: Path) -> None:
    run("submissions", event, "add", "--title", "Poster")
    code, (line,), _said = run("submissions", event, "--owing", "--out", tmp_path / "owing.xlsx")
    assert (code, line["rows"]) == (0, 5)
    rows = CalamineWorkbook.from_path(tmp_path / "owing.xlsx").get_sheet_by_index(0).to_python()
    assert ["Poster" in row for row in rows].count(True) == 5
    assert run("submissions", event, "--out", tmp_path / "owing.csv")[0] == 1


def test_what_is_still_due_is_listed_and_the_files_go_to_a_stick(
    event: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "rules.pdf").write_bytes(b"%PDF-1.7 rules")
    run("documents", event, "add", tmp_path / "rules.pdf", "--title", "Rules", "--code", "QC")
    run("scan", event, "--payload", payload(1).decode())
    run("hand-out", event, "DB00001", "--document", "TL01")
    _code, lines, _said = run("outstanding", event)
    assert [(line["document"], line["code"]) for line in lines] == [
        ("TL02", "DB00001"), ("TUI", "DB00001"), ("QC", "DB00001"),
    ]  # fmt: skip
    assert len(run("outstanding", event, "--document", "qc")[1]) == 1
    code, (line,), _said = run("outstanding", event, "--out", tmp_path / "due.xlsx")
    assert (code, line["rows"]) == (0, 3)
    (tmp_path / "stick").mkdir()
    code, (line,), _said = run("copy-bundle", event, "DB00001", "--to", tmp_path / "stick")
    assert (code, line["written"], line["missing"]) == (0, ["QC"], [])
    assert list((tmp_path / "stick").rglob("rules.pdf"))
    assert run("copy-bundle", event, "DB00001", "--to", tmp_path / "stick")[1][0]["unchanged"] == ["QC"]
    assert len(run("outstanding", event)[1]) == 3
    assert run("copy-bundle", event, "DB00001", "--to", tmp_path / "gone")[0] == 1
    assert run("rebuild", event)[1] == [{"identical": True, "differences": []}]
