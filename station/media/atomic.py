"""Writing so that a file or folder has its final name only when it is complete and on the disk.

The protocol (Pillai et al., OSDI 2014, "All File Systems Are Not Created Equal"): write a temporary beside the
target, flush, fsync, rename, fsync the folder. Windows cannot open folders, so their fsync is left out there.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.media.faults import MEGABYTE, free_bytes, full_fault, write_fault

PART = ".part"


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file durably, replacing what was there, or leave everything as it was.

    Raises EnvironmentFault (disk full, stick gone, not allowed); what ``data`` raises passes through.
    """
    temporary = path.with_name(path.name + PART)
    try:
        with _removed_on_failure(temporary):
            with temporary.open("wb") as file:
                for chunk in [data] if isinstance(data, bytes) else data:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_fault(error, path, len(data) if isinstance(data, bytes) else 0) from error


def drive_of(path: Path) -> int:
    """What identifies the mounted drive below an existing path: another number after a stick was pulled out.

    Raises EnvironmentFault.
    """
    try:
        return path.stat().st_dev
    except OSError as error:
        raise write_fault(error, path) from error


@contextmanager
def new_folder(parent: Path, name: str, *, needed_bytes: int = 0, drive: int | None = None) -> Iterator[Path]:
    """A folder that appears under its name complete or not at all; one that is there is never overwritten.

    Gives the path ``<name>.part`` to write into. At the end of the block everything in it is synced and it is
    renamed; when the block raises, it is removed.

    Args:
        needed_bytes: where twice that and a megabyte are not free, it fails before anything is written.
        drive: what ``drive_of`` said when the person chose the place: after a stick is pulled out, its path
            is a plain folder of the laptop's own disk.

    Raises Refusal (the name is taken) or EnvironmentFault, also in place of an OSError of the block.
    """
    path = parent / name
    _refuse_existing(path)
    drive = drive_of(parent) if drive is None else drive
    check_drive(path, drive)
    _check_room(path, needed_bytes)
    try:
        part = _make_part(path)
        with _removed_on_failure(part):
            yield part
            check_drive(path, drive)
            _sync_tree(part)
            _refuse_existing(path)
            part.rename(path)
        sync_folder(parent)
    except OSError as error:
        raise write_fault(error, Path(error.filename or path), needed_bytes) from error
    check_drive(path, drive)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable; does nothing on Windows. Raises OSError."""
    if sys.platform != "win32":
        _sync(folder)


def _sync_tree(top: Path) -> None:
    for folder, _folders, names in os.walk(top):
        for name in names:
            _sync(Path(folder, name))
        sync_folder(Path(folder))


def _sync(path: Path) -> None:
    # Windows syncs only what is open for writing, POSIX also what may only be read.
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_part(path: Path) -> Path:
    """Make a temporary folder of a free name: one left behind by a power cut is not ours to delete."""
    number = 1
    while True:
        part = path.with_name(f"{path.name}.{number}{PART}" if number > 1 else path.name + PART)
        try:
            part.mkdir()
        except FileExistsError:
            number += 1
        else:
            return part


@contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if temporary.is_dir():
            shutil.rmtree(temporary, ignore_errors=True)
        else:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise Refusal(
            _("{path} exists already and is not overwritten. Choose another name.").format(path=path)
        )


def check_drive(path: Path, drive: int) -> None:
    """Raises EnvironmentFault unless the folder of a path lies on the drive that ``drive_of`` told of."""
    if drive_of(path.parent) != drive:
        raise EnvironmentFault(
            _("The drive of {path} was taken out or exchanged. Put it in again and start anew.").format(
                path=path
            )
        )


def _check_room(path: Path, needed_bytes: int) -> None:
    wanted = 2 * needed_bytes + MEGABYTE
    if needed_bytes and free_bytes(path.parent) < wanted:
        raise full_fault(path, wanted)
