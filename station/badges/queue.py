"""What the printing system of Linux and macOS says of jobs and printers, asked through lpstat and its own protocol."""

import http.client
import os
import re
import shutil
import socket
import struct
import subprocess
from pathlib import Path

from station.badges.printers import Fate
from station.i18n import _

_ANSWER_S = 4.0
_JOB = re.compile(r"^(\S+-\d+)\s", re.MULTILINE)
_DISABLED = re.compile(r"^printer \S+ (disabled|not accepting)", re.MULTILINE)
_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"), Path("/private/var/run/cupsd"))
_PORT = 631
# Job states of RFC 8011, section 5.3.7; what is below them waits or is under way.
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9


def can_ask() -> bool:
    """Whether this machine has a printing system that can be asked."""
    return shutil.which("lpstat") is not None


def tickets(printer: str) -> set[str]:
    """Every job that the printer's queue knows, finished ones too; none where it does not answer."""
    return set(_JOB.findall(_ask("-W", "all", "-o", printer)))


def fate_of(printer: str, ticket: str) -> tuple[Fate, str]:
    """What became of a job, and why it waits or was refused.

    lpstat tells finished jobs from cancelled ones in some versions only, so the server itself is asked.
    """
    state = _job_state(printer, int(ticket.rpartition("-")[2]))
    if state == _COMPLETED:
        return Fate.PRINTED, ""
    if state == _CANCELED:
        return Fate.REFUSED, _("The job was cancelled in the printer's queue.")
    if state == _ABORTED:
        return Fate.REFUSED, _("The printing system gave the job up.")
    if state is not None or not _ask("-r"):
        return Fate.WAITING, trouble(printer)
    waits = ticket in _JOB.findall(_ask("-W", "not-completed", "-o", printer))
    return (Fate.WAITING, trouble(printer)) if waits else (Fate.UNKNOWN, "")


def trouble(printer: str) -> str:
    """Why a printer prints nothing now, in its own words; '' where it does."""
    told = _ask("-p", printer)
    if not _DISABLED.search(told):
        return ""
    words = [line.strip() for line in told.splitlines()[1:] if line.strip()]
    return " ".join(words) or "disabled"


def _job_state(printer: str, number: int) -> int | None:
    """The state of a job by Get-Job-Attributes (RFC 8011, section 4.3.4); None where the server does not say."""
    fields = (
        (0x47, "attributes-charset", b"utf-8"),
        (0x48, "attributes-natural-language", b"en"),
        (0x45, "printer-uri", f"ipp://localhost/printers/{printer}".encode()),
        (0x21, "job-id", struct.pack(">i", number)),
        (0x44, "requested-attributes", b"job-state"),
    )
    body = b"\2\0" + struct.pack(">HI", 0x0009, 1) + b"\1"
    for tag, name, value in fields:
        body += struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
    try:
        answer = _posted(body + b"\3")
    except (OSError, http.client.HTTPException):
        return None
    found = re.search(rb"\x23\x00\x09job-state\x00\x04(.{4})", answer, re.DOTALL)
    return struct.unpack(">i", found[1])[0] if found else None


def _posted(body: bytes) -> bytes:
    """The answer of the printing system to a request of its protocol. Raises OSError, HTTPException."""
    connection = http.client.HTTPConnection("localhost", timeout=_ANSWER_S)
    connection.sock = _server()
    try:
        connection.request("POST", "/", body, {"Content-Type": "application/ipp", "Host": "localhost"})
        return connection.getresponse().read()
    finally:
        connection.close()


def _server() -> socket.socket:
    """A line to the server: the one of CUPS_SERVER, else the usual socket file, else its port. Raises OSError."""
    chosen = os.environ.get("CUPS_SERVER", "")
    files = (
        [Path(chosen)] if chosen.startswith("/") else [] if chosen else [p for p in _SOCKETS if p.exists()]
    )
    if files:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_ANSWER_S)
        try:
            line.connect(str(files[0]))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = (chosen.partition("/")[0] or "localhost").partition(":")
    return socket.create_connection((host, int(port) if port.isdigit() else _PORT), _ANSWER_S)


def _ask(*arguments: str) -> str:
    """What lpstat answers, in English; '' where it does not within seconds."""
    try:
        done = subprocess.run(
            ["lpstat", *arguments],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
