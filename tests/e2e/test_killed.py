"""Killed at any moment, the station has lost nothing that it told: kill -9 of the desk and of headless commands."""

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.exchange.verify import verify
from station.store import journal
from station.store import roster as roster_store
from station.store.connection import snapshot
from tests.builders import DOCUMENTS, INSTANCE, make_event, opened
from tests.e2e.brood import Brood, Line, can_fork
from tests.e2e.proof import prove_nothing_lost

pytestmark = pytest.mark.skipif(not can_fork(), reason="needs fork to start hundreds of programs in seconds")

KILLS = int(os.environ.get("STATION_KILLS", "40"))
COMMAND_KILLS = max(6, KILLS // 8)
KILLS_A_FOLDER = 20
ROSTER = Path("assets/sample_event/roster.xlsx").resolve()


@pytest.fixture(scope="module")
def brood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brood]:
    with Brood(tmp_path_factory.mktemp("brood") / "errors") as brood:
        yield brood


def told_until_killed(brood: Brood, chance: random.Random, act: str, folder: Path) -> list[Line]:
    """Start an act and kill it: a quarter of them while they open, the others in the midst of work."""
    opening = chance.random() < 0.25
    process = brood.start(act, folder)
    lines = brood.lines()
    told = [] if opening else [next(lines) for _ in range(chance.randint(1, 30))]
    time.sleep(chance.uniform(0, 0.03 if opening else 0.003))
    os.kill(process, signal.SIGKILL)
    told += lines
    assert brood.code == -signal.SIGKILL
    assert brood.errors() == ""
    return told


def kill_again_and_again(brood: Brood, top: Path, act: str, kills: int) -> int:
    """Returns how many entries were told over all kills."""
    count = 0
    for first in range(0, kills, KILLS_A_FOLDER):
        folder = make_event(top / str(first))
        told: list[Line] = []
        entries = 1
        for kill in range(first, min(first + KILLS_A_FOLDER, kills)):
            before = len(told)
            told += told_until_killed(brood, random.Random(kill), act, folder)
            if kill % 2:
                assert verify(folder).problems == []  # sometimes a reader is the first who sees the remains
            now = len(prove_nothing_lost(folder, told))
            last = int(told[-1]["entry"].split("-")[1]) if told[before:] else entries
            assert now - last <= len(DOCUMENTS)  # of the one act that nobody was told of
            entries = now
        count += len(told)
        shutil.rmtree(folder)
    return count


@pytest.mark.slow
def test_nothing_told_is_lost(brood: Brood, tmp_path: Path) -> None:
    assert kill_again_and_again(brood, tmp_path, "work", KILLS) > KILLS


def test_telling_too_early_is_found(brood: Brood, tmp_path: Path) -> None:
    """The negative control: were this not found, the test above would prove nothing."""
    with pytest.raises(AssertionError, match="told and not in the journal"):
        kill_again_and_again(brood, tmp_path, "work_told_too_early", 40)


def killed_command(brood: Brood, chance: random.Random, span_s: float, *arguments: object) -> None:
    """Run a headless command and kill it somewhere within the time that it needs."""
    process = brood.start("command", *arguments)
    time.sleep(chance.uniform(0, span_s))
    os.kill(process, signal.SIGKILL)
    list(brood.lines())
    assert "Traceback" not in brood.errors()


def span_of(brood: Brood, *arguments: object) -> float:
    """How long a command runs when nobody kills it, in seconds."""
    started = time.monotonic()
    brood.run("command", *arguments)
    assert brood.code == 0, brood.errors()
    return time.monotonic() - started


def test_a_killed_new_leaves_nothing_or_a_whole_event(brood: Brood, tmp_path: Path) -> None:
    new = ("--name", "Hội nghị", "--from", "2026-11-22", "--to", "2026-11-23", "--json")
    span_s = span_of(brood, "new", tmp_path / "unharmed", *new)
    for kill in range(COMMAND_KILLS):
        folder = tmp_path / f"event {kill}"
        killed_command(brood, random.Random(kill), span_s, "new", folder, *new)
        if not folder.exists():
            brood.run("command", "new", folder, *new)
            assert brood.code == 0, brood.errors()
        report = verify(folder)
        assert (report.problems, report.entries) == ([], 1)
        with opened(folder) as station:
            assert len(station.desk.sessions()) == 1


@pytest.mark.slow
def test_a_killed_import_took_everybody_or_nobody(brood: Brood, tmp_path: Path) -> None:
    span_s = 0.0
    for kill in range(COMMAND_KILLS):
        folder = make_event(tmp_path / f"event {kill}", delegates=())
        if not span_s:
            span_s = span_of(brood, "import-roster", folder, ROSTER, "--json")
            continue
        killed_command(brood, random.Random(kill), span_s, "import-roster", folder, ROSTER, "--json")
        assert verify(folder).problems == []
        with snapshot(folder / "event.sqlite3") as connection:
            delegates = len(roster_store.delegates(connection))
            entries = len(list(journal.entries(connection, INSTANCE)))
            payloads = len(roster_store.live_payloads(connection))
        assert (delegates, entries, payloads) in {(0, 1, 0), (148, 2, 148)}
        brood.run("command", "import-roster", folder, ROSTER, "--json")
        assert brood.code == 0, brood.errors()


@pytest.mark.slow
def test_a_killed_export_is_no_export(brood: Brood, tmp_path: Path) -> None:
    folder, stick = make_event(tmp_path / "event"), tmp_path / "stick"
    brood.run("work", folder, 60)
    span_s = span_of(brood, "export", folder, "--to", stick, "--json")
    for kill in range(COMMAND_KILLS):
        killed_command(brood, random.Random(kill), span_s, "export", folder, "--to", stick, "--json")
        for export in stick.iterdir():
            assert export.name.endswith(".part") or verify(export).problems == []
        (line,) = brood.run("command", "export", folder, "--to", stick, "--json")
        assert line["verified"], json.dumps(line)
    assert verify(folder).problems == []
