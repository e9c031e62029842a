"""Admits delegates whose badges are printed at once on a raw queue: a program to be killed.

python -m tests.e2e.programs.printing FOLDER ADDRESS FIRST LAST; says READY, then every serial number it admitted.
"""

import sys
import time
from pathlib import Path

from station.app import open_station
from station.badges.printers import NoneInstalled, Printers
from station.badges.profiles import Printing
from station.badges.worker import Spool
from station.model.verdict import Source
from tests.builders import payload


def main(folder: Path, address: str, first: int, last: int) -> None:
    """Open, print, and stay until killed."""
    station = open_station(folder, wait_s=10)
    printing = Printing(at_once=True, printer=address)
    printers = Printers(folder / "exports" / "badges", NoneInstalled())
    spool = Spool(station.files, station.clock, printers, station.badge, station.badge_pdf, lambda: printing)
    spool.start()
    print("READY", flush=True)
    for serial in range(first, last + 1):
        station.desk.redeem(payload(serial), Source.CAMERA)
        print(serial, flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
