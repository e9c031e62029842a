"""How the event folder is: counts and whether it is whole; and the words of it that must not leave."""

import time
from pathlib import Path
from typing import Any

from station.codes.payload import EventKey, event_tag, make_payload
from station.errors import StationError
from station.store import documents as document_store
from station.store import event as event_store
from station.store import journal, migration
from station.store import roster as roster_store
from station.store.backup import backup_problems, backups_in
from station.store.connection import ReadConnection
from station.store.folder import EventFolder


def event_facts(files: EventFolder) -> dict[str, Any]:
    """Counts, what is damaged, how long reading takes. What cannot be read is said, not raised."""
    began = time.perf_counter()
    try:
        with files.reading() as connection:
            facts = _counts(connection)
    except StationError as error:
        return {"unreadable": type(error).__name__}
    facts["read_ms"] = round((time.perf_counter() - began) * 1000, 2)
    backups = backups_in(files.path / "backups")
    facts["backups"] = {
        "count": len(backups),
        "newest_is_whole": not backups or not backup_problems(backups[0].path),
    }
    facts["files"] = {
        name: _files(files.path / name) for name in ("documents", "photos", "exports", "backups")
    }
    return facts


def personal_words(files: EventFolder) -> list[str]:
    """Everything in the event that names a person, a unit, a code or a key. Raises EnvironmentFault."""
    with files.reading() as connection:
        event = event_store.event_of(connection)
        secret = event_store.secret_of(connection)
        people = roster_store.delegates(connection) + roster_store.delegates(connection, corrected=False)
        live = roster_store.live_payloads(connection)
    key = EventKey(secret, event_tag(event.id))
    words = [secret.hex(), event.name, event.name_en, event.organiser, event.venue, files.instance.station]
    words += [make_payload(key, issued.instance, issued.serial) for issued in live.values()]
    for person in people:
        words += [
            person.name,
            person.code,
            person.unit,
            person.phone,
            person.email,
            person.position,
            person.note,
        ]
        words += [person.seat, person.external_payload, person.citizen_id]
        words += [value for _name, value in person.extra]
    return [word for word in words if word]


def _counts(connection: ReadConnection) -> dict[str, Any]:
    chains = {}
    for number, instance in enumerate(journal.instances_with_entries(connection), 1):
        entries = list(journal.entries(connection, instance))
        chains[f"station {number}"] = {
            "entries": len(entries),
            "problems": len(journal.chain_problems(entries)),
        }
    return {
        "schema": migration.version_of(connection),
        "schema_is_complete": migration.is_complete(connection),
        "delegates": roster_store.delegate_count(connection),
        "documents": document_store.document_count(connection),
        "sessions": len(event_store.sessions_of(connection)),
        "entries": journal.entry_count(connection),
        "chains": chains,
    }


def _files(folder: Path) -> int:
    try:
        return sum(1 for entry in folder.rglob("*") if entry.is_file())
    except OSError:
        return -1
