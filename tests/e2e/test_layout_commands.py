"""Badge layouts from the command line: listed, copied, printed, and taken along in the event pack."""

import json
from pathlib import Path

import pytest

from station.commands import main
from station.exchange.event_files import event_files
from tests.builders import make_event


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, object]], str]:
    code = main([*map(str, arguments), "--json", "--lang", "en"])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


def test_layouts_are_listed_with_page_cards_and_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "event")
    code, lines, _said = run(capsys, "layouts", event)

    by_name = {line["name"]: line for line in lines}
    assert (code, by_name["a4-2x5"]["page"], by_name["a4-2x5"]["cards"]) == (0, [210, 297], 10)
    assert all(line["warnings"] == [] and not line["own"] for line in lines)


def test_a_copy_is_the_events_own_is_printed_and_travels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "event")
    assert run(capsys, "layouts", event, "--copy", "card-90x55", "--to", "Khách")[0] == 0

    assert "layouts/Khách.toml" in event_files(event)
    printed = ("badges", event, "--out", tmp_path / "b.pdf", "--layout", "Khách")
    code, lines, _said = run(capsys, *printed, "--category", "hoc vien", "--order", "unit")
    assert (code, lines[0]["badges"], lines[0]["pages"]) == (0, 4, 4)
    assert run(capsys, *printed, "--unit", "Sao Hỏa")[0] == 1


def test_a_broken_layout_is_told_line_by_line_and_the_others_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "event")
    (event / "layouts").mkdir()
    (event / "layouts" / "mine.toml").write_text("[page]\nwidth = 90\n", "utf-8")
    code, lines, _said = run(capsys, "layouts", event)

    assert code == 1
    assert [line["name"] for line in lines if "problems" in line] == ["mine"]
    assert len([line for line in lines if "warnings" in line]) == 11
    code, _lines, said = run(capsys, "badges", event, "--out", tmp_path / "b.pdf", "--layout", "mine")
    assert (code, "mine.toml" in said) == (1, True)
