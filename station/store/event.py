"""The event's own data and its sessions."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from station.clock import from_ms, to_ms
from station.errors import Refusal
from station.i18n import _
from station.model.event import Event, Session
from station.store.connection import WriteConnection


def create_event(connection: sqlite3.Connection, event: Event, secret: bytes, *, demo: bool = False) -> None:
    """Store the event and the 32 secret bytes from which its payloads are made."""
    connection.execute(
        "INSERT INTO event (only, id, name, name_en, starts_on, ends_on, venue, organiser, zone, rehearsal, "
        "secret, demo) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.id, *_told(event), event.rehearsal, secret, demo),
    )


def event_of(connection: sqlite3.Connection) -> Event:
    """The event of this folder."""
    row = connection.execute("SELECT * FROM event").fetchone()
    return Event(
        row["id"],
        row["name"],
        row["name_en"],
        date.fromisoformat(row["starts_on"]),
        date.fromisoformat(row["ends_on"]),
        row["venue"],
        row["organiser"],
        row["zone"],
        is_rehearsal(connection),
    )


def update_event(connection: WriteConnection, event: Event) -> None:
    """Store other data of the event; its identity, secret and delegates stay, a rehearsal remains one."""
    connection.execute(
        "UPDATE event SET name = ?, name_en = ?, starts_on = ?, ends_on = ?, venue = ?, organiser = ?, zone = ?",
        _told(event),
    )


def _told(event: Event) -> tuple[str, ...]:
    """What people say of an event, in the order of its columns."""
    days = (event.starts_on.isoformat(), event.ends_on.isoformat())
    return event.name, event.name_en, *days, event.venue, event.organiser, event.zone


def secret_of(connection: sqlite3.Connection) -> bytes:
    """The 32 bytes that prove payloads and instances of this event."""
    return bytes(connection.execute("SELECT secret FROM event").fetchone()[0])


def is_demo(connection: sqlite3.Connection) -> bool:
    """Whether this is the sample event, whose key is public."""
    return bool(connection.execute("SELECT demo FROM event").fetchone()[0])


def is_rehearsal(connection: sqlite3.Connection) -> bool:
    """Whether nothing here counts; False for a folder of an older schema that is only looked at."""
    row = connection.execute("SELECT * FROM event").fetchone()
    return "rehearsal" in row.keys() and bool(row["rehearsal"])  # noqa: SIM118 - a Row holds values, not names


def add_sessions(connection: sqlite3.Connection, sessions: Sequence[Session]) -> None:
    """Add sessions to the event."""
    connection.executemany(
        "INSERT INTO session (id, number, title, title_en, opens_at_ms, closes_at_ms) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (s.id, s.number, s.title, s.title_en, _ms_or_none(s.opens_at), _ms_or_none(s.closes_at))
            for s in sessions
        ],
    )


def replace_sessions(connection: WriteConnection, sessions: Sequence[Session]) -> None:
    """Make these the sessions of the event.

    Raises Refusal when a session goes that somebody has checked into: its records would have no name.
    """
    kept = {session.id for session in sessions}
    known = {row["id"] for row in connection.execute("SELECT id FROM session")}
    used = {
        row[0] for row in connection.execute("SELECT DISTINCT session FROM entry WHERE session IS NOT NULL")
    }
    gone = sorted((known - kept) & used)
    if gone:
        text = _("The session {session} cannot go: there are records of it. Rename it instead.")
        raise Refusal(text.format(session=", ".join(gone)))
    connection.execute("UPDATE session SET number = -number")
    connection.executemany("DELETE FROM session WHERE id = ?", [(identifier,) for identifier in known - kept])
    connection.executemany(
        "UPDATE session SET number = ?, title = ?, title_en = ?, opens_at_ms = ?, closes_at_ms = ? WHERE id = ?",
        [
            (s.number, s.title, s.title_en, _ms_or_none(s.opens_at), _ms_or_none(s.closes_at), s.id)
            for s in sessions
            if s.id in known
        ],
    )
    add_sessions(connection, [session for session in sessions if session.id not in known])


def sessions_of(connection: sqlite3.Connection) -> tuple[Session, ...]:
    """All sessions in their order."""
    return tuple(
        Session(
            row["id"],
            row["number"],
            row["title"],
            row["title_en"],
            _instant_or_none(row["opens_at_ms"]),
            _instant_or_none(row["closes_at_ms"]),
        )
        for row in connection.execute("SELECT * FROM session ORDER BY number")
    )


def _ms_or_none(instant: datetime | None) -> int | None:
    return None if instant is None else to_ms(instant)


def _instant_or_none(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
