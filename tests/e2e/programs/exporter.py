"""Exports again and again in a process of its own: a line ``ready``, then one export for each line that it reads.

``protocol`` is the program's own export; ``naive`` writes files under their final names and says done.
"""

import json
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path

from station.app import Station, open_station
from station.errors import StationError


def _tell(**line: object) -> None:
    print(json.dumps(line), flush=True)


def _protocol(station: Station, stick: Path, number: int) -> str:
    return station.export(stick, number=number).to.name


def _naive(station: Station, stick: Path, _number: int) -> str:
    """What a program does that knows no better."""
    made = station.export(station.folder / "exports").to
    name = made.name + os.urandom(4).hex()
    shutil.copytree(made, stick / name)
    shutil.rmtree(made)
    return name


def main() -> None:
    writer, folder, stick = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    export = {"protocol": _protocol, "naive": _naive}[writer]
    with closing(open_station(folder)) as station:
        _tell(ready=True)
        for line in sys.stdin:
            try:
                name = export(station, stick, int(line))
            except (StationError, OSError) as error:
                _tell(done=None, said=str(error), named=isinstance(error, StationError))
            else:
                _tell(done=name)


if __name__ == "__main__":
    main()
