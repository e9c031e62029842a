"""Starts acts in children that may be killed or have their disk fail; what they do: ``programs/brood.py``."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

GO = signal.SIGUSR1 if hasattr(signal, "SIGUSR1") else None
ROOT = Path(__file__).resolve().parents[2]
Line = dict[str, Any]


class Brood:
    """A warm process and its one child at a time.

    Attributes:
        code: exit code of the last child, negative for a signal.
    """

    def __init__(self, errors: Path) -> None:
        """``errors``: the file that takes what children write to their standard error."""
        self._errors = errors
        self._read = 0
        self._unburied = False
        self.code: int | None = None
        with errors.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.programs.brood"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def start(self, act: str, *arguments: object, held: bool = False) -> int:
        """Start an act in a child; returns its process number, good until the next start.

        Held: the child waits for the signal GO.
        """
        self.bury()
        self._unburied = True
        self.code = None
        self._send(json.dumps([held, act, *map(str, arguments)]))
        return int(self._line()["pid"])

    def lines(self) -> Iterator[Line]:
        """What the child tells, until its end."""
        while self.code is None:
            line = self._line()
            if "ended" in line:
                self.code = line["ended"]
            else:
                yield line

    def run(self, act: str, *arguments: object) -> list[Line]:
        """An act from beginning to end; returns what it told."""
        self.start(act, *arguments)
        return list(self.lines())

    def bury(self) -> None:
        """Let the last child, which has ended, go for good; its number may mean another process from now on."""
        if self._unburied:
            self._send("bury it")
        self._unburied = False

    def errors(self) -> str:
        """What children wrote to their standard error since this was last asked."""
        with self._errors.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        return new.decode("utf-8")

    def _send(self, text: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(text.encode() + b"\n")
        self._process.stdin.flush()

    def _line(self) -> Line:
        assert self._process.stdout
        line: Line = json.loads(self._process.stdout.readline())
        return line


def can_fork() -> bool:
    """Whether this system has what the brood needs."""
    return hasattr(os, "fork")
