"""The headless commands from end to end, as an organiser's script calls them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station.commands import main

ROSTER = Path("assets/sample_event/roster.xlsx").resolve()
Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command with --json; gives exit code, JSON lines and messages."""

    def command(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = main([*map(str, arguments), "--json"])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return command


@pytest.fixture
def event(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "sự kiện"
    code, (line,), _messages = run(
        "new", folder, "--name", "Hội nghị", "--from", "2026-11-22", "--to", "2026-11-23"
    )
    assert code == 0
    assert line["event"] == "Hội nghị"
    assert line["id"]
    return folder


def filled(event: Path, run: Run) -> list[dict[str, Any]]:
    """Import the sample roster; gives the payloads."""
    assert run("import-roster", event, ROSTER)[0] == 0
    return run("codes", event, "--list")[1]


def test_the_whole_way_from_roster_to_verified_export(event: Path, run: Run, tmp_path: Path) -> None:
    code, (imported,), _messages = run("import-roster", event, ROSTER)
    counts = {
        key: imported[key] for key in ("added", "changed", "unchanged", "vanished", "applied", "problems")
    }
    assert counts == {
        "added": 148,
        "changed": 0,
        "unchanged": 0,
        "vanished": 0,
        "applied": True,
        "problems": [],
    }
    payloads = run("codes", event, "--list")[1]
    assert len({line["payload"] for line in payloads}) == 148

    code, (scanned,), _messages = run("scan", event, "--payload", payloads[0]["payload"])
    assert (code, scanned["verdict"], scanned["reason"]) == (0, "admitted", None)
    assert scanned["delegate"]["code"] == payloads[0]["code"]
    code, (again,), _messages = run("scan", event, "--payload", payloads[0]["payload"])
    assert (code, again["verdict"], again["reason"]) == (0, "attention", "ALREADY_IN")
    code, (unknown,), _messages = run("scan", event, "--payload", "https://example.org")
    assert (code, unknown["verdict"], unknown["reason"], unknown["delegate"]) == (
        1,
        "refused",
        "UNKNOWN",
        None,
    )
    code, (readable,), _messages = run("scan", event, "--payload", payloads[0]["code"])
    assert (code, readable["verdict"], readable["reason"]) == (1, "refused", "UNKNOWN")

    present = [line["code"] for line in run("attendance", event)[1] if line["present"]]
    assert present == [payloads[0]["code"]]
    code, (exported,), _messages = run("export", event, "--to", tmp_path / "stick")
    assert (code, exported["verified"], exported["files"]) == (0, True, 8)
    assert Path(exported["manifest"]).is_file()
    for path in (event, exported["to"], tmp_path / "stick"):
        code, (verified,), _messages = run("verify", path)
        assert (code, verified["ok"], verified["problems"]) == (0, True, [])
        assert verified["entries"] == 1 + 1 + 4
    code, (rebuilt,), _messages = run("rebuild", event)
    assert (code, rebuilt) == (0, {"identical": True, "differences": []})


def test_a_second_import_finds_what_changed(event: Path, run: Run, tmp_path: Path) -> None:
    before = filled(event, run)
    file = tmp_path / "second.csv"
    file.write_text(
        "Mã đại biểu;Họ và tên;Đơn vị\nDB00001;Tên mới;Đơn vị mới\n;Người thêm vào;Ban Tổ chức\n", "utf-8-sig"
    )
    code, (dry,), _messages = run("import-roster", event, file, "--dry-run")
    assert (code, dry["added"], dry["changed"], dry["vanished"], dry["applied"]) == (0, 1, 1, 147, False)
    assert len(run("delegates", event)[1]) == 148
    code, (done,), _messages = run("import-roster", event, file)
    assert (code, done["added"], done["changed"], done["unchanged"], done["vanished"]) == (0, 1, 1, 0, 147)
    delegates = {line["code"]: line for line in run("delegates", event)[1]}
    assert delegates["DB00001"]["name"] == "Tên mới"
    assert delegates["DB00002"]["status"] == "vanished"
    assert delegates["DB00149"]["name"] == "Người thêm vào"
    after = {line["code"]: line["payload"] for line in run("codes", event, "--list")[1]}
    assert all(after[line["code"]] == line["payload"] for line in before)  # printed codes stay valid
    code, (vanished,), _messages = run("scan", event, "--payload", after["DB00002"])
    assert (code, vanished["verdict"]) == (0, "admitted")


def test_who_is_recognised_by_name_is_told_and_can_be_somebody_else(
    event: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("Họ và tên,Đơn vị,Ghế\nLê An,Hà Nội,A1\n", "utf-8")
    assert run("import-roster", event, file)[1][0]["matched_by_name"] == []
    file.write_text("Họ và tên,Đơn vị,Ghế\nLê An,Hà Nội,B7\n", "utf-8")
    _code, (dry,), messages = run("import-roster", event, file, "--dry-run")
    assert (dry["matched_by_name"], dry["changed"]) == ([2], 1)
    assert "DB00001" in messages
    _code, (apart,), _messages = run("import-roster", event, file, "--apart", "2")
    assert (apart["matched_by_name"], apart["added"], apart["vanished"]) == ([], 1, 1)


def test_problems_are_told_with_row_and_column_and_nothing_is_applied(
    event: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("Mã đại biểu,Họ và tên\nA1,An\nA1,Bình\nA2,\nA3,Cường\n", "utf-8")
    code, (line,), messages = run("import-roster", event, file)
    assert (code, line["applied"]) == (1, False)
    assert [(p["row"], p["problem"]) for p in line["problems"]] == [(3, "DUPLICATE_CODE"), (4, "NO_NAME")]
    assert all(problem["column"] and problem["message"] in messages for problem in line["problems"])
    assert run("delegates", event)[1] == []
    code, (skipped,), _messages = run("import-roster", event, file, "--skip-bad")
    assert (code, skipped["added"], skipped["applied"]) == (0, 2, True)


def test_a_file_that_is_no_roster_gives_scripts_their_line(event: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n")
    code, (line,), messages = run("import-roster", event, file)
    assert (code, line["applied"], [p["problem"] for p in line["problems"]]) == (1, False, ["NO_NAME_COLUMN"])
    assert line["problems"][0]["message"] in messages


def test_search_is_accent_blind(event: Path, run: Run) -> None:
    filled(event, run)
    found = run("search", event, "dieu thao nguyen")[1]
    assert [line["name"] for line in found] == ["Công Tằng Tôn Nữ Huyền Diệu Thảo Nguyên"]
    assert set(found[0]) >= {"code", "name", "unit", "score"}


def test_badges_and_invitations_are_written(event: Path, run: Run, tmp_path: Path) -> None:
    filled(event, run)
    code, (line,), _messages = run(
        "badges", event, "--out", tmp_path / "b.pdf", "--delegate", "DB00001", "--delegate", "db00002"
    )
    assert (code, line["badges"], line["pages"]) == (0, 2, 2)
    code, (line,), _messages = run("codes", event, "--out", tmp_path / "inv", "--delegate", "DB00001")
    assert (code, line["written"]) == (0, 1)
    assert Path(line["pdf"]).is_file()
    assert Path(line["sheet"]).is_file()
    (picture,) = Path(line["pictures"]).glob("*.png")
    payload = next(p["payload"] for p in run("codes", event, "--list")[1] if p["code"] == "DB00001")
    code, (decoded,), _messages = run("decode", picture)
    assert (code, decoded["file"]) == (0, str(picture))
    assert [found["text"] for found in decoded["codes"]] == [payload]
    code, (scanned,), _messages = run("scan", event, "--image", picture)
    assert (code, scanned["delegate"]["code"]) == (0, "DB00001")


def test_invitations_for_some_are_made_and_the_rest_are_still_to_be_made(
    event: Path, run: Run, tmp_path: Path
) -> None:
    filled(event, run)
    people = run("delegates", event)[1]
    unit, category = people[0]["unit"], people[0]["category"]
    of_unit = {person["code"] for person in people if person["unit"] == unit}
    code, (line,), _messages = run(
        "codes",
        event,
        "--out",
        tmp_path / "i",
        "--unit",
        unit.lower(),
        "--sheets",
        "--dividers",
        "--no-pictures",
    )
    assert (code, line["written"], line["pictures"], line["skipped"]) == (0, len(of_unit), None, [])
    assert Path(line["pdf"]).parent == Path(line["folder"]) == tmp_path / "i"
    listed = run("codes", event, "--list")[1]
    assert {entry["code"] for entry in listed if entry["invitation"] == "made"} == of_unit
    assert {tuple(entry["ways"]) for entry in listed if entry["code"] in of_unit} == {("sheet", "mail-merge")}
    due = {person["code"] for person in people if person["category"] == category} - of_unit
    code, (line,), _messages = run(
        *("codes", event, "--out", tmp_path / "i", "--new", "--category", category, "--no-pictures"),
        *("--order", "name"),
    )
    assert (code, line["written"]) == (0, len(due))
    assert Path(line["folder"]).parent == tmp_path / "i"  # nothing is overwritten
    code, (line,), messages = run("codes", event, "--out", tmp_path / "j", "--new", "--category", category)
    assert (code, line["written"], line["pdf"], (tmp_path / "j").exists()) == (0, 0, None, False)
    assert "giấy mời" in messages or not messages
    assert run("codes", event, "--list", "--unit", "nowhere")[0] == 1


def test_a_reissued_code_replaces_the_old_one_everywhere(event: Path, run: Run, tmp_path: Path) -> None:
    filled(event, run)
    run("codes", event, "--out", tmp_path / "i", "--delegate", "DB00002", "--no-pictures")
    code, lines, _messages = run("reissue", event, "db00002", "DB00003", "--reason", "mất điện thoại")
    assert (code, [line["code"] for line in lines]) == (0, ["DB00002", "DB00003"])
    (now,) = run("codes", event, "--list", "--delegate", "DB00002")[1]
    assert (now["payload"], now["invitation"]) == (lines[0]["payload"], "changed")
    assert now["number"].replace(" ", "") == now["payload"]
    code, (old,), _messages = run("scan", event, "--payload", lines[0]["old"])
    assert (code, old["verdict"], old["reason"], old["delegate"]["code"]) == (
        1,
        "refused",
        "REVOKED",
        "DB00002",
    )
    code, (new,), _messages = run("scan", event, "--payload", now["number"])
    assert (code, new["verdict"], new["delegate"]["code"]) == (0, "admitted", "DB00002")
    assert run("reissue", event, "DB00002", "nope")[:2] == (1, [])
    code, (gone,), _messages = run("reissue", event, "DB00002", "--only-revoke")
    assert (code, gone["old"], gone["payload"]) == (0, now["payload"], None)
    code, lines, messages = run(
        "codes", event, "--out", tmp_path / "k", "--delegate", "DB00002", "--delegate", "DB1"
    )
    assert (code, lines) == (1, [])
    code, (line,), messages = run(
        *("codes", event, "--out", tmp_path / "k", "--no-pictures"),
        *("--delegate", "DB00002", "--delegate", "DB00003"),
    )
    assert (code, line["written"], line["skipped"]) == (1, 1, ["DB00002"])
    assert "DB00002" in messages
    assert run("verify", event)[1][0]["ok"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "{event}", "--payload", "1", "--session", "nope"),
        ("badges", "{event}", "--out", "{tmp}/x.pdf", "--layout", "nope"),
        ("badges", "{event}", "--out", "{tmp}/x.pdf", "--delegate", "nope"),
        ("import-roster", "{event}", "{tmp}/nowhere.xlsx"),
        ("attendance", "{tmp}"),
        ("verify", "{tmp}/nowhere"),
        ("new", "{event}", "--name", "x", "--from", "2026-01-01", "--to", "2026-01-02"),
        ("new", "{tmp}/n", "--name", "x", "--from", "2026-01-02", "--to", "2026-01-01"),
        (
            "new",
            "{tmp}/n",
            "--name",
            "x",
            "--from",
            "2026-01-01",
            "--to",
            "2026-01-02",
            "--zone",
            "Mars/Olympus",
        ),
        ("scan", "{event}", "--image", "{event}/event.sqlite3"),
        ("decode", "{tmp}/nowhere.png"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_told_in_one_sentence(
    event: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, _lines, messages = run(*(a.format(event=event, tmp=tmp_path) for a in arguments))
    assert code == 1
    assert messages.strip()
    assert "Traceback" not in messages
    assert not (tmp_path / "n").exists()


def test_wrong_usage_is_two(run: Run) -> None:
    with pytest.raises(SystemExit) as stop:
        run("scan")
    assert stop.value.code == 2


def test_the_program_speaks_utf8_whatever_the_console_wants(event: Path, run: Run) -> None:
    filled(event, run)
    result = subprocess.run(
        [sys.executable, "-m", "station", "delegates", str(event)],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert "Công Tằng Tôn Nữ Huyền Diệu Thảo Nguyên" in result.stdout.decode("utf-8")


def test_the_sessions_of_one_event_are_those_of_the_next(event: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(
        '[[session]]\nid = "S1"\ntitle = "Sáng"\nopens_at = 2026-11-22T07:00:00\ncloses_at = 2026-11-22T11:30:00\n',
        "utf-8",
    )
    code, lines, _messages = run("sessions", event, "--from", tmp_path / "p.toml")
    assert code == 0
    assert lines == [
        {
            "code": "S1",
            "title": "Sáng",
            "title_en": "",
            "day": "22/11/2026",
            "opens": "07:00",
            "closes": "11:30",
            "grace_before": 0,
            "grace_after": 0,
            "admits": [],
            "exits": False,
            "repeats": "once",
            "re_entry": False,
        }
    ]
    assert run("sessions", event, "--to", tmp_path / "q.toml")[0] == 0
    assert run("sessions", event, "--from", tmp_path / "q.toml")[1] == lines
    (tmp_path / "p.toml").write_text('[[session]]\nid = "S1"\ntitle = ""\n', "utf-8")
    code, nothing, messages = run("sessions", event, "--from", tmp_path / "p.toml")
    assert (code, nothing) == (1, [])
    assert "Phiên 1" in messages
    assert run("sessions", event)[1] == lines


DOORS = """
[[session]]
id = "CD1"
title = "Một"
admits = ["Học viên", { unit = "Không có" }]
exits = true
re_entry = true
"""


def test_who_leaves_is_told_by_scan_and_attendance(event: Path, run: Run, tmp_path: Path) -> None:
    codes = filled(event, run)
    categories = {line["code"]: line["category"] for line in run("delegates", event)[1]}
    (tmp_path / "p.toml").write_text(DOORS, "utf-8")
    code, (session,), messages = run("sessions", event, "--from", tmp_path / "p.toml")
    assert (code, session["exits"], session["re_entry"], session["repeats"]) == (0, True, True, "once")
    assert session["admits"] == [{"category": "", "unit": "Không có"}, {"category": "Học viên", "unit": ""}]
    assert "Không có" in messages
    assert "Học viên" not in messages
    run("sessions", event, "--to", tmp_path / "q.toml")
    assert run("sessions", event, "--from", tmp_path / "q.toml")[1] == [session]

    trainee = next(line for line in codes if categories[line["code"]] == "Học viên")
    other = next(line for line in codes if categories[line["code"]] != "Học viên")
    scan = ("scan", event, "--payload", trainee["payload"])
    assert run("scan", event, "--payload", other["payload"])[1][0]["reason"] == "NOT_ENTITLED"
    code, (refused,), _messages = run(*scan, "--exit")
    assert (code, refused["verdict"], refused["reason"], refused["direction"]) == (
        1,
        "refused",
        "NOT_IN",
        "out",
    )
    assert run(*scan)[0] == 0
    code, (left,), _messages = run(*scan, "--exit")
    assert (code, left["verdict"], left["reason"], left["direction"]) == (0, "admitted", None, "out")
    assert left["last_out"] == left["at"]
    line = next(
        line for line in run("attendance", event, "--session", "CD1")[1] if line["code"] == trainee["code"]
    )
    assert (line["present"], line["last_out"]) == (False, left["last_out"])
    assert line["first_in"] is not None
    assert run("rebuild", event)[1][0]["identical"]
    exported = run("export", event, "--to", tmp_path / "stick")[1][0]
    assert exported["verified"]
    assert run("verify", tmp_path / "stick")[1][0]["ok"]


def test_nobody_leaves_a_session_without_exits(event: Path, run: Run) -> None:
    payload = filled(event, run)[0]["payload"]
    code, lines, messages = run("scan", event, "--payload", payload, "--exit")
    assert (code, lines) == (1, [])
    assert "CHUNG" in messages


def test_an_export_holds_the_reports_and_fields_that_were_named(
    event: Path, run: Run, tmp_path: Path
) -> None:
    run("import-roster", event, ROSTER)
    code, listed, _messages = run("reports", event)
    assert code == 0
    assert {line["report"] for line in listed} >= {"attendance", "minutes-annex", "refusals"}
    assert all(set(line["shown"]) <= set(line["fields"]) for line in listed)
    chosen = ("--reports", "attendance.csv,attendance-list", "--with", "seat", "--without", "phone,code")
    code, (exported,), _messages = run("export", event, "--to", tmp_path / "stick", *chosen)
    assert (code, exported["verified"]) == (0, True)
    assert sorted(exported["reports"]) == ["attendance-list.pdf", "attendance.csv"]
    verified = run("verify", exported["to"])[1][0]
    assert (verified["ok"], sorted(verified["reports"])) == (True, sorted(exported["reports"]))
    heading = (Path(exported["to"]) / "attendance.csv").read_text("utf-8-sig").splitlines()[0]
    assert "Mã đại biểu" not in heading
    assert run("export", event, "--to", tmp_path / "stick", "--reports", "nonsense")[0] == 1
    assert run("export", event, "--to", tmp_path / "stick", "--without", "nonsense")[0] == 1


def test_a_password_for_the_workbook_comes_from_a_file(event: Path, run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu\n", "utf-8")
    code, (exported,), _messages = run("export", event, "--to", tmp_path / "s", "--passphrase-file", secret)
    assert (code, sorted(exported["reports"])) == (0, ["attendance.xlsx"])
    assert (Path(exported["to"]) / "attendance.xlsx").read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert run("export", event, "--to", tmp_path / "s", "--passphrase-file", tmp_path / "none")[0] != 0
