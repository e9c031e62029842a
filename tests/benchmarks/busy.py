"""Redeeming while the same program exports a roster of a hundred thousand, or prints a thousand badges.

What is timed is what a clerk waits for: from the payload to the verdict, which is durable by then. The long work runs
as the window runs it, on a thread of its own. Idle and busy are measured in turns, so that what else happens on the
machine hits both.
"""

import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station.app import open_station
from station.badges.layout import CARD
from station.badges.rendering import render_badges
from station.errors import Cancelled
from station.model.delegate import Delegate
from station.model.verdict import Source
from tests.builders import HandClock, make_event, payload

DELEGATES = 100_000
BADGES = 1_000
ROUNDS = 4
SCANS = 150  # a turn
BETWEEN_S = 0.005
SWITCH_S = 0.0005  # as ui.app sets it
LIMIT = 2.0


def run() -> list[tuple[str, ...]]:
    """Rows: beside what, p50, p95, p95 beside that of idle turns."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), ignore_cleanup_errors=True) as folder:
            return _rows(Path(folder))
    finally:
        sys.setswitchinterval(before)


def _rows(folder: Path) -> list[tuple[str, ...]]:
    people = [Delegate("", f"DB{n:06d}", f"Nguyễn Văn {n}", unit="Đơn vị") for n in range(1, DELEGATES + 1)]
    make_event(folder / "event", delegates=people)
    rows: list[tuple[str, ...]] = []
    with closing(open_station(folder / "event", clock=HandClock())) as station:
        serials = iter(random.Random(1).sample(range(1, DELEGATES + 1), 4 * ROUNDS * SCANS))
        badges = list(station.badges().values())[:BADGES]

        def scan() -> float:
            raw = payload(next(serials))
            began = time.perf_counter()
            station.desk.redeem(raw, Source.CAMERA)
            return (time.perf_counter() - began) * 1000

        jobs: dict[str, Callable[[Stop], object]] = {
            f"an export of {DELEGATES:,} delegates": lambda stop: station.export(folder / "stick", stop),
            f"a job of {BADGES:,} badges": lambda stop: render_badges(
                folder / "badges.pdf", station.event, badges, CARD, stop
            ),
        }
        for name, job in jobs.items():
            idle, busy = _in_turns(scan, job)
            ratio = _p95(busy) / _p95(idle)
            verdict = "" if ratio <= LIMIT else f", more than {LIMIT:g}"
            rows.append(
                (f"nothing (before: {name})", f"{statistics.median(idle):.2f}", f"{_p95(idle):.2f}", "1.00")
            )
            rows.append(
                (name, f"{statistics.median(busy):.2f}", f"{_p95(busy):.2f}", f"{ratio:.2f}{verdict}")
            )
    return rows


class Stop:
    """The progress of a long job; ends it once the scans of its turn are through."""

    def __init__(self) -> None:
        self.wanted = False

    def __call__(self, _done: int, _total: int) -> None:
        if self.wanted:
            raise Cancelled


def _in_turns(scan: Callable[[], float], job: Callable[[Stop], object]) -> tuple[list[float], list[float]]:
    """Milliseconds of scans with nothing beside them, and with the job running all the time."""
    idle: list[float] = []
    busy: list[float] = []
    for _round in range(ROUNDS):
        idle += _scans(scan, lambda: True)
        stop = Stop()
        thread = threading.Thread(target=_repeat, args=(job, stop), name="busy")
        thread.start()
        try:
            busy += _scans(scan, thread.is_alive)
        finally:
            stop.wanted = True
            thread.join()
    return idle, busy


def _repeat(job: Callable[[Stop], object], stop: Stop) -> None:
    try:
        while not stop.wanted:
            job(stop)
    except Cancelled:
        pass


def _scans(scan: Callable[[], float], still: Callable[[], bool]) -> list[float]:
    taken = []
    for _scan in range(SCANS):
        time.sleep(BETWEEN_S)
        taken.append(scan())
        assert still(), "the job ended before the scans"
    return taken


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]
