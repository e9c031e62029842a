"""Takes segments apart and puts them together again, as somebody would who changes them."""

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

from station.exchange import head as heads
from station.model.entry import canonical_json
from station.store import instance as instances
from station.store import journal
from station.store.connection import ReadConnection


def lines_of(data: bytes) -> list[bytes]:
    """The head and the entries of a segment, a line each with its end."""
    head, _end, content = data.partition(b"\n")
    return [head + b"\n", *zlib.decompress(content).splitlines(keepends=True)]


def packed(lines: list[bytes], **told: Any) -> bytes:
    """A segment of these lines that is whole on the outside; ``told`` overrides keys of its head."""
    content = zlib.compress(b"".join(lines[1:]))
    head = json.loads(lines[0])
    head |= {"content_sha256": hashlib.sha256(content).hexdigest(), "count": len(lines) - 1, **told}
    return canonical_json(head).encode() + b"\n" + content


def changed(change: Callable[[list[bytes]], list[bytes]], **told: Any) -> Callable[[bytes], bytes]:
    """What changes lines of a segment and makes it whole on the outside again."""
    return lambda data: packed(change(lines_of(data)), **told)


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """What changes a text wherever it stands in head and entries."""

    def change(lines: list[bytes]) -> list[bytes]:
        assert any(old.encode() in line for line in lines)
        return [line.replace(old.encode(), new.encode()) for line in lines]

    return changed(change)


def version_1(connection: ReadConnection, instance: str) -> bytes:
    """A whole chain as the programs before sealed it: lines of JSON under a seal."""
    head = heads.sealed_head(connection, instance, "now")
    head = {**heads.to_keep(head), "version": 1, "first": 1, "first_previous": "0" * 64}
    del head["signature"]
    lines = [head]
    for entry in journal.entries(connection, instance):
        words = journal.particulars_of(connection, entry)
        line: dict[str, Any] = {"entry": [*entry.content, entry.previous, entry.hash]}
        if words:
            line["particulars"] = {name: [salt and salt.hex(), text] for name, (salt, text) in words.items()}
        lines.append(line)
    body = b"".join(canonical_json(line).encode() + b"\n" for line in lines)
    digest = hashlib.sha256(body)
    signature = instances.sign(connection, instance, digest.digest())
    seal = {"seal": {"sha256": digest.hexdigest(), "signature": signature.hex() if signature else None}}
    return body + canonical_json(seal).encode() + b"\n"
