"""What left this laptop in proved exports, kept beside the event: how far each chain is known to be elsewhere."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from station.errors import EnvironmentFault
from station.media.atomic import write_file
from station.store import journal
from station.store.connection import ReadConnection

NAME = "exported.json"
FOLDER = "outbox"


@dataclass(frozen=True, slots=True)
class LastExport:
    """The latest export that was read back and lies outside the event folder.

    Attributes:
        at: when. to: its folder. drive: the stick's name, '' for a folder. chains: instance → last entry and its hash.
    """

    at: datetime
    to: str
    drive: str
    chains: Mapping[str, tuple[int, str]]

    def holds_everything_of(self, connection: ReadConnection) -> bool:
        """Whether nothing was recorded since, in any chain that is here."""
        for instance in journal.instances_with_entries(connection):
            last = journal.last_entry(connection, instance)
            if last is not None and self.chains.get(instance) != (last.sequence, last.hash):
                return False
        return True


def keep_export(folder: Path, at: datetime, to: Path, drive: str, chains: Mapping[str, Any]) -> None:
    """Remember a proved export; where the laptop's disk does not take that, the export is none the worse."""
    if to.resolve().is_relative_to(folder.resolve()):
        return
    value = {"at": at.isoformat(), "to": str(to), "drive": drive, "chains": chains}
    with suppress(EnvironmentFault, OSError):
        (folder / FOLDER).mkdir(exist_ok=True)
        write_file(folder / FOLDER / NAME, json.dumps(value, ensure_ascii=False).encode())


def last_export(folder: Path) -> LastExport | None:
    """The latest proved export out of this event folder, None where there is none that can be read."""
    try:
        value = json.loads((folder / FOLDER / NAME).read_text("utf-8"))
        chains = {
            str(instance): (int(end["last"]), str(end["hash"]))
            for instance, end in value["chains"].items()
            if end
        }
        at = datetime.fromisoformat(value["at"])
        return LastExport(at, str(value["to"]), str(value["drive"]), chains)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
