"""From an admission to the first bytes at a printer's queue, on a raw port of this machine."""

import statistics
import tempfile
import time
from pathlib import Path

from station.app import open_station
from station.badges.printers import NoneInstalled, Printers
from station.badges.profiles import Printing
from station.badges.worker import Spool
from station.clock import SystemClock
from station.model.delegate import Delegate
from station.model.verdict import Source
from tests.builders import make_event, payload
from tests.printers import RawPrinter, wait_until

ADMISSIONS, DELEGATES = 100, 1000


def run() -> list[tuple[str, ...]]:
    """Rows: figure, value, limit."""
    people = [
        Delegate("", f"DB{n:05d}", f"Nguyễn Thị Ánh {n}", unit=f"Đơn vị {n % 63}")
        for n in range(1, DELEGATES + 1)
    ]
    took_ms: list[float] = []
    scans_ms: list[float] = []
    with tempfile.TemporaryDirectory() as folder, RawPrinter() as printer:
        station = open_station(make_event(Path(folder) / "event", delegates=people), clock=SystemClock())
        printing = Printing(at_once=True, printer=printer.address)
        printers = Printers(Path(folder), NoneInstalled())
        spool = Spool(
            station.files, station.clock, printers, station.badge, station.badge_pdf, lambda: printing
        )
        spool.start()
        for serial in range(1, ADMISSIONS + 1):
            before = time.monotonic()
            station.desk.redeem(payload(serial), Source.CAMERA)
            admitted = time.monotonic()
            wait_until(lambda serial=serial: len(printer.labels) == serial)  # type: ignore[misc]
            took_ms.append((printer.arrived[-1] - admitted) * 1000)
            scans_ms.append((admitted - before) * 1000)
        spool.close()
        station.close()
    took_ms, scans_ms = sorted(took_ms), sorted(scans_ms)
    return [
        ("from admitted to bytes at the queue, median, ms", f"{statistics.median(took_ms):.1f}", ""),
        ("from admitted to bytes at the queue, p95, ms", f"{took_ms[int(ADMISSIONS * 0.95)]:.1f}", "400"),
        ("scan while badges are printed, p95, ms", f"{scans_ms[int(ADMISSIONS * 0.95)]:.1f}", ""),
    ]
