"""Whether a USB stick is there that takes files and gives them back unchanged."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from station.errors import EnvironmentFault
from station.i18n import _
from station.media.faults import MEGABYTE, write_fault
from station.preflight.check import Check, Level
from station.preflight.subject import Subject

NAME = "stick"
_PROBE = "checkin-station.probe"
_GIGABYTES_FROM_MB = 10_000
_ROOM_BYTES = 50 * MEGABYTE


def check_stick(subject: Subject) -> Check:
    """Writes a megabyte to each stick (or the folder that was chosen), reads it back and takes it away."""
    places = [subject.stick] if subject.stick else [drive.path for drive in subject.machine.drives()]
    if not places:
        return Check(
            NAME,
            Level.WARN,
            _("No USB stick was found."),
            _("Plug in the stick for the exports, or choose its folder."),
        )
    said = []
    for place in places:
        try:
            try_place(place)
        except EnvironmentFault as fault:
            return Check(NAME, Level.FAIL, str(fault))
        free = subject.machine.free_bytes(place)
        if free < _ROOM_BYTES:
            text = _("{path} has only {size} left.").format(path=place, size=size_told(free))
            return Check(NAME, Level.WARN, text, _("Make room on it, or take another stick."))
        text = _("{path} takes files and gives them back; {size} free.")
        said.append(text.format(path=place, size=size_told(free)))
    return Check(NAME, Level.OK, " ".join(said))


def size_told(size_bytes: int) -> str:
    """A size for a sentence: ``150 MB``, ``84 GB``."""
    megabytes = size_bytes // MEGABYTE
    return f"{megabytes} MB" if megabytes < _GIGABYTES_FROM_MB else f"{megabytes // 1000} GB"


def try_place(place: Path) -> None:
    """Write a file of random bytes, sync it, read it back from the medium, remove it. Raises EnvironmentFault."""
    probe = place / f"{_PROBE}-{secrets.token_hex(4)}"
    data = secrets.token_bytes(MEGABYTE)
    try:
        _write(probe, data)
        back = _read_back(probe)
    except OSError as error:
        raise write_fault(error, probe, MEGABYTE) from error
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    if back != data:
        raise EnvironmentFault(
            _("{path} gives back other bytes than were written. Do not use this stick.").format(path=place)
        )


def _write(probe: Path, data: bytes) -> None:
    with probe.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read_back(probe: Path) -> bytes:
    """The bytes from the medium itself, where the system can be told to forget its own copy of them."""
    with probe.open("rb") as file:
        if sys.platform != "win32" and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
