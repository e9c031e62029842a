"""How the reading process and the program speak: a kind and a length, then texts parted by signs no cell keeps."""

import struct
from collections.abc import Iterator
from typing import IO

_HEAD = struct.Struct(">cI")
BETWEEN_CELLS, BETWEEN_ROWS = "\x1f", "\x1e"
_NEITHER = str.maketrans({BETWEEN_CELLS: "\x1d", BETWEEN_ROWS: "\x1d"})
# Kinds of frames, in the order in which they come.
PROGRESS, SHEET, ROWS, FAULT, MERGED, CUT, END, REFUSED = b"P", b"S", b"R", b"F", b"M", b"C", b"E", b"X"


def send(stream: IO[bytes], kind: bytes, text: str = "") -> None:
    """Write one frame."""
    payload = text.encode("utf-8", "surrogatepass")
    stream.write(_HEAD.pack(kind, len(payload)) + payload)


def received(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and payload of every frame up to the end of the stream, or to where it is cut off."""
    while len(head := stream.read(_HEAD.size)) == _HEAD.size:
        kind, length = _HEAD.unpack(head)
        payload = stream.read(length)
        if len(payload) < length:
            return
        yield kind, payload


def text_of(payload: bytes) -> str:
    """The text in a frame."""
    return payload.decode("utf-8", "surrogatepass")


def joined(values: list[str]) -> str:
    """Several texts in one, to be split at BETWEEN_CELLS."""
    text = BETWEEN_CELLS.join(values)
    if text.count(BETWEEN_CELLS) >= len(values) or BETWEEN_ROWS in text:
        text = BETWEEN_CELLS.join(value.translate(_NEITHER) for value in values)
    return text
