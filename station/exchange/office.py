"""Headquarters: takes in whatever arrives in a folder, and says of every station how far it is complete."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from station.clock import Clock
from station.exchange.conflicts import conflicts
from station.exchange.merge import Gap, Merged, Progress, Rejected, bring_together, segments_in
from station.i18n import _
from station.store import merge
from station.store.folder import EventFolder
from station.store.merge import Met

CLOCK_TROUBLE = timedelta(minutes=2)  # less is the way from one laptop to the other


@dataclass(frozen=True, slots=True)
class StationLine:
    """One station as the office knows it.

    Attributes:
        met: what is known of its chain and clock.
        missing: runs of entries that are known to exist and are not here, both ends included.
    """

    met: Met
    missing: tuple[tuple[int, int], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether everything that the station is known to have written is here."""
        return not self.missing


@dataclass(slots=True)
class OfficeReport:
    """What the office knows after a look.

    Attributes:
        merged: what this look brought; its rejected files and gaps are those that lie there now.
        stations: line by line. conflicts: how many are open.
    """

    merged: Merged
    stations: list[StationLine] = field(default_factory=list)
    conflicts: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing and nothing was refused."""
        return all(line.is_complete for line in self.stations) and not self.merged.rejected


class Office:
    """Looks into a folder again and again; what it saw and has not changed since is not read again."""

    def __init__(self, files: EventFolder, clock: Clock, folder: Path) -> None:
        self.folder = folder
        self._files = files
        self._clock = clock
        self._seen: dict[Path, tuple[int, int]] = {}
        self._refused: dict[Path, Rejected] = {}
        self._early: set[Path] = set()  # proved, but entries before them are missing
        self._report: OfficeReport | None = None

    def look(self, progress: Progress | None = None) -> OfficeReport:
        """Take in what arrived or changed since the last look. Raises EnvironmentFault, Cancelled."""
        there = segments_in([self.folder])
        stamps = {path: stamp for path in there if (stamp := _stamp(path)) is not None}
        fresh = [path for path in there if stamps.get(path) != self._seen.get(path) or path in self._early]
        self._refused = {path: one for path, one in self._refused.items() if path in stamps}
        news = any(stamps.get(path) != self._seen.get(path) for path in fresh)
        if self._report is not None and not news and len(stamps) == len(self._seen):
            return OfficeReport(
                Merged(rejected=list(self._refused.values()), gaps=self._report.merged.gaps),
                self._report.stations,
                self._report.conflicts,
            )
        merged = bring_together(self._files, fresh, self._clock, progress)
        for path in fresh:
            self._refused.pop(path, None)
        self._refused |= {Path(one.file): one for one in merged.rejected}
        merged.rejected = list(self._refused.values())
        self._early = set(merged.early)
        self._seen = stamps
        self._report = self._told(merged)
        return self._report

    def _told(self, merged: Merged) -> OfficeReport:
        with self._files.reading() as connection:
            open_conflicts = len(conflicts(connection))
        return OfficeReport(merged, station_lines(self._files, merged.gaps), open_conflicts)


def station_lines(files: EventFolder, gaps: Sequence[Gap] = ()) -> list[StationLine]:
    """Every station, with what is missing of it: by the gaps just found, else by how far it says it goes."""
    with files.reading() as connection:
        known = merge.stations(connection)
    return [
        StationLine(met, _missing(met, [gap for gap in gaps if gap.instance == met.instance]))
        for met in known
    ]


def _missing(met: Met, gaps: Sequence[Gap]) -> tuple[tuple[int, int], ...]:
    if gaps:
        return tuple((gap.first, gap.last) for gap in gaps)
    return ((met.last + 1, met.known_last),) if met.known_last > met.last else ()


def clock_sentence(met: Met) -> str:
    """What exchanging showed of a station's clock, '' where it seems right; a stick's way takes time, too."""
    if met.sealed_at is None or met.met_at is None:
        return ""
    ahead, behind = met.sealed_at - met.met_at, timedelta(milliseconds=met.behind_ms)
    if ahead > CLOCK_TROUBLE:
        return _("{span} ahead, or more").format(span=_span(ahead))
    if behind > CLOCK_TROUBLE:
        return _("{span} behind").format(span=_span(behind))
    return ""


def ahead_ms(met: Met) -> int | None:
    """How far a station's clock was ahead at the last exchange, in milliseconds; below 0 also the stick's way."""
    if met.sealed_at is None or met.met_at is None:
        return None
    return (met.sealed_at - met.met_at) // timedelta(milliseconds=1)


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 120:
        return _("{count} min").format(count=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
