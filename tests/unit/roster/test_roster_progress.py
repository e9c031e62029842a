"""Taking in a roster says how far it is, and can be stopped at any moment before it is stored, leaving nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from station.app import Station, new_event, new_event_values, open_station
from station.errors import Cancelled
from station.roster.plan import RosterFile, read_roster
from station.roster.table import RosterTable, TableChoice
from station.store import roster as roster_store
from tests.builders import EVENT, HandClock
from tests.unit.roster.test_separate_reading import large_workbook

ROWS = 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "roster.xlsx"
    path.write_bytes(large_workbook(ROWS))
    return path


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    event = new_event_values("Tập huấn", EVENT.starts_on, EVENT.ends_on)
    new_event(tmp_path / "event", event, station="Bàn 1", clock=HandClock())
    opened = open_station(tmp_path / "event", clock=HandClock())
    yield opened
    opened.close()


class Heard:
    """Remembers the shares that were reported, and stops at the nth report if it is asked to."""

    def __init__(self, stop_at: int = 0) -> None:
        self.shares: list[float] = []
        self._stop_at = stop_at

    def __call__(self, done: int, total: int) -> None:
        assert 0 <= done <= total or total == 0
        self.shares.append(done / total if total else 0.0)
        if len(self.shares) == self._stop_at:
            raise Cancelled

    def grows_to_the_end(self) -> bool:
        return self.shares == sorted(self.shares) and self.shares[-1] == 1.0 and len(set(self.shares)) > 3


def count(station: Station) -> tuple[int, int, int]:
    with station.files.reading() as connection:
        payloads = len(roster_store.live_payloads(connection))
        return roster_store.delegate_count(connection), payloads, roster_store.last_number(connection)


def test_each_step_reports_from_nothing_to_all(station: Station, large: Path) -> None:
    reading, checking, comparing, storing = Heard(), Heard(), Heard(), Heard()
    table = RosterTable.read(large, reading)
    roster = table.check(table.view(TableChoice(), {}), checking)
    difference = station.roster_changes(roster, progress=comparing)
    station.take_roster(difference, "x", roster.sha256, storing)
    assert reading.shares == sorted(reading.shares)
    assert max(reading.shares) > 0.5
    assert checking.grows_to_the_end()
    assert comparing.grows_to_the_end()
    assert storing.grows_to_the_end()
    assert count(station) == (ROWS, ROWS, ROWS)


@pytest.mark.parametrize("stop_at", [1, 3, 7, 11])
def test_a_storing_that_is_stopped_leaves_the_roster_as_it_was(
    station: Station, large: Path, stop_at: int
) -> None:
    roster = read_roster(large)
    difference = station.roster_changes(roster)
    with pytest.raises(Cancelled):
        station.take_roster(difference, "x", roster.sha256, Heard(stop_at))
    assert count(station) == (0, 0, 0)
    assert station.latest_roster() is None
    station.take_roster(difference, "x", roster.sha256)  # and the next one finds nothing in its way
    assert count(station) == (ROWS, ROWS, ROWS)


@pytest.mark.parametrize("stop_at", [1, 2, 5])
def test_reading_checking_and_comparing_stop_when_they_are_told(
    station: Station, large: Path, stop_at: int
) -> None:
    roster: RosterFile = read_roster(large)
    table = RosterTable.read(large)
    view = table.view(TableChoice(), {})
    for step in (
        lambda heard: RosterTable.read(large, heard),
        lambda heard: table.check(view, heard),
        lambda heard: station.roster_changes(roster, progress=heard),
    ):
        with pytest.raises(Cancelled):
            step(Heard(stop_at))
    assert psutil.Process().children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no interrupt to one process")
def test_an_interrupted_import_leaves_nothing(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(large_workbook(60_000))
    station.close()
    folder = tmp_path / "event"
    command = [sys.executable, "-m", "station", "import-roster", str(folder), str(path), "--lang", "en"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    process = psutil.Process(run.pid)
    while not (children := process.children()):  # until its reader is at work
        assert run.poll() is None
    run.send_signal(signal.SIGINT)
    _out, said = run.communicate(timeout=30)
    assert (run.returncode, said.strip()) == (1, "Stopped.")
    _gone, alive = psutil.wait_procs(
        children, timeout=10
    )  # caught at its very start, it ends when its pipe does
    assert alive == []
    again = open_station(folder, clock=HandClock())
    try:
        assert count(again) == (0, 0, 0)
    finally:
        again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no interrupt to one process")
def test_an_interrupt_while_storing_takes_back_what_is_stored(station: Station, large: Path) -> None:
    from station.commands.output import Output
    from station.commands.roster import _take

    class Interrupting(Output):
        """As if the person pressed Ctrl-C when the first delegates are stored."""

        def progress(self, done: int, total: int) -> None:
            if 0 < done < total / 2:
                os.kill(os.getpid(), signal.SIGINT)

    roster = read_roster(large)
    difference = station.roster_changes(roster)
    with pytest.raises(KeyboardInterrupt):
        _take(station, difference, "x", roster.sha256, Interrupting(as_json=False))
    station.files.write(lambda _connection: None)  # the writer has come to the end of it
    assert count(station) == (0, 0, 0)
