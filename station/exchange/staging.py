"""Where an export's files are made before they go to a stick, and kept for the next try while nothing was recorded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from station.errors import EnvironmentFault
from station.media.faults import free_bytes, write_fault
from station.media.manifest import MANIFEST_NAME
from station.store.backup import state_of
from station.store.folder import EventFolder

_FOLDER = "outbox/export.part"
_MEMORY = Path("/dev/shm")
_ROOM_BYTES = 32_000_000


class Stage:
    """A folder for the files of one export.

    Attributes:
        path: of the folder. is_made: whether it holds, from a try that failed, exactly what would be made again.
    """

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self._mark = path.with_name(path.name + ".state")
        self._state = state
        self.is_made = path.is_dir() and self._marked() == state

    def clear(self) -> None:
        """Begin with an empty folder. Raises EnvironmentFault."""
        self.remove()
        try:
            self.path.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise write_fault(error, self.path) from error

    def keep(self) -> None:
        """Everything is made and stays for the next try; where that cannot be noted, it is made again then."""
        with suppress(OSError):
            self._mark.write_text(self._state, "utf-8")

    def remove(self) -> None:
        """Nothing of it stays."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def _marked(self) -> str:
        try:
            return self._mark.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ""


@contextmanager
def staged(files: EventFolder, choice: Any) -> Iterator[Stage]:
    """A stage for an export of an event as it is now; it outlives only the failure of a delivery.

    On a full disk the export is what rescues: Linux has a place in memory; elsewhere the little room must do.
    """
    try:
        state = repr((files.instance.id, state_of(files.database), choice))
    except OSError as error:
        raise write_fault(error, files.database) from error
    path = files.path / _FOLDER
    if free_bytes(files.path) < _ROOM_BYTES and os.access(_MEMORY, os.W_OK):
        path = _MEMORY / f"checkin-station-{os.getpid()}"
    stage = Stage(path, state)
    if not stage.is_made:
        stage.clear()
    is_kept = False
    try:
        yield stage
    except EnvironmentFault:
        is_kept = path.parent != _MEMORY and (path / MANIFEST_NAME).exists()  # which is written last
        raise
    finally:
        stage.keep() if is_kept else stage.remove()
