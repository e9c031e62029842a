"""Finds sticks and other removable drives, and says on what kind of file system a path lies.

Whether a drive calls itself removable is a hint at most: offer "another folder" besides.
"""

import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_BLOCK_DEVICES = Path("/sys/class/block")
_STICK_PLACES = ("/media/", "/run/media/", "/mnt/")
_DISCS = {"iso9660", "udf", "squashfs"}  # nobody writes to these
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4  # GetDriveTypeW
NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken out.

    Attributes:
        path: where its files are. system: its file system, lower case, ``''`` if unknown.
    """

    path: Path
    system: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo."""

    path: str
    system: str
    source: str


def removable_drives() -> list[Drive]:
    """The removable drives that are plugged in, by their places."""
    if sys.platform == "win32":
        return _of_windows()
    return drives_in(mounts_of(_MOUNTS), _BLOCK_DEVICES)


def file_system_of(path: Path) -> str:
    """The file system a path lies on, lower case; ``network`` for a network drive of Windows, '' if unknown."""
    place = path.resolve()
    if sys.platform == "win32":
        return (
            NETWORK if str(place).startswith("\\\\") or _drive_type(place.anchor) == _WINDOWS_REMOTE else ""
        )
    above = [mount for mount in mounts_of(_MOUNTS) if place.is_relative_to(mount.path)]
    return max(above, key=lambda mount: len(mount.path)).system if above else ""


def mounts_of(table: Path) -> list[Mount]:
    """The mounts that a mountinfo table names; of several on one place the last, which hides the others.

    Source: ``proc_pid_mountinfo(5)``: fields, a dash, then file system and source; blanks as octal numbers.
    """
    found: dict[str, Mount] = {}
    with suppress(OSError):
        for line in table.read_text("utf-8", "surrogateescape").splitlines():
            before, _dash, after = line.partition(" - ")
            fields, kinds = before.split(), after.split()
            if len(fields) > 4 and len(kinds) > 1:
                place = _unescaped(fields[4])
                found[place] = Mount(place, kinds[0].lower(), _unescaped(kinds[1]))
    return list(found.values())


def drives_in(mounts: list[Mount], block_devices: Path) -> list[Drive]:
    """Those of the mounts that are sticks: on a device, and removable by its own word or where sticks are mounted."""
    return [
        Drive(Path(mount.path), mount.system)
        for mount in mounts
        if mount.source.startswith("/dev/")
        and mount.path != "/"
        and mount.system not in _DISCS
        and (mount.path.startswith(_STICK_PLACES) or _is_removable(block_devices, Path(mount.source).name))
    ]


def _is_removable(block_devices: Path, device: str) -> bool:
    """Whether the disk of a device, or of the partition that it is, calls itself removable."""
    with suppress(OSError):
        place = (block_devices / device).resolve()
        for disk in (place, place.parent):
            if (disk / "removable").is_file():
                return (disk / "removable").read_text("ascii").strip() == "1"
    return False


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)


def _of_windows() -> list[Drive]:
    letters = [f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    removable = [root for root in letters if _drive_type(root) == _WINDOWS_REMOVABLE]
    return [Drive(Path(root)) for root in removable if Path(root).exists()]  # a card reader may be empty


def _drive_type(root: str) -> int:
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined]
