"""A desk that scans without end and keeps a second copy: tells each entry, and each copy that stands."""

import itertools
import json
import sys
import threading
from pathlib import Path

from station.app import open_station
from station.exchange.keeping import CopyKeeper
from station.media.drives import Drive
from station.model.verdict import Source


def _tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    folder, stick = Path(sys.argv[1]), Path(sys.argv[2])
    station = open_station(folder)
    keeper = CopyKeeper(station.files, station.clock, lambda: Drive(stick, label="KINGSTON"))

    def look() -> None:
        while True:
            state = keeper.look()
            _tell(until=state.until, problem=state.problem)

    payloads = [payload.encode() for payload in station.payloads().values()]
    threading.Thread(target=look, daemon=True).start()
    for payload in itertools.cycle(payloads):
        _tell(told=station.desk.redeem(payload, Source.CAMERA).entry)


if __name__ == "__main__":
    main()
