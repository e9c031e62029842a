"""All the dialog shows, read in one go on a worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from station.app import Station
from station.documents import changes
from station.documents.bundles import Admits
from station.documents.catalogue import admits_of, copies_left, read_catalogue
from station.documents.changes import Taken
from station.documents.files import FileState, state_of
from station.documents.matrix import Matrix
from station.documents.recipients import Names, in_words
from station.errors import Cancelled, EnvironmentFault, StationError
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import Document, EarlierVersion, Entitlement
from station.model.event import Event, Session
from station.model.unit import Kind
from station.store import documents as store
from station.store import event as event_store
from station.store import roster, units
from station.text import clean
from ui.bridge.operation import Progress
from ui.bridge.sheets import page_count
from ui.wording import session_label

_PARTS = 1000  # of the progress of one file


@dataclass(frozen=True, slots=True)
class Contents:
    """The documents of an event and what is known of them.

    Attributes:
        admits: who may enter a session. people: the whole roster. matrix: who of them receives what.
        words: recipients of each document.
        left: printed copies, by code, where they are counted. outdated: delegates with an older version.
        recorded: codes of which the journal speaks.
    """

    event: Event
    admits: Admits
    documents: tuple[Document, ...]
    rules: tuple[Entitlement, ...]
    people: tuple[Delegate, ...]
    sessions: tuple[Session, ...]
    categories: tuple[str, ...]
    matrix: Matrix
    entitled: dict[str, int]
    words: dict[str, str]
    left: dict[str, int]
    outdated: dict[str, int]
    recorded: frozenset[str]
    earlier: tuple[EarlierVersion, ...]

    def rules_of(self, code: str) -> list[Entitlement]:
        """The rules of one document."""
        return [rule for rule in self.rules if rule.document == code]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of several files."""

    taken: tuple[Taken, ...]
    problems: tuple[str, ...]
    stopped: bool = False


def read_contents(station: Station) -> Contents:
    """Read everything at one moment. Raises EnvironmentFault."""
    with station.files.snapshot() as connection:
        catalogue = read_catalogue(connection)
        documents = catalogue.documents()
        people = roster.delegates(connection)
        sessions = event_store.sessions_of(connection)
        rules = store.entitlements(connection)
        matrix = Matrix(catalogue, people)
        names = Names(
            {session.id: session_label(session) for session in sessions}, {p.id: p.name for p in people}
        )
        return Contents(
            event=event_store.event_of(connection),
            admits=admits_of(connection),
            documents=documents,
            rules=tuple(rules),
            people=tuple(people),
            sessions=tuple(sessions),
            categories=tuple(units.colours(connection, Kind.CATEGORY)),
            matrix=matrix,
            entitled=dict(zip((d.code for d in documents), matrix.totals(), strict=True)),
            words={d.code: in_words([r for r in rules if r.document == d.code], names) for d in documents},
            left=copies_left(connection, documents),
            outdated=store.outdated_counts(connection),
            recorded=frozenset(store.recorded_documents(connection)),
            earlier=tuple(store.earlier_versions(connection)),
        )


def file_states(
    station: Station, documents: Sequence[Document], proceed: Callable[[], None]
) -> dict[str, FileState]:
    """Whether each file is as it was added; one that cannot be read counts as missing.

    ``proceed`` is called now and then and may raise Cancelled.
    """
    states = {}
    for document in documents:
        try:
            states[document.code] = state_of(station.folder, document, proceed)
        except EnvironmentFault:
            states[document.code] = FileState.MISSING
    return states


def add_files(station: Station, paths: Sequence[Path], progress: Progress) -> Added:
    """Add each file as a document for everybody; one that is refused does not stop the others."""
    taken: list[Taken] = []
    problems: list[str] = []
    for number, path in enumerate(paths):

        def step(done: int, total: int, number: int = number) -> None:
            progress(_PARTS * number + _PARTS * done // max(1, total), _PARTS * len(paths))

        try:
            step(0, 1)
            wish = Document("", 0, title_from(path), pages=page_count(path))
            taken.append(changes.add_document(station.files, wish, [Entitlement("")], path, step))
        except Cancelled:
            return Added(tuple(taken), tuple(problems), stopped=True)
        except StationError as error:
            problems.append(str(error))
    return Added(tuple(taken), tuple(problems))


def title_from(path: Path) -> str:
    """The title that the name of a file makes, until a person writes a better one."""
    return clean(path.stem.replace("_", " "))[:500] or _("Document")
