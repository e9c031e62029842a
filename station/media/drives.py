"""Finds sticks and other removable drives, and says on what kind of file system a path lies.

Whether a drive calls itself removable is a hint at most: offer "another folder" besides.
"""

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from station.media.volumes import label_of, uuid_of, windows_volume_of

_MOUNTS = Path("/proc/self/mountinfo")
_BLOCK_DEVICES = Path("/sys/class/block")
_STICK_PLACES = ("/media/", "/run/media/", "/mnt/")
_MOUNT_PLACES = (Path("/media"), Path("/run/media"))  # where nothing but mounted drives belongs
_DISCS = {"iso9660", "udf", "squashfs"}  # nobody writes to these
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4  # GetDriveTypeW
NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken out.

    Attributes:
        path: where its files are. system: its file system, lower case, ``''`` if unknown.
        label: what people called it, '' for nothing. device: of Linux, for example ``/dev/sdb1``, else ''.
        key: tells this volume from others wherever it is plugged in, '' if unknown.
        read_only: nothing can be written to it. number: of the drive, as ``atomic.drive_of`` says; 0 if unknown.
    """

    path: Path
    system: str = ""
    label: str = ""
    device: str = ""
    key: str = ""
    read_only: bool = False
    number: int = 0

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.label or self.path.name or str(self.path)


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo."""

    path: str
    system: str
    source: str
    read_only: bool = False
    number: int = 0


def removable_drives() -> list[Drive]:
    """The removable drives that are plugged in, by their places."""
    if sys.platform == "win32":
        return _of_windows()
    return [_named(drive) for drive in drives_in(mounts_of(_MOUNTS), _BLOCK_DEVICES)]


def _named(drive: Drive) -> Drive:
    """A drive of Linux with its label and what tells it from others."""
    label, key = label_of(drive.device), uuid_of(drive.device)
    return replace(drive, label=label, key=key or (f"label:{label}" if label else ""))


def drive_at(path: Path) -> Drive | None:
    """The removable drive on which a path lies, None for the laptop's own disks."""
    try:
        place = path.resolve()
    except OSError:
        return None
    above = [drive for drive in removable_drives() if place.is_relative_to(drive.path)]
    return max(above, key=lambda drive: len(str(drive.path)), default=None)


def is_without_its_stick(path: Path, places: Sequence[Path] = _MOUNT_PLACES) -> bool:
    """Whether a path is where a stick would be mounted and is not: what is written there lands on the laptop's disk."""
    for place in places:
        with suppress(OSError):
            there = path if path.exists() else path.parent
            if path != place and path.is_relative_to(place):
                return there.stat().st_dev == place.stat().st_dev
    return False


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
            if len(fields) > 5 and len(kinds) > 1:
                place = _unescaped(fields[4])
                modes = [*fields[5].split(","), *(kinds[2].split(",") if len(kinds) > 2 else ())]
                found[place] = Mount(
                    place, kinds[0].lower(), _unescaped(kinds[1]), "ro" in modes, _number(fields[2])
                )
    return list(found.values())


def drives_in(mounts: list[Mount], block_devices: Path) -> list[Drive]:
    """Those of the mounts that are sticks: on a device, and removable by its own word or where sticks are mounted."""
    return [
        Drive(
            Path(mount.path),
            mount.system,
            device=mount.source,
            read_only=mount.read_only,
            number=0 if mount.system == "btrfs" else mount.number,  # its parts have numbers of their own
        )
        for mount in mounts
        if mount.source.startswith("/dev/")
        and mount.path != "/"
        and mount.system not in _DISCS
        and (mount.path.startswith(_STICK_PLACES) or _is_removable(block_devices, Path(mount.source).name))
    ]


def _number(text: str) -> int:
    """The number of a device from ``major:minor``; 0 where it is none."""
    major, _colon, minor = text.partition(":")
    return os.makedev(int(major), int(minor)) if sys.platform != "win32" and minor.isdigit() else 0


def _is_removable(block_devices: Path, device: str) -> bool:
    """Whether the disk of a device, or of the partition that it is, calls itself removable."""
    with suppress(OSError):
        place = (block_devices / device).resolve()
        for disk in (place, place.parent):
            if (disk / "removable").is_file():
                on_usb = any(
                    part.startswith("usb") for part in place.parts
                )  # a disk in a case says it is fixed
                return on_usb or (disk / "removable").read_text("ascii").strip() == "1"
    return False


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)


def _of_windows() -> list[Drive]:
    letters = [f"{letter}:\\" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    removable = [root for root in letters if _drive_type(root) == _WINDOWS_REMOVABLE]
    return [_windows_drive(root) for root in removable if Path(root).exists()]  # a card reader may be empty


def _windows_drive(root: str) -> Drive:
    found = windows_volume_of(root)
    return Drive(Path(root), found.system, found.label, key=found.key, read_only=found.read_only)


def _drive_type(root: str) -> int:
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))  # type: ignore[attr-defined]
