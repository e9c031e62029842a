"""The commands on sign-in sheets and certificates, as a script calls them."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from station.codes.payload import CERTIFICATE, EventKey, event_tag, make_payload
from station.codes.sign_in import make_row
from station.commands import main
from station.model.event import Session
from tests.builders import DELEGATES, EVENT, INSTANCE, MORNING, SECRET, make_event

Run = Callable[..., tuple[int, list[dict[str, object]], str]]
KEY = EventKey(SECRET, event_tag(EVENT.id))
CD1 = Session("CD1", 1, "Chuyên đề 1", opens_at=MORNING, closes_at=MORNING + timedelta(hours=3))
CD2 = Session("CD2", 2, "Chuyên đề 2", opens_at=MORNING + timedelta(hours=5))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the event; gives its exit code, its lines and its messages."""
    event = make_event(tmp_path / "e", sessions=[CD1, CD2])

    def run(command: str, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
        code = main([command, str(event), *arguments, "--json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def rows(tmp_path: Path, *lines: str) -> str:
    file = tmp_path / "rows.txt"
    file.write_text("\n".join(lines), "utf-8")
    return str(file)


def test_sheets_of_all_sessions_in_one_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    code, (line,), _messages = run("sign-in-sheets", "--out", str(out), "--phones", "--blank", "3")
    assert (code, out.read_bytes()[:5]) == (0, b"%PDF-")
    assert line["sheets"] == [
        {"session": "CD1", "sheet": 1, "rows": 5},
        {"session": "CD2", "sheet": 2, "rows": 5},
    ]
    code, (line,), _messages = run("sign-in-sheets", "--out", str(out), "--session", "CD2", "--order", "name")
    assert line["sheets"] == [{"session": "CD2", "sheet": 3, "rows": 5}]


@pytest.mark.parametrize("wrong", [("--session", "X"), ("--blank", "-1"), ("--blank", "9999")])
def test_sheets_that_cannot_be_are_refused(run: Run, tmp_path: Path, wrong: tuple[str, str]) -> None:
    out = tmp_path / "no.pdf"
    code, lines, messages = run("sign-in-sheets", "--out", str(out), *wrong)
    assert (code, lines, out.exists()) == (1, [], False)
    assert messages


def test_rows_are_taken_in_one_a_line_and_attendance_says_paper(run: Run, tmp_path: Path) -> None:
    run("sign-in-sheets", "--out", str(tmp_path / "s.pdf"), "--session", "CD1")
    scanned = make_row(KEY, f"{INSTANCE}-4", "CD1", 1)
    file = rows(tmp_path, "﻿2", "", scanned, scanned, "db00001", "77", "nonsense", "\x00�")
    code, lines, _messages = run(
        "paper-in", "--session", "CD1", "--sheet", "1", "--from", file, "--signed-from", "2022-10-27T07:35"
    )
    assert code == 1  # not all of it could be
    assert [line["outcome"] for line in lines] == [
        "admitted", "admitted", "attention", "admitted", "refused", "refused", "refused",
    ]  # fmt: skip
    assert [line["reason"] for line in lines[2:5]] == ["ALREADY_IN", None, "UNKNOWN_ROW"]
    assert all(line["message"] for line in lines)
    assert lines[1]["at"] == "2022-10-27T07:35:00+07:00"
    assert (lines[1]["sheet"], lines[1]["row"]) == (1, lines[2]["row"])
    present = [line for line in run("attendance", "--session", "CD1")[1] if line["present"]]
    assert {line["first_in"] for line in present} == {"2022-10-27T07:35:00+07:00"}
    assert len(present) == 3


def test_rows_come_from_standard_input_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(make_row(KEY, f"{INSTANCE}-1", "CD1", 4) + "\n"))
    code, (line,), _messages = run("paper-in", "--session", "CD1")
    assert (code, line["outcome"], line["delegate"]) == (
        0,
        "admitted",
        {"code": "DB00001", "name": DELEGATES[0].name, "unit": DELEGATES[0].unit},
    )
    assert line["at"] == "2022-10-27T07:30:00+07:00"  # the session's start


def test_a_row_of_another_sheet_and_a_forged_one(run: Run, tmp_path: Path) -> None:
    other = make_row(KEY, f"{INSTANCE}-1", "CD2", 1)
    forged = make_row(EventKey(bytes(32), KEY.tag), f"{INSTANCE}-1", "CD1", 1)
    code, lines, _messages = run("paper-in", "--session", "CD1", "--from", rows(tmp_path, other, forged))
    assert (code, [line["reason"] for line in lines]) == (1, ["OTHER_SHEET", "FORGED"])


@pytest.mark.parametrize(
    "wrong",
    [
        ("--session", "X"),
        ("--session", "CD1", "--signed-from", "yesterday"),
        ("--session", "CD1", "--signed-from", "2022-10-27T23:00"),
        ("--session", "CD1", "--signed-from", "2999-01-01"),
        ("--session", "CD1", "--signed-until", "2022-10-27T01:00"),
        ("--session", "CD1", "--from", "/nowhere/at/all"),
    ],
)
def test_what_cannot_be_stated_is_refused(run: Run, wrong: tuple[str, ...]) -> None:
    code, lines, messages = run("paper-in", *wrong)
    assert (code, lines) == (1, [])
    assert messages


def test_a_row_scanned_at_the_desk_admits_nobody(run: Run) -> None:
    code, (line,), _messages = run("scan", "--payload", make_row(KEY, f"{INSTANCE}-1", "CD1", 1))
    assert (code, line["verdict"], line["reason"], line["delegate"]) == (1, "refused", "SIGN_IN_ROW", None)


def test_certificates_from_the_rule_to_the_check(run: Run, tmp_path: Path) -> None:
    file = rows(tmp_path, "DB00001", "DB00002")
    run("paper-in", "--session", "CD1", "--from", file)
    code, lines, _messages = run(
        "certificates", "--percent", "50", "--session", "CD1", "--number-form", "{number}/GCN"
    )
    assert (code, [line["code"] for line in lines if line["fulfils"]]) == (0, ["DB00001", "DB00002"])
    assert all(line["why_not"] for line in lines if not line["fulfils"])
    out = tmp_path / "c.pdf"
    code, (line,), _messages = run("certificates", "--out", str(out))
    assert (code, line["certificates"], line["new"], line["pages"]) == (0, 2, 2, 2)
    assert sorted(line["numbers"].values()) == ["001/GCN", "002/GCN"]  # type: ignore[attr-defined]
    assert run("certificates", "--out", str(out), "--delegate", "DB00003")[0] == 1
    assert run("certificates", "--out", str(out))[1][0]["new"] == 0
    code, lines, _messages = run("certificates", "--revoke", "db00001", "--reason", "tên sai")
    (after,) = [line for line in lines if line["code"] == "DB00001"]
    assert (code, after["number"], after["revoked"]) == (0, None, "001/GCN")
    assert run("certificates", "--revoke", "DB00001", "--reason", "x")[0] == 1
    register = tmp_path / "r.csv"
    code, (line,), _messages = run("certificates", "--register", str(register))
    assert (line["certificates"], line["valid"]) == (2, 1)
    assert "tên sai" in register.read_text("utf-8-sig")


def test_a_certificates_code_says_whether_it_is_genuine(run: Run, tmp_path: Path) -> None:
    run("paper-in", "--session", "CD1", "--from", rows(tmp_path, "DB00001"))
    run("certificates", "--session", "CD1", "--out", str(tmp_path / "c.pdf"))
    code, (line,), _messages = run(
        "verify-certificate", "--payload", make_payload(KEY, INSTANCE, 1, CERTIFICATE)
    )
    assert (code, line["genuine"], line["number"], line["name"]) == (0, True, "001", DELEGATES[0].name)
    asked = ("--payload", make_payload(KEY, INSTANCE, 1, CERTIFICATE), "--mode", "enquiry")
    (line,) = run("scan", *asked)[1]
    assert (line["reason"], line["delegate"]["code"]) == ("CERTIFICATE", "DB00001")  # type: ignore[index]
    assert "001" in str(line["remark"])
    forged = make_payload(EventKey(bytes(32), KEY.tag), INSTANCE, 1, CERTIFICATE)
    code, (line,), _messages = run("verify-certificate", "--payload", forged)
    assert (code, line["state"], line["name"]) == (1, "forged", None)
    run("certificates", "--revoke", "DB00001", "--reason", "tên sai")
    code, (line,), _messages = run(
        "verify-certificate", "--payload", make_payload(KEY, INSTANCE, 1, CERTIFICATE)
    )
    assert (code, line["state"], line["reason"]) == (1, "revoked", "tên sai")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--percent", "0"),
        ("--percent", "101"),
        ("--session", "X"),
        ("--number-form", "GCN"),
        ("--basis", "hours"),  # the second session has no end
        ("--delegate", "DB99999"),
        ("--revoke", "DB00002", "--reason", "x"),
        ("--register", "r.docx"),
        ("--out", "c.pdf", "--layout", "poster"),
        ("--out", "c.pdf"),  # nobody came
    ],
)
def test_certificates_that_cannot_be_are_refused(
    run: Run, tmp_path: Path, wrong: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _lines, messages = run("certificates", *wrong)
    assert code == 1
    assert messages
    assert not (tmp_path / "c.pdf").exists()


def test_bytes_that_are_no_text_are_refused_one_by_one(tmp_path: Path) -> None:
    event = make_event(tmp_path / "e", sessions=[CD1])
    sent = (
        b"\xff\xfe\x80\n" + make_row(KEY, f"{INSTANCE}-1", "CD1", 1).encode() + b"\r\n" + b"9" * 9000 + b"\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "station", "paper-in", str(event), "--session", "CD1", "--json"],
        input=sent,
        capture_output=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["outcome"] for line in lines][:2] == ["refused", "admitted"]
    assert {line["outcome"] for line in lines[2:]} == {"refused"}
    assert b"Traceback" not in done.stderr
