"""How this machine is: versions, system, processor, disks, cameras; and how long a few things take here."""

import importlib.metadata
import locale
import os
import platform
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from station import settings as settings_store
from station.capture.devices import camera_devices
from station.capture.engines import missing_engines
from station.errors import EnvironmentFault
from station.media.drives import removable_drives
from station.media.faults import free_bytes
from station.store.connection import ENGINE_VERSION
from station.store.migration import steps

_PACKAGES = (
    "PySide6", "opencv-python", "pyzbar", "zxing-cpp", "numpy", "reportlab", "pillow", "segno", "cryptography",
    "python-calamine", "XlsxWriter", "cv2-enumerate-cameras", "filelock", "rapidfuzz", "tzdata",
)  # fmt: skip
_WRITES = 5
_PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"


def versions() -> dict[str, str]:
    """Of this program, Python, SQLite, the newest schema it knows, and every package it stands on."""
    found = {
        "program": _program_version(),
        "python": platform.python_version(),
        "sqlite": ENGINE_VERSION,
        "schema": str(steps()[-1][0]),
    }
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "?"
    return found


def _program_version() -> str:
    """As the project's file says; the packaged program has none and is told by when it was made."""
    try:
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        built = datetime.fromtimestamp(Path(sys.executable).stat().st_mtime, UTC)
        return f"made on {built:%Y-%m-%d}"


def system() -> dict[str, Any]:
    """The operating system, without the names of machine and user."""
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "encoding": locale.getpreferredencoding(False),
        "time_zone": time.strftime("%z"),
        "packaged": bool(getattr(sys, "frozen", False)),
        "display": {
            name: os.environ.get(name)
            for name in ("QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
            if name in os.environ
        },
    }


def devices() -> dict[str, Any]:
    """Cameras by name, sticks without their names, what is missing of the libraries that read codes."""
    return {
        "cameras": [device.name for device in camera_devices()],
        "drives": [{"system": drive.system, "read_only": drive.read_only} for drive in removable_drives()],
        "engines_missing": len(missing_engines()),
    }


def timings() -> dict[str, float]:
    """Milliseconds that a durable write and the list of cameras take."""
    return {"durable_write_ms": _median(_written), "cameras_ms": _timed(camera_devices)}


def free_on_disk(path: Path) -> int | None:
    """Free bytes on the disk of a path; None where it does not say."""
    try:
        return free_bytes(path)
    except EnvironmentFault:
        return None


def _written() -> None:
    folder = settings_store.settings_dir()
    with tempfile.NamedTemporaryFile(dir=folder if folder.is_dir() else None) as file:
        file.write(b"\0" * 4096)
        file.flush()
        os.fsync(file.fileno())


def _median(work: Callable[[], object]) -> float:
    return sorted(_timed(work) for _try in range(_WRITES))[_WRITES // 2]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round((time.perf_counter() - began) * 1000, 2)
