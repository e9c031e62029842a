"""Delegations: how each unit stands, what one person receives for others of theirs, and the quorum."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from station.checkin.desk import Desk
from station.checkin.lookup import known_delegate
from station.clock import Clock
from station.documents.bundles import receives
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BADGE, BundleState, Document
from station.model.entry import EntryKind
from station.model.quorum import Quorum, QuorumRule
from station.model.unit import Kind
from station.roster.validate import LONGEST
from station.store import badges, cases
from station.store import delegations as store
from station.store import documents as document_store
from station.store import quorum as quorum_store
from station.store import roster as roster_store
from station.store import units as unit_store
from station.store.connection import ReadConnection, WriteConnection
from station.store.delegations import PersonLine, Received, UnitLine
from station.store.folder import EventFolder
from station.text import clean


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives for others: a delegate by identity, or somebody by a name that was typed."""

    delegate: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What was received for one delegate: codes of documents."""

    delegate: Delegate
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one person received at once.

    Attributes:
        unit: of the delegates, several parted by commas. receiver: a name. station: whose desk gave it.
        documents: all that occur, in their order, the badge last. lines: by name.
    """

    unit: str
    receiver: str
    at: datetime
    station: str
    documents: tuple[Document, ...]
    lines: tuple[ReceiptLine, ...]

    def totals(self) -> dict[str, int]:
        """How many copies of each document, by code."""
        return {d.code: sum(d.code in line.documents for line in self.lines) for d in self.documents}


@dataclass(frozen=True, slots=True)
class Due:
    """What can be received for one delegate: codes of documents, the badge among them where there is one."""

    line: PersonLine
    documents: tuple[str, ...]


class Delegations:
    """The delegations of one event. Every method may be called from any thread."""

    def __init__(self, files: EventFolder, clock: Clock, desk: Desk) -> None:
        self._files = files
        self._clock = clock
        self._desk = desk

    def lines(self, session: str | None = None) -> tuple[UnitLine, ...]:
        """Every unit of which somebody is expected, in no order."""
        chosen = self._desk.session(session).id
        with self._files.reading() as connection:
            return tuple(store.unit_lines(connection, chosen))

    def people(self, unit: str, session: str | None = None) -> tuple[PersonLine, ...]:
        """The delegates of a unit by name."""
        chosen = self._desk.session(session).id
        with self._files.reading() as connection:
            return tuple(store.people(connection, chosen, unit))

    def missing(self, session: str | None = None, unit: str | None = None) -> tuple[PersonLine, ...]:
        """Who is expected and not in, of one unit or of all, by name."""
        chosen = self._desk.session(session).id
        with self._files.reading() as connection:
            return tuple(store.people(connection, chosen, unit, missing=True))

    def quorum(self, session: str | None = None) -> Quorum | None:
        """How a session stands; None while there is no rule."""
        chosen = self._desk.session(session).id
        with self._files.reading() as connection:
            return quorum_store.quorum_of(connection, chosen)

    def set_quorum(self, rule: QuorumRule | None) -> None:
        """Set the rule of the quorum, or none. Raises Refusal for an unknown category, EnvironmentFault."""

        def work(connection: WriteConnection) -> None:
            known = unit_store.colours(connection, Kind.CATEGORY)
            for name in (rule.categories or ()) if rule else ():
                if name not in known:
                    text = _("There is no category {category}. The categories are: {known}.")
                    raise Refusal(text.format(category=name, known=", ".join(known) or "–"))
            quorum_store.set_rule(connection, rule)

        self._files.write(work)

    def due(self, unit: str, session: str | None = None) -> tuple[Due, ...]:
        """What can be received for each delegate of a unit who may come, by name; nothing for some."""
        chosen = self._desk.session(session).id
        with self._files.reading() as connection:
            return tuple(
                Due(line, self._due(connection, line.delegate))
                for line in store.people(connection, chosen, unit)
                if _receives(connection, line.delegate)
            )

    def documents(self) -> tuple[Document, ...]:
        """Everything that can be received, in order, the badge last."""
        with self._files.reading() as connection:
            return (*document_store.documents(connection), BADGE)

    def hand_out(
        self, receiver: Receiver, delegates: Sequence[str], documents: Collection[str] | None = None
    ) -> Receipt:
        """Record that one person received what is due for delegates, in one step.

        Args:
            delegates: identities. documents: codes, ``BADGE.code`` among them; None for all documents, no badge.

        Raises Refusal: nobody receives, for somebody nothing is handed out, a document is unknown, nothing is due.
        """
        told = _named(receiver)
        body = {store.RECEIVED_BY: receiver.delegate} if receiver.delegate else {}
        now = self._clock.now()

        def work(connection: WriteConnection) -> Receipt:
            if receiver.delegate:
                known_delegate(connection, receiver.delegate)
            known = (*document_store.documents(connection), BADGE)
            wanted = _wanted(known, documents)
            lines = []
            for person in (known_delegate(connection, who) for who in dict.fromkeys(delegates)):
                if not _receives(connection, person):
                    text = _("Nothing is handed out for {name}, who does not come.")
                    raise Refusal(text.format(name=person.name))
                codes = [code for code in self._due(connection, person) if code in wanted]
                for code in codes:
                    self._desk.move(connection, person.id, code, EntryKind.HANDED_OUT, body, told, now)
                if codes:
                    lines.append(ReceiptLine(person, frozenset(codes)))
            if not lines:
                raise Refusal(_("None of this is due any more: nothing was recorded."))
            name = told.get(store.RECEIVED_BY_NAME) or known_delegate(connection, receiver.delegate).name
            return _receipt(name, now, self._files.instance.station, known, lines)

        return self._files.write(work)

    def receipts(self, unit: str) -> tuple[Receipt, ...]:
        """What was received for a unit and not taken back since, the latest last."""
        with self._files.reading() as connection:
            known = (*document_store.documents(connection), BADGE)
            people = {d.id: d for d in roster_store.delegates_of(connection, unit)}
            acts = [
                list(act)
                for _key, act in groupby(store.received(connection, unit), key=lambda item: item.act)
            ]
        return tuple(
            _receipt(act[0].receiver, act[0].at, act[0].station, known, _lines(act, people)) for act in acts
        )

    def _due(self, connection: ReadConnection, person: Delegate) -> tuple[str, ...]:
        bundle = self._desk.bundle(connection, person)
        codes = [item.document.code for item in bundle if item.state is BundleState.DUE]
        has_badge = any(item.document == BADGE for item in bundle)
        if not has_badge and badges.is_to_be_had(connection, person.id):
            codes.append(BADGE.code)
        return tuple(codes)


def _receives(connection: ReadConnection, person: Delegate) -> bool:
    """Whether anything is handed out for a delegate: not for who does not come."""
    return receives(person) and cases.substitute_of(connection, person.id) is None


def _named(receiver: Receiver) -> dict[str, str]:
    """The particulars of an entry. Raises Refusal for nobody."""
    name = clean(receiver.name)[: LONGEST["name"]]
    if not receiver.delegate and not name:
        raise Refusal(_("Say who receives: choose a delegate or type a name."))
    return {} if receiver.delegate else {store.RECEIVED_BY_NAME: name}


def _wanted(known: Sequence[Document], documents: Collection[str] | None) -> set[str]:
    codes = {document.code for document in known}
    if documents is None:
        return codes - {BADGE.code}
    for code in documents:
        if code not in codes:
            raise Refusal(_("There is no document {code}.").format(code=code))
    return set(documents)


def _lines(act: Sequence[Received], people: dict[str, Delegate]) -> list[ReceiptLine]:
    codes: dict[str, set[str]] = {}
    for item in act:
        codes.setdefault(item.delegate, set()).add(item.document)
    return [ReceiptLine(people[who], frozenset(held)) for who, held in codes.items() if who in people]


def _receipt(
    receiver: str, at: datetime, station: str, known: Sequence[Document], lines: Sequence[ReceiptLine]
) -> Receipt:
    units = dict.fromkeys(line.delegate.unit for line in lines)
    held = {code for line in lines for code in line.documents}
    return Receipt(
        ", ".join(filter(None, units)),
        receiver,
        at,
        station,
        tuple(document for document in known if document.code in held),
        tuple(sorted(lines, key=lambda line: line.delegate.sort_key)),
    )
