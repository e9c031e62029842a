"""What the printing system of Linux and macOS says of jobs and printers, asked through its own lpstat."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from station.badges.printers import Fate

_ANSWER_S = 4.0
_JOB = re.compile(r"^(\S+-\d+)\s")
_ALERT = re.compile(r"^\s+Alerts:\s*(.*)$")
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
    alert = ended[ticket]
    if "completed-successfully" in alert or not alert:
        return Fate.PRINTED, ""
    return Fate.REFUSED, alert


def trouble(printer: str) -> str:
    """Why a printer prints nothing now, in its own words; '' where it does."""
    told = _ask("-p", printer)
    if not _DISABLED.search(told):
        return ""
    words = [line.strip() for line in told.splitlines()[1:] if line.strip()]
    return " ".join(words) or "disabled"


def _alerts(told: str) -> dict[str, str]:
    """The jobs of a long listing, each with its alerts."""
    found: dict[str, str] = {}
    job = ""
    for line in told.splitlines():
        if (start := _JOB.match(line)) is not None:
            job = start[1]
            found[job] = ""
        elif job and (alert := _ALERT.match(line)) is not None:
            found[job] = alert[1].strip()
    return found


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
