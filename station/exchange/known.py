"""A segment as its head tells it before it is read: where it belongs in the order, and whether all of it is known."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from station.exchange import head as heads
from station.exchange.head import Head
from station.model.event import Event
from station.store import instance as instances
from station.store import journal
from station.store.connection import ReadConnection


@dataclass(frozen=True, slots=True)
class Sought:
    """A file that may be a segment.

    Attributes:
        station, instance: whose it says it is, empty if unreadable. first, last: its run. count: of its entries.
        head: None where it has none of this version.
    """

    path: Path
    station: str = ""
    instance: str = ""
    first: int = 1
    last: int = 0
    count: int = 0
    head: Head | None = None

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Station by station, each from its beginning; of two that begin alike the longer one first."""
        return self.instance, self.first, -self.last, str(self.path)

    def is_known(self, connection: ReadConnection, event: Event, secret: bytes) -> bool:
        """Whether every entry is here already, by the station's own signed word, and the file is whole."""
        head = self.head
        if head is None or head.get("signature") is None or head.get("event") != event.id or self.count <= 0:
            return False
        known = instances.all_instances(connection).get(self.instance)
        return (
            known is not None
            and known.public_key == heads.key_of(head)
            and self.count == self.last - self.first + 1
            and journal.hash_at(connection, self.instance, self.last) == head.get("last_hash")
            and journal.hash_at(connection, self.instance, self.first - 1) == head.get("first_previous")
            and not heads.proof_problems("", head, secret)
            and not heads.signature_problems("", head)
            and _content_is_whole(self.path, head)
        )


def looked_at(path: Path) -> Sought:
    """What the first line of a file tells."""
    try:
        with path.open("rb") as file:
            head = heads.read_head(file.readline(heads.LONGEST_HEAD + 1).rstrip(b"\n"))
    except OSError:
        head = None
    if head is None:
        return Sought(path)
    first, last, count = (_number(head.get(key)) for key in ("first", "last", "count"))
    is_current = head.get("version") == heads.VERSION
    said = str(head.get("station"))[:200], str(head.get("instance"))[:200]
    return Sought(path, *said, max(first, 1), last, count, head if is_current else None)


def _content_is_whole(path: Path, head: Head) -> bool:
    try:
        content = path.read_bytes().partition(b"\n")[2]
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == head.get("content_sha256")


def _number(value: object) -> int:
    return value if isinstance(value, int) and heads.is_number(value) else 0
