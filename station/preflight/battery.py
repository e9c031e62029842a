"""Asks the system whether the machine runs from its battery, and how full that is."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")
_NO_BATTERY, _UNKNOWN = 128, 255  # SYSTEM_POWER_STATUS of Windows: BatteryFlag, BatteryLifePercent


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery.

    Attributes:
        percent: how full it is, 0 to 100; None if the system does not say.
        plugged: whether the machine gets power from outside.
    """

    percent: int | None
    plugged: bool


def battery() -> Battery | None:
    """The machine's battery; None when it has none."""
    return _of_windows() if sys.platform == "win32" else battery_of(_SUPPLIES)


def battery_of(supplies: Path) -> Battery | None:
    """The battery that Linux tells of below ``/sys/class/power_supply``; those of mice and the like do not count.

    Source: the kernel's ``Documentation/ABI/testing/sysfs-class-power``.
    """
    filled: list[int] = []
    plugged = found = False
    for supply in sorted(supplies.glob("*")):
        kind = _read(supply / "type")
        if kind != "Battery":
            plugged = plugged or _read(supply / "online") not in ("", "0")
        elif _read(supply / "scope") != "Device" and _read(supply / "present") != "0":
            found = True
            plugged = plugged or _read(supply / "status") in ("Charging", "Full", "Not charging")
            capacity = _read(supply / "capacity")
            filled += [int(capacity)] if capacity.isascii() and capacity.isdigit() else []
    if not found:
        return None
    return Battery(sum(filled) // len(filled) if filled else None, plugged)


def _read(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text("ascii").strip()
    return ""


def _of_windows() -> Battery | None:
    """Source: ``GetSystemPowerStatus`` of the Win32 API."""
    import ctypes

    class PowerStatus(ctypes.Structure):
        _fields_ = (
            ("line", ctypes.c_ubyte),
            ("flag", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte),
            ("seconds", ctypes.c_ulong),
            ("full_seconds", ctypes.c_ulong),
        )

    status = PowerStatus()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):  # type: ignore[attr-defined]
        return None
    if status.flag != _UNKNOWN and status.flag & _NO_BATTERY:
        return None
    return Battery(None if status.percent == _UNKNOWN else status.percent, status.line == 1)
