"""What a volume is called and what tells it from others, as each operating system keeps it."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_BY_LABEL = Path("/dev/disk/by-label")
_BY_UUID = Path("/dev/disk/by-uuid")
_UDEV = Path("/run/udev/data")
_BLOCK_DEVICES = Path("/sys/class/block")
_WINDOWS_READ_ONLY = 0x0008_0000  # FILE_READ_ONLY_VOLUME
_LONGEST = 261


@dataclass(frozen=True, slots=True)
class WindowsVolume:
    """What Windows says of a volume: its name, file system (lower case), a key from its serial number."""

    label: str = ""
    system: str = ""
    key: str = ""
    read_only: bool = False


def label_of(device: str, by_label: Path = _BY_LABEL, udev: Path = _UDEV) -> str:
    """The label of a device of Linux, for example ``/dev/sdb1``; '' for none."""
    return _link_to(device, by_label) or _udev_value(device, "ID_FS_LABEL_ENC", udev)


def uuid_of(device: str, by_uuid: Path = _BY_UUID, udev: Path = _UDEV) -> str:
    """The identifier that was given to a file system when it was made, as ``uuid:…``; '' for none."""
    found = _link_to(device, by_uuid) or _udev_value(device, "ID_FS_UUID_ENC", udev)
    return f"uuid:{found}" if found else ""


def windows_volume_of(root: str) -> WindowsVolume:
    """What Windows says of a drive, for example ``E:\\``; nothing where it does not answer.

    Source: Microsoft, GetVolumeInformationW.
    """
    import ctypes

    label, system = ctypes.create_unicode_buffer(_LONGEST), ctypes.create_unicode_buffer(_LONGEST)
    serial, longest, flags = ctypes.c_uint32(), ctypes.c_uint32(), ctypes.c_uint32()
    answered = ctypes.windll.kernel32.GetVolumeInformationW(  # type: ignore[attr-defined]
        root,
        label,
        _LONGEST,
        ctypes.byref(serial),
        ctypes.byref(longest),
        ctypes.byref(flags),
        system,
        _LONGEST,
    )
    if not answered:
        return WindowsVolume()
    read_only = bool(flags.value & _WINDOWS_READ_ONLY)
    return WindowsVolume(label.value, system.value.lower(), f"serial:{serial.value:08x}", read_only)


def _link_to(device: str, links: Path) -> str:
    """The name of the link in a folder of udev that leads to a device; the signs it escaped are put back."""
    with suppress(OSError):
        wanted = Path(device).resolve()
        for link in sorted(links.iterdir()):
            if link.resolve() == wanted:
                return _unescaped(link.name)
    return ""


def _udev_value(device: str, name: str, udev: Path) -> str:
    with suppress(OSError):
        number = (_BLOCK_DEVICES / Path(device).name / "dev").read_text("ascii").strip()
        for line in (udev / f"b{number}").read_text("utf-8", "replace").splitlines():
            if line.startswith(f"E:{name}="):
                return _unescaped(line.partition("=")[2])
    return ""


def _unescaped(text: str) -> str:
    """Signs that udev writes as ``\\x20``; they are the bytes of UTF-8."""
    raw = re.sub(
        rb"\\x([0-9a-fA-F]{2})", lambda sign: bytes([int(sign[1], 16)]), text.encode("utf-8", "replace")
    )
    return raw.decode("utf-8", "replace")
