"""The desk: redeems codes, hands out and takes back; every act is one durable transaction before it is told."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from station.checkin.rules import Facts, decide, window_reason
from station.clock import Clock
from station.codes.payload import EventKey, Parsed, PayloadKind
from station.codes.recognise import Recognition, recognise
from station.documents.bundles import Bundle, to_move
from station.documents.catalogue import copies_left, read_catalogue
from station.errors import Refusal
from station.i18n import _
from station.model.clue import Clue, Recogniser
from station.model.delegate import Delegate
from station.model.document import BundleState
from station.model.entry import Entry, EntryKind
from station.model.event import Session
from station.model.verdict import Admission, Outcome, Source, Verdict
from station.roster.search import ranked
from station.store import badges, checkin, documents, journal, projections
from station.store import roster as roster_store
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import fold

_MOST_CANDIDATES = 9


@dataclass(frozen=True, slots=True)
class Card:
    """All the desk shows of a delegate; an enquiry, never a verdict."""

    delegate: Delegate
    bundle: Bundle
    admission: Admission | None
    session: Session


@dataclass(frozen=True, slots=True)
class Match:
    """A delegate who was searched for; score from 0 to 1."""

    delegate: Delegate
    score: float
    present: bool


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A delegate with the attendance of one session."""

    delegate: Delegate
    present: bool
    first_in: datetime | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A recognised code with what the roster says of it."""

    facts: Facts
    body: dict[str, Any]
    recogniser: Recogniser | None = None


class Desk:
    """One place with a clerk. Every method may be called from any thread and returns when it is recorded.

    All writing methods raise EnvironmentFault when the disk did not take the record: then nothing happened.
    """

    def __init__(
        self,
        folder: EventFolder,
        clock: Clock,
        key: EventKey,
        sessions: Sequence[Session],
        prints_badges: bool,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._key = key
        self._sessions = {session.id: session for session in sessions}
        self._prints_badges = prints_badges
        self.renew()

    def renew(self) -> None:
        """Look again at which documents there are and who receives them. Raises EnvironmentFault."""
        with self._folder.reading() as connection:
            catalogue = read_catalogue(connection)
        self._catalogue = (
            catalogue  # one step: whoever is being served meanwhile sees the old one or the new one
        )

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
        """The session whose window holds now, else the first without a window, else the first."""
        now = self._clock.now()
        windowed = [s for s in self._sessions.values() if s.opens_at or s.closes_at]
        holding = [s for s in windowed if window_reason(s, now) is None]
        unlimited = [s for s in self._sessions.values() if s not in windowed]
        return (holding + unlimited + windowed)[0]

    def redeem(self, raw: bytes, source: Source, session: str | None = None) -> Verdict:
        """Judge a payload, record the scan, and only then say the verdict."""
        chosen = self.session(session)
        recognition = recognise(raw, self._key)

        def work(connection: WriteConnection) -> Verdict:
            found = self._found(connection, recognition, raw)
            return self._judged(connection, found, chosen, source)

        return self._folder.write(work)

    def admit_by_hand(self, delegate: str, session: str | None = None) -> Verdict:
        """Admit a delegate whom the clerk found by name, by the same rules as a genuine code."""
        chosen = self.session(session)

        def work(connection: WriteConnection) -> Verdict:
            person = _delegate(connection, delegate)
            return self._judged(
                connection, _Found(Facts(PayloadKind.GENUINE, (person,)), {}), chosen, Source.HAND
            )

        return self._folder.write(work)

    def card(self, delegate: str, session: str | None = None) -> Card:
        """What is known of a delegate; records nothing."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            person = _delegate(connection, delegate)
            return Card(
                person,
                self._bundle(connection, person),
                checkin.admission_of(connection, person.id, chosen.id, self._folder.instance.id),
                chosen,
            )

    def hand_out(self, delegate: str, codes: Sequence[str] | None = None) -> Bundle:
        """Hand out documents of the bundle, everything that is due for None; returns the bundle after.

        Raises Refusal for a document that is not in the delegate's bundle.
        """
        return self._move(delegate, codes, EntryKind.HANDED_OUT, BundleState.DUE)

    def take_back(self, delegate: str, code: str) -> Bundle:
        """Take one document back; returns the bundle after."""
        return self._move(delegate, [code], EntryKind.TAKEN_BACK, BundleState.HANDED_OUT)

    def void(self, entry: str) -> None:
        """Cancel an admission or a hand-out. Raises Refusal if it is neither, or void already."""

        def work(connection: WriteConnection) -> None:
            target = journal.entry_of(connection, entry)
            if target is None or not _can_be_voided(target):
                raise Refusal(_("Only admissions and hand-outs can be cancelled."))
            if journal.is_void(connection, entry):
                raise Refusal(_("This was cancelled already."))
            self._record(connection, Note(EntryKind.VOID, self._clock.now(), target=entry))
            if target.content.kind == EntryKind.SCAN and target.content.delegate:
                badges.fulfil(connection, [target.content.delegate])  # nobody waits for this badge any more

        self._folder.write(work)

    def wish_badge(self, delegate: str) -> None:
        """Queue a delegate's badge for printing."""
        self._folder.write(
            lambda connection: badges.wish(connection, _delegate(connection, delegate).id, self._clock.now())
        )

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
        """Delegates whose name, code, unit or phone hold the words of a text, accents or not, best first."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            found = ranked(roster_store.search(connection, fold(text)), text)[:limit]
            present = {seen.delegate for seen in checkin.attendance(connection, chosen.id)}
        return tuple(Match(delegate, score, delegate.id in present) for delegate, score in found)

    def roster(self, session: str | None = None) -> tuple[RosterLine, ...]:
        """The whole roster in Vietnamese order, with who is in a session since when."""
        chosen = self.session(session)
        with self._folder.reading() as connection:
            first_in = {seen.delegate: seen.first_in for seen in checkin.attendance(connection, chosen.id)}
            return tuple(
                RosterLine(delegate, delegate.id in first_in, first_in.get(delegate.id))
                for delegate in roster_store.delegates(connection)
            )

    def colours(self) -> dict[str, str]:
        """The colour (``#rrggbb`` or '') of every category."""
        with self._folder.reading() as connection:
            return roster_store.category_colours(connection)

    def _found(self, connection: WriteConnection, recognition: Recognition, raw: bytes) -> _Found:
        own = recognition.own
        if own.kind is PayloadKind.GENUINE:
            return _found_own(connection, own)
        # Nothing of a foreign code may be kept but what tells whether the same one came again.
        digest = hmac.digest(self._key.secret, b"scanned:" + raw, "sha256").hex()
        body = {"payload_hash": digest, "payload_bytes": len(raw)}
        for recogniser, clues in groupby(recognition.clues, lambda clue: clue.recogniser):
            found = _candidates(connection, clues)
            if found:
                facts = Facts(own.kind, found, readable_code=recogniser is Recogniser.CODE)
                return _Found(facts, {**body, "recogniser": recogniser}, recogniser)
        if own.kind in (PayloadKind.FORGED, PayloadKind.OTHER_EVENT):
            return _Found(Facts(own.kind), {**body, "recogniser": Recogniser.OWN}, Recogniser.OWN)
        return _Found(Facts(own.kind), body)

    def _judged(
        self, connection: WriteConnection, found: _Found, session: Session, source: Source
    ) -> Verdict:
        now = self._clock.now()
        instance = self._folder.instance.id
        person = found.facts.delegates[0] if len(found.facts.delegates) == 1 else None
        before = checkin.admission_of(connection, person.id, session.id, instance) if person else None
        facts = found.facts if before is None else _already_in(found.facts)
        decision = decide(facts, session, now)
        entry = self._record(
            connection,
            Note(
                EntryKind.SCAN,
                now,
                delegate=person.id if person else None,
                session=session.id,
                outcome=decision.outcome,
                body={**found.body, "reason": decision.reason, "source": source},
            ),
        )
        admitted = decision.outcome is Outcome.ADMITTED
        if admitted and person and self._prints_badges:
            badges.wish(connection, person.id, now)
        return Verdict(
            outcome=decision.outcome,
            reason=decision.reason,
            delegate=person,
            session=session,
            at=now,
            entry=entry.id,
            bundle=self._bundle(connection, person) if person else (),
            admission=Admission(now, self._folder.instance.station, True, entry.id) if admitted else before,
            enquiry=facts.readable_code,
            source=source,
            recogniser=found.recogniser,
            candidates=found.facts.delegates[:_MOST_CANDIDATES] if len(found.facts.delegates) > 1 else (),
        )

    def _move(
        self, delegate: str, codes: Sequence[str] | None, kind: EntryKind, state: BundleState
    ) -> Bundle:
        def work(connection: WriteConnection) -> Bundle:
            person = _delegate(connection, delegate)
            bundle = self._bundle(connection, person)
            versions = {item.document.code: item.document.version for item in bundle}
            for code in to_move(person, bundle, codes, state):
                body = {"version": versions[code]} if kind is EntryKind.HANDED_OUT else None
                note = Note(kind, self._clock.now(), delegate=person.id, document=code, body=body)
                self._record(connection, note)
            return self._bundle(connection, person)

        return self._folder.write(work)

    def _bundle(self, connection: ReadConnection, person: Delegate) -> Bundle:
        held = documents.handed_out_to(connection, person.id)
        return self._catalogue.bundle(person, held, copies_left(connection, self._catalogue.documents()))

    def _record(self, connection: WriteConnection, note: Note) -> Entry:
        entry = journal.append(connection, self._folder.instance.id, note)
        projections.apply(connection, entry)
        return entry


def _found_own(connection: WriteConnection, own: Parsed) -> _Found:
    body = {"instance": own.instance, "serial": own.serial, "recogniser": Recogniser.OWN}
    issued = roster_store.payload_of_serial(connection, own.instance, own.serial)
    if issued is None:
        revoked = roster_store.is_revoked(connection, own.instance, own.serial)
        return _Found(Facts(own.kind, revoked=revoked), body, Recogniser.OWN)
    person = _delegate(connection, issued.delegate)
    return _Found(Facts(own.kind, (person,), revoked=issued.revoked), body, Recogniser.OWN)


def _candidates(connection: WriteConnection, clues: Iterable[Clue]) -> tuple[Delegate, ...]:
    """The delegates whom the clues of one recogniser lead to, each once, in the order of the roster."""
    found = {
        delegate.id: delegate
        for clue in clues
        for delegate in roster_store.delegates_by(connection, clue.field, clue.values)
    }
    return tuple(sorted(found.values(), key=lambda delegate: delegate.sort_key))


def _already_in(facts: Facts) -> Facts:
    return Facts(facts.own, facts.delegates, facts.revoked, facts.readable_code, admitted_before=True)


def _delegate(connection: ReadConnection, identifier: str) -> Delegate:
    person = roster_store.delegate_of(connection, identifier)
    if person is None:
        raise Refusal(_("This delegate is not on the roster of this station."))
    return person


def _can_be_voided(entry: Entry) -> bool:
    kind, outcome = entry.content.kind, entry.content.outcome
    return kind == EntryKind.HANDED_OUT or (kind == EntryKind.SCAN and outcome == Outcome.ADMITTED)
