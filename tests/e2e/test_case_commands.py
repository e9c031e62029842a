"""The commands for walk-ins, substitutions, hand-outs and cancelling, as a script calls them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from station.commands import main
from tests.builders import make_event

Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the event; gives its exit code, its lines and its messages."""
    event = make_event(tmp_path / "e")

    def run(command: str, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
        code = main([command, str(event), *arguments, "--json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def test_hand_out_and_take_back(run: Run) -> None:
    code, lines, _messages = run("hand-out", "DB00001", "--document", "TL01")
    assert (code, [line["state"] for line in lines]) == (0, ["handed_out", "due", "due"])
    code, lines, _messages = run("hand-out", "DB00001")
    assert {line["state"] for line in lines} == {"handed_out"}
    code, lines, _messages = run("hand-out", "DB00001", "--back", "--document", "TUI")
    assert [line["state"] for line in lines] == ["handed_out", "handed_out", "due"]
    assert run("hand-out", "DB00001", "--document", "XYZ")[0] == 1
    code, _lines, messages = run("hand-out", "DB99999")
    assert (code, "DB99999" in messages) == (1, True)


def test_a_walk_in_is_admitted_and_approved(run: Run) -> None:
    code, (line,), _messages = run("walk-in", "--name", "Vũ Thị Mai", "--unit", "LĐLĐ tỉnh Hà Nam")
    assert (code, line["verdict"]) == (0, "admitted")
    person = line["delegate"]
    assert isinstance(person, dict)
    assert run("walk-ins")[1][0]["approval"] == "waiting"
    assert run("approve", person["code"], "--decline")[1] == [{"code": person["code"], "approved": False}]
    assert run("walk-ins")[1][0]["approval"] == "declined"
    assert run("walk-in", "--name", " ")[0] == 1


def test_who_comes_instead_gets_a_payload_and_the_old_one_dies(run: Run) -> None:
    (before,) = [line for line in run("codes", "--list")[1] if line["code"] == "DB00001"]
    code, (line,), _messages = run(
        "substitute", "DB00001", "--name", "Lý Bảo", "--reason", "bận", "--letter", "12/CV"
    )
    assert (code, line["instead_of"]) == (0, "DB00001")
    assert run("scan", "--payload", str(before["payload"]))[1][0]["reason"] == "SUBSTITUTED"
    assert run("scan", "--payload", str(line["payload"]))[1][0]["verdict"] == "admitted"


def test_cancelling_correcting_and_a_lost_badge(run: Run) -> None:
    (issued,) = [line for line in run("codes", "--list")[1] if line["code"] == "DB00002"]
    entry = str(run("scan", "--payload", str(issued["payload"]))[1][0]["entry"])
    assert run("void", entry, "--reason", "nhầm")[:2] == (0, [{"voided": entry}])
    assert run("void", entry)[0] == 1
    assert run("correct", "DB00002", "--name", "Trần Đức Mới")[1][0]["name"] == "Trần Đức Mới"
    (new,) = run("lost-badge", "DB00002")[1]
    assert new["payload"] != issued["payload"]
    assert run("scan", "--payload", str(issued["payload"]))[1][0]["reason"] == "REVOKED"


def test_an_exception_needs_a_note(run: Run) -> None:
    code, (line,), _messages = run("override", "DB00003", "--note", "Trưởng ban đồng ý")
    assert (code, line["verdict"]) == (0, "admitted")
    assert run("override", "DB00003", "--note", " ")[0] == 1


def test_hand_outs_are_cancelled_with_an_admission(run: Run) -> None:
    (issued,) = [line for line in run("codes", "--list")[1] if line["code"] == "DB00002"]
    entry = str(run("scan", "--payload", str(issued["payload"]))[1][0]["entry"])
    run("hand-out", "DB00002")
    code, lines, _messages = run("void", entry, "--with-hand-outs")
    assert (code, len(lines), lines[0]) == (0, 4, {"voided": entry})
    assert run("void", "nonsense", "--with-hand-outs")[0] == 1
    (again,) = run("scan", "--payload", str(issued["payload"]))[1]
    assert again["verdict"] == "admitted"
    assert {item["state"] for item in again["bundle"]} == {"due"}  # type: ignore[attr-defined]
