"""Taking in large rosters beside the least it can cost: python-calamine reading the cells, SQLite inserting them.

Each row in a process of its own, so that the memory is its alone.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

SIZES = (5_000, 100_000)
TURNS = {5_000: 9, 100_000: 3}  # what is short is sooner disturbed
STEPS = {"least": "calamine + SQLite", "import": "import", "again": "the same again, diff"}
HEADING = ("STT", "Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Thành phần", "Điện thoại", "Số ghế")


def run() -> list[tuple[str, ...]]:
    """Rows: what, rows of the sheet, seconds, ratio to the least, memory of all processes together in MB."""
    return [row for size in SIZES for row in _measured(size)]


def _measured(size: int) -> Iterator[tuple[str, ...]]:
    """The best of several runs of each step, which take turns, so that a busy moment hits all alike."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    memory: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        _run("make", folder, size)
        for _turn in range(TURNS[size]):
            for step in STEPS:
                taken_s, memory_mb = _run(step, folder, size)
                seconds[step].append(taken_s)
                memory[step].append(memory_mb)
    least = min(seconds["least"])
    for step, name in STEPS.items():
        best = min(seconds[step])
        yield name, f"{size:,}", f"{best:.2f}", f"{best / least:.1f}", f"{max(memory[step]):.0f}"


def _run(step: str, folder: str, size: int) -> tuple[float, float]:
    child = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.roster", step, folder, str(size)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    taken_s, memory_mb = json.loads(child.stdout.splitlines()[-1])
    return taken_s, memory_mb


def main(step: str, folder: Path, size: int) -> None:
    """One step; prints the seconds and the megabytes it took."""
    steps: dict[str, Callable[[Path, int], float]] = {
        "make": _make,
        "least": _least,
        "import": _import,
        "again": _again,
    }
    taken_s = steps[step](folder, size)
    print(json.dumps([taken_s, _peak_bytes() / 1e6]))


def _peak_bytes() -> int:
    """The most memory this process ever had, and to it the most that a process it started had."""
    import psutil

    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peaks = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(peak.ru_maxrss for peak in peaks) * 1024


def _make(folder: Path, size: int) -> float:
    import xlsxwriter

    from station.app import new_event
    from tests.builders import EVENT

    with xlsxwriter.Workbook(folder / "roster.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("DS")
        sheet.write_row(0, 0, HEADING)
        for n in range(1, size + 1):
            row = (n, f"DB{n:06d}", f"Nguyễn Thị Ánh {n}", "Chuyên viên", f"LĐLĐ tỉnh số {n % 63}")
            sheet.write_row(n, 0, (*row, "Học viên", f"09{n:08d}", f"A-{n}"))
    new_event(folder / "new", EVENT, station="1")
    return 0.0


def _least(folder: Path, _size: int) -> float:
    import sqlite3

    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(folder / "roster.xlsx")).get_sheet_by_index(0).to_python()
    (folder / "least.sqlite3").unlink(missing_ok=True)
    connection = sqlite3.connect(folder / "least.sqlite3")
    connection.execute("CREATE TABLE delegate (a, b, c, d, e, f, g, h)")
    connection.executemany("INSERT INTO delegate VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    return time.perf_counter() - began


def _import(folder: Path, size: int) -> float:
    from station.app import open_station
    from station.roster.plan import read_roster

    shutil.rmtree(folder / "event", ignore_errors=True)
    shutil.copytree(folder / "new", folder / "event")
    station = open_station(folder / "event")
    began = time.perf_counter()
    roster = read_roster(folder / "roster.xlsx")
    difference = station.roster_changes(roster)
    station.take_roster(difference, "roster.xlsx", roster.sha256)
    taken_s = time.perf_counter() - began
    station.close()
    assert len(difference.added) == size
    return taken_s


def _again(folder: Path, size: int) -> float:
    from station.app import open_station
    from station.roster.plan import read_roster

    station = open_station(folder / "event")
    began = time.perf_counter()
    roster = read_roster(folder / "roster.xlsx")
    difference = station.roster_changes(roster)
    taken_s = time.perf_counter() - began
    station.close()
    assert len(difference.unchanged) == size
    return taken_s


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
