"""Keyrings as systems have them, of a test alone; and a system that has none."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError


class KeptInMemory(KeyringBackend):
    """Keeps passwords in a mapping; never chosen by itself, for it cannot be made without one."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self, kept: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self.kept = kept

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.kept[service, username]
        except KeyError:
            raise PasswordDeleteError from None


@contextmanager
def keyring_is(backend: KeyringBackend) -> Iterator[None]:
    """This one is the system's within the block."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)


@contextmanager
def no_keyring() -> Iterator[None]:
    """The system keeps no passwords within the block."""
    with keyring_is(NoKeyring()):
        yield
