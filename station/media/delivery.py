"""Delivers files to a stick: written and synced under a temporary name, read back, renamed, proved to be there.

Nothing is under its final name before every byte was synced and read back: a stick pulled out at any moment holds
whole folders and temporary ones, never half a folder that looks like a whole one. What an earlier try brought as far
as the temporary folder is used again where its SHA-256 is the wanted one.
"""

import ctypes
import errno
import hashlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from station.errors import Cancelled, EnvironmentFault
from station.i18n import _
from station.media.atomic import PART
from station.media.course import Course
from station.media.faults import MEGABYTE, free_bytes, full_fault, is_full, write_fault
from station.media.held import HeldFolder
from station.media.manifest import MANIFEST_NAME, ManifestFile, forget_cached

_CHUNK = 1 << 18
_SYNC_EVERY = 4 << 20  # so that progress is what the stick has, and the desk's own writes wait for little
_CLUSTER = 64 << 10  # what a small file may take on a stick


def deliver(
    source: Path, files: Sequence[ManifestFile], place: HeldFolder, family: str, name: str, course: Course
) -> None:
    """Bring files of a folder into a new folder of ``place`` that appears under its name whole and proved, or not.

    Args:
        family: what the names of all such folders of one origin begin with: a temporary one is gone on with.

    Raises EnvironmentFault (full, protected, pulled out, exchanged, not as written), Cancelled. Cancelled or for
    want of room nothing is left; otherwise what was synced stays in a folder ``….part``, for the next try.
    """
    part = name + PART
    try:
        _refuse_unwritable(place)
        _adopt(place, family, part)
        try:
            _write_and_prove(source, files, place, part, course)
            _refuse_gone(place)
            place.sync_tree(part)
            place.rename(part, name)
            place.sync()
            _sync_drive(place)
        except (Cancelled, EnvironmentFault, OSError) as error:
            if not _is_worth_keeping(error, place, part):
                with suppress(OSError):
                    place.remove_tree(part)
            raise
        _refuse_gone(place)
        _prove_named(place, name, files)
    except OSError as error:
        raise _fault(error, place, name, files) from error


class _NoRoom(EnvironmentFault):
    """There is less room than needed; nothing was written."""


def _write_and_prove(
    source: Path, files: Sequence[ManifestFile], place: HeldFolder, part: str, course: Course
) -> None:
    kept = _kept(place, part, files)
    to_write = [file for file in files if file.name not in kept]
    size = sum(file.bytes for file in to_write)
    _refuse_full(place, part, size, len(to_write))
    course.begin(size, size, sum(file.bytes for file in files) - size)
    place.make_folder(part)
    place.sync()
    for file in to_write:
        write_synced(source / file.name, place, f"{part}/{file.name}", course)
        place.sync(
            PurePosixPath(f"{part}/{file.name}").parent.as_posix()
        )  # else a stick loses the name of what it has
    course.prove()
    for file in to_write:
        if digest_of(place, f"{part}/{file.name}", course) != file.sha256:
            raise _unproved(place, file)


def write_synced(source: Path, place: HeldFolder, name: str, course: Course | None = None) -> None:
    """Copy a file into a held folder, in the place of one that is there, down to the medium. Raises OSError."""
    folder = PurePosixPath(name).parent.as_posix()
    place.make_folder(folder)
    if place.exists(name):
        place.remove(name)
    with source.open("rb") as read, place.create(name) as file:
        unsynced = 0
        while chunk := read.read(_CHUNK):
            _write_all(file.fileno(), chunk)
            unsynced += len(chunk)
            if unsynced >= _SYNC_EVERY:
                os.fsync(file.fileno())
                unsynced = 0
            if course is not None:
                course.advance(len(chunk))
        os.fsync(file.fileno())


def _write_all(descriptor: int, chunk: bytes) -> None:
    """Write every byte: a stick that is almost full takes a part of them."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def digest_of(place: HeldFolder, name: str, course: Course | None = None) -> str:
    """SHA-256 of a file as the medium gives it back, lower-case hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with place.read(name) as file:
        forget_cached(file)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if course is not None:
                course.advance(len(chunk))
    return digest.hexdigest()


def _adopt(place: HeldFolder, family: str, part: str) -> None:
    """Give the temporary folder that an earlier try left the name of this one."""
    left = [name for name in place.names() if name.startswith(family) and name.endswith(PART)]
    left = [name for name in left if place.is_folder(name)]
    if left and part not in left:
        place.rename(left[-1], part)


def _kept(place: HeldFolder, part: str, files: Sequence[ManifestFile]) -> set[str]:
    """The files that lie in the temporary folder as they should be; all else in it is removed."""
    if not place.exists(part):
        return set()
    wanted = {file.name: file for file in files}
    kept = set()
    for name, size in list(place.files(part)):
        file = wanted.get(name)
        if file and file.bytes == size and digest_of(place, f"{part}/{name}") == file.sha256:
            kept.add(name)
        else:
            place.remove(f"{part}/{name}")
    return kept


def _prove_named(place: HeldFolder, name: str, files: Sequence[ManifestFile]) -> None:
    """What can be seen under the final name is what was proved under the temporary one."""
    sizes = dict(place.files(name))
    for file in files:
        if sizes.get(file.name) != file.bytes:
            raise _unproved(place, file)
        if file.name == MANIFEST_NAME and digest_of(place, f"{name}/{file.name}") != file.sha256:
            raise _unproved(place, file)


def _is_worth_keeping(error: Exception, place: HeldFolder, part: str) -> bool:
    """Not what was cancelled, what found no room, or what is nothing yet."""
    if isinstance(error, Cancelled | _NoRoom) or (isinstance(error, OSError) and is_full(error)):
        return False
    with suppress(OSError):
        return any(place.files(part))
    return True


def _refuse_unwritable(place: HeldFolder) -> None:
    """A protected stick says so before a byte is written."""
    if hasattr(os, "statvfs") and os.statvfs(place.path).f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place.path))


def _refuse_full(place: HeldFolder, part: str, size: int, count: int) -> None:
    wanted = size + count * _CLUSTER + MEGABYTE
    if count and free_bytes(place.path) < wanted:
        raise _NoRoom(str(full_fault(place.path / part.removesuffix(PART), wanted)))


def _refuse_gone(place: HeldFolder) -> None:
    if not place.is_here():
        raise gone(place.path)


def gone(path: Path) -> EnvironmentFault:
    """The sentence for a drive that is no longer where it was chosen."""
    text = _(
        "The drive at {path} was taken out or exchanged before everything was on it. Put it in again and press "
        "Try again: it goes on where it stopped."
    )
    return EnvironmentFault(text.format(path=path))


def _fault(error: OSError, place: HeldFolder, name: str, files: Sequence[ManifestFile]) -> EnvironmentFault:
    if not place.is_here():
        return gone(place.path)
    return write_fault(error, place.path / name, sum(file.bytes for file in files) if is_full(error) else 0)


def _unproved(place: HeldFolder, file: ManifestFile) -> EnvironmentFault:
    text = _(
        "{name} could not be read back from {path} as it was written. Do not use this export; try again, with "
        "another stick if that repeats."
    )
    return EnvironmentFault(text.format(name=file.name, path=place.path))


def _sync_drive(place: HeldFolder) -> None:
    """Let the system write down whatever else of this drive it still keeps in memory (``syncfs(2)``)."""
    if sys.platform == "linux":
        descriptor = os.open(place.path, os.O_RDONLY)
        try:
            if os.fstat(descriptor).st_dev == place.number:
                with suppress(
                    OSError, AttributeError
                ):  # a C library without it: every file was synced already
                    ctypes.CDLL(None).syncfs(descriptor)
        finally:
            os.close(descriptor)
