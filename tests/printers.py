"""Printers for tests: a label printer on a raw port of this machine, and installed ones that do as they are told."""

import socket
import threading
import time
from collections.abc import Callable, Sequence

from station.badges.printers import Fate, Sheet
from station.badges.profiles import Profile


def wait_until(fact: Callable[[], bool], seconds: float = 10.0) -> None:
    """Return as soon as a fact holds; fails if it never does."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not fact():
        assert time.monotonic() < end, "it never came about"
        pause.wait(0.005)


class RawPrinter:
    """Takes whatever comes on a port of its own, as a label printer on 9100 does.

    Attributes:
        labels: what each connection brought. arrived: when its first byte did, of the monotonic clock.
        breaks_off: cuts the line after the first bytes.
    """

    def __init__(self, port: int = 0) -> None:
        self._server = socket.create_server(("127.0.0.1", port), reuse_port=False)
        self._server.settimeout(0.05)
        self.port: int = self._server.getsockname()[1]
        self.labels: list[bytes] = []
        self.arrived: list[float] = []
        self.breaks_off = False
        self._closing = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"socket:127.0.0.1:{self.port}"

    def close(self) -> None:
        self._closing = True
        self._thread.join()
        self._server.close()

    def __enter__(self) -> "RawPrinter":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._closing:
            try:
                line, _peer = self._server.accept()
            except TimeoutError:
                continue
            with line:
                self._take(line)

    def _take(self, line: socket.socket) -> None:
        line.settimeout(5)
        if self.breaks_off:
            line.recv(64)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not an end
            return
        received = b""
        while part := line.recv(65536):
            if not received:
                self.arrived.append(time.monotonic())
            received += part
        self.labels.append(received)


class Obedient:
    """Installed printers that do as the test says.

    Attributes:
        faults: by printer, what sending raises; fates: by ticket, what the queue says.
        sent: printer and title of what was taken.
    """

    def __init__(self, *names: str, asks: bool = False) -> None:
        self._names = names
        self._asks = asks
        self.faults: dict[str, Exception] = {}
        self.fates: dict[str, tuple[Fate, str]] = {}
        self.sent: list[tuple[str, str]] = []
        self.profiles: list[Profile] = []

    def names(self) -> Sequence[str]:
        return self._names

    def send(self, printer: str, sheet: Sheet, profile: Profile) -> str:
        if printer in self.faults:
            raise self.faults[printer]
        self.sent.append((printer, sheet.title))
        self.profiles.append(profile)
        return f"{printer}-{len(self.sent)}" if self._asks else ""

    def fate(self, printer: str, ticket: str) -> tuple[Fate, str]:
        return self.fates.get(ticket, (Fate.WAITING, ""))
