"""How long an export, the second copy and going on from it take, and what scans wait for beside the second copy."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station.app import Station, open_station
from station.exchange.continuing import continue_event, copies_in
from station.exchange.keeping import CopyKeeper
from station.media.drives import Drive
from station.model.delegate import Delegate
from station.model.verdict import Source
from tests.builders import HandClock, make_event, payload

SIZES = (150, 5_000)
EXPORT_LIMIT_S = 3.0  # of 150 delegates
CONTINUE_LIMIT_S = 20.0  # of the two minutes, the program's share
SCANS = 120
BETWEEN_S = 0.005
SWITCH_S = 0.001  # as ui.app sets it


def run() -> list[tuple[str, ...]]:
    """Rows: what, delegates, seconds, limit."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        return [row for size in SIZES for row in _of(size)]
    finally:
        sys.setswitchinterval(before)


def _of(size: int) -> list[tuple[str, ...]]:
    people = [
        Delegate("", f"DB{n:05d}", f"Nguyễn Văn {n}", unit=f"Đơn vị {n % 63}") for n in range(1, size + 1)
    ]
    with tempfile.TemporaryDirectory(dir=Path.cwd(), ignore_cleanup_errors=True) as name:
        top = Path(name)
        (top / "stick").mkdir()
        make_event(top / "event", delegates=people)
        with closing(open_station(top / "event", clock=HandClock())) as station:
            for serial in range(1, size + 1 - 2 * SCANS if size > 1000 else size + 1):
                station.desk.redeem(payload(serial), Source.CAMERA)
            keeper = CopyKeeper(station.files, station.clock, lambda: Drive(top / "stick"))
            export = _seconds(lambda: station.export(top / "export"))
            whole = _seconds(keeper.look)
            station.desk.redeem(payload(1), Source.CAMERA)
            journal = _seconds(keeper.look)
            idle, busy = _scans(station, size, None), _scans(station, size, keeper)
            copy = copies_in(top / "stick")[0]
            going_on = _seconds(lambda: continue_event(copy, top / "new", station.clock))
    limited = size == SIZES[0]
    return [
        _row("export, read back", size, export, EXPORT_LIMIT_S if limited else 0),
        _row("second copy, the first", size, whole, 0),
        _row("second copy, after a record", size, journal, 0),
        _row("going on from it", size, going_on, CONTINUE_LIMIT_S),
        _row("a scan, p95, nothing beside it", size, idle, 0),
        _row("a scan, p95, the second copy written all the time", size, busy, 0),
    ]


def _row(what: str, size: int, seconds: float, limit: float) -> tuple[str, ...]:
    over = " exceeded" if limit and seconds > limit else ""
    return what, f"{size:,}", f"{seconds:.3f}", f"{limit:g}{over}" if limit else ""


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _scans(station: Station, size: int, keeper: CopyKeeper | None) -> float:
    """The 95th percentile of scans, beside a keeper that looks without a pause."""
    over = threading.Event()

    def keep() -> None:
        while keeper is not None and not over.is_set():
            keeper.look()

    thread = threading.Thread(target=keep)
    thread.start()
    taken = []
    for number in range(SCANS):
        time.sleep(BETWEEN_S)
        raw = payload(1 + (size - number) % size)
        taken.append(_seconds(lambda raw=raw: station.desk.redeem(raw, Source.CAMERA)))  # type: ignore[misc]
    over.set()
    thread.join()
    return sorted(taken)[int(0.95 * SCANS)]
