"""The event pack as a file, version 1: its header, its manifest, and reading both back. Format: docs/pack.md."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from station.errors import BadInput, EnvironmentFault, Problem, Refusal
from station.i18n import _
from station.media.encryption import (
    PREFIX_BYTES,
    SALT_BYTES,
    AlteredError,
    Cost,
    Keys,
    keys_of,
    opened,
    sealed_bytes,
)
from station.media.faults import reason
from station.media.manifest import forget_cached
from station.model.entry import canonical_json

SUFFIX = ".ckpack"
VERSION = 1
MAGIC = b"CHECKIN-PACK\r\n\x1a\n"  # a copy that was taken for text shows at once
DATABASE, JOURNAL, FILES = "database", "journal/", "files/"
SIGNATURE_BYTES = 64
SIGNED = b"checkin-pack 1\n"  # goes before the digest that is signed: a segment's signature is none of a pack
_HASH_BYTES = 32
_LONGEST_HEADER = 4096
_LONGEST_MANIFEST = 64_000_000


@dataclass(frozen=True, slots=True)
class Header:
    """What anybody can read of a pack.

    Attributes:
        number: of the pack. created_at: by the office's clock. sealed: bytes after the header.
        raw: the header as it stands in the file, up to the proof of the passphrase.
    """

    number: int
    created_at: datetime
    cost: Cost
    salt: bytes
    prefix: bytes
    sealed: int
    raw: bytes

    def proof(self, keys: Keys) -> bytes:
        """What only who knows the passphrase can compute of the header."""
        return hmac.digest(keys.header, self.raw, "sha256")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One part of a pack; name: ``database``, ``journal/…`` or ``files/…``; sha256: hexadecimal."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds, from its beginning.

    Attributes:
        about: event, maker, counts, schema, as docs/pack.md says. files: in the order of the pack.
        digest: SHA-256 of the manifest, hexadecimal: what tells one pack from another.
    """

    about: Mapping[str, Any]
    files: tuple[PackedFile, ...]
    digest: str

    @property
    def event(self) -> Mapping[str, Any]:
        """Identity, name and days of the event."""
        found: Mapping[str, Any] = self.about["event"]
        return found

    @property
    def is_rehearsal(self) -> bool:
        """Whether the pack is of a rehearsal."""
        return bool(self.event.get("rehearsal"))


def new_header(number: int, created_at: datetime, plain_bytes: int, cost: Cost) -> Header:
    """A header with a salt and a prefix that nobody has used."""
    salt, prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
    told = {
        "version": VERSION,
        "number": number,
        "created_at": created_at.isoformat(timespec="milliseconds"),
        "kdf": {"name": "scrypt", "n": cost.n, "r": cost.r, "p": cost.p, "salt": salt.hex()},
        "cipher": {"name": "STREAM ChaCha20-Poly1305", "prefix": prefix.hex()},
        "bytes": sealed_bytes(plain_bytes),
    }
    text = canonical_json(told).encode()
    raw = MAGIC + len(text).to_bytes(4, "big") + text
    return Header(number, created_at, cost, salt, prefix, sealed_bytes(plain_bytes), raw)


def closed_header(header: Header, keys: Keys) -> tuple[bytes, bytes]:
    """The bytes of a header, and its digest: the associated data of every chunk."""
    proven = header.raw + header.proof(keys)
    digest = hashlib.sha256(proven).digest()
    return proven + digest, digest


def read_header(path: Path) -> Header:
    """The header of a pack, whose length is proved too.

    Raises BadInput (no pack, cut off, damaged), Refusal (made by a newer version), EnvironmentFault.
    """
    with _read(path) as file:
        header, _proof, _digest = _header_of(file, path)
    return header


class OpenPack:
    """A pack that its passphrase opened; its parts are read once, in their order.

    Attributes:
        header, manifest: what the pack says of itself. signature: of the maker, over the manifest.
    """

    def __init__(self, path: Path, header: Header, content: Iterator[bytes]) -> None:
        self._path = path
        self._content = content
        self._held = memoryview(b"")
        self.header = header
        length = int.from_bytes(b"".join(self._take(4)), "big")
        if length > _LONGEST_MANIFEST:
            raise damaged(path)
        raw = b"".join(self._take(length))
        self.signature = b"".join(self._take(SIGNATURE_BYTES))
        self.manifest = _manifest_of(raw, header, path)

    def parts(self) -> Iterator[tuple[PackedFile, Iterator[memoryview]]]:
        """Every part with its content, which must be read before the next one is asked for; each is proved.

        Raises BadInput where it is not as it was packed.
        """
        for file in self.manifest.files:
            yield file, self._proved(file)
        if self._held or next(self._content, None) is not None:
            raise damaged(self._path)

    def _proved(self, file: PackedFile) -> Iterator[memoryview]:
        digest = hashlib.sha256()
        for piece in self._take(file.bytes):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != file.sha256:
            text = _("{path}: {name} changed while it was packed. Make the pack again at the office.")
            raise bad("CHANGED", text.format(path=self._path.name, name=file.name))

    def _take(self, wanted: int) -> Iterator[memoryview]:
        """The next so many bytes, in pieces."""
        while wanted:
            if not self._held:
                try:
                    self._held = memoryview(next(self._content))
                except StopIteration:
                    raise damaged(self._path) from None
                except AlteredError as error:
                    raise _altered(self._path, error.chunk) from error
            piece = self._held[:wanted]
            self._held = self._held[len(piece) :]
            wanted -= len(piece)
            yield piece


@contextmanager
def opened_pack(
    path: Path, passphrase: str, on_read: Callable[[int], None] | None = None, keys: Keys | None = None
) -> Iterator[OpenPack]:
    """Open a pack; ``on_read(bytes)`` hears of every chunk; ``keys`` spare who has them the derivation.

    Raises BadInput (damaged, cut off, no pack), Refusal (passphrase, newer version), EnvironmentFault.
    """
    with _read(path) as file:
        header, proof, digest = _header_of(file, path)
        known = keys or keys_of(passphrase, header.salt, header.cost)
        if not hmac.compare_digest(header.proof(known), proof):
            raise Refusal(_("The passphrase does not open this pack. Type it as it was set at the office."))
        content = _counted(opened(file, known.chunks, header.prefix, digest), on_read)
        yield OpenPack(path, header, content)


def bad(problem: str, message: str) -> BadInput:
    """One thing that is wrong with a pack."""
    return BadInput([Problem(None, None, problem, message)])


def damaged(path: Path) -> BadInput:
    """The sentence for a pack whose inside is not what its seals promise."""
    text = _("{path} is damaged or was changed: nothing was taken from it. Copy it from the office again.")
    return bad("DAMAGED", text.format(path=path.name))


def _altered(path: Path, chunk: int) -> BadInput:
    text = _(
        "{path} is damaged or was changed in its part {part}: nothing was taken from it. "
        "Copy it from the office again."
    )
    return bad("DAMAGED", text.format(path=path.name, part=chunk))


def _counted(pieces: Iterator[bytes], on_read: Callable[[int], None] | None) -> Iterator[bytes]:
    for piece in pieces:
        if on_read is not None:
            on_read(len(piece))
        yield piece


@contextmanager
def _read(path: Path) -> Iterator[BinaryIO]:
    """A file from its medium. Raises EnvironmentFault, also in place of an OSError while it is read."""
    try:
        with path.open("rb") as file:
            forget_cached(file)
            yield file
    except OSError as error:
        if error.filename is not None and Path(error.filename) != path:
            raise  # of where its content is written to
        text = _("{path} cannot be read ({reason}). Put the stick in again, or copy the file once more.")
        raise EnvironmentFault(text.format(path=path, reason=reason(error))) from error


def _header_of(file: BinaryIO, path: Path) -> tuple[Header, bytes, bytes]:
    """Header, the passphrase's proof, and the digest of both."""
    size = os.fstat(file.fileno()).st_size
    start = file.read(len(MAGIC) + 4)
    if start[: len(MAGIC)] != MAGIC:
        text = _("{path} is not an event pack. Choose the file that was made at the office (*{suffix}).")
        raise bad("NO_PACK", text.format(path=path.name, suffix=SUFFIX))
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if len(start) == len(MAGIC) + 4 and length > _LONGEST_HEADER:
        raise damaged(path)
    text_bytes, proof, digest = file.read(length), file.read(_HASH_BYTES), file.read(_HASH_BYTES)
    if len(digest) < _HASH_BYTES:
        raise _cut_off(path, size, None)
    raw = start + text_bytes
    if hashlib.sha256(raw + proof).digest() != digest:
        raise damaged(path)
    header = _parsed_header(raw, text_bytes, path)
    expected = len(raw) + 2 * _HASH_BYTES + header.sealed
    if size < expected:
        raise _cut_off(path, size, expected)
    if size > expected:
        raise damaged(path)
    return header, proof, digest


def _cut_off(path: Path, size: int, expected: int | None) -> BadInput:
    if expected is None:
        text = _("{path} is cut off: only its beginning is there. Copy it from the office again.")
    else:
        text = _("{path} is cut off: {size} of {expected} bytes are there. Copy it from the office again.")
    return bad("CUT_OFF", text.format(path=path.name, size=size, expected=expected))


def _parsed_header(raw: bytes, text: bytes, path: Path) -> Header:
    try:
        told = json.loads(text)
        if int(told["version"]) > VERSION:
            raise Refusal(
                _("{path} was made by a newer version of this program: install it to open the pack.").format(
                    path=path.name
                )
            )
        kdf, cipher = told["kdf"], told["cipher"]
        cost = Cost(int(kdf["n"]), int(kdf["r"]), int(kdf["p"]))
        prefix, salt = bytes.fromhex(cipher["prefix"]), bytes.fromhex(kdf["salt"])
        if not cost.is_bearable() or len(prefix) != PREFIX_BYTES or len(salt) < SALT_BYTES:
            raise damaged(path)
        created_at = datetime.fromisoformat(told["created_at"])
        if created_at.tzinfo is None:
            raise damaged(path)
        return Header(int(told["number"]), created_at, cost, salt, prefix, int(told["bytes"]), raw)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path) from error


def _manifest_of(raw: bytes, header: Header, path: Path) -> Manifest:
    try:
        told = json.loads(raw)
        files = tuple(PackedFile(str(name), int(size), str(digest)) for name, size, digest in told["files"])
        manifest = Manifest(told, files, hashlib.sha256(raw).hexdigest())
        same = (told["number"], told["created_at"]) == (
            header.number,
            header.created_at.isoformat(timespec="milliseconds"),
        )
        shaped = all(isinstance(told[key], dict) for key in ("event", "maker", "counts"))
        if not same or not shaped or any(file.bytes < 0 for file in files):
            raise damaged(path)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path) from error
    return manifest
