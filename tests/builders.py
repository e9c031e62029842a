"""Builds small real events in a folder, for tests of everything that needs one."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from station.app import Station, new_event, open_station
from station.clock import Clock
from station.codes.payload import EventKey, event_tag, make_payload
from station.model.delegate import Delegate
from station.model.document import Document, Entitlement
from station.model.event import Event, Session
from station.store import documents as document_store
from station.store import roster as roster_store
from station.store.connection import WriteConnection

MORNING = datetime(2022, 10, 27, 0, 30, tzinfo=UTC)
SECRET = bytes(range(32))
EVENT = Event(
    "5f6e0f2e-0000-4000-8000-000000000001", "Tập huấn", "Training", date(2022, 10, 27), date(2022, 10, 28)
)
INSTANCE = "20221027"
NAMES = ("Nguyễn Thị Ánh", "Trần Văn Đức", "Lê Hoàng Ân", "Phạm Thu Hà", "Đỗ Ngọc Dũng")
DELEGATES = tuple(
    Delegate(
        "",
        f"DB{n:05d}",
        name,
        unit="LĐLĐ tỉnh Hà Nam",
        category="Học viên" if n < 5 else "Báo chí",
        phone=f"09{n}",
    )
    for n, name in enumerate(NAMES, 1)
)
DOCUMENTS = (
    Document("TL01", 1, "Chuyên đề 1"),
    Document("TL02", 2, "Chuyên đề 2"),
    Document("TUI", 3, "Túi"),
)
ENTITLEMENTS = (Entitlement("TL01"), Entitlement("TL02", category="Học viên"), Entitlement("TUI"))


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move on by a timedelta's arguments."""
        self.at += timedelta(**span)


def make_event(
    path: Path,
    *,
    delegates: Sequence[Delegate] = DELEGATES,
    sessions: Sequence[Session] = (),
    clock: Clock | None = None,
) -> Path:
    """An event with delegates 1, 2, 3 … whose payloads have the same serials, and three documents."""

    def fill(connection: WriteConnection, _folder: Path, instance: str) -> None:
        people = [replace(d, id=f"{instance}-{n}") for n, d in enumerate(delegates, 1)]
        roster_store.insert_delegates(connection, people)
        for person in people:
            roster_store.issue_payload(connection, instance, person.id, MORNING)
        document_store.add_documents(connection, DOCUMENTS, ENTITLEMENTS)

    new_event(
        path,
        EVENT,
        station="Bàn 1",
        clock=clock or HandClock(),
        sessions=sessions,
        secret=SECRET,
        instance=INSTANCE,
        fill=fill,
    )
    return path


def opened(path: Path, clock: Clock | None = None) -> "closing[Station]":
    """The event folder, open until the end of a with block."""
    return closing(open_station(path, clock=clock or HandClock()))


def payload(serial: int, secret: bytes = SECRET, event: str = EVENT.id) -> bytes:
    """The own payload of a serial number."""
    return make_payload(EventKey(secret, event_tag(event)), INSTANCE, serial).encode()
