"""The commands of sticks and copies, as scripts call them."""

from pathlib import Path

import pytest

from station.model.verdict import Source
from tests.builders import INSTANCE, make_event, opened, payload
from tests.e2e.calling import Call


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return Call(capsys)


@pytest.fixture
def event(tmp_path: Path) -> Path:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    (tmp_path / "stick").mkdir()
    return folder


def test_drives_are_lines_with_all_keys(call: Call) -> None:
    code, lines = call("drives")
    assert code == 0
    assert all({"path", "label", "system", "free", "read_only", "device"} <= set(line) for line in lines)


def test_a_second_copy_is_made_and_gone_on_from(call: Call, event: Path, tmp_path: Path) -> None:
    code, lines = call("second-copy", event, "--to", tmp_path / "stick", "--once")
    assert (code, lines[-1]["until"], lines[-1]["problem"]) == (0, 2, "")
    code, (line,) = call("continue", tmp_path / "stick", tmp_path / "new", "--station", "Bàn 9")
    assert (code, line["entries"], line["station"]) == (0, 2, "Bàn 9")
    assert line["instance"] != INSTANCE
    assert (line["missing"], line["warnings"]) == ([], [])
    code, lines = call("continue", tmp_path / "stick", tmp_path / "new")
    assert (code, lines) == (1, [])
    assert str(tmp_path / "new") in call.said


def test_without_a_second_copy_it_is_said(call: Call, tmp_path: Path) -> None:
    assert call("recover", tmp_path, tmp_path / "new") == (1, [])
    assert str(tmp_path) in call.said


def test_of_two_laptops_copies_one_must_be_named(call: Call, event: Path, tmp_path: Path) -> None:
    call("second-copy", event, "--to", tmp_path / "stick", "--once")
    event.rename(tmp_path / "moved")  # a new instance
    call("second-copy", tmp_path / "moved", "--to", tmp_path / "stick", "--once")
    assert call("continue", tmp_path / "stick", tmp_path / "new") == (1, [])
    folders = sorted((tmp_path / "stick").iterdir())
    assert all(str(folder) in call.said for folder in folders)
    assert call("continue", folders[0], tmp_path / "new")[0] == 0


def test_a_second_copy_needs_a_place_that_is_there(call: Call, event: Path, tmp_path: Path) -> None:
    assert call("second-copy", event, "--to", tmp_path / "none", "--once") == (1, [])


def test_backups_are_made_proved_and_put_back(call: Call, event: Path) -> None:
    assert call("backups", event) == (0, [])
    assert len(call("backups", event, "--make")[1]) == 1
    code, (line,) = call("backups", event, "--verify")
    assert (code, line["ok"], line["problems"]) == (0, True, [])
    code, (line,) = call("backups", event, "--restore", "latest")
    assert (code, line["rescued"]) == (0, 0)
    assert call("backups", event, "--restore", "none") == (1, [])
    backup = next((event / "backups").glob("*-event.sqlite3"))
    backup.write_bytes(b"damaged")
    code, (line,) = call("backups", event, "--verify")
    assert (code, line["ok"]) == (1, False)


def test_wiping_asks_for_the_name_and_for_the_export(call: Call, event: Path, tmp_path: Path) -> None:
    code, (line,) = call("wipe", event)
    assert (code, line["may"], line["exported_to"]) == (1, False, None)
    assert call("wipe", event, "--yes-name", "Tập huấn") == (1, [])
    _code, (exported,) = call("export", event, "--to", tmp_path / "stick")
    assert exported["verified"]
    code, (line,) = call("wipe", event)
    assert (line["may"], line["exported_to"]) == (True, exported["to"])
    assert event.exists()
    assert call("wipe", event, "--yes-name", "Khác") == (1, [])
    code, (line,) = call("wipe", event, "--yes-name", "Tập huấn")
    assert (code, line["left"]) == (0, [])
    assert not event.exists()
    assert call("verify", exported["to"])[1][0]["ok"]
