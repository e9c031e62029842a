"""Who came and has not received everything yet: a line for each delegate and document."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from station.documents.bundles import receives
from station.documents.catalogue import read_catalogue
from station.model.delegate import Delegate
from station.model.document import BundleState, Document
from station.store import checkin, documents, roster
from station.store.connection import ReadConnection


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A document that is still due to somebody who came.

    Attributes:
        held_version: an older version the delegate has; '' for none.
    """

    delegate: Delegate
    document: Document
    held_version: str = ""


def read_outstanding(
    connection: ReadConnection, session: str | None = None, *, people: Sequence[Delegate] | None = None
) -> list[Outstanding]:
    """Every document due to delegates who came, to one session or (None) at all: by document, then by name.

    ``people``: the roster by name, for who has read it already.
    """
    catalogue, held = read_catalogue(connection), documents.all_held(connection)
    came = checkin.who_came(connection, session)
    roll = roster.delegates(connection) if people is None else people
    receiving = [person for person in roll if person.id in came and receives(person)]
    found = [
        Outstanding(person, item.document, item.held_version)
        for person in receiving
        for item in catalogue.bundle(person, held.get(person.id, {}))
        if item.state is BundleState.DUE
    ]
    return sorted(found, key=lambda line: line.document.number)  # stable: names stay in their order


def of_documents(lines: Collection[Outstanding], codes: Collection[str]) -> list[Outstanding]:
    """The lines of some documents; of all where none is named."""
    wanted = {code.casefold() for code in codes}
    return [line for line in lines if not wanted or line.document.code.casefold() in wanted]
