"""A folder held open while something is written into it: nothing lands elsewhere when its drive is pulled out.

After a stick is pulled out, its path is a plain folder of the laptop's own disk. POSIX therefore works through the
descriptor of the folder that was chosen (``openat(2)``), which stays with its drive; Windows has no such calls, and
there the drive's letter goes with the drive.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self

_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)


class HeldFolder:
    """An open folder; names are relative to it, parts joined by ``/``. Every method may raise OSError.

    Attributes:
        path: where it was when it was opened. number: of the drive below it, as ``atomic.drive_of`` says.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = None if sys.platform == "win32" else os.open(path, os.O_RDONLY | _FOLDER)
        there = path.stat() if self._descriptor is None else os.fstat(self._descriptor)
        self.number = there.st_dev
        self._place = _identity(there)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_here(self) -> bool:
        """Whether the path still is this folder: not after its drive was pulled out or exchanged."""
        try:
            there = self.path.stat()
        except OSError:
            return False
        return _identity(there) == self._place

    def create(self, name: str) -> BinaryIO:
        """A new file, unbuffered; one that is there must be removed first."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK
        return os.fdopen(os.open(self._at(name), flags, 0o644, dir_fd=self._descriptor), "wb", buffering=0)

    def read(self, name: str) -> BinaryIO:
        """An existing file, for reading; links are not followed."""
        flags = os.O_RDONLY | _BINARY | _NO_LINK
        return os.fdopen(os.open(self._at(name), flags, dir_fd=self._descriptor), "rb", buffering=0)

    def make_folder(self, name: str) -> None:
        """A folder with those above it, where they are not there yet."""
        parts = PurePosixPath(name).parts
        for count in range(1, len(parts) + 1):
            with suppress(FileExistsError):
                os.mkdir(self._at("/".join(parts[:count])), dir_fd=self._descriptor)

    def rename(self, name: str, wished: str) -> None:
        """Give a file or folder another name, in place of a file of that name."""
        here = self._descriptor
        if here is None:
            Path(self._at(name)).replace(self._at(wished))
        else:
            os.rename(name, wished, src_dir_fd=here, dst_dir_fd=here)

    def exists(self, name: str) -> bool:
        """Whether something bears a name, also a link that leads nowhere."""
        try:
            os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def names(self, folder: str = "") -> list[str]:
        """What lies in a folder below this one, in order; links are not followed."""
        if self._descriptor is None:
            return sorted(path.name for path in Path(self._at(folder)).iterdir())
        descriptor = os.open(folder or ".", os.O_RDONLY | _FOLDER | _NO_LINK, dir_fd=self._descriptor)
        try:
            return sorted(os.listdir(descriptor))  # noqa: PTH208  pathlib knows no descriptors
        finally:
            os.close(descriptor)

    def is_folder(self, name: str) -> bool:
        """Whether a name is a real folder, no link."""
        found = os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        return stat.S_ISDIR(found.st_mode)

    def files(self, folder: str) -> Iterator[tuple[str, int]]:
        """Every file below a folder with its size in bytes, by its path below that folder; -1 for what is no file."""
        for name in self.names(folder):
            path = f"{folder}/{name}"
            found = os.stat(self._at(path), dir_fd=self._descriptor, follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                yield from ((f"{name}/{below}", size) for below, size in self.files(path))
            else:
                yield name, found.st_size if stat.S_ISREG(found.st_mode) else -1

    def remove(self, name: str) -> None:
        """Remove a file or link."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def remove_tree(self, folder: str) -> None:
        """Remove a folder with everything in it; links go, what they lead to stays."""
        for name in self.names(folder):
            path = f"{folder}/{name}"
            self.remove_tree(path) if self.is_folder(path) else self.remove(path)
        os.rmdir(self._at(folder), dir_fd=self._descriptor)

    def sync(self, folder: str = "") -> None:
        """Make new names in a folder durable; does nothing on Windows."""
        if self._descriptor is None:
            return
        descriptor = os.open(folder or ".", os.O_RDONLY | _FOLDER | _NO_LINK, dir_fd=self._descriptor)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def sync_tree(self, folder: str) -> None:
        """Make the names in a folder and in all below it durable."""
        for name in self.names(folder):
            if self.is_folder(f"{folder}/{name}"):
                self.sync_tree(f"{folder}/{name}")
        self.sync(folder)

    def _at(self, name: str) -> str:
        return name or "." if self._descriptor is not None else str(self.path / name)


def _identity(found: os.stat_result) -> tuple[int, int]:
    """What tells a folder from others; on Windows its volume alone, for FAT has no lasting numbers of files there."""
    return found.st_dev, 0 if sys.platform == "win32" else found.st_ino
