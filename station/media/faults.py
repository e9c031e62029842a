"""What an error of the operating system means for the person who wanted to write a file."""

import errno
import shutil
from pathlib import Path

from station.errors import EnvironmentFault
from station.i18n import _

MEGABYTE = 1_000_000
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ECONNABORTED, errno.ESTALE}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_MISSING = {errno.ENOENT, errno.ENOTDIR}
_WINDOWS_IN_USE = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def free_bytes(path: Path) -> int:
    """Free bytes on the disk of an existing path. Raises EnvironmentFault."""
    try:
        return shutil.disk_usage(path).free
    except OSError as error:
        raise write_fault(error, path) from error


def is_full(error: OSError) -> bool:
    """Whether an error says that a disk or stick has no room."""
    return error.errno in _FULL


def reason(error: OSError) -> object:
    """Why the system refused, for use inside a sentence; in its own English words where there are no others."""
    if error.errno in _FULL:
        return _("the disk is full")
    if error.errno in _GONE:
        return _("the disk or stick failed or was taken out")
    if error.errno in _FORBIDDEN:
        return _("it is protected, or open in another program")
    if error.errno in _MISSING:
        return _("it is not there")
    if error.errno == errno.EISDIR:
        return _("it is a folder")
    return error.strerror or error


def write_fault(error: OSError, path: Path, needed_bytes: int = 0) -> EnvironmentFault:
    """The sentence for an error while writing ``path``: what failed, where, what to do."""
    return EnvironmentFault(_sentence(error, path, needed_bytes))


def full_fault(path: Path, needed_bytes: int) -> EnvironmentFault:
    """The sentence for a disk or stick without room; ``needed_bytes`` 0 if unknown."""
    return EnvironmentFault(_full_sentence(path, needed_bytes))


def _sentence(error: OSError, path: Path, needed_bytes: int) -> str:
    if error.errno in _FULL:
        return _full_sentence(path, needed_bytes)
    if getattr(error, "winerror", None) in _WINDOWS_IN_USE:
        text = _("{path} is open in another program. Close it there and try again.")
    elif error.errno in _GONE:
        text = _(
            "The disk or stick failed or was taken out while {path} was written. "
            "Put it in again, or choose another place, and try again."
        )
    elif error.errno in _FORBIDDEN:
        text = _(
            "{path} may not be written: it is protected, full, or open in another program. "
            "Choose another folder or remove the write protection."
        )
    elif error.errno in _MISSING:
        text = _("{path} does not exist, or its folder does not. Choose another folder.")
    else:
        text = _("{path} could not be written ({reason}). Choose another place and try again.")
    return text.format(path=path, reason=reason(error))


def _full_sentence(path: Path, needed_bytes: int) -> str:
    if not needed_bytes:
        return _(
            "The disk or stick is full: {path} was not written. Make room or choose another place."
        ).format(path=path)
    return _(
        "The disk or stick is full: {path} was not written. {needed} MB are needed. "
        "Make room or choose another place."
    ).format(path=path, needed=-(-needed_bytes // MEGABYTE))
