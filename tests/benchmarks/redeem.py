"""Redeeming: decide, record and commit durably, beside a bare INSERT + COMMIT in the same mode and run."""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station.app import open_station
from station.model.delegate import Delegate
from station.model.verdict import Source
from tests.builders import HandClock, make_event, payload

ROUNDS = 400
SIZES = (600, 100_000)


def run() -> list[tuple[str, ...]]:
    """Rows: what, median ms, ratio to the bare commit."""
    rows = []
    with tempfile.TemporaryDirectory(dir=Path.cwd(), ignore_cleanup_errors=True) as folder:
        medians = {}
        for size in SIZES:
            redeem_ms, bare_ms = _measure(Path(folder) / str(size), size)
            medians[size] = redeem_ms / bare_ms
            rows.append(
                (f"bare INSERT + COMMIT, WAL, FULL ({size} delegates run)", f"{bare_ms:.2f} ms", "1.00")
            )
            rows.append((f"redeem, {size:,} delegates", f"{redeem_ms:.2f} ms", f"{redeem_ms / bare_ms:.2f}"))
        rows.append(
            ("redeem, largest : smallest roster", "", f"{medians[SIZES[-1]] / medians[SIZES[0]]:.2f}")
        )
    return rows


def _measure(folder: Path, size: int) -> tuple[float, float]:
    """Medians in ms of redeeming and of bare commits, taken in turns."""
    folder.mkdir()
    delegates = [Delegate("", f"DB{n:06d}", f"Nguyễn Văn {n}", unit="Đơn vị") for n in range(1, size + 1)]
    make_event(folder / "event", delegates=delegates)
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("CREATE TABLE t (a, b)")

    def commit_bare() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO t VALUES (1, ?)", ("x" * 300,))
        bare.execute("COMMIT")

    redeemed, committed = [], []
    serials = random.Random(1).sample(range(1, size + 1), ROUNDS)
    with closing(bare), closing(open_station(folder / "event", clock=HandClock())) as station:
        for serial in serials:
            raw = payload(serial)
            redeemed.append(_timed(lambda raw=raw: station.desk.redeem(raw, Source.CAMERA)))
            committed.append(_timed(commit_bare))
    return statistics.median(redeemed), statistics.median(committed)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
