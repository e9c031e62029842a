"""The event's own data and its sessions."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from station.clock import from_ms, to_ms
from station.errors import Refusal
from station.i18n import _
from station.model.event import Audience, Event, Repeats, Session
from station.store.connection import WriteConnection


def create_event(connection: sqlite3.Connection, event: Event, secret: bytes, *, demo: bool = False) -> None:
    """Store the event and the 32 secret bytes from which its payloads are made."""
    connection.execute(
        "INSERT INTO event (only, id, name, name_en, starts_on, ends_on, venue, organiser, zone, logo, rehearsal, "
        "secret, demo) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (event.id, *_told(event), event.rehearsal, secret, demo),
    )


def event_of(connection: sqlite3.Connection) -> Event:
    """The event of this folder."""
    row = dict(connection.execute("SELECT * FROM event").fetchone())  # of an older folder it lacks columns
    return Event(
        row["id"],
        row["name"],
        row["name_en"],
        date.fromisoformat(row["starts_on"]),
        date.fromisoformat(row["ends_on"]),
        row["venue"],
        row["organiser"],
        row["zone"],
        row.get("logo", b""),
        _instant_or_none(row.get("archived_at_ms")),
        is_rehearsal(connection),
    )


def update_event(connection: WriteConnection, event: Event) -> None:
    """Store other data of the event; its identity, secret, delegates and place in the archive stay.

    A rehearsal remains one.
    """
    connection.execute(
        "UPDATE event SET name = ?, name_en = ?, starts_on = ?, ends_on = ?, venue = ?, organiser = ?, zone = ?, "
        "logo = ?",
        _told(event),
    )


def set_archived(connection: WriteConnection, at: datetime | None) -> None:
    """Lay the event in the archive, or bring it back with None."""
    connection.execute("UPDATE event SET archived_at_ms = ?", (_ms_or_none(at),))


def _told(event: Event) -> tuple[str | bytes, ...]:
    """What people say of an event, in the order of its columns."""
    days = (event.starts_on.isoformat(), event.ends_on.isoformat())
    return event.name, event.name_en, *days, event.venue, event.organiser, event.zone, event.logo


def secret_of(connection: sqlite3.Connection) -> bytes:
    """The 32 bytes that prove payloads and instances of this event."""
    return bytes(connection.execute("SELECT secret FROM event").fetchone()[0])


def is_demo(connection: sqlite3.Connection) -> bool:
    """Whether this is the sample event, whose key is public."""
    return bool(connection.execute("SELECT demo FROM event").fetchone()[0])


def is_rehearsal(connection: sqlite3.Connection) -> bool:
    """Whether nothing here counts; False for a folder of an older schema that is only looked at."""
    row = connection.execute("SELECT * FROM event").fetchone()
    return row is not None and "rehearsal" in row.keys() and bool(row["rehearsal"])  # noqa: SIM118 - a Row holds values, not names


def add_sessions(connection: sqlite3.Connection, sessions: Sequence[Session]) -> None:
    """Add sessions to the event."""
    connection.executemany(
        "INSERT INTO session (number, title, title_en, opens_at_ms, closes_at_ms, grace_before_minutes, "
        "grace_after_minutes, exits, repeats, re_entry, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_session_columns(session) for session in sessions],
    )
    _add_entitlements(connection, sessions)


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
        "UPDATE session SET number = ?, title = ?, title_en = ?, opens_at_ms = ?, closes_at_ms = ?, "
        "grace_before_minutes = ?, grace_after_minutes = ?, exits = ?, repeats = ?, re_entry = ? WHERE id = ?",
        [_session_columns(session) for session in sessions if session.id in known],
    )
    connection.execute("DELETE FROM session_entitlement")
    _add_entitlements(connection, [session for session in sessions if session.id in known])
    add_sessions(connection, [session for session in sessions if session.id not in known])


def sessions_of(connection: sqlite3.Connection) -> tuple[Session, ...]:
    """All sessions in their order."""
    admits: dict[str, list[Audience]] = {}
    for row in connection.execute("SELECT * FROM session_entitlement ORDER BY session, category, unit"):
        admits.setdefault(row["session"], []).append(Audience(row["category"], row["unit"]))
    return tuple(
        Session(
            row["id"],
            row["number"],
            row["title"],
            row["title_en"],
            _instant_or_none(row["opens_at_ms"]),
            _instant_or_none(row["closes_at_ms"]),
            row["grace_before_minutes"],
            row["grace_after_minutes"],
            tuple(admits.get(row["id"], ())),
            bool(row["exits"]),
            Repeats(row["repeats"]),
            bool(row["re_entry"]),
        )
        for row in connection.execute("SELECT * FROM session ORDER BY number")
    )


def known_audiences(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """The categories and the units that the roster knows."""
    categories = connection.execute("SELECT name FROM category ORDER BY name")
    units = connection.execute("SELECT name FROM unit ORDER BY name")
    return [row[0] for row in categories], [row[0] for row in units]


def _session_columns(session: Session) -> tuple[object, ...]:
    return (
        session.number,
        session.title,
        session.title_en,
        _ms_or_none(session.opens_at),
        _ms_or_none(session.closes_at),
        session.grace_before_minutes,
        session.grace_after_minutes,
        session.exits,
        session.repeats,
        session.re_entry,
        session.id,
    )


def _add_entitlements(connection: sqlite3.Connection, sessions: Sequence[Session]) -> None:
    connection.executemany(
        "INSERT INTO session_entitlement (session, category, unit) VALUES (?, ?, ?)",
        [(session.id, *rule) for session in sessions for rule in session.admits],
    )


def _ms_or_none(instant: datetime | None) -> int | None:
    return None if instant is None else to_ms(instant)


def _instant_or_none(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
