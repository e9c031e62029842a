"""The catalogue and the stock as the store knows them: the one place that reads what the rules are made of."""

from collections.abc import Iterable

from station.documents.bundles import Admits, Catalogue
from station.model.delegate import Delegate
from station.model.document import Document
from station.store import documents as store
from station.store import event as event_store
from station.store.connection import ReadConnection


def read_catalogue(connection: ReadConnection) -> Catalogue:
    """All documents with who receives them."""
    return Catalogue(store.documents(connection), store.entitlements(connection), admits_of(connection))


def admits_of(connection: ReadConnection) -> Admits:
    """Who may enter which session, for rules that speak of one; a session that is gone admits nobody."""
    sessions = {session.id: session for session in event_store.sessions_of(connection)}

    def admits(session: str, category: str, unit: str) -> bool:
        somebody = Delegate("", "", "", category=category, unit=unit)
        return session in sessions and sessions[session].entitles(somebody)

    return admits


def copies_left(connection: ReadConnection, documents: Iterable[Document]) -> dict[str, int]:
    """How many printed copies are left of each document whose copies are counted, by code."""
    counted = {document.code: document for document in documents if document.stock is not None}
    out = store.copies_out(connection, counted.values())
    return {code: max(0, (document.stock or 0) - out[code]) for code, document in counted.items()}
