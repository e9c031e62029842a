"""Conflicts between desks: what contradicts itself after merging, what may be decided, and the entry that decides it.

Nothing of a conflict is stored: it is found in the entries, and its identity is made of them. So every station that
holds the same entries shows the same conflicts, and a decision, an entry itself, ends it at all of them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from station.clock import Clock, from_ms
from station.errors import Refusal
from station.i18n import _
from station.model.entry import EntryKind
from station.model.event import Repeats, Session
from station.model.verdict import Outcome, Source
from station.store import conflicts as store
from station.store import event as event_store
from station.store import instance as instances
from station.store import projections, roster
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import fold


class ConflictKind(StrEnum):
    """What contradicts itself."""

    ADMITTED_TWICE = "admitted_twice"
    SAME_PERSON = "same_person"
    CORRECTED_TWICE = "corrected_twice"
    CANCELLED_THEN_SCANNED = "cancelled_then_scanned"


class Choice(StrEnum):
    """What may be decided; a correction is chosen by its entry instead."""

    KEEP = "keep"  # it stands as it is: of two admissions the first counts
    CANCEL = "cancel"  # the later admissions are void
    SAME = "same"  # one person
    APART = "apart"  # two people
    PRESENT = "present"  # came after all
    ABSENT = "absent"  # did not come


@dataclass(frozen=True, slots=True)
class Claim:
    """What one desk recorded: the entry, the station, when by its clock, and the text of a correction or a name.

    Attributes:
        counts: this is what holds while nobody decides.
    """

    entry: str
    station: str
    at: datetime
    text: str = ""
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction.

    Attributes:
        id: the same at every station that holds the entries. delegate: whom it is about; name and code for people.
        session: identifier, '' where it is about none. field: that was corrected, or ''.
        other: the second identity, of walk-ins. choices: what may be decided, the harmless one first.
        decided: what was decided already, '' while it is open.
    """

    id: str
    kind: ConflictKind
    delegate: str
    name: str
    code: str
    claims: tuple[Claim, ...]
    choices: tuple[str, ...]
    session: str = ""
    field: str = ""
    other: str = ""
    decided: str = ""


def conflicts(connection: ReadConnection, *, also_decided: bool = False) -> list[Conflict]:
    """Every conflict that is open, or all, in the order of the first time at which it shows."""
    finder = _Finder(connection)
    found = [*finder.admissions(), *finder.people(), *finder.corrections(), *finder.cancelled()]
    decided = store.resolved(connection)
    marked = [replace(one, decided=decided.get((one.delegate, one.id), "")) for one in found]
    return sorted(
        (one for one in marked if also_decided or not one.decided), key=lambda one: (one.claims[0].at, one.id)
    )


def resolve(files: EventFolder, clock: Clock, conflict: str, choice: str) -> None:
    """Decide an open conflict by an entry of its own, and whatever follows from it, in one transaction.

    Raises Refusal for one that is not open (any more) or a choice it does not have, EnvironmentFault.
    """

    def work(connection: WriteConnection) -> None:
        found = next((one for one in conflicts(connection) if one.id == conflict), None)
        if found is None:
            raise Refusal(_("This conflict is not open: it was decided, or its entries have changed."))
        if choice not in found.choices:
            text = _("“{choice}” cannot be chosen here. Possible: {choices}.")
            raise Refusal(text.format(choice=choice, choices=", ".join(found.choices)))
        for note in _follows(found, choice, clock.now()):
            projections.record(connection, files.instance.id, note)

    files.write(work)


def _follows(conflict: Conflict, choice: str, now: datetime) -> Iterator[Note]:
    """The entries of a decision; the decision itself is the last one."""
    who, session = conflict.delegate, conflict.session or None
    if choice in (Choice.CANCEL, Choice.ABSENT):
        for claim in conflict.claims[1:]:
            yield Note(EntryKind.VOID, now, target=claim.entry, body={"resolves": conflict.id})
    elif choice == Choice.PRESENT and not any(claim.counts for claim in conflict.claims):
        body = {"source": Source.HAND, "resolves": conflict.id, "exception": "ALREADY_IN"}
        at = conflict.claims[1].at
        yield Note(EntryKind.SCAN, at, who, session, outcome=Outcome.ADMITTED, body=body)
    elif choice == Choice.SAME:
        yield Note(EntryKind.UNITED, now, delegate=conflict.other, body={"into": who})
    elif conflict.kind is ConflictKind.CORRECTED_TWICE:
        right = next(claim.text for claim in conflict.claims if claim.entry == choice)
        over = {conflict.field: [claim.entry for claim in conflict.claims]}
        said = {"over": over, "resolves": conflict.id}
        yield Note(EntryKind.CORRECTED, now, delegate=who, body=said, particulars={conflict.field: right})
    about = {"conflict": conflict.id, "choice": choice, "entries": [claim.entry for claim in conflict.claims]}
    yield Note(EntryKind.CONFLICT_RESOLVED, now, delegate=who, session=session, body=about)


class _Finder:
    """Looks for each kind of conflict in the entries of one moment."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection
        self._stations = {key: one.station for key, one in instances.all_instances(connection).items()}
        self._sessions = {session.id: session for session in event_store.sessions_of(connection)}
        self._zone = ZoneInfo(event_store.event_of(connection).zone)

    def admissions(self) -> Iterator[Conflict]:
        """One delegate admitted to one session at two desks, without having left in between."""
        passages = store.passages_at_several_desks(self._connection)
        for (delegate, session), moves in groupby(passages, key=attrgetter("delegate", "session")):
            for claims in _inside_twice(list(moves), self._sessions.get(session), self._zone):
                told = tuple(
                    self._claim(p.instance, p.sequence, p.at_ms, counts=p is claims[0]) for p in claims
                )
                kind = ConflictKind.ADMITTED_TWICE
                yield self._conflict(kind, delegate, told, (Choice.KEEP, Choice.CANCEL), session=session)

    def people(self) -> Iterator[Conflict]:
        """Two registered at different desks who have the same name, and no different unit or telephone number."""
        first: dict[str, list[store.Registered]] = {}
        for person in store.registered(self._connection):
            alike = first.setdefault(fold(person.name), [])
            twin = next((one for one in alike if _may_be_same(one, person)), None)
            if twin is not None:
                told = tuple(
                    self._claim(p.instance, p.sequence, p.at_ms, text=_described(p), counts=True)
                    for p in (twin, person)
                )
                kind, choices = ConflictKind.SAME_PERSON, (Choice.APART, Choice.SAME)
                yield self._conflict(kind, twin.delegate, told, choices, other=person.delegate)
            else:
                alike.append(person)

    def corrections(self) -> Iterator[Conflict]:
        """One field of a delegate corrected at two desks, differently, neither knowing of the other."""
        corrected = store.corrections(self._connection)
        for (delegate, field), found in groupby(corrected, key=attrgetter("delegate", "field")):
            latest = {one.instance: one for one in found}  # of one desk its latest word
            said = sorted(latest.values(), key=list(latest.values()).index)
            if len({one.text for one in said}) < 2:
                continue
            holds = projections.corrected_field(self._connection, delegate, field)
            told = tuple(
                self._claim(c.instance, c.sequence, c.at_ms, text=c.text, counts=c.text == holds)
                for c in said
            )
            choices = tuple(claim.entry for claim in told)
            yield self._conflict(ConflictKind.CORRECTED_TWICE, delegate, told, choices, field=field)

    def cancelled(self) -> Iterator[Conflict]:
        """An admission cancelled at one desk, and the same delegate scanned later at another one."""
        seen = set()
        for cancelled in store.cancelled_admissions(self._connection):
            later = store.scans_after(self._connection, cancelled)
            if not later or (cancelled.delegate, cancelled.session) in seen:
                continue
            seen.add((cancelled.delegate, cancelled.session))
            told = (
                self._claim(cancelled.instance, cancelled.sequence, cancelled.at_ms),
                *(
                    self._claim(x.instance, x.sequence, x.at_ms, counts=x.outcome == Outcome.ADMITTED)
                    for x in later
                ),
            )
            kind, choices = ConflictKind.CANCELLED_THEN_SCANNED, (Choice.PRESENT, Choice.ABSENT)
            yield self._conflict(kind, cancelled.delegate, told, choices, session=cancelled.session)

    def _claim(
        self, instance: str, sequence: int, at_ms: int, *, text: str = "", counts: bool = False
    ) -> Claim:
        station = self._stations.get(instance, instance)
        return Claim(f"{instance}-{sequence}", station, from_ms(at_ms), text, counts)

    def _conflict(
        self,
        kind: ConflictKind,
        delegate: str,
        claims: tuple[Claim, ...],
        choices: tuple[str, ...],
        *,
        session: str = "",
        field: str = "",
        other: str = "",
    ) -> Conflict:
        person = roster.delegate_of(self._connection, delegate)
        name, code = (person.name, person.code) if person else (delegate, "")
        identity = "|".join([kind, delegate, session, field, *sorted(claim.entry for claim in claims)])
        digest = hashlib.sha256(identity.encode()).hexdigest()[:12]
        return Conflict(
            digest, kind, delegate, name, code, claims, choices, session=session, field=field, other=other
        )


def _inside_twice(
    moves: list[store.Passage], session: Session | None, zone: ZoneInfo
) -> Iterator[list[store.Passage]]:
    """Runs of admissions by different instances of somebody who was inside already."""
    repeats = session.repeats if session else Repeats.ONCE
    if repeats is Repeats.ALWAYS:
        return
    inside: list[store.Passage] = []
    for move in moves:
        is_new_day = repeats is Repeats.DAILY and inside and _day(inside[0], zone) != _day(move, zone)
        if move.kind == EntryKind.LEFT or is_new_day:
            if len(inside) > 1:
                yield inside
            inside = []
        if move.kind != EntryKind.LEFT and (
            not inside or (inside[0].instance != move.instance and not move.known)
        ):
            inside.append(move)
    if len(inside) > 1:
        yield inside


def _day(move: store.Passage, zone: ZoneInfo) -> object:
    return from_ms(move.at_ms).astimezone(zone).date()


def _may_be_same(one: store.Registered, other: store.Registered) -> bool:
    """Registered at different desks, and nothing said of both differs."""
    units = {fold(person.unit) for person in (one, other) if person.unit}
    phones = {person.phone for person in (one, other) if person.phone}
    return one.instance != other.instance and len(units) < 2 and len(phones) < 2


def _described(person: store.Registered) -> str:
    return " · ".join(filter(None, (person.name, person.unit, person.phone)))
