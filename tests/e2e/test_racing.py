"""Many at once: programs that open one folder, threads that redeem one code, readers beside the writer."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from station.app import open_station
from station.errors import EnvironmentFault, StationError
from station.exchange.verify import verify
from station.model.verdict import Outcome, Reason, Source, Verdict
from station.store import checkin, journal, projections
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, opened, payload

ROOT = Path(__file__).resolve().parents[2]
THREADS = 12
OPEN_AND_HOLD = (
    "import sys; from pathlib import Path; from station.app import open_station; from station.errors import Refusal\n"
    "sys.stdin.readline()\n"
    "try: station = open_station(Path(sys.argv[1]))\n"
    "except Refusal as refusal: print('refused', flush=True)\n"
    "else: print('opened', flush=True); sys.stdin.readline(); station.close()\n"
)


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "event")


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """Do all works in threads that start at the same moment; gives results or StationErrors."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        start.wait()
        try:
            return work()
        except StationError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_of_many_programs_one_opens_the_folder(event: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_HOLD, str(event)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _program in range(3)
    ]
    try:
        for program in programs:
            assert program.stdin
            program.stdin.write("go\n")
            program.stdin.flush()
        answers = [program.stdout.readline().strip() for program in programs if program.stdout]
        report = verify(event)  # beside the one that has it open
    finally:
        for program in programs:
            program.communicate("stop\n")
    assert Counter(answers) == {"opened": 1, "refused": 2}
    assert (report.problems, report.stations) == ([], [INSTANCE])
    assert verify(event).problems == []


def test_commands_on_one_folder_wait_for_each_other(event: Path) -> None:
    scans = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "station",
                "scan",
                str(event),
                "--payload",
                payload(serial).decode(),
                "--json",
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for serial in (1, 1, 1, 2)
    ]
    answers = [scan.communicate() for scan in scans]
    assert [(scan.returncode, error) for scan, (_out, error) in zip(scans, answers, strict=True)] == [
        (0, "")
    ] * 4
    verdicts = Counter(
        (line["delegate"]["code"], line["verdict"]) for line in (json.loads(out) for out, _e in answers)
    )
    assert verdicts == {("DB00001", "admitted"): 1, ("DB00001", "attention"): 2, ("DB00002", "admitted"): 1}
    report = verify(event)
    assert (report.problems, report.entries) == ([], 1 + 4)


def test_of_many_threads_one_admits(event: Path) -> None:
    with opened(event) as station:
        for serial in range(1, 1 + len(DELEGATES)):
            redeem = lambda serial=serial: station.desk.redeem(payload(serial), Source.CAMERA)  # noqa: E731
            verdicts = at_once([redeem] * THREADS)
            assert all(isinstance(verdict, Verdict) for verdict in verdicts)
            counted = Counter((v.outcome, v.reason) for v in verdicts if isinstance(v, Verdict))
            assert counted == {
                (Outcome.ADMITTED, None): 1,
                (Outcome.ATTENTION, Reason.ALREADY_IN): THREADS - 1,
            }
        assert station.desk.counts().present == len(DELEGATES)
    assert verify(event).entries == 1 + len(DELEGATES) * THREADS


def test_of_many_threads_one_hands_out_and_one_cancels(event: Path) -> None:
    with opened(event) as station:
        admitted = station.desk.redeem(payload(1), Source.CAMERA).entry
        assert all(
            isinstance(b, tuple) for b in at_once([lambda: station.desk.hand_out(f"{INSTANCE}-1")] * THREADS)
        )
        cancelled = at_once([lambda: station.desk.void(admitted)] * THREADS)
        assert Counter(map(type, cancelled))[type(None)] == 1
        assert station.desk.counts().handed_out == 3
        assert station.desk.counts().present == 0
    report = verify(event)
    assert (report.problems, report.entries) == ([], 1 + 1 + 3 + 1)


def test_a_reader_sees_whole_moments_while_the_desk_writes(event: Path) -> None:
    done = threading.Event()
    with opened(event) as station:

        def write() -> None:
            for number in range(60):
                station.desk.redeem(payload(1 + number % 5), Source.CAMERA)
                station.desk.hand_out(f"{INSTANCE}-{1 + number % 5}")
                station.desk.take_back(f"{INSTANCE}-{1 + number % 5}", "TL01")
            done.set()

        def read() -> int:
            looks = before = 0
            while not done.is_set() or looks == 0:
                with station.files.snapshot() as connection:
                    chain = list(journal.entries(connection, INSTANCE))
                    present = {line.delegate for line in checkin.attendance(connection)}
                assert journal.chain_problems(chain) == []
                assert len(chain) >= before
                assert present == {e.content.delegate for e in chain if e.content.outcome == "admitted"}
                before, looks = len(chain), looks + 1
            return looks

        def export() -> bool:
            return station.export(event.parent / "stick").verified

        (event.parent / "stick").mkdir()
        results = at_once([write, read, read, export, lambda: verify(event).problems])
        assert results[0] is None
        assert all(isinstance(looks, int) for looks in results[1:3])
        assert results[3:] == [True, []]
        assert station.files.write(projections.rebuild) == []


def test_closing_while_others_work_answers_everybody(tmp_path: Path) -> None:
    for round_ in range(5):
        event = make_event(tmp_path / str(round_))
        station = open_station(event, clock=HandClock())

        def work(desk: object = station.desk) -> list[str]:
            told: list[str] = []
            try:
                while True:
                    told.append(desk.redeem(payload(1), Source.CAMERA).entry)  # type: ignore[attr-defined]
            except EnvironmentFault:
                return told

        def close(station: object = station) -> list[str]:
            station.desk.redeem(payload(2), Source.CAMERA)  # type: ignore[attr-defined]
            station.close()  # type: ignore[attr-defined]
            return []

        told = at_once([work, work, work, close])
        assert all(isinstance(entries, list) for entries in told)
        entries = [entry for some in told if isinstance(some, list) for entry in some]
        assert len(set(entries)) == len(entries)
        report = verify(event)
        assert (report.problems, report.entries) == ([], 1 + 1 + len(entries))


def test_of_many_who_make_one_event_one_does(tmp_path: Path) -> None:
    makers = at_once([lambda: make_event(tmp_path / "event")] * 4)
    assert [maker for maker in makers if not isinstance(maker, StationError)] == [tmp_path / "event"]
    assert verify(tmp_path / "event").problems == []
    assert list(tmp_path.iterdir()) == [tmp_path / "event"]


@pytest.mark.slow
def test_another_program_that_holds_the_database_is_named_and_waited_for(event: Path) -> None:
    with (
        opened(event) as station,
        closing(sqlite3.connect(event / "event.sqlite3", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFault, match="chương trình khác"):
            station.desk.redeem(payload(1), Source.CAMERA)
        assert station.desk.counts().scans == 0
        other.execute("ROLLBACK")
        assert station.desk.redeem(payload(1), Source.CAMERA).outcome is Outcome.ADMITTED
    assert verify(event).problems == []


READ_AND_CLOSE = (
    "import sqlite3, sys\n"
    "connection = sqlite3.connect(sys.argv[1])\n"
    "print(connection.execute('SELECT count(*) FROM entry').fetchone()[0])\n"
    "connection.close()\n"
)


def test_a_program_that_empties_the_log_meanwhile_costs_nothing(event: Path) -> None:
    """POSIX drops a program's locks on a file when it closes any descriptor of it, as after copying the file.

    Then another program believes to be the last user of the database, and removes the log when it closes.
    """
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        (event / "event.sqlite3").read_bytes()
        command = [sys.executable, "-c", READ_AND_CLOSE, str(event / "event.sqlite3")]
        assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == "2\n"
        assert station.desk.redeem(payload(2), Source.CAMERA).outcome is Outcome.ADMITTED
        assert station.desk.counts().present == 2
        shutil.copytree(event, event.parent / "killed")
    for folder in (event, event.parent / "killed"):
        report = verify(folder)
        assert (report.problems, report.entries) == ([], 3)
