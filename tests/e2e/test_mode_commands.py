"""``scan --mode``: what a script gets where nothing is recorded."""

import json
from pathlib import Path

import pytest

from station.commands import main
from tests.builders import make_event, payload


def scan(
    capsys: pytest.CaptureFixture[str], event: Path, *arguments: str
) -> tuple[int, list[dict[str, object]], str]:
    code = main(["scan", str(event), *arguments, "--json"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_documents_and_enquiry_answer_with_the_same_keys_and_record_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "e")
    text = payload(1).decode()
    for mode in ("documents", "enquiry"):
        code, (line,), _messages = scan(capsys, event, "--payload", text, "--mode", mode)
        assert (code, line["verdict"], line["entry"], line["first_in"]) == (0, None, None, None)
        assert (line["mode"], line["enquiry"]) == (mode, mode == "enquiry")
        assert len(line["bundle"]) == 3  # type: ignore[arg-type]
    code, (admitted,), _messages = scan(capsys, event, "--payload", text, "--mode", "admission")
    assert (code, admitted["verdict"], set(admitted)) == (0, "admitted", set(line))
    assert main(["attendance", str(event), "--json"]) == 0
    assert capsys.readouterr().out.count('"present": true') == 1
    (seen,) = scan(capsys, event, "--payload", text, "--mode", "documents")[1]
    assert seen["first_in"] is not None


def test_what_is_wrong_is_said_and_the_exit_is_no_enquiry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "e")
    code, (line,), _messages = scan(capsys, event, "--payload", "https://example.org", "--mode", "documents")
    assert (code, line["reason"], line["delegate"]) == (1, "UNKNOWN", None)
    code, lines, message = scan(capsys, event, "--payload", "x", "--mode", "enquiry", "--exit")
    assert (code, lines, "enquiry" in message) == (1, [], True)
    with pytest.raises(SystemExit) as wrong:
        main(["scan", str(event), "--payload", "x", "--mode", "elsewhere"])
    assert wrong.value.code == 2
