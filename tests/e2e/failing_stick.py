"""A stick that fails at byte N: a file system in user space (FUSE) that takes so many bytes and then says an error.

As a program, ``python failing_stick.py BACKING MOUNT BYTES ERRNO``, it serves one until it is unmounted.
"""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

NEVER = 1 << 60


def serve(backing: Path, mount: Path, limit: int, number: int) -> None:
    """Pass everything on to a folder; the write that goes over ``limit`` bytes, and all later ones, fail."""
    from mfusepy import FUSE, FuseOSError, Operations

    class Failing(Operations):  # type: ignore[misc]
        use_ns = True
        written = 0

        def __call__(self, operation: str, *arguments: Any) -> Any:
            try:
                return super().__call__(operation, *arguments)
            except OSError as error:
                raise FuseOSError(error.errno) from error

        def getattr(self, path: str, _handle: Any = None) -> dict[str, int]:
            status = os.lstat(self.real(path))
            names = ("mode", "nlink", "uid", "gid", "size", "blocks")
            times = {f"st_{each}time": getattr(status, f"st_{each}time_ns") for each in "amc"}
            return {f"st_{name}": getattr(status, f"st_{name}") for name in names} | times

        def readdir(self, path: str, _handle: int) -> list[str]:
            return [".", "..", *os.listdir(self.real(path))]  # noqa: PTH208

        def statfs(self, path: str) -> dict[str, int]:
            status = os.statvfs(self.real(path))
            names = ("bavail", "bfree", "blocks", "bsize", "files", "ffree", "frsize", "namemax")
            return {f"f_{name}": getattr(status, f"f_{name}") for name in names}

        def mkdir(self, path: str, mode: int) -> None:
            os.mkdir(self.real(path), mode)  # noqa: PTH102

        def rmdir(self, path: str) -> None:
            os.rmdir(self.real(path))  # noqa: PTH106

        def unlink(self, path: str) -> None:
            os.unlink(self.real(path))  # noqa: PTH108

        def rename(self, old: str, new: str, _flags: int = 0) -> None:
            os.rename(self.real(old), self.real(new))  # noqa: PTH104

        def chmod(self, path: str, mode: int) -> None:
            os.chmod(self.real(path), mode)  # noqa: PTH101

        def utimens(self, path: str, times: tuple[int, int]) -> None:
            os.utime(self.real(path), ns=times)

        def open(self, path: str, flags: int) -> int:
            return os.open(self.real(path), flags & ~os.O_APPEND)

        def create(self, path: str, mode: int, _information: Any = None) -> int:
            return os.open(self.real(path), os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)

        def read(self, _path: str, size: int, offset: int, handle: int) -> bytes:
            return os.pread(handle, size, offset)

        def write(self, _path: str, data: bytes, offset: int, handle: int) -> int:
            room = max(0, limit - self.written)
            if room == 0 and data:
                raise FuseOSError(number)
            self.written += (taken := os.pwrite(handle, data[:room], offset))
            return taken

        def truncate(self, path: str, length: int, _handle: int | None = None) -> None:
            os.truncate(self.real(path), length)

        def fsync(self, _path: str, _data_only: int, handle: int) -> None:
            if self.written >= limit:
                raise FuseOSError(number)
            os.fsync(handle)

        def release(self, _path: str, handle: int) -> None:
            os.close(handle)

        def real(self, path: str) -> str:
            return str(backing) + path

    FUSE(Failing(), str(mount), foreground=True, nothreads=True)


@contextmanager
def failing_stick(top: Path, limit: int = NEVER, number: int = errno.EIO) -> Iterator[Path]:
    """A mounted stick that takes ``limit`` bytes; what it holds outlives it, in a folder beside it."""
    backing, mount = top / "medium", top / "KINGSTON"
    backing.mkdir(exist_ok=True)
    mount.mkdir(exist_ok=True)
    command = [sys.executable, __file__, str(backing), str(mount), str(limit), str(number)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 20
        while not mount.is_mount():
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((server.stderr.read() if server.stderr else b"").decode())
            os.sched_yield()
        yield mount
    finally:
        subprocess.run(["umount", "-l", mount], check=False, capture_output=True)
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()
        server.wait()
        if server.stderr:
            server.stderr.close()


def _can_fail() -> bool:
    try:
        import mfusepy  # noqa: F401
    except (ImportError, OSError):
        return False
    return sys.platform.startswith("linux") and os.geteuid() == 0 and Path("/dev/fuse").exists()


needs_fuse = pytest.mark.skipif(not _can_fail(), reason="needs root and FUSE")

if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
