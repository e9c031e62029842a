"""The desk: redeems codes, hands out and takes back; every act is one durable transaction before it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from station.badges.profiles import When
from station.checkin.lookup import Found, known_delegate, look_up
from station.checkin.rules import (
    Decision,
    Facts,
    Passing,
    admission_that_counts,
    decide,
    last_departure,
    session_of,
)
from station.checkin.told import Card, Match, RosterLine
from station.checkin.wishes import admission_wishes, is_to_be_wished
from station.clock import Clock
from station.codes.payload import EventKey, PayloadKind
from station.codes.recognise import recognise
from station.documents.bundles import Bundle, to_move
from station.documents.catalogue import copies_left, read_catalogue
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BADGE, BundleItem, BundleState
from station.model.entry import Entry, EntryKind
from station.model.event import Session
from station.model.print_job import Job, Printing
from station.model.unit import Kind
from station.model.verdict import Direction, Movement, Outcome, Source, Verdict
from station.right_of_way import recording
from station.roster.search import SearchIndex
from station.store import badges, cases, checkin, delegations, documents, journal, projections, units
from station.store import roster as roster_store
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import clean

MOST_CANDIDATES = 9
LONGEST_REASON = 500


class Desk:
    """One place with a clerk. Every method may be called from any thread and returns when it is recorded.

    ``badge_when`` says when an admission queues a badge.

    All writing methods raise EnvironmentFault when the disk did not take the record: then nothing happened.
    """

    def __init__(
        self,
        folder: EventFolder,
        clock: Clock,
        key: EventKey,
        sessions: Sequence[Session],
        zone: ZoneInfo,
        prints_badges: bool,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._key = key
        self._sessions = {session.id: session for session in sessions}
        self._zone = zone
        self.badge_when = When.FIRST if prints_badges else When.NEVER
        self.reload()

    def reload(self) -> None:
        """Know roster and documents as they are now, after the organiser changed something. Raises EnvironmentFault."""
        with self._folder.reading() as connection:
            catalogue = read_catalogue(connection)
        self._catalogue = catalogue  # in one step: who is served meanwhile sees the old one or the new one
        # A new place each time: a search that read the roster before puts what it made into the old one.
        self._indexed: list[SearchIndex] = []

    def sessions(self) -> tuple[Session, ...]:
        """All sessions in their order."""
        return tuple(self._sessions.values())

    def session(self, identifier: str | None) -> Session:
        """The session of an identifier, of now for None. Raises Refusal for an unknown one."""
        if identifier is None:
            return self.session_now()
        if identifier not in self._sessions:
            raise Refusal(
                _("There is no session {session}. The sessions are: {known}.").format(
                    session=identifier, known=", ".join(self._sessions)
                )
            )
        return self._sessions[identifier]

    def session_now(self) -> Session:
        """The session of this moment; see rules.session_of."""
        return session_of(tuple(self._sessions.values()), self._clock.now())

    @recording()
    def redeem(self, raw: bytes, source: Source, session: str | None = None) -> Verdict:
        """Judge a payload, record the scan, and only then say the verdict."""
        return self._read(raw, source, self.session(session), Direction.IN)

    @recording()
    def check_out_code(self, raw: bytes, source: Source, session: str | None = None) -> Verdict:
        """Judge a payload shown at the exit, and record that its delegate left, or the scan and why not.

        Raises Refusal for a session that records no exits.
        """
        return self._read(raw, source, self._session_with_exits(session), Direction.OUT)

    def admit_by_hand(self, delegate: str, session: str | None = None) -> Verdict:
        """Admit a delegate whom the clerk found by name, by the same rules as a genuine code."""
        return self._pass_by_hand(delegate, self.session(session), Direction.IN)

    def check_out_by_hand(self, delegate: str, session: str | None = None) -> Verdict:
        """Record that a delegate whom the clerk found by name left. Raises Refusal as :meth:`check_out_code` does."""
        return self._pass_by_hand(delegate, self._session_with_exits(session), Direction.OUT)

    def card(self, delegate: str, session: str | None = None) -> Card:
        """What is known of a delegate; records nothing."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            person = known_delegate(connection, delegate)
            moved = self._movements(connection, person, chosen)
            counting = admission_that_counts(moved, Passing(chosen, self._clock.now(), self._zone))
            return Card(person, self.bundle(connection, person), counting, chosen, last_departure(moved))

    def hand_out(self, delegate: str, codes: Sequence[str] | None = None) -> Bundle:
        """Hand out documents of the bundle, everything that is due for None; returns the bundle after.

        Raises Refusal for a document that is not in the delegate's bundle.
        """
        return self._move(delegate, codes, EntryKind.HANDED_OUT, BundleState.DUE)

    def take_back(self, delegate: str, code: str) -> Bundle:
        """Take one document back; returns the bundle after."""
        return self._move(delegate, [code], EntryKind.TAKEN_BACK, BundleState.HANDED_OUT)

    def void(self, entry: str, reason: str = "", also: Sequence[str] = ()) -> None:
        """Cancel an admission, an exit or a hand-out, and others with it, and keep the reason if one is given.

        Raises Refusal if one is none of them, or void already: then nothing is.
        """
        told = {"reason": clean(reason)[:LONGEST_REASON]} if reason.strip() else {}

        def void_one(connection: WriteConnection, identifier: str) -> None:
            target = journal.entry_of(connection, identifier)
            if target is None or not _can_be_voided(target):
                raise Refusal(_("Only admissions, exits and hand-outs can be cancelled."))
            if journal.is_void(connection, identifier):
                raise Refusal(_("This was cancelled already."))
            note = Note(EntryKind.VOID, self._clock.now(), target=identifier, particulars=told)
            self._record(connection, note)
            who, where = target.content.delegate, target.content.session
            if who and where and not checkin.movements_of(connection, who, where, self._folder.instance.id):
                badges.withdraw(connection, who)  # nobody waits for this badge any more

        def work(connection: WriteConnection) -> None:
            for identifier in (entry, *also):
                void_one(connection, identifier)

        self._folder.write(work)

    def badge_state(self, delegate: str) -> tuple[Job | None, Printing | None]:
        """The badge of a delegate that is not printed yet, and when one was printed; each None for none."""
        with self._folder.reading() as connection:
            return badges.open_job_of(connection, delegate), badges.latest_printing(connection, delegate)

    def wish_badge(self, delegate: str, why: str = "") -> None:
        """Queue a delegate's badge for printing; one that waits or is on its way is not queued twice.

        Raises Refusal where it was printed already, or nobody knows, and no reason is given.
        """
        said, desk = clean(why)[:LONGEST_REASON], self._folder.instance.station

        def work(connection: WriteConnection) -> None:
            person = known_delegate(connection, delegate)
            if is_to_be_wished(connection, person.id, said, self._zone):
                badges.wish(connection, person.id, self._clock.now(), why=said, desk=desk)

        self._folder.write(work)

    def counts(self, session: str | None = None) -> checkin.Counts:
        """The figures of a session."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            return checkin.counts(connection, chosen.id)

    def recent(self, limit: int = 20) -> tuple[checkin.RecentScan, ...]:
        """The latest scans, the newest first."""
        with self._folder.reading() as connection:
            return tuple(checkin.recent_scans(connection, limit))

    def search(self, text: str, limit: int = 30, session: str | None = None) -> tuple[Match, ...]:
        """The delegates meant by words of the name, unit, code or phone, accents or not, slips forgiven; best first."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            index = self._index_of(connection)
            present = {seen.delegate for seen in checkin.attendance(connection, chosen.id) if seen.present}
        return tuple(
            Match(who, score, who.id in present, bool(index.alike(who)))
            for who, score in index.find(text, limit)
        )

    def alike(self, delegate: Delegate) -> tuple[Delegate, ...]:
        """Whose name is easily taken for a delegate's; see SearchIndex.alike."""
        with self._folder.reading() as connection:
            return self._index_of(connection).alike(delegate)

    def roster(self, session: str | None = None) -> tuple[RosterLine, ...]:
        """The whole roster in Vietnamese order, with who is in a session, since when, and who left."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            came = {seen.delegate: seen for seen in checkin.attendance(connection, chosen.id)}
            people = roster_store.delegates(connection)
            colours = [units.colours(connection, kind) for kind in (Kind.UNIT, Kind.CATEGORY)]
        lines = []
        for person in people:
            marks = colours[0].get(person.unit, ""), colours[1].get(person.category, "")
            seen = came.get(person.id)
            first, last = (seen.first_in, seen.last_out) if seen else (None, None)
            lines.append(RosterLine(person, bool(seen and seen.present), first, last, *marks))
        return tuple(lines)

    def colours(self, kind: Kind = Kind.CATEGORY) -> dict[str, str]:
        """The colour (``#rrggbb`` or '') of every category or unit."""
        with self._folder.reading() as connection:
            return units.colours(connection, kind)

    def _index_of(self, connection: ReadConnection) -> SearchIndex:
        indexed = self._indexed
        if not indexed:
            indexed.append(SearchIndex(roster_store.delegates(connection)))
        return indexed[-1]

    def _session_with_exits(self, identifier: str | None) -> Session:
        chosen = self.session(identifier)
        if not chosen.exits:
            raise Refusal(_("Exits are not recorded for the session {session}.").format(session=chosen.id))
        return chosen

    def _read(self, raw: bytes, source: Source, session: Session, direction: Direction) -> Verdict:
        recognition = recognise(raw, self._key)

        def work(connection: WriteConnection) -> Verdict:
            found = look_up(connection, self._key, recognition, raw)
            return self.judge(connection, found, session, source, direction)

        return self._folder.write(work)

    def _pass_by_hand(self, delegate: str, session: Session, direction: Direction) -> Verdict:
        def work(connection: WriteConnection) -> Verdict:
            found = Found(Facts(PayloadKind.GENUINE, (known_delegate(connection, delegate),)), {})
            return self.judge(connection, found, session, Source.HAND, direction)

        return self._folder.write(work)

    def judge(
        self,
        connection: WriteConnection,
        found: Found,
        session: Session,
        source: Source,
        direction: Direction = Direction.IN,
        *,
        exception: str = "",
    ) -> Verdict:
        """Judge whom a code or a person led to, within an open transaction, and record it.

        ``exception``: why somebody whom the rules refuse is admitted all the same.
        """
        passing = Passing(session, self._clock.now(), self._zone, direction)
        people = found.facts.delegates
        person = people[0] if len(people) == 1 else None
        facts = self._facts(connection, found.facts, person, session)
        decision = decide(facts, passing)
        body, told = {**found.body, "source": source}, {}
        if exception and decision.outcome is not Outcome.ADMITTED:
            body["exception"], told = decision.reason, {"note": exception}
            decision = Decision(Outcome.ADMITTED, None, person)
        entry = self._record(connection, _note(decision, passing, body, told))
        admission = admission_that_counts(facts.movements, passing)
        departure = last_departure(facts.movements)
        if decision.outcome is Outcome.ADMITTED:
            moved = Movement(direction, passing.now, self._folder.instance.station, True, entry.id)
            if direction is Direction.OUT:
                admission, departure = facts.movements[-1], moved
            else:
                admission, departure = moved, None
                came_before = bool(facts.movements)
                if person and admission_wishes(
                    connection, self.badge_when, person.id, came_before=came_before
                ):
                    badges.wish(connection, person.id, passing.now, desk=self._folder.instance.station)
        return Verdict(
            outcome=decision.outcome,
            reason=decision.reason,
            delegate=person,
            session=session,
            at=passing.now,
            entry=entry.id,
            bundle=self.bundle(connection, person) if person else (),
            admission=admission,
            enquiry=facts.readable_code,
            source=source,
            recogniser=found.recogniser,
            candidates=people[:MOST_CANDIDATES] if len(people) > 1 else (),
            direction=direction,
            departure=departure,
        )

    def _facts(
        self, connection: ReadConnection, facts: Facts, person: Delegate | None, session: Session
    ) -> Facts:
        """What else the rules want to know of one delegate."""
        if person is None:
            return facts
        movements = self._movements(connection, person, session)
        substituted = cases.substitute_of(connection, person.id) is not None
        return replace(facts, movements=movements, substituted=substituted)

    def _movements(
        self, connection: ReadConnection, person: Delegate, session: Session
    ) -> tuple[Movement, ...]:
        return checkin.movements_of(connection, person.id, session.id, self._folder.instance.id)

    def _move(
        self, delegate: str, codes: Sequence[str] | None, kind: EntryKind, state: BundleState
    ) -> Bundle:
        def work(connection: WriteConnection) -> Bundle:
            person = known_delegate(connection, delegate)
            bundle = self.bundle(connection, person)
            for code in to_move(person, bundle, codes, state):
                self.move(connection, person.id, code, kind)
            return self.bundle(connection, person)

        return self._folder.write(work)

    def move(
        self,
        connection: WriteConnection,
        delegate: str,
        document: str,
        kind: EntryKind,
        body: Mapping[str, Any] | None = None,
        told: Mapping[str, str] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Record that a document went out or back, within an open transaction; now unless ``at`` says when."""
        versions = {known.code: known.version for known in self._catalogue.documents()}
        said = {**(body or {})}
        if kind is EntryKind.HANDED_OUT and document in versions:
            said["version"] = versions[document]
        when = at or self._clock.now()
        note = Note(kind, when, delegate=delegate, document=document, body=said, particulars=told)
        self._record(connection, note)

    def bundle(self, connection: ReadConnection, person: Delegate) -> Bundle:
        """What a delegate is to receive, and who received it for them; a badge only where it was handed over."""
        held = documents.handed_out_to(connection, person.id)
        copied = documents.copied_to(connection, person.id)
        left = copies_left(connection, self._catalogue.documents())
        items = self._catalogue.bundle(person, held, left, copied)
        if BADGE.code in held:
            items += (BundleItem(BADGE, BundleState.HANDED_OUT, held[BADGE.code]),)
        names = delegations.receivers(connection, person.id)
        return tuple(replace(item, received_by=names.get(item.document.code, "")) for item in items)

    def _record(self, connection: WriteConnection, note: Note) -> Entry:
        return projections.record(connection, self._folder.instance.id, note)


def _note(decision: Decision, passing: Passing, body: dict[str, Any], told: dict[str, str]) -> Note:
    """What is recorded of a decision: an exit that was let go is ``left``, everything else a scan."""
    out = passing.direction is Direction.OUT
    leaves = out and decision.outcome is Outcome.ADMITTED
    return Note(
        EntryKind.LEFT if leaves else EntryKind.SCAN,
        passing.now,
        delegate=decision.delegate.id if decision.delegate else None,
        session=passing.session.id,
        outcome=None if leaves else decision.outcome,
        body={**body, "reason": decision.reason, **({"direction": passing.direction} if out else {})},
        particulars=told,
    )


def is_movement(entry: Entry) -> bool:
    """Whether somebody came in or went out with it."""
    kind, outcome = entry.content.kind, entry.content.outcome
    return kind == EntryKind.LEFT or (kind == EntryKind.SCAN and outcome == Outcome.ADMITTED)


def _can_be_voided(entry: Entry) -> bool:
    others = (EntryKind.HANDED_OUT, EntryKind.COPIED_DIGITALLY, EntryKind.SUBMITTED)
    return is_movement(entry) or entry.content.kind in others
