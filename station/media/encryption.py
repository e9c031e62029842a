"""Files that only a passphrase opens: the key from it, and a stream of chunks of which none can be changed or lost.

The key: scrypt (Percival and Josefsson, RFC 7914) over the passphrase in Unicode's composed form, so that it is the
same from every keyboard. The chunks: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015, "Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance") over ChaCha20-Poly1305 (RFC 8439), which is quick on
laptops of any age. The nonce of a chunk is a prefix of the file, the chunk's number, and whether it is the last: a
chunk that is missing, repeated, out of order or cut off fails like one that was changed.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

CHUNK_BYTES = 1 << 20
TAG_BYTES = 16
PREFIX_BYTES = 7
SALT_BYTES = 16
_KEY_BYTES = 32
# What a file may ask of this machine: 1 GiB of memory at the most.
_LARGEST_N, _LARGEST_R, _LARGEST_P = 1 << 20, 8, 4


class AlteredError(Exception):
    """A chunk is not the one that was written at its place; ``chunk`` is its number, from 1."""

    def __init__(self, chunk: int) -> None:
        super().__init__(f"chunk {chunk}")
        self.chunk = chunk


@dataclass(frozen=True, slots=True)
class Cost:
    """What deriving a key costs: 128 · n · r bytes of memory, and time in proportion to n · r · p."""

    n: int = 1 << 15
    r: int = 8
    p: int = 1

    def is_bearable(self) -> bool:
        """Whether these can be the parameters of an honest file."""
        power = self.n > 1 and self.n & (self.n - 1) == 0
        return power and self.n <= _LARGEST_N and 1 <= self.r <= _LARGEST_R and 1 <= self.p <= _LARGEST_P


@dataclass(frozen=True, slots=True)
class Keys:
    """Two keys from one passphrase: for the chunks, and for proving the header; never shown, kept or logged."""

    chunks: bytes
    header: bytes

    def __repr__(self) -> str:
        return "Keys(…)"


def keys_of(passphrase: str, salt: bytes, cost: Cost) -> Keys:
    """The keys of a passphrase and a file's salt; takes an eighth of a second on purpose."""
    composed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    derived = Scrypt(salt=salt, length=2 * _KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(composed)
    return Keys(derived[:_KEY_BYTES], derived[_KEY_BYTES:])


def sealed_bytes(plain_bytes: int) -> int:
    """How long so many bytes are once they are sealed."""
    return plain_bytes + TAG_BYTES * max(1, -(-plain_bytes // CHUNK_BYTES))


def sealed(pieces: Iterable[bytes], key: bytes, prefix: bytes, associated: bytes) -> Iterator[bytes]:
    """The sealed chunks of a content that comes in pieces of any size."""
    cipher = ChaCha20Poly1305(key)
    waiting: bytes | None = None
    number = 0
    for chunk in _chunked(pieces):
        if waiting is not None:
            yield cipher.encrypt(_nonce(prefix, number, last=False), waiting, associated)
            number += 1
        waiting = chunk
    yield cipher.encrypt(_nonce(prefix, number, last=True), waiting or b"", associated)


def opened(file: BinaryIO, key: bytes, prefix: bytes, associated: bytes) -> Iterator[bytes]:
    """The content of sealed chunks, from where the file stands to its end, a chunk at a time.

    Raises AlteredError; what was given before it is as it was written. Raises OSError.
    """
    cipher = ChaCha20Poly1305(key)
    chunk = file.read(CHUNK_BYTES + TAG_BYTES)
    number = 0
    while True:
        following = file.read(CHUNK_BYTES + TAG_BYTES)
        nonce = _nonce(prefix, number, last=not following)
        try:
            plain = cipher.decrypt(nonce, chunk, associated)
        except (InvalidTag, ValueError):
            raise AlteredError(number + 1) from None
        yield plain
        if not following:
            return
        chunk = following
        number += 1


def _chunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[memoryview] = []
    size = 0
    for piece in pieces:
        rest = memoryview(piece)
        while size + len(rest) >= CHUNK_BYTES:
            taken = CHUNK_BYTES - size
            yield b"".join([*held, rest[:taken]])
            held, size, rest = [], 0, rest[taken:]
        if rest:
            held.append(rest)
            size += len(rest)
    if held:
        yield b"".join(held)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])
