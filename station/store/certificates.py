"""The rule of certificates, and the register of those that were issued, as the journal tells it.

An entry ``certificate_issued`` holds in its body: by (the instance that gave the number), number, label, sessions,
total and minutes; the particulars hold the name. A later one for the same certificate stands for the paper that was
made anew. ``certificate_revoked`` holds by and number; the particulars hold the reason.
"""

import sqlite3
from dataclasses import replace
from typing import Any

from station.clock import from_ms
from station.model.certificate import Basis, Certificate, CertificateRule
from station.model.entry import Entry, EntryKind
from station.store import journal
from station.store.connection import WriteConnection

NAME, REASON = "name", "reason"


def rule_of(connection: sqlite3.Connection) -> CertificateRule:
    """The rule that was set, else the usual one."""
    row = connection.execute("SELECT * FROM certificate_rule").fetchone()
    if row is None:
        return CertificateRule()
    sessions = connection.execute("SELECT session FROM certificate_session ORDER BY session")
    return CertificateRule(
        Basis(row["basis"]), row["percent"], tuple(name for (name,) in sessions), row["number_form"]
    )


def set_rule(connection: WriteConnection, rule: CertificateRule) -> None:
    """Store the rule."""
    connection.execute(
        "INSERT INTO certificate_rule (only, basis, percent, number_form) VALUES (1, ?, ?, ?) ON CONFLICT (only) "
        "DO UPDATE SET basis = excluded.basis, percent = excluded.percent, number_form = excluded.number_form",
        (rule.basis, rule.percent, rule.number_form),
    )
    connection.execute("DELETE FROM certificate_session")
    connection.executemany(
        "INSERT INTO certificate_session (session) VALUES (?)", [(session,) for session in rule.sessions]
    )


def register(connection: sqlite3.Connection) -> list[Certificate]:
    """Every certificate, revoked ones too, in the order of their numbers."""
    rows = connection.execute(
        "SELECT e.instance || '-' || e.sequence FROM entry e "
        "WHERE e.kind IN ('certificate_issued', 'certificate_revoked') "
        "ORDER BY e.hlc_ms, e.hlc_counter, e.instance, e.sequence"
    ).fetchall()
    stations = dict(connection.execute("SELECT id, station FROM instance").fetchall())
    found: dict[tuple[str, int], Certificate] = {}
    for (identifier,) in rows:
        entry = journal.entry_of(connection, identifier)
        if entry is not None:
            words = {
                name: text or "" for name, (_salt, text) in journal.particulars_of(connection, entry).items()
            }
            _add(found, entry, words, stations)
    return sorted(found.values(), key=lambda one: (one.number, one.instance))


def _add(
    found: dict[tuple[str, int], Certificate], entry: Entry, words: dict[str, str], stations: dict[str, str]
) -> None:
    """What one entry says; one that another program wrote and that makes no sense says nothing."""
    body, content = entry.body, entry.content
    key = body.get("by"), body.get("number")
    if not isinstance(key[0], str) or not isinstance(key[1], int) or content.delegate is None:
        return
    before = found.get((key[0], key[1]))
    at = from_ms(content.at_ms)
    if content.kind == EntryKind.CERTIFICATE_REVOKED:
        if before is not None and before.is_valid:
            found[key[0], key[1]] = replace(before, revoked_at=at, why=words.get(REASON, ""))
        return
    issued = Certificate(
        key[0],
        key[1],
        str(body.get("label", key[1])),
        content.delegate,
        words.get(NAME, ""),
        tuple(map(str, _list(body.get("sessions")))),
        _whole(body.get("total")),
        _whole(body.get("minutes")),
        at,
        stations.get(content.instance, content.instance),
    )
    if before is not None:  # a certificate once revoked stays revoked
        issued = replace(issued, revoked_at=before.revoked_at, why=before.why)
    found[key[0], key[1]] = issued


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0
