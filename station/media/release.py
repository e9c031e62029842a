"""Lets go of a stick after everything is on it: unmounted where the system allows that, else what the person does."""

import shutil
import subprocess
import sys
from pathlib import Path

from station.i18n import _
from station.media.drives import Drive

_PATIENCE_S = 60.0
# Microsoft, winioctl.h.
_GENERIC_READ_WRITE, _SHARED, _OPEN_EXISTING = 0xC000_0000, 0x3, 3
_LOCK, _DISMOUNT, _EJECT = 0x0009_0018, 0x0009_0020, 0x002D_4808


def let_go(drive: Drive) -> bool:
    """Unmount a removable drive and switch it off; whether it can be taken out without another word."""
    if sys.platform == "win32":
        return _ejected_by_windows(drive.path)
    if not drive.device or shutil.which("udisksctl") is None:
        return False
    if not _ran("udisksctl", "unmount", "--no-user-interaction", "-b", drive.device):
        return False
    _ran("udisksctl", "power-off", "--no-user-interaction", "-b", drive.device)  # some readers cannot
    return True


def how_to_take_out(drive: Drive | None) -> str:
    """What the person does before taking a drive out that could not be let go of; for a folder, nothing."""
    if drive is None:
        return ""
    if sys.platform == "win32":
        text = _("Before you take {name} out: the stick's symbol at the right of the task bar, Eject.")
    else:
        text = _("Before you take {name} out: press Eject beside it in the file manager.")
    return text.format(name=drive.name)


def _ran(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _ejected_by_windows(root: Path) -> bool:
    """Lock, dismount and eject the volume. Source: Microsoft, "How to eject removable media" (Q165721)."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(
        kernel.CreateFileW(rf"\\.\{root.drive}", _GENERIC_READ_WRITE, _SHARED, None, _OPEN_EXISTING, 0, None)
    )
    if handle.value in (None, ctypes.c_void_p(-1).value):
        return False
    answered = ctypes.c_uint32()
    try:
        return all(
            kernel.DeviceIoControl(handle, act, None, 0, None, 0, ctypes.byref(answered), None)
            for act in (_LOCK, _DISMOUNT, _EJECT)
        )
    finally:
        kernel.CloseHandle(handle)
