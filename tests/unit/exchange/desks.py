"""An event with several desks, and what they carry to each other."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from station.app import Station, open_station
from station.exchange.merge import Merged, bring_together
from station.exchange.seal import seal
from tests.builders import HandClock
from tests.unit.exchange.packing import make_office, open_pack, pack

NAMES = ("Bàn A", "Bàn B", "Bàn C")


class Desks:
    """An office and three desks of its pack; every one with a clock of its own."""

    def __init__(self, top: Path, skews: tuple[timedelta, ...] = (timedelta(),) * 4) -> None:
        self.top = top
        made = pack(make_office(top / "office"), top / "p.ckpack").file
        self.folders = {"office": top / "office"}
        for name in NAMES:
            self.folders[name] = open_pack(made, top / name, name=name).folder
        self.clocks = {
            name: HandClock(HandClock().at + skew) for name, skew in zip(self.folders, skews, strict=True)
        }
        self._sticks = 0

    def opened(self, name: str) -> "closing[Station]":
        """One of them, until the end of a with block."""
        return closing(open_station(self.folders[name], clock=self.clocks[name]))

    def at(self, name: str, work: Callable[[Station], object]) -> None:
        """Something happens at a desk."""
        with self.opened(name) as station:
            work(station)
        self.forward(seconds=30)

    def forward(self, **span: float) -> None:
        """Time passes everywhere."""
        for clock in self.clocks.values():
            clock.forward(**span)

    def stick(self, name: str, since: int = 0) -> Path:
        """What a desk seals of its own and of what it knows, on a stick of its own."""
        self._sticks += 1
        to = self.top / f"stick {self._sticks}"
        to.mkdir()
        with self.opened(name) as station:
            seal(station.files, to, station.clock, since)
        return to

    def own(self, name: str, since: int = 0) -> Path:
        """The one file of a desk's own chain."""
        with self.opened(name) as station:
            instance = station.instance
        return next(self.stick(name, since).glob(f"journal-{instance}-*.segment"))

    def merge(self, name: str, *paths: Path) -> Merged:
        """A desk takes in what lies there."""
        with self.opened(name) as station:
            return bring_together(station.files, paths, station.clock)
