"""Keeps a second copy on a stick up to date while the desk goes on: a thread, and what it can tell of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from station.clock import Clock
from station.errors import EnvironmentFault, Refusal
from station.exchange.second_copy import CopyWriter
from station.i18n import _
from station.media.drives import Drive, removable_drives
from station.media.faults import write_fault
from station.media.held import HeldFolder
from station.store.backup import state_of
from station.store.folder import EventFolder

LOOK_S = 2.0
_LATE = timedelta(minutes=2)
_SHARE = 10  # at most a tenth of the time goes into the second copy
_FOLDER_KEY = "folder:"
State = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CopyState:
    """How the second copy stands.

    Attributes:
        at: the latest moment whose every record was on the stick; None for none yet. until: the number of the last
            entry there. drive: what the stick is called. is_there: whether it is plugged in.
        problem: a sentence, or ''. looked: whether the stick was looked for at all yet.
    """

    at: datetime | None = None
    until: int = 0
    drive: str = ""
    is_there: bool = False
    problem: str = ""
    looked: bool = False

    def is_late(self, now: datetime) -> bool:
        """Whether a person should look after it."""
        return bool(self.problem) or not self.is_there or self.at is None or now - self.at > _LATE


class CopyKeeper:
    """Brings every record to a stick within seconds, and the whole event every so many minutes.

    Args:
        find: the chosen stick, None while it is not plugged in; called on the thread.
        minutes: between two whole copies.
    """

    def __init__(
        self, files: EventFolder, clock: Clock, find: Callable[[], Drive | None], minutes: int = 5
    ) -> None:
        self._files = files
        self._clock = clock
        self._find = find
        self._span_s = minutes * 60.0
        self._writer: CopyWriter | None = None
        self._state = CopyState()
        self._number = 0
        self._whole: State | None = None  # what the database was at the last whole copy on this stick
        self._whole_at = 0.0
        self._seen: State | None = None  # what it was when everything was on the stick
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="second copy", daemon=True)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()

    def stop(self, wait_s: float = 20.0) -> None:
        """Bring everything to the stick a last time, where it is plugged in, and end."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join(wait_s)

    def state(self) -> CopyState:
        """How it stands."""
        return self._state

    def look(self, *, whole: bool = False) -> CopyState:
        """Bring to the stick what is not there yet; ``whole`` for everything. Never raises: the state says why."""
        drive: Drive | None = None
        try:
            drive = self._find()
            if drive is None:
                self._number, self._whole, self._seen = 0, None, None
                self._state = replace(self._state, is_there=False, problem="")
            else:
                self._bring(drive, whole)
        except (EnvironmentFault, Refusal) as error:
            self._state = replace(self._state, problem=str(error))
        except OSError as error:
            named = Path(error.filename) if isinstance(error.filename, str) else Path()
            on_stick = not named.is_absolute()  # names on the stick are below its folder
            path = drive.path if drive is not None and on_stick else named
            self._state = replace(self._state, problem=str(write_fault(error, path)))
        self._state = replace(self._state, looked=True)
        return self._state

    def _bring(self, drive: Drive, whole: bool) -> None:
        now, state = self._clock.now(), state_of(self._files.database)
        with HeldFolder(drive.path) as place:
            if drive.number and place.number != drive.number:
                return  # pulled out this very moment: its path is the laptop's own
            if place.number != self._number:
                self._number, self._whole, self._seen = place.number, None, None
            if self._writer is None:
                self._writer = CopyWriter(self._files)
            until = self._state.until
            due = time.monotonic() - self._whole_at >= self._span_s or whole
            if self._whole is None or (due and self._whole != state):
                self._writer.write_all(place, now)
                self._whole, self._whole_at = state, time.monotonic()
            if self._seen != state:
                until = self._writer.write_journal(place, now)
                self._seen = state
            if not place.is_here():
                raise EnvironmentFault(
                    _("The stick {name} was taken out while the second copy was written.").format(
                        name=drive.name
                    )
                )
        self._state = CopyState(now, until, drive.name, is_there=True)

    def _run(self) -> None:
        """What took long is done less often: the desk's own work comes first."""
        pause = LOOK_S
        while not self._ending.wait(pause):
            begun = time.monotonic()
            self._look_safely()
            pause = max(LOOK_S, _SHARE * (time.monotonic() - begun))
        self._look_safely(whole=True)

    def _look_safely(self, *, whole: bool = False) -> None:
        try:
            self.look(whole=whole)
        except Exception as error:  # edge: the thread goes on, and the state says that it is not well
            self._state = replace(self._state, problem=f"{type(error).__name__}: {error}")


def stick_of(key: str, drives: Callable[[], list[Drive]] = removable_drives) -> Drive | None:
    """The drive or folder that was chosen, by what ``key_of`` said; None while it is not there."""
    if key.startswith(_FOLDER_KEY):
        path = Path(key.removeprefix(_FOLDER_KEY))
        return Drive(path) if path.is_dir() else None
    return next((drive for drive in drives() if key_of(drive) == key), None)


def key_of(drive: Drive) -> str:
    """What tells a stick from others, also the next day; its place where it has nothing else."""
    return drive.key or f"path:{drive.path}"


def key_of_folder(path: Path) -> str:
    """As ``key_of``, for a folder on no stick."""
    return f"{_FOLDER_KEY}{path.resolve()}"
