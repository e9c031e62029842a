"""Sends on its own thread while the desk goes on: a look every few seconds, or at once when a person asks."""

import threading
from collections.abc import Callable

from station.clock import Clock
from station.errors import StationError
from station.store.folder import EventFolder
from station.sync.credentials import Credentials
from station.sync.sending import Round, Sender
from station.sync.targets import open_target

LOOK_S = 5.0
_PATIENCE_S = 2.0


class Courier:
    """Empties the outbox of one event in the background.

    Args:
        told: called on the courier's thread after every look that was asked for, with what it did.

    Attributes:
        credentials: whose passphrase a person may say while it runs.
    """

    def __init__(
        self,
        files: EventFolder,
        clock: Clock,
        credentials: Credentials,
        told: Callable[[list[Round]], None] = lambda _rounds: None,
    ) -> None:
        self.credentials = credentials
        self._sender = Sender(files, clock, lambda target: open_target(files, credentials, target))
        self._told = told
        self._wake, self._ended = threading.Event(), threading.Event()
        self._asked: list[int | None] = []
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def send_now(self, only: int | None = None) -> None:
        """A person asks: to one target, or to all."""
        self._asked.append(only)
        self._wake.set()

    def is_busy(self) -> bool:
        """Whether something that a person asked for is not through yet."""
        return bool(self._asked)

    def trouble(self) -> str:
        """Why this laptop itself cannot send, '' where it can."""
        return self._trouble

    def stop(self) -> None:
        """End behind the file under way; what waits is sent the next time."""
        self._ended.set()
        self._sender.stop()
        self._wake.set()
        self._thread.join(_PATIENCE_S)  # what hangs at a server is proved the next time

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.wait(LOOK_S)
            self._wake.clear()
            rounds: list[Round] = []
            asked = bool(self._asked)
            try:
                while self._asked and not self._ended.is_set():
                    try:
                        rounds += self._sender.round(self._asked[0], by_hand=True)
                    finally:
                        self._asked.pop(0)
                if not asked and not self._ended.is_set():
                    self._sender.round()
                self._trouble = ""
            except StationError as error:  # this laptop's disk; said, and tried again at the next look
                self._trouble = str(error)
            if asked:
                self._told(rounds)
