"""The sample event that comes with the program: a real kind of training with invented people and a public key."""

import hashlib
import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from station.app import new_event, open_station
from station.clock import Clock, ShiftedClock
from station.codes.issuing import reissue
from station.errors import BadInput
from station.i18n import _
from station.model.document import Document, DocumentKind, Entitlement
from station.model.event import Event, Session
from station.roster.apply import apply_diff
from station.roster.diff import compare
from station.roster.plan import read_roster
from station.store import documents as document_store
from station.store import event as event_store
from station.store import roster as roster_store
from station.store import units
from station.store.connection import WriteConnection, reading
from station.store.folder import database_of
from station.store.migration import refuse_foreign

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "sample_event"
VIDEO = FOLDER / "camera.mp4"


def description() -> dict[str, Any]:
    """What ``event.toml`` says."""
    return tomllib.loads((FOLDER / "event.toml").read_text("utf-8"))


def first_morning() -> ShiftedClock:
    """A clock that starts when the first delegates of the sample event arrive."""
    return ShiftedClock(description()["demo"]["clock"])


def create_sample_event(path: Path, clock: Clock) -> None:
    """Make the sample event's folder, by the same import as any roster. Raises Refusal, EnvironmentFault."""
    text = description()
    about, demo = text["event"], text["demo"]

    def fill(connection: WriteConnection, folder: Path, instance: str) -> None:
        units.set_category_colours(connection, {c["name"]: c["colour"] for c in text["category"]})
        _import_roster(connection, instance, FOLDER / demo["roster"], clock)
        _add_documents(connection, folder, text["document"])
        for serial in demo["revoked"]:
            lost = roster_store.payload_of_serial(connection, instance, serial)
            assert lost is not None
            reissue(connection, instance, lost, clock.now())

    new_event(
        path,
        Event(**about),
        station=_("Desk 1"),
        clock=clock,
        sessions=[_session(number, item, about["zone"]) for number, item in enumerate(text["session"], 1)],
        secret=bytes.fromhex(demo["key"]),
        instance=demo["instance"],
        demo=True,
        fill=fill,
    )


def create_sample_event_today(path: Path, clock: Clock) -> None:
    """Make the sample event so that it begins today: to try the program with. Raises Refusal, EnvironmentFault."""
    create_sample_event(path, clock)
    with closing(open_station(path, clock=clock)) as station:
        event, sessions = station.event, station.desk.sessions()
        later = clock.now().astimezone(ZoneInfo(event.zone)).date() - event.starts_on
        moved = replace(event, starts_on=event.starts_on + later, ends_on=event.ends_on + later)
        station.change_event(moved, [_later(session, later) for session in sessions])


def _later(session: Session, by: timedelta) -> Session:
    """A session on another day; one without a window stays as it is."""
    opens_at, closes_at = session.opens_at, session.closes_at
    return replace(
        session,
        opens_at=None if opens_at is None else opens_at + by,
        closes_at=None if closes_at is None else closes_at + by,
    )


def is_sample_event(folder: Path) -> bool:
    """Whether an event folder is a sample event. Raises Refusal, EnvironmentFault."""
    with reading(database_of(folder)) as connection:
        refuse_foreign(connection, folder)
        return event_store.is_demo(connection)


def _session(number: int, item: Mapping[str, Any], zone: str) -> Session:
    def instant(key: str) -> datetime | None:
        return item[key].replace(tzinfo=ZoneInfo(zone)) if key in item else None

    return Session(
        item["id"], number, item["title"], item["title_en"], instant("opens_at"), instant("closes_at")
    )


def _import_roster(connection: WriteConnection, instance: str, file: Path, clock: Clock) -> None:
    roster = read_roster(file)
    if roster.problems:
        raise BadInput(roster.problems)
    difference = compare(roster.rows, [])
    apply_diff(connection, instance, difference, file.name, roster.sha256, clock.now())


def _add_documents(connection: WriteConnection, folder: Path, items: list[Mapping[str, Any]]) -> None:
    documents, entitlements = [], []
    for number, item in enumerate(items, 1):
        name, digest, size = item.get("file", ""), "", 0
        if name:
            data = (FOLDER / "documents" / name).read_bytes()
            (folder / "documents" / name).write_bytes(data)
            digest, size = hashlib.sha256(data).hexdigest(), len(data)
        documents.append(
            Document(
                item["code"],
                number,
                item["title"],
                item["title_en"],
                DocumentKind(item["kind"]),
                name,
                digest,
                item.get("pages", 0),
                size,
            )
        )
        entitlements += [
            Entitlement(item["code"], rule.get("category", ""), rule.get("unit", ""))
            for rule in item["audience"] or [{}]
        ]
    document_store.add_documents(connection, documents, entitlements)
