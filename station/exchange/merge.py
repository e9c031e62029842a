"""Brings desks together: takes in any number of sealed segments, in any order, and says what is missing or refused."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from station.clock import Clock, to_ms
from station.errors import BadInput, EnvironmentFault, Refusal
from station.exchange.headquarters import key_in
from station.exchange.intake import TakenSegment, proved_segment, refuse_another_chain, take_in
from station.exchange.known import Sought, looked_at
from station.exchange.pace import Pace
from station.exchange.segment import SegmentReport
from station.i18n import _
from station.model.event import Event
from station.store import event as event_store
from station.store import journal, merge
from station.store.connection import WriteConnection
from station.store.folder import EventFolder

Progress = Callable[[int, int], None]
SUFFIX = ".segment"
_LONGEST_S = 0.5  # of one transaction: what is committed at once has to be written to the disk at once
_FEW, _MANY = 15, 250  # entries between two looks at who waits, while scans come and while none do


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not taken in, why, and whose it says it is; station and instance are empty if unreadable."""

    file: str
    reason: str
    station: str = ""
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Entries of a station that are missing before others of it that were brought: both ends included."""

    station: str
    instance: str
    first: int
    last: int

    def sentence(self) -> str:
        """What is missing, and what to do."""
        if self.first == self.last:
            text = _("{station}: entry {first} is missing. Bring its stick again.")
        else:
            text = _("{station}: entries {first}–{last} are missing. Bring its stick again.")
        return text.format(station=self.station, first=self.first, last=self.last)


@dataclass(slots=True)
class Merged:
    """What merging did.

    Attributes:
        new, known: entries. taken: by segment, those that brought something. rejected: files that were not taken in.
        gaps: what is missing, by station. early: the files behind a gap, whole and not taken in yet.
        files: how many segments were looked at.
    """

    new: int = 0
    known: int = 0
    taken: list[TakenSegment] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    early: list[Path] = field(default_factory=list)
    files: int = 0


def segments_in(paths: Iterable[Path]) -> list[Path]:
    """The segments among files and folders, deep down; unfinished exports are passed over. Raises EnvironmentFault."""
    found: dict[Path, None] = {}
    for path in paths:
        try:
            if not path.exists():
                raise EnvironmentFault(_("{path} is not there. Is the stick plugged in?").format(path=path))
            if not path.is_dir():
                found[path] = None
                continue
            below = sorted(path.rglob(f"*{SUFFIX}"))
        except OSError as error:
            raise EnvironmentFault(
                _("{path} could not be read. Check the disk, then try again.").format(path=path)
            ) from error
        for file in below:
            folders = file.relative_to(path).parts[:-1]
            if not any(name.endswith(".part") for name in folders) and not file.name.startswith("."):
                found[file] = None
    return list(found)


def bring_together(
    files: EventFolder, paths: Sequence[Path], clock: Clock, progress: Progress | None = None
) -> Merged:
    """Take in segments, each file or every one below a folder: all that is whole, whatever the order.

    ``progress(done, total)`` may raise Cancelled between two of them; what was taken in by then stays, and is known
    the next time. Raises EnvironmentFault, Cancelled.
    """
    return _Merge(files, clock).run(segments_in(paths), progress or (lambda _done, _total: None))


class _Merge:
    """One merge: what it knows of the event, and what came of it so far."""

    def __init__(self, files: EventFolder, clock: Clock) -> None:
        self._files = files
        self._clock = clock
        self._merged = Merged()
        self._waiting: dict[str, list[Sought]] = {}
        self._pace = Pace(files)
        self._key = key_in(files.path)
        with files.reading() as connection:
            self._event: Event = event_store.event_of(connection)
            self._secret = event_store.secret_of(connection)

    def run(self, paths: Sequence[Path], progress: Progress) -> Merged:
        self._merged.files = len(paths)
        found = sorted((looked_at(path) for path in paths), key=lambda sought: sought.order)
        for done, sought in enumerate(found):
            progress(done, len(found))
            self._take(sought)
        self._tell_gaps()
        progress(len(found), len(found))
        return self._merged

    def _take(self, sought: Sought) -> None:
        with self._files.reading() as connection:
            if sought.is_known(connection, self._event, self._secret):
                self._merged.known += sought.count
                return
        try:
            segment = proved_segment(
                sought.path, self._event, self._secret, paced=self._pace.paced, key=self._key
            )
            with self._files.reading() as connection:
                held = journal.last_sequence(connection, segment.instance)
                if segment.first <= held + 1:
                    refuse_another_chain(connection, segment, held)
            if segment.first > held + 1:
                self._wait(sought, segment)
            else:
                self._take_in(segment)
        except (BadInput, Refusal) as error:
            said = (
                " ".join(p.message for p in error.problems[:3]) if isinstance(error, BadInput) else str(error)
            )
            self._merged.rejected.append(Rejected(str(sought.path), said, sought.station, sought.instance))

    def _take_in(self, segment: SegmentReport) -> None:
        """In one transaction, unless a scan has to wait: then in several, each a chain without gaps."""
        new, known = 0, len(segment.lines)
        while True:
            self._pace.pause()
            taken = self._files.write(self._one_transaction(segment), beside=True)
            new += taken.new
            if not taken.left:
                break
        known -= new
        self._files.write(lambda c: _remember_meeting(c, segment, self._clock.now()), beside=True)
        self._merged.new += new
        self._merged.known += known
        if new:
            self._merged.taken.append(TakenSegment(segment.instance, segment.station, new, known))

    def _one_transaction(self, segment: SegmentReport) -> Callable[[WriteConnection], TakenSegment]:
        began, busy = time.monotonic(), self._pace.is_busy()

        def is_enough() -> bool:
            return busy or self._files.is_awaited() or time.monotonic() - began > _LONGEST_S

        return lambda c: take_in(c, segment, is_enough=is_enough, at_once=_FEW if busy else _MANY)

    def _wait(self, sought: Sought, segment: SegmentReport) -> None:
        """Proved, but entries before it are missing."""
        self._waiting.setdefault(segment.instance, []).append(sought)
        self._merged.early.append(sought.path)
        if segment.is_signed:
            self._files.write(
                lambda c: merge.remember_end(c, segment.instance, segment.station, segment.last), beside=True
            )

    def _tell_gaps(self) -> None:
        with self._files.reading() as connection:
            for instance, waiting in sorted(self._waiting.items()):
                reached = journal.last_sequence(connection, instance)
                for sought in sorted(waiting, key=lambda one: one.first):
                    if sought.first > reached + 1:
                        self._merged.gaps.append(Gap(sought.station, instance, reached + 1, sought.first - 1))
                    reached = max(reached, sought.last)


def _remember_meeting(connection: WriteConnection, segment: SegmentReport, now: datetime) -> None:
    """What the exchange shows of the station's clock; it is shown and orders nothing."""
    try:
        sealed_at = datetime.fromisoformat(segment.sealed_at)
        sealed_at_ms = to_ms(sealed_at)
    except (ValueError, TypeError, OverflowError):
        return
    behind_ms = max(
        (line.entry.content.hlc_ms - line.entry.content.at_ms for line in segment.lines), default=0
    )
    merge.remember_meeting(connection, segment.instance, sealed_at_ms, to_ms(now), max(0, behind_ms))
