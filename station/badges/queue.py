"""What the printing system of Linux and macOS says of jobs and printers, asked through its own lpstat."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence

from station.badges.printers import Fate

_ANSWER_S, _SETTLES_S = 4.0, 3.0
_JOB = re.compile(r"^(\S+-\d+)\s")
_ALERT = re.compile(r"^\s+Alerts:\s*(.*)$")
_REFUSALS = ("canceled", "aborted", "errors")
_DISABLED = re.compile(r"^printer \S+ (disabled|not accepting)", re.MULTILINE)


def can_ask() -> bool:
    """Whether this machine has a printing system that can be asked."""
    return shutil.which("lpstat") is not None


def tickets(printer: str) -> set[str]:
    """Every job that the printer's queue knows, finished ones too; none where it does not answer."""
    return set(_alerts(_ask("-W", "all", "-l", "-o", printer)))


def fate_of(printer: str, ticket: str) -> tuple[Fate, str]:
    """What became of a job; the printer's own words for why it waits or was refused."""
    if ticket in _alerts(_ask("-W", "not-completed", "-l", "-o", printer)):
        return Fate.WAITING, trouble(printer)
    ended = _alerts(_ask("-W", "completed", "-l", "-o", printer))
    if ticket not in ended:
        answers = bool(_ask("-r"))
        return (Fate.UNKNOWN, "") if answers else (Fate.WAITING, "")
    alert, at = ended[ticket]
    if "processing" in alert and at is not None and time.time() - at < _SETTLES_S:
        return Fate.WAITING, ""  # a job that is being cancelled says so only a moment later
    if any(word in alert for word in _REFUSALS):
        return Fate.REFUSED, alert
    return Fate.PRINTED, ""


def trouble(printer: str) -> str:
    """Why a printer prints nothing now, in its own words; '' where it does."""
    told = _ask("-p", printer)
    if not _DISABLED.search(told):
        return ""
    words = [line.strip() for line in told.splitlines()[1:] if line.strip()]
    return " ".join(words) or "disabled"


def _alerts(told: str) -> dict[str, tuple[str, float | None]]:
    """The jobs of a long listing, each with its alerts and the time of its line, seconds since 1970."""
    found: dict[str, tuple[str, float | None]] = {}
    job = ""
    for line in told.splitlines():
        if (start := _JOB.match(line)) is not None:
            job = start[1]
            found[job] = "", _seconds(line)
        elif job and (alert := _ALERT.match(line)) is not None:
            found[job] = alert[1].strip(), found[job][1]
    return found


def _seconds(line: str) -> float | None:
    """The local time at the end of a line such as ``… 1024   Wed Nov 25 20:32:44 2026``."""
    try:
        return time.mktime(time.strptime(" ".join(line.split()[-5:]), "%a %b %d %H:%M:%S %Y"))
    except (ValueError, OverflowError):
        return None


def _ask(*arguments: str) -> str:
    """What lpstat answers, in English; '' where it does not within seconds."""
    command: Sequence[str] = ["lpstat", *arguments]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
