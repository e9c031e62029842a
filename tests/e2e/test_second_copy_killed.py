"""A laptop dies in the midst of its work, and another one goes on from the stick within two minutes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from station.app import open_station
from station.exchange.intake import proved_segment, take_in
from station.exchange.verify import verify
from station.model.verdict import Source
from station.store import event as event_store
from station.store import journal
from tests.builders import EVENT, INSTANCE, SECRET, make_event, opened, payload
from tests.e2e.brood import ROOT

TWO_MINUTES_S = 120
KILLS = 4

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")


def killed(folder: Path, stick: Path, copies: int, chance: random.Random) -> tuple[list[str], int]:
    """Let a desk work until so many copies stood, then kill it; what it told, and how far the stick was said to be."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.programs.copying_desk", str(folder), str(stick)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    told, until, stood = [], 0, 0
    with process:
        for line in process.stdout:
            value = json.loads(line)
            if "told" in value:
                told.append(value["told"])
                continue
            assert value["problem"] == ""
            until, stood = value["until"], stood + 1
            if stood == copies:
                time.sleep(chance.uniform(0, 0.05))
                os.kill(process.pid, signal.SIGKILL)
                break
        for line in process.stdout:  # what it said before it died counts too
            if line.endswith("\n"):
                value = json.loads(line)
                told += [value["told"]] if "told" in value else []
                until = value.get("until", until)
    return told, until


def command(*arguments: object) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "station", *map(str, arguments), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("kill", range(KILLS))
def test_another_laptop_goes_on_with_everything_that_reached_the_stick(kill: int, tmp_path: Path) -> None:
    folder, stick = make_event(tmp_path / "laptop-1"), tmp_path / "KINGSTON"
    stick.mkdir()
    (folder / "documents" / "chuong-trinh.pdf").write_bytes(b"%PDF-1.4 chuong trinh")
    told, until = killed(folder, stick, 2 + 3 * kill, random.Random(kill))
    assert told

    begun = time.monotonic()
    code, said = command("continue", stick, tmp_path / "laptop-2", "--station", "Bàn 2")
    assert code == 0, said
    with opened(tmp_path / "laptop-2") as station:
        first = station.desk.redeem(payload(5), Source.CAMERA)
        assert time.monotonic() - begun < TWO_MINUTES_S
        assert first.entry.startswith(station.instance)
        with station.files.reading() as connection:
            there = {entry.id for entry in journal.entries(connection, INSTANCE)}
            mine = station.instance
    assert mine != INSTANCE
    assert until > 1
    assert [entry for entry in told if int(entry.split("-")[1]) <= until and entry not in there] == []
    assert (tmp_path / "laptop-2" / "documents" / "chuong-trinh.pdf").read_bytes() == b"%PDF-1.4 chuong trinh"
    assert verify(tmp_path / "laptop-2").problems == []


def test_the_laptop_that_comes_back_and_the_one_that_went_on_are_joined(tmp_path: Path) -> None:
    folder, stick = make_event(tmp_path / "laptop-1"), tmp_path / "KINGSTON"
    stick.mkdir()
    told, _until = killed(folder, stick, 3, random.Random(7))
    command("continue", stick, tmp_path / "laptop-2")
    with opened(folder) as revived:  # its battery was only empty
        assert revived.instance == INSTANCE
        later = revived.desk.redeem(payload(1), Source.CAMERA).entry
        exported = revived.export(tmp_path / "other-stick").to
    with opened(tmp_path / "laptop-2") as station:
        segment = proved_segment(exported / f"journal-{INSTANCE}.segment", EVENT, SECRET)
        station.files.write(lambda connection: take_in(connection, segment))
        with station.files.reading() as connection:
            there = {entry.id for entry in journal.entries(connection, INSTANCE)}
            assert event_store.event_of(connection).id == EVENT.id
    assert {*told, later} <= there
    assert verify(tmp_path / "laptop-2").problems == []


def test_the_copy_itself_is_no_event_that_two_laptops_could_open(tmp_path: Path) -> None:
    folder, stick = make_event(tmp_path / "laptop-1"), tmp_path / "KINGSTON"
    stick.mkdir()
    killed(folder, stick, 2, random.Random(1))
    instances = set()
    for number in (2, 3):
        command("recover", stick, tmp_path / f"laptop-{number}")
        station = open_station(tmp_path / f"laptop-{number}")
        instances.add(station.instance)
        station.close()
    assert len(instances | {INSTANCE}) == 3
