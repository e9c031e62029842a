"""Signatures on printed sheets, taken in afterwards: each row is an attendance at the time stated for its sheet."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from station.checkin.lookup import Found, fingerprint
from station.checkin.rules import Decision, Facts, Passing, admission_that_counts, decide, window_reason
from station.clock import Clock, to_ms
from station.codes.payload import EventKey, PayloadKind
from station.codes.recognise import recognise
from station.codes.sign_in import SignInRow, row_of, session_tag
from station.errors import Refusal
from station.i18n import N_, _
from station.model.delegate import Delegate
from station.model.entry import EntryKind
from station.model.event import Event, Repeats, Session
from station.model.verdict import Direction, Movement, Outcome, Reason, Source
from station.store import cases, checkin, projections, sheets
from station.store import event as event_store
from station.store import roster as roster_store
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import clean

_USUAL_START = time(8)
_LONGEST_ROW = 4  # digits
_SENTENCES: dict[Reason, str] = {
    Reason.MISREAD: N_("The code was not read completely."),
    Reason.FORGED: N_("This code was not issued by the organiser."),
    Reason.WRONG_EVENT: N_("This code belongs to another event."),
    Reason.UNKNOWN: N_("This is not the code of a row on a sign-in sheet."),
    Reason.OTHER_SHEET: N_("This row belongs to the sheet of another session."),
    Reason.BLOCKED: N_("The organiser has blocked this delegate."),
    Reason.WITHDRAWN: N_("This delegate was withdrawn from the roster."),
    Reason.SUBSTITUTED: N_("Another delegate comes in this one's place."),
    Reason.NOT_ENTITLED: N_("This delegate is not registered for this session."),
    Reason.NOT_ON_ROSTER: N_("A genuine row, but its delegate is not on this station's roster."),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """Of which session a sheet is, and between when it was signed, as its clerk states; aware UTC."""

    session: Session
    signed_from: datetime
    signed_until: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one row; exists only once its journal entry is durable.

    Attributes:
        sentence: for people. sheet, row: None where they are unknown.
        at: of the attendance that counts, None for none. entry: of this taking in.
    """

    outcome: Outcome
    reason: Reason | None
    sentence: str
    delegate: Delegate | None
    sheet: int | None
    row: int | None
    at: datetime | None
    entry: str


def usual_time(event: Event, session: Session, now: datetime) -> datetime:
    """When a sheet was signed if nobody says otherwise: at the session's start, never in the future."""
    zone = ZoneInfo(event.zone)
    start = session.opens_at or datetime.combine(event.starts_on, _USUAL_START, zone).astimezone(now.tzinfo)
    return min(start, now).replace(second=0, microsecond=0)


def signed(event: Event, session: Session, start: datetime, end: datetime, now: datetime) -> Signed:
    """The times of a sheet. Raises Refusal for times that cannot be."""
    zone = ZoneInfo(event.zone)
    if end < start:
        raise Refusal(_("The sheet cannot be signed until before it was begun. Check the two times."))
    if start > now:
        raise Refusal(
            _("The stated time lies in the future. Check date and time, and this computer's clock.")
        )
    if window_reason(session, start) is not None:
        text = _("At {time} the session {session} was not open. State a time within it.")
        raise Refusal(text.format(time=f"{start.astimezone(zone):%H:%M %d/%m/%Y}", session=session.id))
    if not event.starts_on <= start.astimezone(zone).date() <= event.ends_on:
        text = _("{day} is no day of the event. State when the sheet was signed.")
        raise Refusal(text.format(day=f"{start.astimezone(zone):%d/%m/%Y}"))
    return Signed(session, start, end)


class PaperIntake:
    """Takes rows of sign-in sheets in; any thread may call. Raises EnvironmentFault where nothing was recorded."""

    def __init__(self, files: EventFolder, clock: Clock, key: EventKey, zone: ZoneInfo) -> None:
        self._files = files
        self._clock = clock
        self._key = key
        self._zone = zone

    def take(self, raw: bytes, when: Signed) -> Taken:
        """Take in the row of a code that was scanned."""
        own = recognise(raw, self._key).own

        def work(connection: WriteConnection) -> Taken:
            if own.kind is not PayloadKind.SIGN_IN_ROW:
                facts = Facts(PayloadKind.FOREIGN if own.kind.is_proved else own.kind)
                return self._judge(connection, Found(facts, fingerprint(self._key, raw)), when)
            row = row_of(own)
            person = roster_store.delegate_of(connection, row.delegate)
            number = sheets.row_of(connection, row.sheet, row.delegate)
            other = _other_session(connection, row, when.session)
            return self._of_person(connection, person, when, (row.sheet, number), other)

        return self._files.write(work)

    def take_typed(self, text: str, when: Signed, sheet: int | None = None) -> Taken:
        """Take in what was typed: the number of a row on a sheet that was printed here, a delegate's code, or the
        digits of a row's code. Raises Refusal for a row or a sheet that is not known."""
        typed = clean(text)
        is_row = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_ROW

        def work(connection: WriteConnection) -> Taken | None:
            if is_row:
                person = self._in_row(connection, sheet, int(typed), when)
                return self._of_person(connection, person, when, (sheet, int(typed)))
            person = roster_store.delegate_by_code(connection, typed)
            if person is None:
                return None
            number = sheets.row_of(connection, sheet, person.id) if sheet else None
            return self._of_person(connection, person, when, (sheet, number))

        return self._files.write(work) or self.take(typed.encode(), when)

    def _in_row(
        self, connection: ReadConnection, sheet: int | None, row: int, when: Signed
    ) -> Delegate | None:
        known = {one.number: one for one in sheets.printed_sheets(connection)}.get(sheet or 0)
        if known is None or known.session != when.session.id:
            text = _("Choose which sheet of {session} it is: row numbers are known where it was printed.")
            raise Refusal(text.format(session=when.session.id))
        delegate = sheets.delegate_in_row(connection, known.number, row)
        if delegate is None and known.rows < row <= known.rows + known.blank_rows:
            text = _("Row {row} was blank: who signed it is registered at the desk, as a walk-in.")
            raise Refusal(text.format(row=row))
        if delegate is None:
            text = _("Sheet {sheet} has no row {row}. Its last one is {last}.")
            raise Refusal(text.format(sheet=known.number, row=row, last=known.rows))
        return roster_store.delegate_of(connection, delegate)

    def _of_person(
        self,
        connection: WriteConnection,
        person: Delegate | None,
        when: Signed,
        place: tuple[int | None, int | None],
        other_session: str | None = None,
    ) -> Taken:
        body = dict(zip(("sheet", "row"), place, strict=True))
        facts = _facts(connection, person, when, self._files.instance.id)
        return self._judge(connection, Found(facts, body), when, other_session)

    def _judge(
        self, connection: WriteConnection, found: Found, when: Signed, other_session: str | None = None
    ) -> Taken:
        """Decide and record; ``other_session``: of whose sheet the row is, if it is not the one taken in."""
        facts, now = found.facts, self._clock.now()
        person = facts.delegates[0] if facts.delegates else None
        before = _came(facts.movements, when, self._zone)
        decision = decide(facts, Passing(when.session, when.signed_from, self._zone))
        if other_session is not None:
            decision = Decision(Outcome.REFUSED, Reason.OTHER_SHEET, person)
        elif decision.outcome is Outcome.ADMITTED and before is not None:
            decision = Decision(Outcome.ATTENTION, Reason.ALREADY_IN, person)
        counts = decision.outcome is Outcome.ADMITTED
        note = Note(
            EntryKind.SCAN,
            when.signed_from if counts else now,
            delegate=person.id if person else None,
            session=when.session.id,
            outcome=decision.outcome,
            body={**_said(found.body, when, now), "reason": decision.reason},
        )
        entry = projections.record(connection, self._files.instance.id, note)
        return Taken(
            decision.outcome,
            decision.reason,
            self._sentence(decision.reason, before, other_session or ""),
            person,
            found.body.get("sheet"),
            found.body.get("row"),
            when.signed_from if counts else before.at if before else None,
            entry.id,
        )

    def _sentence(self, reason: Reason | None, before: Movement | None, other_session: str) -> str:
        if reason is None:
            return _("Recorded as present.")
        if reason is Reason.ALREADY_IN and before is not None:
            text = _("Already present: {time}, {station}.")
            said = f"{before.at.astimezone(self._zone):%H:%M %d/%m}"
            return text.format(time=said, station=before.station)
        if reason is Reason.OTHER_SHEET and other_session:
            return _("This row belongs to the sheet of {session}.").format(session=other_session)
        return _(_SENTENCES.get(reason, _SENTENCES[Reason.UNKNOWN]))


def _other_session(connection: ReadConnection, row: SignInRow, chosen: Session) -> str | None:
    """The session whose sheet a row is on; None for the chosen one, '' for one that is not in the programme."""
    if row.session_tag == session_tag(chosen.id):
        return None
    known = (session.id for session in event_store.sessions_of(connection))
    return next((session for session in known if session_tag(session) == row.session_tag), "")


def _facts(connection: ReadConnection, person: Delegate | None, when: Signed, instance: str) -> Facts:
    """What the rules look at of the delegate of a row."""
    if person is None:
        return Facts(PayloadKind.GENUINE)
    moved = checkin.movements_of(connection, person.id, when.session.id, instance)
    substituted = cases.substitute_of(connection, person.id) is not None
    return Facts(PayloadKind.GENUINE, (person,), substituted=substituted, movements=moved)


def _came(movements: tuple[Movement, ...], when: Signed, zone: ZoneInfo) -> Movement | None:
    """The admission with which somebody was there already; also where a session may be entered many times, or was
    left since: a signature says no more than that they were there."""
    passing = Passing(when.session, when.signed_from, zone)
    day = when.signed_from.astimezone(zone).date()
    counting = admission_that_counts(movements, passing)
    came = [moved for moved in movements if moved.direction is Direction.IN]
    if passing.session.repeats is Repeats.DAILY:
        came = [moved for moved in came if moved.at.astimezone(zone).date() == day]
    return counting or (came[0] if came else None)


def _said(body: dict[str, Any], when: Signed, now: datetime) -> dict[str, Any]:
    """What the record keeps: both times, that of taking in and those that were stated."""
    known = {name: value for name, value in body.items() if value is not None}
    return {
        **known,
        "source": Source.PAPER,
        "recorded_at_ms": to_ms(now),
        "signed_from_ms": to_ms(when.signed_from),
        "signed_until_ms": to_ms(when.signed_until),
    }
