"""Passwords for targets: in the system's keyring, or where there is none encrypted under the organiser's password.

The file lies in the outbox folder, which no pack, export or second copy takes along.
"""

import json
import os
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.media.encryption import PREFIX_BYTES, SALT_BYTES, AlteredError, Cost, keys_of, opened, sealed
from station.model.sending import SecretPlace
from station.store.outbox import StoredTarget

FILE_NAME = "credentials"
SERVICE = "checkin-station"
_ABOUT = b"checkin-station credentials\n"
_COST = Cost()


def has_keyring() -> bool:
    """Whether this system keeps passwords for programs."""
    try:
        return keyring.get_keyring().priority > 0
    except (KeyringError, RuntimeError):
        return False


@dataclass(slots=True)
class Credentials:
    """The passwords of one event's targets.

    Attributes:
        folder: the outbox folder. event: its identity. passphrase: the organiser's password once somebody said it, else
            ''; never kept longer than the program runs.
    """

    folder: Path
    event: str
    passphrase: str = field(default="", repr=False)

    def keep(self, target: StoredTarget, secret: str) -> SecretPlace:
        """Keep a password; returns where. Raises Refusal where there is no keyring and nobody said the password."""
        if not secret:
            return SecretPlace.NONE
        if has_keyring():
            try:
                keyring.set_password(SERVICE, self._name(target), secret)
            except KeyringError as error:
                raise EnvironmentFault(_("The system's keyring did not take the password.")) from error
            return SecretPlace.KEYRING
        if not self.passphrase:
            raise Refusal(
                _(
                    "This system keeps no passwords for programs: type the organiser's password to encrypt this one."
                )
            )
        known = self._read() if self._path.exists() else {}
        self._write({**known, f"{target.number}": secret})
        return SecretPlace.PASSWORD

    def password(self, target: StoredTarget) -> str:
        """The password for a target, '' for none.

        Raises Refusal where the organiser's password is missing or wrong, EnvironmentFault where the keyring fails.
        """
        if target.secret is SecretPlace.NONE:
            return ""
        if target.secret is SecretPlace.KEYRING:
            try:
                found = keyring.get_password(SERVICE, self._name(target))
            except KeyringError as error:
                text = _(
                    "The system's keyring does not give the password of {name}. Unlock it, then try again."
                )
                raise EnvironmentFault(text.format(name=target.name)) from error
            if found is None:
                text = _("The system's keyring has no password for {name}. Type it in again.")
                raise Refusal(text.format(name=target.name))
            return found
        if not self.passphrase:
            text = _(
                "The password for {name} is encrypted: the organiser's password is needed to send there."
            )
            raise Refusal(text.format(name=target.name))
        return self._read().get(f"{target.number}", "")

    def forget(self, target: StoredTarget) -> None:
        """Keep the password of a target no longer; what cannot be removed now is of no use to anybody without it."""
        try:
            if target.secret is SecretPlace.KEYRING:
                keyring.delete_password(SERVICE, self._name(target))
        except KeyringError:
            return

    @property
    def _path(self) -> Path:
        return self.folder / FILE_NAME

    def _name(self, target: StoredTarget) -> str:
        return f"{self.event}/{target.number}"

    def _read(self) -> dict[str, str]:
        wrong = Refusal(
            _("This is not the password under which the passwords of the targets were encrypted.")
        )
        try:
            data = self._path.read_bytes()
            salt, prefix = data[:SALT_BYTES], data[SALT_BYTES : SALT_BYTES + PREFIX_BYTES]
            key = keys_of(self.passphrase, salt, _COST).chunks
            plain = b"".join(opened(BytesIO(data[SALT_BYTES + PREFIX_BYTES :]), key, prefix, _ABOUT))
            stored = json.loads(plain)
        except (AlteredError, ValueError) as error:
            raise wrong from error
        except OSError as error:
            raise EnvironmentFault(_("{path} cannot be read.").format(path=self._path)) from error
        return {str(name): str(secret) for name, secret in stored.items()}

    def _write(self, secrets: dict[str, str]) -> None:
        salt, prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
        key = keys_of(self.passphrase, salt, _COST).chunks
        self.folder.mkdir(parents=True, exist_ok=True)
        write_file(
            self._path, salt + prefix + b"".join(sealed([json.dumps(secrets).encode()], key, prefix, _ABOUT))
        )
