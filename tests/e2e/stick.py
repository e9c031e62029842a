"""A stick made of a file: an ext4 image behind a loop device, pulled out as a hand does it. Needs root and Linux."""

import fcntl
import os
import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

_SHUTDOWN, _NO_LOG_FLUSH = 0x8004_587D, 2  # EXT4_IOC_SHUTDOWN: nothing more reaches the medium


class Stick:
    """A removable drive at a mount point.

    Attributes:
        path: where it is mounted. below: what the laptop's own disk has at that path, seen without the stick.
    """

    def __init__(self, path: Path, *, megabytes: int = 16) -> None:
        path.mkdir(exist_ok=True)
        self.path = path
        self._image = path.with_name(f"{path.name}-{os.urandom(4).hex()}.img")
        with self._image.open("wb") as file:
            file.truncate(megabytes << 20)
        subprocess.run(["mkfs.ext4", "-qF", "-m", "0", "-O", "^has_journal", self._image], check=True)

    def __enter__(self) -> Self:
        self.plug_in()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.path.is_mount():
            subprocess.run(["umount", "-l", self.path], check=True)
        self._image.unlink()

    def plug_in(self) -> None:
        """Mount it."""
        subprocess.run(["mount", "-o", "loop", self._image, self.path], check=True)
        assert self.path.is_mount()
        with suppress(OSError):
            (self.path / "lost+found").rmdir()

    def pull_out(self) -> None:
        """No byte more reaches it, open files fail, and its path is a folder of the laptop's own disk."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(descriptor)
        subprocess.run(["umount", "-l", self.path], check=True)

    def exchange(self, other: "Stick") -> None:
        """Pulled out, and another one is plugged in at the same place."""
        self.pull_out()
        other.plug_in()

    def protect(self) -> None:
        """Slide its little switch."""
        subprocess.run(["mount", "-o", "remount,ro", self.path], check=True)


def can_plug() -> bool:
    """Whether this machine can make sticks out of files."""
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        return False
    return Path("/dev/loop-control").exists()


needs_sticks = pytest.mark.skipif(
    not can_plug(), reason="needs root, mkfs.ext4 and loop devices to make a stick"
)
