"""The headless command: a line a check, red as exit code, and an answer even for an event that will not open."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from station.commands import main
from station.preflight.all_checks import CHECKS
from station.store.connection import DATABASE_NAME
from tests.builders import make_event

ROOT = Path(__file__).resolve().parents[3]


def check(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    """Exit code, and the lines by check."""
    code = main(["check", *map(str, arguments), "--json", "--lang", "en"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(line) == {"check", "level", "message"} for line in lines)
    return code, {line["check"]: line for line in lines}


def test_every_check_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = check(capsys, make_event(tmp_path / "event"), "--stick", tmp_path)
    assert list(lines) == list(CHECKS)
    assert lines["stick"]["level"] == "ok"
    assert str(tmp_path) in lines["stick"]["message"]
    assert lines["printer"]["level"] == "warn"
    assert code == int(any(line["level"] == "fail" for line in lines.values()))


def test_chosen_checks_alone_and_red_is_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_event(tmp_path / "event")
    assert check(capsys, folder, "--only", "roster", "--only", "scanning")[0] == 0
    code, lines = check(capsys, folder, "--only", "camera", "--camera", tmp_path / "gone.mp4")
    assert (code, lines["camera"]["level"]) == (1, "fail")
    assert "gone.mp4" in lines["camera"]["message"]


def test_an_unknown_check_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tmp_path), "--only", "weather"])
    assert ended.value.code == 2


def test_the_record_is_written_as_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "biên bản.pdf"
    check(capsys, make_event(tmp_path / "event"), "--only", "power", "--sheet", sheet)
    assert sheet.read_bytes().startswith(b"%PDF")


def test_one_altered_byte_of_the_journal_is_red(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = make_event(tmp_path / "event") / DATABASE_NAME
    data = database.read_bytes()
    assert b'"station":"B' in data
    database.write_bytes(data.replace(b'"station":"B', b'"station":"C', 1))
    code, lines = check(capsys, database.parent)
    assert code == 1
    assert lines["event"]["level"] == "fail"
    assert "Entry 20221027-1 was changed after it was written." in lines["event"]["message"]
    assert lines["scanning"]["level"] == "ok"


def test_a_folder_without_an_event_is_red(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = check(capsys, tmp_path)
    assert (code, lines["event"]["level"]) == (1, "fail")


def run(folder: Path, *names: str, hidden: tuple[str, ...] = (), **environment: str) -> dict[str, Any]:
    """In a process of its own."""
    only = [word for name in names for word in ("--only", name)]
    hide = "".join(f"sys.modules[{name!r}] = None\n" for name in hidden)
    program = f"import sys\n{hide}from station.commands import main\nsys.exit(main(sys.argv[1:]))"
    told = subprocess.run(
        [sys.executable, "-c", program, "check", str(folder), *only, "--json", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return {line["check"]: line for line in map(json.loads, told.stdout.splitlines())}


@pytest.mark.skipif(os.name == "nt", reason="TZ is a variable of POSIX")
def test_a_laptop_in_another_time_zone(tmp_path: Path) -> None:
    folder = tmp_path / "event"
    today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d}"
    main(["new", str(folder), "--name", "Hội nghị", "--from", today, "--to", today])
    clock = run(folder, "clock", TZ="Asia/Tokyo")["clock"]
    assert clock["level"] == "warn"
    assert "UTC+09:00, the event's is UTC+07:00" in clock["message"]
    assert run(folder, "clock", TZ="Asia/Ho_Chi_Minh")["clock"]["level"] == "ok"


@pytest.mark.parametrize(("hidden", "level"), [(("zxingcpp",), "warn"), (("zxingcpp", "pyzbar"), "fail")])
def test_a_reading_library_that_is_missing(tmp_path: Path, hidden: tuple[str, ...], level: str) -> None:
    lines = run(make_event(tmp_path / "event"), "scanning", "camera", hidden=hidden)
    assert lines["scanning"]["level"] == level
    assert "camera" in lines
