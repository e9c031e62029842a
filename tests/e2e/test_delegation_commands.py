"""The commands on delegations, receipts and the quorum, as a script calls them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from station.commands import main
from tests.builders import DELEGATES, make_event

UNIT = DELEGATES[0].unit
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


def admit(run: Run, code: str) -> None:
    (issued,) = [line for line in run("codes", "--list")[1] if line["code"] == code]
    assert run("scan", "--payload", str(issued["payload"]))[0] == 0


def test_units_and_who_is_missing(run: Run) -> None:
    admit(run, "DB00001")
    assert run("delegations")[:2] == (0, [{"unit": UNIT, "expected": 5, "present": 1, "missing": 4}])
    code, lines, _messages = run("delegations", "--missing", "--session", "CHUNG")
    assert (code, len(lines)) == (0, 4)
    assert {"code", "name", "unit", "phone"} <= set(lines[0])
    assert {line["phone"] for line in lines} == {"092", "093", "094", "095"}
    assert run("delegations", "--session", "XYZ")[0] == 1


def test_one_receives_for_several_and_the_receipt_says_so(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "receipt.pdf"
    assert run("receipt", "--unit", UNIT, "--out", str(out))[0] == 1
    code, lines, _messages = run(
        "hand-out", "DB00001", "--for", "db00002", "DB00005", "--received-by", "DB00001"
    )
    assert code == 0
    assert {line["state"] for line in lines} == {"handed_out"}
    assert {(line["delegate"], line["received_by"]) for line in lines} == {
        ("DB00001", ""),
        ("DB00002", DELEGATES[0].name),
        ("DB00005", DELEGATES[0].name),
    }
    code, lines, _messages = run(
        "hand-out", "--for", "DB00003", "--received-by", "Anh Bình", "--document", "TUI"
    )
    assert [(line["code"], line["received_by"]) for line in lines if line["state"] == "handed_out"] == [
        ("TUI", "Anh Bình")
    ]
    code, (line,), _messages = run(
        "receipt", "--unit", "ldld tinh ha nam", "--out", str(out), "--paper", "A5"
    )
    assert (code, out.read_bytes()[:5]) == (0, b"%PDF-")
    assert (line["unit"], line["receipts"], line["pages"], line["delegates"], line["documents"]) == (
        UNIT, 2, 2, 4, 9,
    )  # fmt: skip
    assert run("receipt", "--unit", UNIT, "--out", str(out), "--latest")[1][0]["documents"] == 1
    assert run("receipt", "--unit", "Nowhere", "--out", str(out))[0] == 1


def test_badges_are_received_where_they_are_to_be_had(run: Run) -> None:
    admit(run, "DB00002")
    code, lines, _messages = run("hand-out", "DB00002", "--received-by", "DB00001", "--badges")
    assert (code, [line["code"] for line in lines]) == (0, ["TL01", "TL02", "TUI", "@badge"])
    code, lines, _messages = run("hand-out", "DB00002", "--back", "--document", "@badge")
    assert (code, [line["code"] for line in lines]) == (0, ["TL01", "TL02", "TUI"])


def test_what_is_wrong_is_refused_and_nothing_is_recorded(run: Run) -> None:
    assert run("hand-out", "DB00001", "--received-by", "DB99999")[0] == 1
    assert run("hand-out", "DB00001", "--for", "DB99999", "--received-by", "DB00001")[0] == 1
    assert run("hand-out", "DB00001", "--received-by", " ")[0] == 1
    assert {line["state"] for line in run("hand-out", "DB00001", "--back")[1]} == {"due"}
    for wrong in ((), ("DB00001", "--badges"), ("DB00001", "--back", "--received-by", "DB00002")):
        with pytest.raises(SystemExit, match="2"):
            run("hand-out", *wrong)


def test_the_quorum_is_set_told_and_cleared(run: Run) -> None:
    assert run("quorum")[:2] == (0, [{"session": "CHUNG", "rule": None}])
    code, (line,), _messages = run("quorum", "--set", "2/3", "--category", "Học viên")
    assert code == 0
    assert line == {
        "session": "CHUNG",
        "rule": ">=2/3",
        "share": "2/3",
        "categories": ["Học viên"],
        "present": 0,
        "total": 4,
        "needed": 3,
        "reached": False,
    }
    for person in ("DB00001", "DB00002", "DB00003"):
        admit(run, person)
    assert run("quorum")[1][0]["reached"] is True
    assert run("quorum", "--set", "1/2")[1][0]["needed"] == 3
    assert run("quorum", "--clear")[1] == [{"session": "CHUNG", "rule": None}]
    for wrong in (("--set", "5/3"), ("--set", "half"), ("--set", "2/3", "--category", "Nobody")):
        code, lines, messages = run("quorum", *wrong)
        assert (code, lines, messages.count("\n")) == (1, [], 1)
    assert run("quorum")[1][0]["rule"] is None
