"""The one query layer of all reports: an event at one moment as typed rows, each read when it is first asked for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from station.clock import to_ms
from station.documents.outstanding import Outstanding, read_outstanding
from station.documents.submissions import Expected, read_expected
from station.i18n import pick
from station.model.delegate import Delegate
from station.model.document import BADGE, Document
from station.model.event import Session
from station.model.quorum import Quorum
from station.model.verdict import Source
from station.reports.hours import inside
from station.reports.tables import local
from station.right_of_way import give_way
from station.store import cases, checkin, delegations, documents, quorum, reports, roster, unions
from station.store import event as event_store
from station.store.cases import Approval, WalkIn
from station.store.checkin import Counts
from station.store.connection import ReadConnection
from station.store.reports import Substituted
from station.text import text_key

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Stay:
    """How one delegate stands in one session.

    Attributes:
        expected: may come, or is in. present: is in now. first_in, last_out: in the event's zone.
        hours: inside, where it is known. station, source: of the first admission.
        substitute: the name of who comes instead; stands_for: of in whose place they come.
        approval: of a walk-in; None for whoever is none.
    """

    session: Session
    delegate: Delegate
    expected: bool
    present: bool
    first_in: datetime | None
    last_out: datetime | None
    hours: float | None
    station: str
    source: Source | None
    substitute: str
    stands_for: str
    approval: Approval | None

    @property
    def missing(self) -> bool:
        """Whether they are expected and not in."""
        return self.expected and not self.present


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit stands in one session; came: who was in at any time."""

    session: Session
    unit: str
    expected: int
    came: int
    present: int

    @property
    def missing(self) -> int:
        """How many are expected and not in."""
        return self.expected - self.present


@dataclass(frozen=True, slots=True)
class Counted(Collection[_Row], Generic[_Row]):
    """Rows whose number is known before they are read, which happens anew each time."""

    count: int
    read: Callable[[], Iterator[_Row]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[_Row]:
        return self.read()

    def __contains__(self, row: object) -> bool:
        return any(row == other for other in self)


class Facts:
    """An event as one connection sees it.

    Attributes:
        now: until when whoever has not left was inside. zone: of the event.
    """

    def __init__(self, connection: ReadConnection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.event = event_store.event_of(connection)
        self.zone = ZoneInfo(self.event.zone)
        self.sessions = event_store.sessions_of(connection)
        self._stays: dict[str, list[Stay]] = {}

    @cached_property
    def by_id(self) -> dict[str, Delegate]:
        """The roster as desks corrected it by identity, in Vietnamese order of names."""
        return {delegate.id: delegate for delegate in roster.delegates(self.connection)}

    @cached_property
    def delegates(self) -> list[Delegate]:
        """The same, each person once: who was registered twice stands there as whom they count."""
        twice = unions.united(self.connection)
        return [who for who in self.by_id.values() if twice.get(who.id) not in self.by_id]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents and the badge by code."""
        return {each.code: each for each in (*documents.documents(self.connection), BADGE)}

    @cached_property
    def hours(self) -> dict[tuple[str, str], float | None]:
        """How long each delegate (by session and identity) was inside."""
        until = {each.id: to_ms(min(each.closes_at, self.now)) for each in self.sessions if each.closes_at}
        return inside(reports.passages(self.connection), until, self.zone)

    @cached_property
    def walk_ins(self) -> list[WalkIn]:
        """Who was registered at a desk."""
        return [each for each in cases.walk_ins(self.connection) if each.delegate in self.by_id]

    @cached_property
    def submissions(self) -> list[Expected]:
        """Every submission of every delegate, received or owed."""
        return read_expected(self.connection)

    @cached_property
    def substitutions(self) -> list[Substituted]:
        """Who came in whose place."""
        return list(reports.substituted(self.connection))

    @cached_property
    def outstanding(self) -> list[Outstanding]:
        """What those who came have not received yet."""
        return read_outstanding(self.connection, people=self.delegates)

    def stays(self, session: Session) -> list[Stay]:
        """Every delegate in one session, by name."""
        if session.id not in self._stays:
            self._stays[session.id] = self._read_stays(session)
        return self._stays[session.id]

    def standings(self, session: Session) -> list[Standing]:
        """Every unit of which somebody is expected in a session or came, in Vietnamese order."""
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for stay in self.stays(session):
            if stay.expected or stay.first_in:
                counts = counted[stay.delegate.unit]
                counts["expected"] += stay.expected
                counts["came"] += stay.first_in is not None
                counts["present"] += stay.present
        units = sorted(counted, key=lambda unit: (not unit, text_key(unit)))
        return [
            Standing(session, unit, *(counted[unit][key] for key in ("expected", "came", "present")))
            for unit in units
        ]

    def counts(self, session: Session) -> Counts:
        """The figures that the desk shows of a session."""
        return checkin.counts(self.connection, session.id)

    def quorum(self, session: Session, *, came: bool = False) -> Quorum | None:
        """How a session stands to the quorum, ``came``: who left again counts too; None while there is no rule."""
        return quorum.quorum_of(self.connection, session.id, came=came)

    def local(self, instant: datetime | None) -> datetime | None:
        """An instant in the event's zone, in whole seconds."""
        return local(instant, self.zone)

    def name_of(self, delegate: str) -> str:
        """The name of an identity; '' for one that is not on this roster."""
        known = self.by_id.get(delegate)
        return known.name if known else ""

    def session_title(self, session: str) -> str:
        """Identifier and title of a session."""
        return next((title_of_session(each) for each in self.sessions if each.id == session), session)

    def _read_stays(self, session: Session) -> list[Stay]:
        came = {seen.delegate: seen for seen in checkin.attendance(self.connection, session.id)}
        lines = {line.delegate.id: line for line in delegations.unsorted_people(self.connection, session.id)}
        stays = []
        for delegate in self.delegates:
            give_way()
            line, seen = lines[delegate.id], came.get(delegate.id)
            stays.append(
                Stay(
                    session,
                    delegate,
                    line.expected,
                    line.present,
                    self.local(line.first_in),
                    self.local(line.last_out) if line.last_out else None,
                    self.hours.get((session.id, delegate.id)) if seen else None,
                    seen.station if seen else "",
                    seen.source if seen else None,
                    line.substitute,
                    line.stands_for,
                    line.approval,
                )
            )
        return stays


def title_of_session(session: Session) -> str:
    """Identifier and title of a session in the language in force."""
    return f"{session.id} · {pick(session.title, session.title_en)}"
