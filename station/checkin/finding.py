"""What a code leads to where nothing is recorded of it: at the table for documents, and for an enquiry."""

from dataclasses import dataclass, replace
from datetime import datetime

from station.checkin.desk import MOST_CANDIDATES, Desk
from station.checkin.lookup import look_up
from station.checkin.rules import lasting_reason
from station.checkin.told import Card
from station.checkin.verification import check_certificate, checked_sentence
from station.clock import Clock
from station.codes.payload import EventKey, PayloadKind
from station.codes.recognise import recognise
from station.model.clue import Recogniser
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.mode import Mode
from station.model.verdict import Outcome, Reason, Source
from station.store import cases
from station.store import event as event_store
from station.store import roster as roster_store
from station.store.folder import EventFolder


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to a code that was looked up; no verdict, for nothing was recorded.

    Attributes:
        mode: for documents or for an enquiry.
        reason: what is wrong with the code or the person, whatever the session; None for nothing.
        card: of the delegate, where the code leads to one.
        at: when it was looked up, aware UTC.
        candidates: for ``AMBIGUOUS`` the delegates whom the code may mean.
        remark: what is said of a paper that is no delegate's code: a certificate, a row of a sheet.
    """

    mode: Mode
    reason: Reason | None
    card: Card | None
    session: Session
    at: datetime
    source: Source
    recogniser: Recogniser | None = None
    candidates: tuple[Delegate, ...] = ()
    remark: str = ""

    @property
    def outcome(self) -> Outcome:
        """Whether documents may be handed out: plainly, to somebody who has not been admitted, or not at all."""
        if self.reason is not None and self.reason is not Reason.NOT_ON_ROSTER:
            return Outcome.REFUSED
        is_in = self.card is not None and self.card.admission is not None
        return Outcome.ADMITTED if is_in else Outcome.ATTENTION


class Finder:
    """Looks codes up without recording anything; any thread may ask."""

    def __init__(self, files: EventFolder, clock: Clock, key: EventKey, desk: Desk) -> None:
        self._files = files
        self._clock = clock
        self._key = key
        self._desk = desk

    def look_up(self, raw: bytes, source: Source, mode: Mode, session: str | None = None) -> Finding:
        """Whom a code leads to, and what is wrong with it. Raises Refusal for an unknown session."""
        chosen = self._desk.session(session)
        recognition = recognise(raw, self._key)
        if recognition.own.kind is PayloadKind.CERTIFICATE:
            return self._certificate(raw, source, mode, chosen)
        with self._files.reading() as connection:
            found = look_up(connection, self._key, recognition, raw)
            people = found.facts.delegates
            person = people[0] if len(people) == 1 else None
            substituted = person is not None and cases.substitute_of(connection, person.id) is not None
        # A readable code is as good as a name here: it opens the card.
        reason = lasting_reason(replace(found.facts, substituted=substituted, readable_code=False))
        return Finding(
            mode,
            reason,
            self._desk.card(person.id, chosen.id) if person is not None else None,
            chosen,
            self._clock.now(),
            source,
            found.recogniser,
            people[:MOST_CANDIDATES] if len(people) > 1 else (),
        )

    def _certificate(self, raw: bytes, source: Source, mode: Mode, session: Session) -> Finding:
        """Whether it is genuine, with the card of whose it is where they are on this roster."""
        with self._files.reading() as connection:
            checked = check_certificate(connection, self._key, raw)
            whose = checked.certificate.delegate if checked.certificate else ""
            known = roster_store.delegate_of(connection, whose) is not None
            remark = checked_sentence(checked, event_store.event_of(connection).zone)
        return Finding(
            mode,
            Reason.CERTIFICATE,
            self._desk.card(whose, session.id) if known and mode is Mode.ENQUIRY else None,
            session,
            self._clock.now(),
            source,
            Recogniser.OWN,
            remark=remark,
        )
