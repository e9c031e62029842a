"""Where badges can be sent: installed printers behind a port, a queue that takes PDF over the network, PDF files."""

import contextlib
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from station.badges.profiles import FILE_PRINTER, Profile
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.media.atomic import write_file

SOCKET = "socket:"
RAW_PORT = 9100
_CONNECT_S, _TAKE_S, _CLOSE_S = 3.0, 15.0, 2.0


class PrinterAway(EnvironmentFault):
    """The printer cannot be reached or takes nothing; nothing of the badge went to it."""


class Doubtful(EnvironmentFault):
    """A part of the badge went to the printer, and nobody knows what came out."""


class Fate(StrEnum):
    """What a printer's own queue says of a job."""

    WAITING = "waiting"
    PRINTED = "printed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is sent: the pages, and the name that the printer's queue shows; ``file_name`` where it becomes a file."""

    pdf: bytes
    title: str
    file_name: str


class Installed(Protocol):
    """The printers of this machine; tests and the window supply them. All methods work on any thread."""

    def names(self) -> Sequence[str]:
        """The installed printers, the usual one first."""
        ...

    def send(self, printer: str, sheet: Sheet, profile: Profile) -> str:
        """Hand pages to a printer; returns its queue's name of the job, '' where there is none to ask.

        Raises PrinterAway, Doubtful, or EnvironmentFault for what this printer will never take.
        """
        ...

    def fate(self, printer: str, ticket: str) -> tuple[Fate, str]:
        """What became of a job, and the reason while it waits or was refused."""
        ...


class NoneInstalled:
    """A machine whose printers nobody can ask for: without a window."""

    def names(self) -> Sequence[str]:
        """None."""
        return ()

    def send(self, printer: str, sheet: Sheet, profile: Profile) -> str:
        """Raises PrinterAway."""
        raise away(printer)

    def fate(self, printer: str, ticket: str) -> tuple[Fate, str]:
        """Nobody knows."""
        return Fate.UNKNOWN, ""


class Printers:
    """Every place a badge can go to, by its address: ``file:``, ``socket:HOST[:PORT]``, or an installed printer's name.

    Args:
        folder: where the files of ``file:`` go.
    """

    def __init__(self, folder: Path, installed: Installed) -> None:
        self._folder = folder
        self._installed = installed

    def names(self) -> list[str]:
        """The addresses that can be offered."""
        return [*self._installed.names(), FILE_PRINTER]

    def send(self, printer: str, sheet: Sheet, profile: Profile) -> tuple[str, bool]:
        """Hand a sheet over; returns the ticket to ask after it, and whether it is printed for certain.

        Raises PrinterAway, Doubtful, EnvironmentFault, Refusal for an address that makes no sense.
        """
        if printer.startswith(FILE_PRINTER):
            self._write(sheet)
            return "", True
        if printer.startswith(SOCKET):
            _pour(printer, sheet.pdf)
            return "", False
        return self._installed.send(printer, sheet, profile), False

    def fate(self, printer: str, ticket: str) -> tuple[Fate, str]:
        """See Installed."""
        return self._installed.fate(printer, ticket)

    def _write(self, sheet: Sheet) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._folder / sheet.file_name, sheet.pdf)
        except (
            EnvironmentFault,
            OSError,
        ) as error:  # the disk is full or away: all others would fail as well
            raise PrinterAway(str(error)) from error


def away(printer: str) -> PrinterAway:
    """The fault of a printer that is not there."""
    text = _("The printer {printer} is not there. Turn it on and connect it, or choose another.")
    return PrinterAway(text.format(printer=printer_label(printer)))


def printer_label(printer: str) -> str:
    """How a printer is called on the screen."""
    if printer.startswith(FILE_PRINTER):
        return _("PDF files")
    return printer.removeprefix(SOCKET)


def check_address(printer: str) -> None:
    """Raises Refusal for an address of a network printer that makes no sense."""
    _place(printer)


def _place(printer: str) -> tuple[str, int]:
    found = re.fullmatch(r"socket:(?://)?([\w.\-]{1,253})(?::(\d{1,5}))?/?", printer)
    if found is None or not 0 < int(found[2] or RAW_PORT) < 65536:
        raise Refusal(
            _("{printer} is no address. An example is socket:192.168.1.50:9100.").format(printer=printer)
        )
    return found[1], int(found[2] or RAW_PORT)


def _pour(printer: str, pdf: bytes) -> None:
    """Send bytes to a raw queue. Raises PrinterAway before the first byte, Doubtful after it."""
    place = _place(printer)
    try:
        connection = socket.create_connection(place, _CONNECT_S)
    except OSError as error:
        raise away(printer) from error
    with connection:
        connection.settimeout(_TAKE_S)
        try:
            connection.sendall(pdf)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(_CLOSE_S)
            with contextlib.suppress(TimeoutError):  # some printers keep the line open; they have everything
                while connection.recv(4096):
                    pass
        except OSError as error:
            text = _("{printer} broke off while it was taking the badge. Look whether it came out.")
            raise Doubtful(text.format(printer=printer_label(printer))) from error
