"""Files of documents: taken into the event folder safely, found again, and compared with what they were."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from station.documents.dangers import (
    MacroSearch,
    macro_notice,
    refuse_programs_by_content,
    refuse_programs_by_name,
)
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.media.faults import MEGABYTE, free_bytes, full_fault, reason, write_fault
from station.media.names import safe_name
from station.model.document import Document, DocumentKind
from station.text import clean

FOLDER = "documents"
LARGEST_BYTES = 2_000_000_000
_CHUNK = 1 << 20
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was taken into the event folder.

    Attributes:
        name: below ``documents/``. notices: what the organiser should know of it.
    """

    name: str
    sha256: str
    bytes: int
    notices: tuple[str, ...] = ()


class FileState(StrEnum):
    """Whether the file of a document is as it was when it was added; an item without a file is always so."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"


def store_file(
    event: Path, source: Path, progress: Progress | None = None, *, folder: str = FOLDER, name: str = ""
) -> StoredFile:
    """Copy a file into a folder of the event folder under a safe and free name, hashing it on the way.

    ``name`` is one made by ``safe_name`` to have in place of the source's own.
    It has its name only when it is complete. ``progress(bytes done, total)`` may raise Cancelled. Raises Refusal
    (not a file, empty, too large, a program), EnvironmentFault; then nothing is left behind.
    """
    place = _made(event / folder)
    return _copied(place, source, _free_name(place, name or safe_name(source.name)), progress)


def put_file(event: Path, source: Path, name: str) -> StoredFile:
    """Copy a file into an event folder in place of the one of a name; a name that leads elsewhere is replaced.

    Raises Refusal, EnvironmentFault.
    """
    folder = _made(event / FOLDER)
    return _copied(
        folder, source, name if _is_plain_name(name) else _free_name(folder, safe_name(name)), None
    )


def looked_at(path: Path) -> StoredFile:
    """A file that lies in the event folder already. Raises Refusal (empty, too large, a program), EnvironmentFault."""
    refuse_programs_by_name(path.name)
    digest, macros, done = hashlib.sha256(), MacroSearch(path.name), 0
    with _opened(path) as (file, _size):
        while chunk := _read(file, path, _CHUNK):
            if not done:
                refuse_programs_by_content(path.name, chunk)
            digest.update(chunk)
            macros.take(chunk)
            done += len(chunk)
    return StoredFile(path.name, digest.hexdigest(), done, (macro_notice(path.name),) if macros.found else ())


def _copied(folder: Path, source: Path, name: str, progress: Progress | None) -> StoredFile:
    refuse_programs_by_name(source.name)
    with _opened(source) as (file, size):
        head = _read(file, source, _CHUNK)
        refuse_programs_by_content(source.name, head)
        target = folder / name
        if free_bytes(folder) < size + MEGABYTE:
            raise full_fault(target, size + MEGABYTE)
        digest, macros = hashlib.sha256(), MacroSearch(source.name)
        done = 0

        def chunks() -> Iterator[bytes]:
            nonlocal done
            chunk = head
            while chunk:
                digest.update(chunk)
                macros.take(chunk)
                done += len(chunk)
                if done > LARGEST_BYTES:  # it grew after it was looked at
                    raise _too_large(source, done)
                if progress:
                    progress(done, max(size, done))
                yield chunk
                chunk = _read(file, source, _CHUNK)

        write_file(target, chunks())
    notices = (macro_notice(source.name),) if macros.found else ()
    return StoredFile(target.name, digest.hexdigest(), done, notices)


def sha256_of(source: Path, proceed: Callable[[], None] = lambda: None) -> str:
    """SHA-256 of a regular file, lower-case hexadecimal; ``proceed`` is called now and then and may raise Cancelled.

    Raises Refusal, EnvironmentFault.
    """
    digest = hashlib.sha256()
    with _opened(source) as (file, _size):
        while chunk := _read(file, source, _CHUNK):
            digest.update(chunk)
            proceed()
    return digest.hexdigest()


def path_of(event: Path, document: Document) -> Path | None:
    """The file of a document, a regular one inside the event's ``documents/``; None where there is none such."""
    name = document.file_name
    if document.kind is not DocumentKind.FILE or not _is_plain_name(name):
        return None
    path = event / FOLDER / name
    try:
        return path if stat.S_ISREG(path.lstat().st_mode) else None
    except (OSError, ValueError):
        return None


def state_of(event: Path, document: Document, proceed: Callable[[], None] = lambda: None) -> FileState:
    """Whether a document's file is as it was added; ``proceed`` is called now and then and may raise Cancelled.

    Raises EnvironmentFault when it cannot be read.
    """
    if document.kind is not DocumentKind.FILE:
        return FileState.OK
    path = path_of(event, document)
    if path is None:
        return FileState.MISSING
    try:
        size = path.stat().st_size
    except OSError as error:
        raise read_fault(error, path) from error
    if size == 0 or size > LARGEST_BYTES or (document.bytes and size != document.bytes):
        return FileState.CHANGED
    return FileState.OK if sha256_of(path, proceed) == document.sha256 else FileState.CHANGED


def changed_documents(
    event: Path, documents: Iterable[Document], progress: Progress | None = None
) -> list[tuple[Document, FileState]]:
    """The documents whose file is missing or no longer what was added, in order.

    ``progress(documents done, total)`` may raise Cancelled. Raises EnvironmentFault.
    """
    found: list[tuple[Document, FileState]] = []
    every = list(documents)
    for done, document in enumerate(every, 1):
        state = state_of(event, document)
        if state is not FileState.OK:
            found.append((document, state))
        if progress:
            progress(done, len(every))
    return found


def delete_file(event: Path, document: Document) -> None:
    """Delete a document's file, where there is one. Raises EnvironmentFault."""
    path = path_of(event, document)
    if path is not None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise write_fault(error, path) from error


def read_fault(error: OSError, path: Path) -> EnvironmentFault:
    """The sentence for an error while reading a file."""
    return EnvironmentFault(
        _("{path} cannot be read ({reason}). Check the file, the disk or the stick, and try again.").format(
            path=path, reason=reason(error)
        )
    )


@contextmanager
def _opened(source: Path) -> Iterator[tuple[BinaryIO, int]]:
    """A regular file with its size; looked at through the open file, so that nobody exchanges it in between."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        _refuse_odd(source, source.lstat())
        descriptor = os.open(source, flags | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise read_fault(error, source) from error
    except ValueError:  # a name with a NUL
        raise Refusal(_("{path} is not a file.").format(path=_called(source))) from None
    with os.fdopen(descriptor, "rb") as file:
        looked_at = os.fstat(descriptor)
        _refuse_odd(source, looked_at)
        yield file, looked_at.st_size


def _refuse_odd(source: Path, looked_at: os.stat_result) -> None:
    if stat.S_ISLNK(looked_at.st_mode):
        raise Refusal(
            _("{path} only points to another file. Choose that file itself.").format(path=_called(source))
        )
    if stat.S_ISDIR(looked_at.st_mode):
        raise Refusal(
            _("{path} is a folder. Choose the files in it, or pack it into a .zip.").format(
                path=_called(source)
            )
        )
    if not stat.S_ISREG(looked_at.st_mode):
        raise Refusal(_("{path} is not a file.").format(path=_called(source)))
    if looked_at.st_size == 0:
        raise Refusal(_("{path} is empty.").format(path=_called(source)))
    if looked_at.st_size > LARGEST_BYTES:
        raise _too_large(source, looked_at.st_size)


def _too_large(source: Path, size: int) -> Refusal:
    return Refusal(
        _(
            "{path} has {size} GB; a document may have at most 2 GB. A stick formatted as FAT32 takes no file "
            "over 4 GB at all. Make it smaller, or divide it."
        ).format(path=_called(source), size=f"{size / 1e9:.1f}")
    )


def _called(source: Path) -> str:
    """A file as people call it: its name, without the folders it lies in."""
    return clean(source.name) or clean(str(source))


def _read(file: BinaryIO, source: Path, size: int) -> bytes:
    try:
        return file.read(size)
    except OSError as error:
        raise read_fault(error, source) from error


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise write_fault(error, folder) from error
    return folder


def _is_plain_name(name: str) -> bool:
    """Whether a name is one file right in a folder, on every system: an event folder may come from anywhere."""
    return (
        bool(name)
        and name not in (".", "..")
        and PurePosixPath(name).name == name
        and PureWindowsPath(name).name == name
        and "\x00" not in name
    )


def _free_name(folder: Path, name: str) -> str:
    """The name, or with a number where it is taken, in whatever case."""
    taken = {path.name.casefold() for path in folder.iterdir()}
    stem, suffix = Path(name).stem, Path(name).suffix
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem}-{number}{suffix}"
    return free
