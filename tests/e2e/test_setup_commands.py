"""The headless commands that set an event up: its data, its archive, its units and categories."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from station.commands import main
from station.i18n import set_language
from station.store.folder import database_of
from tests.builders import make_event

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
HA_NAM = "LĐLĐ tỉnh Hà Nam"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command with --json; gives exit code, JSON lines and messages."""
    set_language("en")

    def command(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = main([*map(str, arguments), "--json"])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return command


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "event")


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    Image.new("RGB", (60, 40), "#c8102e").save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def test_the_data_of_an_event_are_shown_and_changed(event: Path, run: Run, logo: Path) -> None:
    code, (shown,), _messages = run("event", event)
    assert code == 0
    assert (shown["event"], shown["from"], shown["logo"]) == ("Tập huấn", "2022-10-27", False)
    code, (changed,), _messages = run(
        "event", event, "--name", "Hội nghị", "--name-en", "", "--to", "2022-10-29", "--logo", logo
    )
    assert (code, changed["event"], changed["name_en"], changed["to"], changed["logo"]) == (
        0, "Hội nghị", "", "2022-10-29", True,
    )  # fmt: skip
    assert changed["id"] == shown["id"]
    assert run("event", event)[1] == [changed]
    assert run("sessions", event)[1][0]["title"] == "Hội nghị"  # it bore the event's name
    assert run("event", event, "--no-logo")[1][0]["logo"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "2022-10-26"), "ends before it starts"),
        (("--name", " "), "needs a name"),
        (("--zone", "Asia/Saigon2"), "no time zone"),
    ],
)
def test_data_that_make_no_sense_are_refused(event: Path, run: Run, options: tuple[str], said: str) -> None:
    before = run("event", event)[1]
    code, lines, messages = run("event", event, *options)
    assert (code, lines) == (1, [])
    assert said in messages
    assert run("event", event)[1] == before


def test_days_without_the_sessions_of_the_programme_are_refused_as_in_the_window(
    event: Path, run: Run, tmp_path: Path
) -> None:
    programme = tmp_path / "programme.toml"
    programme.write_text('[[session]]\nid = "S1"\ntitle = "Sáng"\nopens_at = 2022-10-28T07:00:00\n', "utf-8")
    assert run("sessions", event, "--from", programme)[0] == 0
    code, _lines, messages = run("event", event, "--to", "2022-10-27")
    assert code == 1
    assert "is not a day of the event" in messages


def test_a_logo_that_is_none_leaves_the_event_as_it_was(event: Path, run: Run, tmp_path: Path) -> None:
    drawing = tmp_path / "logo.svg"
    drawing.write_text("<svg/>")
    code, lines, messages = run("event", event, "--name", "Khác", "--logo", drawing)
    assert (code, lines) == (1, [])
    assert "SVG" in messages
    assert run("event", event)[1][0]["event"] == "Tập huấn"
    assert run("new", tmp_path / "new", "--name", "X", "--from", "2026-01-01", "--to", "2026-01-01",
               "--logo", drawing)[0] == 1  # fmt: skip
    assert not (tmp_path / "new").exists()


def test_a_new_event_has_its_logo_from_the_beginning(run: Run, tmp_path: Path, logo: Path) -> None:
    folder = tmp_path / "new"
    run("new", folder, "--name", "X", "--from", "2026-01-01", "--to", "2026-01-01", "--logo", logo)
    assert run("event", folder)[1][0]["logo"] is True
    assert run("badges", folder, "--out", tmp_path / "b.pdf")[0] == 1  # nobody yet


def test_an_archived_event_is_read_but_not_changed_until_it_is_brought_back(
    event: Path, run: Run, tmp_path: Path
) -> None:
    assert run("archive", event)[:2] == (0, [{"event": "Tập huấn", "archived": True}])
    assert run("event", event)[1][0]["archived_at"] is not None
    assert len(run("delegates", event)[1]) == 5
    assert len(run("attendance", event)[1]) == 5
    assert run("search", event, "anh")[1][0]["name"] == "Nguyễn Thị Ánh"
    assert run("codes", event, "--list")[0] == 0
    assert run("badges", event, "--out", tmp_path / "b.pdf")[0] == 0
    assert run("units", event)[0] == run("sessions", event)[0] == run("check", event)[0] == 0
    code, (exported,), _messages = run("export", event, "--to", tmp_path / "stick")
    assert (code, exported["verified"]) == (0, True)
    assert run("verify", event)[1][0]["ok"] is True
    for command in (
        ("scan", event, "--payload", "1"),
        ("event", event, "--name", "X"),
        ("units", event, "--add", "X"),
        ("rebuild", event),
        ("import-roster", event, "assets/sample_event/roster.xlsx"),
        ("undo-roster", event),
    ):
        code, lines, messages = run(*command)
        assert code in (1, 2) and lines == [], command
        assert "is in the archive" in messages
    assert run("archive", event, "--undo")[:2] == (0, [{"event": "Tập huấn", "archived": False}])
    assert run("units", event, "--add", "X")[0] == 0
    assert database_of(event).is_file()


def test_units_are_listed_renamed_merged_coloured_and_suggested(event: Path, run: Run) -> None:
    code, (unit,), _messages = run("units", event)
    assert (code, unit) == (
        0, {"name": HA_NAM, "short_name": "", "colour": "", "delegates": 5, "spellings": []},
    )  # fmt: skip
    run("units", event, "--add", "Liên đoàn Lao động T. Hà Nam")
    code, (suggested,), _messages = run("units", event, "--suggest")
    assert suggested["into"] == HA_NAM
    assert [each["delegates"] for each in suggested["spellings"]] == [5, 0]
    code, (merged,), _messages = run(
        "units", event, "--merge", HA_NAM, "--into", "Liên đoàn Lao động T. Hà Nam"
    )
    assert (code, merged["delegates"], merged["spellings"]) == (0, 5, [HA_NAM])
    assert run("units", event, "--suggest")[:2] == (0, [])
    code, (renamed,), _messages = run("units", event, "--rename", merged["name"], "--to", "Hà Nam = Phủ Lý")
    assert renamed["name"] == "Hà Nam = Phủ Lý"
    assert run("units", event, "--colour", "Hà Nam = Phủ Lý=#0E7F6F")[1][0]["colour"] == "#0e7f6f"
    assert run("units", event, "--short", "Hà Nam = Phủ Lý=HN")[1][0]["short_name"] == "HN"
    assert run("units", event, "--colour", "Hà Nam = Phủ Lý=")[1][0]["colour"] == ""
    assert run("units", event, "--forget", HA_NAM)[1][0]["spellings"] == ["Liên đoàn Lao động T. Hà Nam"]
    assert {line["unit"] for line in run("delegates", event)[1]} == {"Hà Nam = Phủ Lý"}


def test_categories_likewise(event: Path, run: Run) -> None:
    code, lines, _messages = run("categories", event, "--merge", "Báo chí", "--into", "Học viên")
    assert (code, lines) == (
        0, [{"name": "Học viên", "colour": "", "delegates": 5, "spellings": ["Báo chí"]}],
    )  # fmt: skip
    code, lines, messages = run("categories", event, "--remove", "Học viên")
    assert (code, lines) == (1, [])
    assert "5 delegates belong to it" in messages


def test_renaming_onto_a_name_that_is_there_asks_for_a_merge(event: Path, run: Run) -> None:
    code, lines, messages = run("categories", event, "--rename", "Báo chí", "--to", "Học viên")
    assert (code, lines) == (1, [])
    assert "--merge with --into" in messages


@pytest.mark.parametrize("options", [("--merge", "A"), ("--into", "A"), ("--rename", "A"), ("--colour", "A")])
def test_options_that_do_not_go_together_are_wrong_usage(event: Path, run: Run, options: tuple[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("units", event, *options)
    assert ended.value.code == 2


def test_a_roster_with_the_old_spelling_is_read_as_the_merged_unit(
    event: Path, run: Run, tmp_path: Path
) -> None:
    run("units", event, "--rename", HA_NAM, "--to", "Phủ Lý")
    file = tmp_path / "next.csv"
    file.write_text(f"Mã;Họ và tên;Đơn vị\nDB00001;Nguyễn Thị Ánh;{HA_NAM}\n", "utf-8-sig")
    code, (taken,), messages = run("import-roster", event, file)
    assert (code, taken["changed"], taken["unchanged"]) == (0, 0, 1)
    assert f"1 row says “{HA_NAM}”, which is read as “Phủ Lý”" in messages
