"""When printed copies run out if hand-outs go on as in the last minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.documents.catalogue import copies_left
from station.model.document import Document
from station.store import documents as store
from station.store.connection import ReadConnection

WINDOW = timedelta(minutes=20)
SOON = timedelta(minutes=30)
_SHORTEST = timedelta(minutes=5)  # a rush of one minute says nothing of the next ones
_FEWEST = 3
_FURTHEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A document whose copies come to an end.

    Attributes:
        left: copies there are now. at: aware instant of the last one at this pace.
    """

    document: Document
    left: int
    at: datetime

    def is_soon(self, now: datetime) -> bool:
        """Whether less than half an hour remains."""
        return self.at - now < SOON


def runs_out_at(hand_outs: Iterable[datetime], left: int, now: datetime) -> datetime | None:
    """When ``left`` copies are gone at the pace of the last 20 minutes; None where there is no pace yet, or none left.

    Where hand-outs began within the window, the pace is that since then, but over five minutes at least. Fewer than
    three hand-outs, and an end more than a day away, say nothing.
    """
    recent = sorted(at for at in hand_outs if now - WINDOW <= at <= now)
    if left <= 0 or len(recent) < _FEWEST:
        return None
    span = max(now - recent[0], _SHORTEST)
    remains = span * left / len(recent)
    return now + remains if remains <= _FURTHEST else None


def read_runs_out(connection: ReadConnection, documents: Iterable[Document], now: datetime) -> list[RunsOut]:
    """Every document with counted copies that run out at the present pace, the soonest first."""
    counted = [document for document in documents if document.stock is not None and not document.withdrawn]
    if not counted:
        return []
    left = copies_left(connection, counted)
    times: dict[tuple[str, str], list[datetime]] = {}
    for code, version, at in store.hand_outs_since(connection, now - WINDOW):
        times.setdefault((code, version), []).append(at)
    return _ordered(counted, left, times, now)


def _ordered(
    documents: Iterable[Document],
    left: Mapping[str, int],
    times: Mapping[tuple[str, str], list[datetime]],
    now: datetime,
) -> list[RunsOut]:
    found = []
    for document in documents:
        at = runs_out_at(times.get((document.code, document.version), ()), left[document.code], now)
        if at is not None:
            found.append(RunsOut(document, left[document.code], at))
    return sorted(found, key=lambda each: (each.at, each.document.number))
