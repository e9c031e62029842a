"""The event pack of 500 delegates and 200 MB of documents beside a plain copy of the files and hashing them.

Each row in a process of its own, so that the memory is its alone; ratios are of one run.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.roster import _peak_bytes

DELEGATES, DOCUMENTS, DOCUMENT_BYTES = 500, 40, 5_000_000
PASSPHRASE = "bốn từ rất khác nhau"
NAMES = {
    "least": "plain copy and hashing",
    "small": "pack without documents",
    "pack": "pack",
    "proved": "pack on a stick: read back",
    "unpack": "unpack",
    "same": "the same pack again",
}
_TURNS = 3


def run() -> list[tuple[str, ...]]:
    """Rows: what, MB, seconds, ratio to the least, memory in MB."""
    table = []
    with tempfile.TemporaryDirectory() as folder:
        _child("make", folder)
        least = 0.0
        for step, name in NAMES.items():
            runs = [_child(step, folder) for _turn in range(_TURNS)]
            taken_s, memory_mb = min(seconds for seconds, _mb in runs), max(mb for _seconds, mb in runs)
            least = least or taken_s
            size = 0 if step == "small" else DOCUMENTS * DOCUMENT_BYTES // 1_000_000
            ratio = "" if step == "small" else f"{taken_s / least:.2f}"
            table.append((name, f"{size}", f"{taken_s:.2f}", ratio, f"{memory_mb:.0f}"))
    return table


def _child(step: str, folder: str) -> tuple[float, float]:
    child = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.pack", step, folder],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    taken_s, memory_mb = json.loads(child.stdout.splitlines()[-1])
    return taken_s, memory_mb


def main(step: str, folder: Path) -> None:
    """One step; prints the seconds and the megabytes it took."""
    steps: dict[str, Callable[[Path], float]] = {
        "make": _make,
        "least": _least,
        "small": lambda place: _pack(place, "small"),
        "pack": lambda place: _pack(place, "event"),
        "proved": lambda place: _pack(place, "event", read_back=True),
        "unpack": _unpack,
        "same": _same,
    }
    taken_s = steps[step](folder)
    print(json.dumps([taken_s, _peak_bytes() / 1e6]))


def _make(folder: Path) -> float:
    from station.model.delegate import Delegate
    from tests.builders import make_event

    people = [
        Delegate("", f"DB{n:05d}", f"Nguyễn Thị Ánh {n}", unit=f"LĐLĐ tỉnh số {n % 63}")
        for n in range(1, DELEGATES + 1)
    ]
    for name in ("event", "small"):
        make_event(folder / name, delegates=people)
    for number in range(DOCUMENTS):
        (folder / "event" / "documents" / f"tl{number:02d}.pdf").write_bytes(os.urandom(DOCUMENT_BYTES))
    return 0.0


def _least(folder: Path) -> float:
    target = folder / "copy"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    os.sync()
    began = time.perf_counter()
    for path in sorted((folder / "event" / "documents").iterdir()):
        shutil.copyfile(path, target / path.name)
        with (target / path.name).open("rb+") as file:
            os.fsync(file.fileno())
            hashlib.file_digest(file, "sha256")
    return time.perf_counter() - began


def _pack(folder: Path, name: str, *, read_back: bool = False) -> float:
    from station.app import open_station
    from station.exchange.pack import make_pack

    (folder / f"{name}.ckpack").unlink(missing_ok=True)
    os.sync()
    station = open_station(folder / name)
    began = time.perf_counter()
    to = folder / f"{name}.ckpack"
    made = make_pack(station.files, to, PASSPHRASE, station.clock, read_back=read_back)
    taken_s = time.perf_counter() - began
    station.close()
    assert made.contents.delegates == DELEGATES
    return taken_s


def _unpack(folder: Path) -> float:
    from station.clock import SystemClock
    from station.exchange.unpack import unpack

    shutil.rmtree(folder / "desk", ignore_errors=True)
    os.sync()
    began = time.perf_counter()
    unpack(folder / "event.ckpack", folder / "desk", PASSPHRASE, "Bàn 2", SystemClock())
    return time.perf_counter() - began


def _same(folder: Path) -> float:
    from station.clock import SystemClock
    from station.exchange.unpack import unpack

    began = time.perf_counter()
    assert unpack(folder / "event.ckpack", folder / "desk", PASSPHRASE, "Bàn 2", SystemClock()).known
    return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
