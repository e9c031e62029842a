"""Pack, unpack, rehearse and discard-rehearsal as an organiser's script calls them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station.commands import main
from tests.unit.exchange.packing import make_office

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
def secret(tmp_path: Path) -> Path:
    """A file with a passphrase, as Windows' editor saves it."""
    path = tmp_path / "secret.txt"
    path.write_bytes("\ufeffmật khẩu\r\n".encode())
    return path


def test_from_the_office_to_a_desk(tmp_path: Path, run: Run, secret: Path) -> None:
    office, file, desk = make_office(tmp_path / "office"), tmp_path / "p.ckpack", tmp_path / "desk"
    code, (made,), messages = run("pack", office, "--out", file, "--passphrase-file", secret)
    assert (code, messages) == (0, "")
    assert {key: made[key] for key in ("file", "bytes", "number", "delegates", "documents")} == {
        "file": str(file),
        "bytes": file.stat().st_size,
        "number": 1,
        "delegates": 5,
        "documents": 3,
    }
    plain = tmp_path / "plain.txt"
    plain.write_text("mật khẩu", "utf-8")
    wish = ("unpack", file, "--to", desk, "--passphrase-file", plain)
    code, lines, messages = run(*wish)
    assert (code, lines) == (1, [])
    assert "--station" in messages
    code, (opened,), messages = run(*wish, "--station", "Bàn 7", "--number", "7")
    assert code == 0
    assert (opened["event"], opened["station"], opened["updated"], opened["added"]) == (
        "Tập huấn",
        "Bàn 7",
        False,
        5,
    )
    assert opened["warnings"] == [messages.strip()]  # the event is long over
    code, (again,), _messages = run(*wish)
    assert (code, again["updated"], again["known"]) == (0, True, True)
    (rebuilt,) = run("rebuild", desk)[1]
    (verified,) = run("verify", desk)[1]
    assert (rebuilt["identical"], verified["ok"], verified["rehearsal"]) == (True, True, False)


def test_what_is_refused_writes_a_sentence_and_no_line(tmp_path: Path, run: Run, secret: Path) -> None:
    office, file, desk = make_office(tmp_path / "office"), tmp_path / "p.ckpack", tmp_path / "desk"
    empty, wrong = tmp_path / "empty", tmp_path / "wrong"
    empty.write_text("\n")
    wrong.write_text("x")
    run("pack", office, "--out", file, "--passphrase-file", secret)
    for source, passphrase in (
        (file, empty),
        (file, wrong),
        (file, tmp_path / "nowhere"),
        (secret, secret),
        (tmp_path / "nowhere", secret),
    ):
        code, lines, messages = run(
            "unpack", source, "--to", desk, "--station", "B", "--passphrase-file", passphrase
        )
        assert (code, lines) == (1, [])
        assert messages.count("\n") == 1
        assert not desk.exists()
    assert run("pack", office, "--out", tmp_path / "no" / "p", "--passphrase-file", secret)[0] == 1
    assert run("pack", office, "--out", file, "--passphrase-file", empty)[0] == 1


def test_a_rehearsal_and_its_end(tmp_path: Path, run: Run) -> None:
    office = make_office(tmp_path / "office")
    code, (line,), _messages = run("rehearse", office)
    folder = Path(line["folder"])
    assert (code, line["rehearsal"], folder) == (0, True, tmp_path / "office-dien-tap")
    payload = run("codes", office, "--list")[1][0]["payload"]
    assert run("scan", folder, "--payload", payload)[1][0]["verdict"] == "admitted"
    (verified,) = run("verify", folder)[1]
    assert (verified["ok"], verified["rehearsal"]) == (True, True)
    assert all(not line["present"] for line in run("attendance", office)[1])
    code, lines, messages = run("discard-rehearsal", office)
    assert (code, lines) == (1, [])
    assert str(office) in messages
    code, (line,), _messages = run("discard-rehearsal", folder)
    assert (code, line["discarded"], line["event_folder"]) == (0, True, str(office))
    assert {path.name for path in tmp_path.iterdir()} == {"office"}
    assert run("rehearse", office, "--to", tmp_path / "other")[0] == 0
    assert (tmp_path / "other" / "event.sqlite3").is_file()
