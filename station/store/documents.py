"""Documents, who is entitled to them, and which have been handed out."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from station.clock import from_ms
from station.model.document import BADGE, Document, DocumentKind, Entitlement
from station.store.delegations import RECEIVER

_COLUMNS = "d.code, d.number, d.title, d.title_en, d.kind, d.file_name, d.sha256, d.pages"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A document that a delegate has, with the station that says so, and who received it for them, if anybody."""

    delegate: str
    document: str
    at: datetime
    station: str
    received_by: str = ""


def add_documents(
    connection: sqlite3.Connection, documents: Sequence[Document], entitlements: Sequence[Entitlement]
) -> None:
    """Add documents and say who receives them."""
    connection.executemany(
        "INSERT INTO document (code, number, title, title_en, kind, file_name, sha256, pages) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(d.code, d.number, d.title, d.title_en, d.kind, d.file_name, d.sha256, d.pages) for d in documents],
    )
    connection.executemany(
        "INSERT INTO entitlement (document, category, unit) VALUES (?, ?, ?)",
        [(e.document, e.category, e.unit) for e in entitlements],
    )


def documents(connection: sqlite3.Connection) -> list[Document]:
    """All documents in their order."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM document d ORDER BY d.number")
    return [_document(row) for row in rows]


def entitlements(connection: sqlite3.Connection) -> list[Entitlement]:
    """Who receives which document."""
    rows = connection.execute("SELECT document, category, unit FROM entitlement ORDER BY 1, 2, 3")
    return [Entitlement(*row) for row in rows]


def handed_out_to(connection: sqlite3.Connection, delegate: str) -> set[str]:
    """The codes of the documents that a delegate has."""
    rows = connection.execute("SELECT document FROM hand_out WHERE delegate = ?", (delegate,))
    return {row[0] for row in rows}


def handed_out(connection: sqlite3.Connection) -> list[HandedOut]:
    """Every document that is with a delegate now."""
    rows = connection.execute(
        f"SELECT h.delegate, h.document, h.at_ms, i.station, {RECEIVER} FROM hand_out h "
        "JOIN instance i ON i.id = h.instance ORDER BY h.at_ms, h.delegate, h.document"
    )
    return [HandedOut(row[0], row[1], from_ms(row[2]), row[3], row[4] or "") for row in rows]


def handed_out_count(connection: sqlite3.Connection) -> int:
    """How many documents are with delegates now; badges are none."""
    return int(
        connection.execute("SELECT count(*) FROM hand_out WHERE document <> ?", (BADGE.code,)).fetchone()[0]
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
    )
