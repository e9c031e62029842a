"""Makes the n-th system call of a held child fail, or kills it there: strace's fault injection."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.e2e.brood import GO, Brood, Line

MOST_POSITIONS = 1000


@dataclass(frozen=True)
class Fault:
    """What happens at a system call.

    Attributes:
        calls: their names, as strace wants them. effect: ``error=EIO``, ``signal=SIGKILL`` …
        times: how many calls in a row; 0 for that one and all that follow.
    """

    calls: str
    effect: str
    times: int = 1

    def __str__(self) -> str:
        times = "" if self.times == 1 else f" {self.times or 'ever'}"
        return f"{self.calls.split(',')[0]} {self.effect.split('=')[1]}{times}"

    def at(self, position: int) -> str:
        """What strace is told for the n-th call."""
        when = f"{position}..{position + self.times - 1}" if self.times else f"{position}+"
        return f"{self.calls}:{self.effect}:when={when}"


@dataclass(frozen=True)
class Outcome:
    """What a child did in which one call failed: its lines, exit code and messages; which call, for people."""

    position: str
    lines: Sequence[Line]
    code: int | None
    messages: str


def every_position(
    brood: Brood, log: Path, fault: Fault, paths: Sequence[Path], act: str, *arguments: object
) -> Iterator[Outcome]:
    """Run an act again and again, failing its first call, its second … until it makes no more of them.

    Only calls on ``paths`` count, all where it is empty. Each thread counts for itself (strace(1), "when").
    """
    for position in count(1):
        assert position < MOST_POSITIONS
        process = brood.start(act, *arguments, held=True)
        command = ["strace", "-f", "-o", log, "-e", f"trace={fault.calls}"]
        command += ["-e", f"inject={fault.at(position)}"]
        command += [part for path in paths for part in ("-P", path)]
        with subprocess.Popen([*command, "-p", str(process)], stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            assert "attached" in tracer.stderr.readline()
            os.kill(process, GO)
            lines = list(brood.lines())
            brood.bury()  # strace ends when nobody is left to trace
            tracer.stderr.read()
        if "INJECTED" not in log.read_text() and "killed by SIGKILL" not in log.read_text():
            return
        yield Outcome(f"{fault} {position}", lines, brood.code, brood.errors())


def why_not() -> str:
    """The reason why faults cannot be injected here, empty where they can."""
    if not sys.platform.startswith("linux") or shutil.which("strace") is None:
        return "needs strace"
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as idle:
        command = ["strace", "-p", str(idle.pid)]
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as tracer:
            assert tracer.stderr and idle.stdin
            answer = tracer.stderr.readline()
            idle.stdin.close()
            tracer.stderr.read()
    return "" if "attached" in answer else f"strace may not trace here: {answer.strip()}"
