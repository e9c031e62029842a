"""Journals that only headquarters can read: the key pair, and locking a segment's content for it. docs/segment.md."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from station.errors import EnvironmentFault
from station.i18n import _
from station.media.atomic import write_file
from station.reports.choice import keep_choice, read_choice
from station.store.connection import WriteConnection
from station.store.folder import EventFolder

KEY_NAME = "headquarters.pem"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)  # hybrid public key encryption, RFC 9180
_INFO = b"checkin-segment content\n"
_FINGERPRINT_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Lock:
    """The public half: closes, and cannot open again. ``public`` is 64 hexadecimal digits."""

    public: str

    @property
    def fingerprint(self) -> str:
        """What tells keys apart: the beginning of the SHA-256 of the public key, hexadecimal."""
        return hashlib.sha256(bytes.fromhex(self.public)).hexdigest()[:_FINGERPRINT_DIGITS]

    def close(self, content: bytes) -> bytes:
        """Content that only the holder of the private half reads."""
        key = X25519PublicKey.from_public_bytes(bytes.fromhex(self.public))
        return _SUITE.encrypt(content, key, info=_INFO)


@dataclass(frozen=True, slots=True)
class HeadquartersKey:
    """The private half, as the office keeps it."""

    private: X25519PrivateKey

    @property
    def lock(self) -> Lock:
        """The half for the desks."""
        return Lock(self.private.public_key().public_bytes_raw().hex())

    def open(self, content: bytes) -> bytes:
        """What was closed with the lock. Raises ValueError where it was not, or was changed since."""
        try:
            return _SUITE.decrypt(content, self.private, info=_INFO)
        except InvalidTag as error:
            raise ValueError("not closed with this lock, or changed since") from error


def lock_of(public: str) -> Lock | None:
    """The lock of a public key as the event keeps it; None for '' and for what is no key."""
    try:
        return Lock(public) if len(bytes.fromhex(public)) == 32 else None
    except ValueError:
        return None


def read_key(path: Path) -> HeadquartersKey:
    """The private half in a file. Raises EnvironmentFault where it is none or cannot be read."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, X25519PrivateKey):
            raise TypeError(type(key))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        text = _("{path} is not the key of headquarters. Put the file back that was made with this event.")
        raise EnvironmentFault(text.format(path=path)) from error
    return HeadquartersKey(key)


def key_in(folder: Path) -> HeadquartersKey | None:
    """The private half that lies in an event folder; None where none does.

    Raises EnvironmentFault where it cannot be read, for else its journals would count as somebody else's.
    """
    path = folder / KEY_NAME
    return read_key(path) if path.exists() else None


def own_key(folder: Path) -> HeadquartersKey:
    """The private half in an event folder, made now where there is none yet. Raises EnvironmentFault."""
    found = key_in(folder)
    if found is not None:
        return found
    made = HeadquartersKey(X25519PrivateKey.generate())
    pem = made.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_file(folder / KEY_NAME, pem)
    return made


def lock_for(files: EventFolder) -> Lock | None:
    """The lock of the journals that this event exports; None where anybody may read them."""
    with files.reading() as connection:
        return lock_of(read_choice(connection).headquarters)


def lock_journals(files: EventFolder, *, locked: bool) -> None:
    """Lock what is exported from now on, for the key that lies here or is made now; or lock nothing any more.

    A lock that came with the event pack stays: its key is at headquarters. Raises EnvironmentFault.
    """
    known = lock_for(files)
    public = (known or own_key(files.path).lock).public if locked else ""

    def work(connection: WriteConnection) -> None:
        keep_choice(connection, replace(read_choice(connection), headquarters=public))

    files.write(work)


def lock_sentence(lock: Lock | None, *, has_key: bool) -> str:
    """Who can read the exported journals, and what to take care of."""
    if lock is None:
        return _("Whoever has the file can read the exported journal.")
    if has_key:
        text = _(
            "Only this event folder can read the exported journals. Its key is the file {name}: keep a copy of it in a "
            "safe place, for nobody can make it again."
        )
    else:
        text = _("Only headquarters can read the exported journals; its key is {fingerprint}.")
    return text.format(name=KEY_NAME, fingerprint=lock.fingerprint)
