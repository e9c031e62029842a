"""Writes the diagnostics: one ZIP with a few texts, from which everything about people was taken."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from station import settings as settings_store
from station.diagnostics import machine
from station.diagnostics.event import event_facts, personal_words
from station.diagnostics.log import kept_lines
from station.diagnostics.scrubbing import Scrubber
from station.i18n import _
from station.media.atomic import write_file
from station.settings import Settings
from station.store.folder import EventFolder

_CRASHES = 10
_PLAIN = (
    "language", "theme", "zoom", "camera_width", "camera_height", "camera_rotation", "camera_exposure", "mirror",
    "sound", "volume", "idle_minutes", "kiosk", "serial_speed", "second_copy_minutes", "backup_minutes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What was written.

    Attributes:
        path: of the ZIP. names: of the texts in it. bytes: its size.
    """

    path: Path
    names: tuple[str, ...]
    bytes: int


def file_name(now: datetime) -> str:
    """How the file is called."""
    return f"checkin-diagnostics-{now:%Y%m%d-%H%M%S}.zip"


def write_diagnostics(
    path: Path,
    settings: Settings,
    now: datetime,
    files: EventFolder | None = None,
    *,
    window: dict[str, Any] | None = None,
    printers: Sequence[str] | None = None,
) -> Diagnostics:
    """Write the ZIP.

    Args:
        files: the open event, if there is one. window: what Qt says of itself; None without a window.
        printers: those installed; None where nobody can ask.

    Raises EnvironmentFault when it cannot be written, or the event cannot be read enough to know what to take out.
    """
    facts = {
        "made_at": now.isoformat(timespec="seconds"),
        "versions": machine.versions(),
        "system": machine.system(),
        "window": window,
        "devices": machine.devices() | {"printers": None if printers is None else list(printers)},
        "settings": _settings(settings),
        "timings": machine.timings(),
        "event": None if files is None else event_facts(files),
        "disk_free_bytes": machine.free_on_disk(
            settings_store.settings_dir().parent if files is None else files.path
        ),
    }
    scrubber = Scrubber([] if files is None else personal_words(files))
    texts = {
        "README.txt": _("What this machine is like and how the program ran. Names, codes, telephone numbers, keys and "
                        "addresses were taken out."),
        "facts.json": json.dumps(scrubber.scrubbed_value(facts), ensure_ascii=False, indent=1),
        "log.txt": scrubber.scrubbed("\n".join(kept_lines())),
        **{name: scrubber.scrubbed(text) for name, text in _crashes().items()},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    write_file(path, out.getvalue())
    return Diagnostics(path, tuple(texts), len(out.getvalue()))


def _settings(settings: Settings) -> dict[str, Any]:
    """Choices without names, addresses and paths."""
    camera = settings.camera
    kind = "first" if not camera else "number" if camera.isdigit() else camera.partition(":")[0]
    printing = settings.printing
    return {name: getattr(settings, name) for name in _PLAIN} | {
        "camera_kind": kind if kind in ("first", "number", "camera") else "other",
        "serial_port": bool(settings.serial_port),
        "second_copy": bool(settings.second_copy_drive),
        "recent_events": len(settings.recent_events),
        "roster_headings": len(settings.roster_headings),
        "prints_at_once": printing.get("at_once") is True,
        "printer_chosen": bool(printing.get("printer")),
        "trials": {name: tried.get("result", "") for name, tried in settings.trials.items()},
    }


def _crashes() -> dict[str, str]:
    """The latest crash files: they hold where the program failed, never what it worked on."""
    folder = settings_store.settings_dir() / "crashes"
    texts = {}
    try:
        for path in sorted(folder.glob("crash-*.txt"))[-_CRASHES:]:
            texts[f"crashes/{path.name}"] = path.read_text("utf-8", errors="replace")
    except OSError:
        pass  # what can be read is enough
    return texts
