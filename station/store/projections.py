"""The fold: what the journal says, kept in tables; each row is derived anew from the entries it rests on.

Every projection is a pure function of the set of entries: applying an entry recomputes the one row it may
change, so the order in which entries arrive, and how often, makes no difference.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from station.model.entry import Entry, EntryKind
from station.store import journal, unions
from station.store.connection import WriteConnection
from station.store.journal import Note

TABLES = (
    "attendance", "departure", "hand_out", "standing", "revocation", "correction", "walk_in", "substitution",
    "digital_copy", "received", "united", "resolved",
)  # fmt: skip
# What a desk may correct of a delegate, in the order of the columns.
CORRECTABLE = ("name", "position", "unit", "category", "phone", "email", "seat", "note")
_CLOCK = "e.hlc_ms, e.hlc_counter, e.instance, e.sequence"
_NOT_VOIDED = (
    "NOT EXISTS (SELECT 1 FROM entry v WHERE v.kind = 'void' AND v.target = e.instance || '-' || e.sequence)"
)


def record(connection: WriteConnection, instance: str, note: Note) -> Entry:
    """Append an entry to the chain of an instance and bring the projections up to date with it."""
    entry = journal.append(connection, instance, note)
    apply(connection, entry)
    return entry


def apply(connection: sqlite3.Connection, *stored: Entry) -> None:
    """Bring the projections up to date with entries that have just been stored."""
    rows: dict[tuple[object, ...], Entry] = {}
    for entry in stored:
        about: Entry | None = entry
        if entry.content.kind == EntryKind.VOID:
            about = journal.entry_of(connection, entry.content.target or "")
        if about is not None and about.content.kind in _HANDLERS:
            rows.setdefault(_row_of(about), about)
    for about in rows.values():
        _recompute(connection, about)


def _row_of(entry: Entry) -> tuple[object, ...]:
    """What two entries share that may change the same row: of many such one recomputation is enough."""
    content = entry.content
    in_body = content.body if content.kind in _ROW_IN_BODY else None
    return content.kind, content.outcome, content.delegate, content.session, content.document, in_body


def add(
    connection: WriteConnection,
    lines: Sequence[tuple[Entry, Mapping[str, tuple[bytes | None, str | None]]]],
) -> None:
    """Store entries that another station wrote, and what follows from them. Raises ValueError if one cannot be."""
    stored = [entry for entry, _words in lines]
    try:
        journal.insert(connection, *stored)
        for entry, particulars in lines:
            if particulars:
                journal.insert_particulars(connection, entry, particulars)
        apply(connection, *stored)
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError, OverflowError) as error:
        raise ValueError(str(error)) from error
    connection.appended += [(entry.instance, entry.sequence, entry.hash) for entry in stored]


def rebuild(connection: sqlite3.Connection) -> list[str]:
    """Make every projection again from the journal; returns the rows that stood otherwise, as text."""
    before = {table: _rows(connection, table) for table in TABLES}
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    for instance in journal.instances_with_entries(connection):
        for entry in journal.entries(connection, instance):
            _recompute(connection, entry)
    return [
        f"{table}: {' | '.join(map(str, row))}"
        for table in TABLES
        for row in sorted(before[table] ^ _rows(connection, table), key=repr)
    ]


def _rows(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(f"SELECT * FROM {table}")}


def _recompute(connection: sqlite3.Connection, entry: Entry) -> None:
    handler = _HANDLERS.get(entry.content.kind)
    if handler is not None:
        handler(connection, entry)


def _movement(connection: sqlite3.Connection, entry: Entry) -> None:
    """What an admission or an exit may change; a departure only where there was an exit."""
    content = entry.content
    key = (content.delegate, content.session)
    if None in key or (content.kind == EntryKind.SCAN and content.outcome != "admitted"):
        return
    if content.kind == EntryKind.SCAN:
        _attendance(connection, key)
        left = connection.execute(
            "SELECT 1 FROM departure WHERE delegate = ? AND session = ?", key
        ).fetchone()
        if left is None:
            return
    _departure(connection, key)


def _attendance(connection: sqlite3.Connection, key: tuple[str | None, str | None]) -> None:
    """The first admission: the lowest clock among the admitted scans that are not void, of all who are one person."""
    delegate, session = key
    family = unions.family_of(connection, str(delegate))
    marks = ", ".join("?" * len(family))
    connection.execute(
        f"DELETE FROM attendance WHERE session = ? AND delegate IN ({marks})", (session, *family)
    )
    connection.execute(
        "INSERT INTO attendance (delegate, session, instance, sequence, first_in_at_ms) "
        "SELECT ?, e.session, e.instance, e.sequence, e.at_ms FROM entry e "
        f"WHERE e.delegate IN ({marks}) AND e.kind = 'scan' AND e.session = ? AND e.outcome = 'admitted' "
        f"AND {_NOT_VOIDED} ORDER BY {_CLOCK} LIMIT 1",
        (family[0], *family, session),
    )


def _departure(connection: sqlite3.Connection, key: tuple[str | None, str | None]) -> None:
    """The latest exit; outside unless a later admission brought the delegate in again. Void ones do not count."""
    delegate, session = key
    family = unions.family_of(connection, str(delegate))
    marks = ", ".join("?" * len(family))
    connection.execute(
        f"DELETE FROM departure WHERE session = ? AND delegate IN ({marks})", (session, *family)
    )
    connection.execute(
        "INSERT INTO departure (delegate, session, instance, sequence, last_out_at_ms, outside) "
        "SELECT ?, o.session, o.instance, o.sequence, o.at_ms, NOT EXISTS "
        f"(SELECT 1 FROM entry e WHERE e.delegate IN ({marks}) AND e.kind = 'scan' AND e.session = o.session "
        f"AND e.outcome = 'admitted' AND {_NOT_VOIDED} "
        "AND (e.hlc_ms, e.hlc_counter, e.instance, e.sequence) "
        "> (o.hlc_ms, o.hlc_counter, o.instance, o.sequence)) "
        f"FROM (SELECT e.* FROM entry e WHERE e.delegate IN ({marks}) AND e.kind = 'left' AND e.session = ? "
        f"AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1) o",
        (family[0], *family, *family, session),
    )


def _united(connection: sqlite3.Connection, entry: Entry) -> None:
    """As whom somebody counts: the first word on it that is not void; whatever either did is counted anew."""
    key = (entry.content.delegate,)
    touched = set(unions.family_of(connection, str(key[0])))
    connection.execute("DELETE FROM united WHERE delegate = ?", key)
    connection.execute(
        "INSERT INTO united (delegate, into_delegate, instance, sequence) "
        "SELECT e.delegate, json_extract(e.body, '$.into'), e.instance, e.sequence FROM entry e "
        "WHERE e.delegate = ? AND e.kind = 'united' AND json_type(e.body, '$.into') = 'text' "
        f"AND {_NOT_VOIDED} ORDER BY {_CLOCK} LIMIT 1",
        key,
    )
    _count_anew(connection, touched.union(unions.family_of(connection, str(key[0]))))


def _count_anew(connection: sqlite3.Connection, people: Iterable[str]) -> None:
    for person in sorted(people):
        sessions = connection.execute(
            "SELECT DISTINCT session FROM entry WHERE delegate = ? AND kind IN ('scan', 'left') "
            "AND session IS NOT NULL",
            (person,),
        ).fetchall()
        for (session,) in sessions:
            _attendance(connection, (person, session))
            _departure(connection, (person, session))


def _resolved(connection: sqlite3.Connection, entry: Entry) -> None:
    """What was decided last of a conflict."""
    key = (entry.content.delegate, entry.body.get("conflict"))
    if key[0] is None or not isinstance(key[1], str):
        return
    connection.execute("DELETE FROM resolved WHERE delegate = ? AND conflict = ?", key)
    connection.execute(
        "INSERT INTO resolved (delegate, conflict, choice, instance, sequence) "
        "SELECT e.delegate, json_extract(e.body, '$.conflict'), "
        "CAST(coalesce(json_extract(e.body, '$.choice'), '') AS TEXT), "
        "e.instance, e.sequence FROM entry e WHERE e.delegate = ? AND e.kind = 'conflict_resolved' "
        f"AND json_extract(e.body, '$.conflict') = ? AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1",
        key,
    )


def _hand_out(connection: sqlite3.Connection, entry: Entry) -> None:
    """Handed out if the latest entry on this delegate and document that is not void says so."""
    key = (entry.content.delegate, entry.content.document)
    if None in key:
        return
    connection.execute("DELETE FROM hand_out WHERE delegate = ? AND document = ?", key)
    connection.execute(
        "INSERT INTO hand_out (delegate, document, instance, sequence, at_ms, version, received_by) "
        "SELECT delegate, document, instance, sequence, at_ms, version, json_extract(body, '$.received_by') FROM "
        "(SELECT e.*, coalesce(json_extract(e.body, '$.version'), '1') AS version "
        "FROM entry e WHERE e.delegate = ? AND e.kind IN ('handed_out', 'taken_back') "
        f"AND e.document = ? AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1) "
        "WHERE kind = 'handed_out'",
        key,
    )


def _digital_copy(connection: sqlite3.Connection, entry: Entry) -> None:
    """The version that was copied last to a stick of the delegate."""
    key = (entry.content.delegate, entry.content.document)
    if None in key:
        return
    connection.execute("DELETE FROM digital_copy WHERE delegate = ? AND document = ?", key)
    connection.execute(
        "INSERT INTO digital_copy (delegate, document, version, at_ms, instance, sequence) "
        "SELECT e.delegate, e.document, coalesce(json_extract(e.body, '$.version'), '1'), e.at_ms, "
        "e.instance, e.sequence FROM entry e WHERE e.delegate = ? AND e.kind = 'copied_digitally' "
        f"AND e.document = ? AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1",
        key,
    )


def _received(connection: sqlite3.Connection, entry: Entry) -> None:
    """The latest word on one submission of a delegate that is not void."""
    key = (entry.content.delegate, entry.body.get("submission"))
    if key[0] is None or not isinstance(key[1], str):
        return
    connection.execute("DELETE FROM received WHERE delegate = ? AND submission = ?", key)
    connection.execute(
        "INSERT INTO received (delegate, submission, how, file_name, sha256, bytes, at_ms, instance, sequence) "
        "SELECT e.delegate, json_extract(e.body, '$.submission'), "
        "CAST(coalesce(json_extract(e.body, '$.how'), '') AS TEXT), "
        "CAST(coalesce(json_extract(e.body, '$.file'), '') AS TEXT), "
        "CAST(coalesce(json_extract(e.body, '$.sha256'), '') AS TEXT), "
        "CAST(coalesce(json_extract(e.body, '$.bytes'), 0) AS INTEGER), e.at_ms, e.instance, e.sequence "
        "FROM entry e WHERE e.delegate = ? AND e.kind = 'submitted' "
        f"AND json_extract(e.body, '$.submission') = ? AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1",
        key,
    )


def _standing(connection: sqlite3.Connection, entry: Entry) -> None:
    """The latest word on whether a delegate may come; 'active' leaves no row."""
    key = (entry.content.delegate,)
    connection.execute("DELETE FROM standing WHERE delegate = ?", key)
    connection.execute(
        "INSERT INTO standing (delegate, status, instance, sequence) "
        "SELECT delegate, status, instance, sequence FROM "
        "(SELECT e.*, json_extract(e.body, '$.status') AS status FROM entry e "
        f"WHERE e.delegate = ? AND e.kind = 'standing_changed' AND {_NOT_VOIDED} "
        "ORDER BY e.hlc_ms DESC, e.hlc_counter DESC, e.instance DESC, e.sequence DESC LIMIT 1) "
        "WHERE status <> 'active'",
        key,
    )


def _revocation(connection: sqlite3.Connection, entry: Entry) -> None:
    """A payload once revoked stays revoked; the row names the earliest entry that says so."""
    body = entry.body
    key = (body.get("instance"), body.get("serial"))
    connection.execute("DELETE FROM revocation WHERE payload_instance = ? AND payload_serial = ?", key)
    connection.execute(
        "INSERT INTO revocation (payload_instance, payload_serial, instance, sequence) "
        "SELECT json_extract(e.body, '$.instance'), json_extract(e.body, '$.serial'), e.instance, e.sequence "
        "FROM entry e WHERE e.delegate IS ? AND e.kind = 'payload_revoked' "
        "AND json_extract(e.body, '$.instance') = ? AND json_extract(e.body, '$.serial') = ? "
        f"AND {_NOT_VOIDED} ORDER BY {_CLOCK} LIMIT 1",
        (entry.content.delegate, *key),
    )


def _correction(connection: sqlite3.Connection, entry: Entry) -> None:
    """The latest word on each field of a delegate; what was erased corrects nothing."""
    key = (entry.content.delegate,)
    connection.execute("DELETE FROM correction WHERE delegate = ?", key)
    rows = connection.execute(
        "SELECT p.field, p.text FROM entry e JOIN particulars p ON p.instance = e.instance "
        "AND p.sequence = e.sequence WHERE e.delegate = ? AND e.kind = 'corrected' "
        f"AND {_NOT_VOIDED} ORDER BY {_CLOCK}",
        key,
    )
    latest = {row["field"]: row["text"] for row in rows if row["field"] in CORRECTABLE}
    if latest:
        values = [latest.get(field) for field in CORRECTABLE]
        marks = ", ".join("?" * len(CORRECTABLE))
        columns = f"delegate, {', '.join(CORRECTABLE)}"
        connection.execute(f"INSERT INTO correction ({columns}) VALUES (?, {marks})", (*key, *values))


def corrected_field(connection: sqlite3.Connection, delegate: str, field: str) -> str | None:
    """What holds of a field that was corrected; None where nothing does."""
    row = connection.execute("SELECT * FROM correction WHERE delegate = ?", (delegate,)).fetchone()
    return None if row is None or field not in CORRECTABLE else row[field]


def _walk_in(connection: sqlite3.Connection, entry: Entry) -> None:
    """Somebody registered at a desk, with the organiser's latest answer."""
    key = (entry.content.delegate,)
    connection.execute("DELETE FROM walk_in WHERE delegate = ?", key)
    connection.execute(
        "INSERT INTO walk_in (delegate, approval, instance, sequence) "
        "SELECT e.delegate, coalesce((SELECT CASE json_extract(a.body, '$.approved') WHEN 1 THEN 'approved' "
        "ELSE 'declined' END FROM entry a WHERE a.delegate = e.delegate AND a.kind = 'walk_in_decided' "
        "ORDER BY a.hlc_ms DESC, a.hlc_counter DESC, a.instance DESC, a.sequence DESC LIMIT 1), "
        "CASE json_extract(e.body, '$.approved') WHEN 1 THEN 'approved' ELSE 'waiting' END), "
        f"e.instance, e.sequence FROM entry e WHERE e.delegate = ? AND e.kind = 'walk_in' AND {_NOT_VOIDED} "
        f"ORDER BY {_CLOCK} LIMIT 1",
        key,
    )


def _substitution(connection: sqlite3.Connection, entry: Entry) -> None:
    """Who comes instead: the first word on it that is not void."""
    key = (entry.content.delegate,)
    connection.execute("DELETE FROM substitution WHERE delegate = ?", key)
    connection.execute(
        "INSERT INTO substitution (delegate, substitute, instance, sequence) "
        "SELECT e.delegate, json_extract(e.body, '$.substitute'), e.instance, e.sequence FROM entry e "
        f"WHERE e.delegate = ? AND e.kind = 'substituted' AND {_NOT_VOIDED} ORDER BY {_CLOCK} LIMIT 1",
        key,
    )


_HANDLERS: dict[str, Callable[[sqlite3.Connection, Entry], None]] = {
    EntryKind.SCAN: _movement,
    EntryKind.LEFT: _movement,
    EntryKind.HANDED_OUT: _hand_out,
    EntryKind.TAKEN_BACK: _hand_out,
    EntryKind.COPIED_DIGITALLY: _digital_copy,
    EntryKind.SUBMITTED: _received,
    EntryKind.STANDING_CHANGED: _standing,
    EntryKind.PAYLOAD_REVOKED: _revocation,
    EntryKind.CORRECTED: _correction,
    EntryKind.WALK_IN: _walk_in,
    EntryKind.WALK_IN_DECIDED: _walk_in,
    EntryKind.SUBSTITUTED: _substitution,
    EntryKind.UNITED: _united,
    EntryKind.CONFLICT_RESOLVED: _resolved,
}
_ROW_IN_BODY = (EntryKind.PAYLOAD_REVOKED, EntryKind.SUBMITTED, EntryKind.CONFLICT_RESOLVED)
