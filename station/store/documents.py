"""Documents with their versions, who is entitled to them, and which have been handed out."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms, to_ms
from station.model.document import BADGE, Document, DocumentKind, EarlierVersion, Entitlement, Reserve
from station.store.delegations import RECEIVER

_COLUMNS = (
    "code, number, title, title_en, kind, file_name, sha256, pages, bytes, version, language, stock, "
    "reserve, reserve_is_percent, withdrawn"
)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A document that a delegate has, with the station that says so, and who received it for them, if anybody."""

    delegate: str
    document: str
    at: datetime
    station: str
    version: str
    received_by: str = ""


def add_documents(
    connection: sqlite3.Connection, documents: Sequence[Document], entitlements: Sequence[Entitlement]
) -> None:
    """Add documents and say who receives them."""
    marks = ", ".join("?" * len(_COLUMNS.split(",")))
    connection.executemany(
        f"INSERT INTO document ({_COLUMNS}) VALUES ({marks})", [_values(document) for document in documents]
    )
    _add_entitlements(connection, entitlements)


def documents(connection: sqlite3.Connection) -> list[Document]:
    """All documents in their order."""
    return [_document(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM document ORDER BY number")]


def document_of(connection: sqlite3.Connection, code: str) -> Document | None:
    """The document of a code, in any letter case."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM document WHERE code = ? COLLATE NOCASE", (code,)
    ).fetchone()
    return _document(row) if row else None


def document_count(connection: sqlite3.Connection) -> int:
    """How many documents there are."""
    return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])


def entitlements(connection: sqlite3.Connection) -> list[Entitlement]:
    """Who receives which document."""
    rows = connection.execute(
        "SELECT document, category, unit, session, delegate, forbids FROM entitlement ORDER BY 1, 6, 2, 3, 4, 5"
    )
    return [Entitlement(row[0], row[1], row[2], row[3], row[4], forbids=bool(row[5])) for row in rows]


def update_document(connection: sqlite3.Connection, code: str, changed: Document) -> None:
    """Store other data of a document, its code included; its place in the order stays."""
    names = [name for name in _COLUMNS.replace(" ", "").split(",") if name != "number"]
    by_name = dict(zip(_COLUMNS.replace(" ", "").split(","), _values(changed), strict=True))
    connection.execute(
        f"UPDATE document SET {', '.join(f'{name} = ?' for name in names)} WHERE code = ?",
        (*(by_name[name] for name in names), code),
    )


def replace_entitlements(connection: sqlite3.Connection, code: str, rules: Sequence[Entitlement]) -> None:
    """Make these the rules on who receives a document."""
    connection.execute("DELETE FROM entitlement WHERE document = ?", (code,))
    _add_entitlements(connection, rules)


def remove_document(connection: sqlite3.Connection, code: str) -> None:
    """Take a document out, with its rules and earlier versions."""
    connection.execute("DELETE FROM document WHERE code = ?", (code,))


def reorder(connection: sqlite3.Connection, codes: Sequence[str]) -> None:
    """Number the documents in the order of these codes, which are all there are."""
    connection.execute("UPDATE document SET number = -1 - abs(number)")  # numbers are unique at every moment
    connection.executemany(
        "UPDATE document SET number = ? WHERE code = ?", [(n, code) for n, code in enumerate(codes, 1)]
    )


def last_number(connection: sqlite3.Connection) -> int:
    """The place of the last document, 0 for none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM document").fetchone()[0])


def add_earlier_version(connection: sqlite3.Connection, document: Document, at: datetime) -> None:
    """Remember what a document is, before another version takes its place."""
    connection.execute(
        "INSERT INTO earlier_version (document, number, version, file_name, sha256, bytes, pages, replaced_at_ms) "
        "SELECT :code, 1 + count(*), :version, :file_name, :sha256, :bytes, :pages, :at FROM earlier_version "
        "WHERE document = :code",
        {
            "code": document.code,
            "version": document.version,
            "file_name": document.file_name,
            "sha256": document.sha256,
            "bytes": document.bytes,
            "pages": document.pages,
            "at": to_ms(at),
        },
    )


def earlier_versions(connection: sqlite3.Connection) -> list[EarlierVersion]:
    """What documents were before, the oldest first."""
    rows = connection.execute(
        "SELECT document, version, file_name, sha256, bytes, pages, replaced_at_ms FROM earlier_version "
        "ORDER BY document, number"
    )
    return [
        EarlierVersion(row[0], row[1], row[2], row[3], row[4], row[5], from_ms(row["replaced_at_ms"]))
        for row in rows
    ]


def is_recorded(connection: sqlite3.Connection, code: str) -> bool:
    """Whether the journal says anything of a document."""
    row = connection.execute("SELECT EXISTS (SELECT 1 FROM entry WHERE document = ?)", (code,)).fetchone()
    return bool(row[0])


def recorded_documents(connection: sqlite3.Connection) -> set[str]:
    """The codes of all documents of which the journal says anything."""
    rows = connection.execute("SELECT DISTINCT document FROM entry WHERE document IS NOT NULL")
    return {row[0] for row in rows}


def handed_out_to(connection: sqlite3.Connection, delegate: str) -> dict[str, str]:
    """The codes of the documents that a delegate has, with the version of each."""
    rows = connection.execute("SELECT document, version FROM hand_out WHERE delegate = ?", (delegate,))
    return {row[0]: row[1] for row in rows}


def copied_to(connection: sqlite3.Connection, delegate: str) -> dict[str, str]:
    """The codes of the documents that were copied to a delegate's own stick, with the version of each."""
    rows = connection.execute("SELECT document, version FROM digital_copy WHERE delegate = ?", (delegate,))
    return {row[0]: row[1] for row in rows}


def hand_outs_since(connection: sqlite3.Connection, at: datetime) -> list[tuple[str, str, datetime]]:
    """Document, version and time of what was handed out from an instant on and is still out, the oldest first."""
    rows = connection.execute(
        "SELECT document, version, at_ms FROM hand_out WHERE at_ms >= ? ORDER BY at_ms", (to_ms(at),)
    )
    return [(row[0], row[1], from_ms(row[2])) for row in rows]


def all_held(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """What every delegate has: document and version, by the delegate's identity."""
    held: dict[str, dict[str, str]] = {}
    for delegate, document, version in connection.execute("SELECT delegate, document, version FROM hand_out"):
        held.setdefault(delegate, {})[document] = version
    return held


def handed_out_since(connection: sqlite3.Connection, delegate: str, entry: str) -> list[str]:
    """The entries by which a delegate has documents from the station of an entry, recorded after it."""
    instance, _dash, sequence = entry.partition("-")
    rows = connection.execute(
        "SELECT instance || '-' || sequence FROM hand_out WHERE delegate = ? AND instance = ? AND sequence > ? "
        "ORDER BY sequence",
        (delegate, instance, int(sequence)),
    )
    return [row[0] for row in rows]


def handed_out(connection: sqlite3.Connection) -> list[HandedOut]:
    """Every document that is with a delegate now."""
    rows = connection.execute(
        f"SELECT h.delegate, h.document, h.at_ms, i.station, h.version, {RECEIVER} FROM hand_out h "
        "JOIN instance i ON i.id = h.instance ORDER BY h.at_ms, h.delegate, h.document"
    )
    return [HandedOut(row[0], row[1], from_ms(row[2]), row[3], row[4], row[5] or "") for row in rows]


def handed_out_count(connection: sqlite3.Connection) -> int:
    """How many documents are with delegates now; badges are none."""
    return int(
        connection.execute("SELECT count(*) FROM hand_out WHERE document <> ?", (BADGE.code,)).fetchone()[0]
    )


def copies_out(connection: sqlite3.Connection, documents: Iterable[Document]) -> dict[str, int]:
    """How many copies of the present version of each document are with delegates, by code."""
    query = "SELECT count(*) FROM hand_out WHERE document = ? AND version = ?"
    return {d.code: int(connection.execute(query, (d.code, d.version)).fetchone()[0]) for d in documents}


def holders(connection: sqlite3.Connection, code: str) -> dict[str, str]:
    """The version that each delegate has of a document, by the delegate's identity."""
    rows = connection.execute("SELECT delegate, version FROM hand_out WHERE document = ?", (code,))
    return {row[0]: row[1] for row in rows}


def outdated_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many delegates have another version than the present one, by code; none is left out."""
    rows = connection.execute(
        "SELECT h.document, count(*) FROM hand_out h JOIN document d ON d.code = h.document "
        "WHERE h.version <> d.version GROUP BY h.document"
    )
    return {row[0]: row[1] for row in rows}


def _add_entitlements(connection: sqlite3.Connection, rules: Sequence[Entitlement]) -> None:
    connection.executemany(
        "INSERT INTO entitlement (document, category, unit, session, delegate, forbids) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(r.document, r.category, r.unit, r.session, r.delegate, r.forbids) for r in rules],
    )


def _values(document: Document) -> tuple[str | int | None, ...]:
    """A document in the order of the columns."""
    return (
        document.code,
        document.number,
        document.title,
        document.title_en,
        document.kind,
        document.file_name,
        document.sha256,
        document.pages,
        document.bytes,
        document.version,
        document.language,
        document.stock,
        document.reserve.amount,
        document.reserve.is_percent,
        document.withdrawn,
    )


def _document(row: sqlite3.Row) -> Document:
    return Document(
        code=row["code"],
        number=row["number"],
        title=row["title"],
        title_en=row["title_en"],
        kind=DocumentKind(row["kind"]),
        file_name=row["file_name"],
        sha256=row["sha256"],
        pages=row["pages"],
        bytes=row["bytes"],
        version=row["version"],
        language=row["language"],
        stock=row["stock"],
        reserve=Reserve(row["reserve"], bool(row["reserve_is_percent"])),
        withdrawn=bool(row["withdrawn"]),
    )
