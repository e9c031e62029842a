"""What the checks look at: an open event, the settings of this machine, and the devices of this machine."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from station.clock import Clock
from station.media.drives import Drive, file_system_of, removable_drives
from station.media.faults import free_bytes
from station.model.event import Event, Session
from station.preflight.battery import Battery, battery
from station.settings import Settings
from station.store.folder import EventFolder

Progress = Callable[[int, int], None]


def _no_progress(_done: int, _total: int) -> None:
    """Nobody waits for it."""


def _machine_offset(at: datetime) -> timedelta:
    return at.astimezone().utcoffset() or timedelta()


def _built_at() -> datetime | None:
    """When the program's own files were written, at the latest when it was installed."""
    program = Path(sys.executable if getattr(sys, "frozen", False) else __file__)
    try:
        return datetime.fromtimestamp(program.stat().st_mtime, UTC)
    except (OSError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Machine:
    """How this machine answers; a window adds what needs a window, tests exchange what they want.

    Attributes:
        free_bytes: on the disk of a path. drives: the removable ones. file_system: of a path, lower case.
        battery: None for a machine without one. utc_offset: of the machine's own zone at an instant.
        built_at: when the program was made; None if nothing says so.
        printers: names of the installed ones; None without a window, which alone can ask.
        plays_sound: whether there is something to hear sounds from; None without a window.
    """

    free_bytes: Callable[[Path], int] = free_bytes
    drives: Callable[[], Sequence[Drive]] = removable_drives
    file_system: Callable[[Path], str] = file_system_of
    battery: Callable[[], Battery | None] = battery
    utc_offset: Callable[[datetime], timedelta] = _machine_offset
    built_at: Callable[[], datetime | None] = _built_at
    printers: Callable[[], Sequence[str]] | None = None
    plays_sound: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An event on this machine, as the checks see it.

    Attributes:
        camera: the source to look through; None for the one of the settings.
        stick: the folder to try instead of the sticks that are found.
        progress: called by slow checks with (done, total); may raise Cancelled.
    """

    files: EventFolder
    event: Event
    sessions: Sequence[Session]
    is_demo: bool
    clock: Clock
    settings: Settings
    camera: str | None = None
    stick: Path | None = None
    machine: Machine = field(default_factory=Machine)
    progress: Progress = _no_progress

    @property
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The date in the event's zone."""
        return self.day_of(self.now)

    @property
    def has_window(self) -> bool:
        """Whether a person sits before it who can try things."""
        return self.machine.printers is not None

    def day_of(self, instant: datetime) -> date:
        """The date of an instant in the event's zone."""
        return instant.astimezone(ZoneInfo(self.event.zone)).date()

    def told(self, instant: datetime) -> str:
        """An instant for a sentence, in the event's zone: ``26/10/2022 19:42``."""
        return f"{instant.astimezone(ZoneInfo(self.event.zone)):%d/%m/%Y %H:%M}"
