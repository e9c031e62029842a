"""Exports with the stick pulled out at random points: never a wrong "done", a half folder, or a byte elsewhere."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.errors import EnvironmentFault, StationError
from station.exchange.verify import verify
from station.media.course import Course, Phase
from station.model.document import Document
from station.model.verdict import Source
from station.store import documents as document_store
from tests.builders import DELEGATES, make_event, opened, payload
from tests.e2e.brood import ROOT
from tests.e2e.stick import Stick, needs_sticks

pytestmark = needs_sticks

PULLS = int(os.environ.get("STATION_PULLS", "30"))
_LATEST_S = 0.4


class Exporter:
    """The exporting program, warm."""

    def __init__(self, writer: str, event: Path, stick: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.programs.exporter", writer, str(event), str(stick)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == {"ready": True}

    def begin(self, number: int) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()

    def outcome(self) -> dict[str, object]:
        return self._line()

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def _line(self) -> dict[str, object]:
        assert self._process.stdout
        line: dict[str, object] = json.loads(self._process.stdout.readline())
        return line


@pytest.fixture
def event(tmp_path: Path) -> Path:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        for serial in range(1, len(DELEGATES) + 1):
            station.desk.redeem(payload(serial), Source.CAMERA)
        more = [Document(f"M{n}", 100 + n, "Tài liệu " * 8) for n in range(300)]
        station.files.write(lambda connection: document_store.add_documents(connection, more, []))
        for delegate in range(1, len(DELEGATES) + 1):
            station.desk.hand_out(f"20221027-{delegate}")
    return folder


def duration(writer: str, event: Path, place: Path) -> float:
    """Seconds that an export takes that nobody disturbs."""
    place.mkdir()
    exporter = Exporter(writer, event, place)
    spans = []
    for _ in range(3):
        begun = time.monotonic()
        exporter.begin(place.stat().st_dev)
        assert exporter.outcome()["done"]
        spans.append(time.monotonic() - begun)
    exporter.close()
    return min(_LATEST_S, max(spans))


def pulled(writer: str, event: Path, top: Path, pulls: int) -> Iterator[tuple[dict[str, object], list[str]]]:
    """Pull the stick out of so many exports; gives what the writer said and what is wrong afterwards."""
    span = duration(writer, event, top / "undisturbed")
    place = top / "KINGSTON"
    place.mkdir()
    exporter = Exporter(writer, event, place)
    try:
        for pull in range(pulls):
            with Stick(place) as stick:
                exporter.begin(place.stat().st_dev)
                time.sleep(random.Random(pull).uniform(0.02, 1.1) * span)
                stick.pull_out()
                said = exporter.outcome()
                wrong = [f"outside: {path}" for path in place.rglob("*")]
                stick.plug_in()
                wrong += found_wrong(place, said)
            yield said, wrong
            for path in sorted(place.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
    finally:
        exporter.close()


def found_wrong(stick: Path, said: dict[str, object]) -> list[str]:
    """What is wrong on a stick that is plugged in again."""
    wrong = [
        f"half under a final name: {path.name}"
        for path in stick.iterdir()
        if not path.name.endswith(".part") and not (path.is_dir() and holds_up(path))
    ]
    if said["done"] and not (stick / str(said["done"])).is_dir():
        wrong.append(f"said done, and is not there: {said['done']}")
    return wrong


def holds_up(folder: Path) -> bool:
    try:
        return verify(folder).ok
    except StationError:  # so little of it that it is no export
        return False


def test_a_stick_pulled_out_at_any_moment_is_never_called_done(event: Path, tmp_path: Path) -> None:
    ends: Counter[str] = Counter()
    for said, wrong in pulled("protocol", event, tmp_path, PULLS):
        assert wrong == [], said
        assert said["done"] or said["named"], said  # a sentence for people, not a traceback
        ends["done" if said["done"] else "told"] += 1
    print(f"\n{PULLS} exports pulled out: {dict(ends)}, nothing wrong")
    assert ends["told"] >= PULLS // 10


def test_the_same_hand_catches_a_writer_that_knows_no_better(event: Path, tmp_path: Path) -> None:
    wrong = [found for _said, found in pulled("naive", event, tmp_path, max(8, PULLS // 3))]
    print(f"\nnaive: {sum(map(bool, wrong))} of {len(wrong)} wrong")
    assert sum(map(bool, wrong)) >= len(wrong) // 4


def test_the_next_try_goes_on_with_what_was_there(event: Path, tmp_path: Path) -> None:
    with opened(event) as station, Stick(tmp_path / "KINGSTON") as stick:
        course, size = Course(), [0]

        def pull(_done: int, total: int) -> None:
            if course.phase is Phase.PROVING and stick.path.is_mount():  # everything is written
                size[0] = total // 2
                stick.pull_out()

        with pytest.raises(EnvironmentFault):
            station.export(stick.path, pull, course=course)
        stick.plug_in()
        again = station.export(stick.path)
        left = [path.name for path in stick.path.iterdir()]
        assert not list((event / "outbox").glob("export.part*"))
    assert again.verified
    assert again.kept_bytes == size[0] > 20_000
    assert left == [again.to.name]
