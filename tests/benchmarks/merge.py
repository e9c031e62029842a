"""Bringing twenty desks together, beside plain inserts of the same rows into the same tables; and scans meanwhile.

``python -m tests.benchmarks.merge --large`` does it with a million entries.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station.app import open_station
from station.clock import to_ms
from station.exchange.merge import Merged, bring_together
from station.exchange.seal import seal
from station.model.delegate import Delegate
from station.model.entry import EntryKind
from station.model.verdict import Source
from station.store import instance as instances
from station.store import journal, travel
from station.store.connection import WriteConnection, snapshot
from station.store.folder import create_database
from station.store.journal import Note
from tests.benchmarks.busy import SWITCH_S, Stop, _in_turns, _p95
from tests.builders import INSTANCE, HandClock, make_event, payload

STATIONS, ENTRIES, PEOPLE = 20, 5_000, 5_000
LARGE = 10  # times as many entries a station
LIMIT, AGAIN_LIMIT, BESIDE_LIMIT = 6.0, 0.1, 2.0


def run(entries: int = ENTRIES) -> list[tuple[str, ...]]:
    """Rows: what, entries, seconds, ratio."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), ignore_cleanup_errors=True) as folder:
            return _rows(Path(folder), entries)
    finally:
        sys.setswitchinterval(before)


def _rows(top: Path, entries: int) -> list[tuple[str, ...]]:
    people = [Delegate("", f"DB{n:06d}", f"Nguyễn Văn {n}", unit="Đơn vị") for n in range(1, PEOPLE + 1)]
    clock = HandClock()
    make_event(top / "office", delegates=people, clock=clock)
    make_event(top / "desks", delegates=people, clock=clock)
    stick = top / "stick"
    stick.mkdir()
    with closing(open_station(top / "desks", clock=clock)) as desks:
        for number in range(STATIONS):
            desks.files.write(lambda c, n=number: _fill(c, n, entries, clock))
        seal(desks.files, stick, clock)
    next(stick.glob(f"journal-{INSTANCE}-*")).unlink()  # each event's own chain
    for path in stick.glob("*.segment"):
        if path.name.split("-")[1] not in {f"{n:08d}" for n in range(STATIONS)}:
            path.unlink()
    plain_s = _plain(top)
    total = STATIONS * entries
    rows: list[tuple[str, ...]] = [("plain inserts", f"{total:,}", f"{plain_s:.2f}", "1.00")]
    with closing(open_station(top / "office", clock=clock)) as office:
        taken_s, merged = _timed(lambda: bring_together(office.files, [stick], clock))
        assert (merged.new, merged.rejected, merged.gaps) == (total, [], []), merged
        rows.append(("merge", f"{total:,}", f"{taken_s:.2f}", _ratio(taken_s / plain_s, LIMIT)))
        again_s, merged = _timed(lambda: bring_together(office.files, [stick], clock))
        assert (merged.new, merged.known) == (0, total)
        rows.append(
            ("the same again", f"{total:,}", f"{again_s:.2f}", _ratio(again_s / taken_s, AGAIN_LIMIT))
        )
    return [*rows, *_beside(top, stick, people)]


def _fill(connection: WriteConnection, number: int, entries: int, clock: HandClock) -> None:
    """One desk's day: admissions, with repeats, refusals, hand-outs, a void now and then."""
    chance = random.Random(number)
    instance = instances.start_instance(
        connection, f"Bàn {number}", f"there {number}", clock, f"{number:08d}"
    ).id
    last = ""
    for count in range(entries - 1):
        clock.forward(seconds=1)
        who = f"{INSTANCE}-{chance.randint(1, PEOPLE)}"
        kind = chance.random()
        body = {"source": Source.CAMERA, "serial": count}
        if kind < 0.70:
            note = Note(EntryKind.SCAN, clock.now(), who, "CHUNG", outcome="admitted", body=body)
        elif kind < 0.80:
            said = {**body, "reason": "ALREADY_IN"}
            note = Note(EntryKind.SCAN, clock.now(), who, "CHUNG", outcome="attention", body=said)
        elif kind < 0.98 or not last:
            note = Note(EntryKind.HANDED_OUT, clock.now(), who, document="TL01", body={"version": "1"})
        else:
            note = Note(EntryKind.VOID, clock.now(), target=last, particulars={"reason": "nhầm"})
        last = journal.append(connection, instance, note).id


def _plain(top: Path) -> float:
    """The same rows into the same tables, indexes and triggers, in one transaction."""
    with snapshot(top / "desks" / "event.sqlite3") as source:
        chains = [
            [*journal.entries(source, instance)]
            for instance in journal.instances_with_entries(source)
            if instance != INSTANCE
        ]
        known = instances.all_instances(source)
        (top / "plain").mkdir()
        with closing(create_database(top / "plain")) as target:
            target.execute("BEGIN IMMEDIATE")
            travel.copy_tables(source, target)
            for one in known.values():
                instances.add_instance(target, one, to_ms(HandClock().now()))
            began = time.perf_counter()
            for chain in chains:
                journal.insert(target, *chain)
            target.execute("COMMIT")
            return time.perf_counter() - began


def _beside(top: Path, stick: Path, people: list[Delegate]) -> list[tuple[str, ...]]:
    """Scans at a desk that merges all the time: a fresh event each time, for what is known is no work."""
    clock = HandClock()
    make_event(top / "busy", delegates=people, clock=clock)
    files = sorted(stick.glob("*.segment"))
    serials = iter(random.Random(1).sample(range(1, PEOPLE + 1), 3_000))
    with closing(open_station(top / "busy", clock=clock)) as station:

        def scan() -> float:
            raw = payload(next(serials))
            began = time.perf_counter()
            station.desk.redeem(raw, Source.CAMERA)
            return (time.perf_counter() - began) * 1000

        waiting, taken = iter(files), list[int]()

        def job(stop: Stop) -> Merged:
            merged = bring_together(station.files, [next(waiting)], clock, stop)
            taken.append(merged.new)
            return merged

        idle, busy = _in_turns(scan, job)
    ratio = _p95(busy) / _p95(idle)
    return [
        (
            "redeem, idle: p50 and p95, ms",
            f"{len(idle):,}",
            f"{statistics.median(idle):.2f}, {_p95(idle):.2f}",
            "1.00",
        ),
        (
            "redeem during a merge: p50 and p95, ms",
            f"{len(busy):,}",
            f"{statistics.median(busy):.2f}, {_p95(busy):.2f}",
            _ratio(ratio, BESIDE_LIMIT),
        ),
    ]


def _ratio(ratio: float, limit: float) -> str:
    return f"{ratio:.2f}" if ratio <= limit else f"{ratio:.2f}, more than {limit:g}"


def _timed(work: Callable[[], Merged]) -> tuple[float, Merged]:
    began = time.perf_counter()
    merged = work()
    return time.perf_counter() - began, merged


if __name__ == "__main__":
    for row in run(ENTRIES * LARGE if "--large" in sys.argv else ENTRIES):
        print("| " + " | ".join(row) + " |")
