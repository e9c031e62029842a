"""Which files of an event folder belong to the event, and not to the station that has it open."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from station.errors import BadInput, Problem
from station.exchange.headquarters import KEY_NAME
from station.i18n import _
from station.media.faults import write_fault
from station.media.names import is_portable
from station.store.connection import DATABASE_NAME
from station.store.instance import NONCE_NAME, PLACE_NAME

# What a station keeps for itself: records, copies, what waits to be sent.
OWN_FOLDERS = frozenset({"outbox", "exports", "backups", "submissions"})
_OWN_FILES = frozenset({"station.lock", NONCE_NAME, PLACE_NAME, KEY_NAME})
_LEFT_BY_FILE_MANAGERS = frozenset({"thumbs.db", "desktop.ini"})


def is_events_own(name: str) -> bool:
    """Whether a path in the event folder (with ``/``) is the event's: documents, photos, logo, layouts and the like."""
    parts = [part.casefold() for part in name.split("/")]
    return (
        parts[0] not in OWN_FOLDERS
        and parts[0] not in _OWN_FILES
        and not parts[0].startswith(DATABASE_NAME)
        and parts[-1] not in _LEFT_BY_FILE_MANAGERS
        and not any(part.startswith(".") or part.endswith(".part") for part in parts)
    )


def event_files(folder: Path) -> list[str]:
    """The event's files by their path in the folder, in order; links are not followed.

    Raises BadInput for every name that would be another place, or none, on another laptop; EnvironmentFault.
    """
    try:
        found = sorted(
            path.relative_to(folder).as_posix()
            for place, _folders, names in os.walk(folder)
            for path in (Path(place, name) for name in names)
            if path.is_file() and not path.is_symlink()
        )
    except OSError as error:
        raise write_fault(error, folder) from error
    chosen = [name for name in found if is_events_own(name)]
    problems = name_problems(chosen)
    if problems:
        raise BadInput(problems)
    return chosen


def name_problems(names: Iterable[str]) -> list[Problem]:
    """A problem for each name that is not the same place on every operating system, or that comes twice."""
    problems, taken = [], set[str]()
    for name in names:
        if not is_portable(name):
            text = _("The file “{name}” has a name that cannot be used on every laptop. Rename it.")
            problems.append(Problem(None, None, "NAME", text.format(name=name)))
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in taken:
            text = _("There are two files “{name}” that only some laptops can tell apart. Rename one.")
            problems.append(Problem(None, None, "NAME_TWICE", text.format(name=name)))
        taken.add(folded)
    return problems
