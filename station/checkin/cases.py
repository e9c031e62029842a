"""What a clerk meets besides a plain scan: walk-ins, substitutions, exceptions, corrections, lost badges.

Each case is one transaction of entries: nothing of the roster file is overwritten, and every desk that takes the
entries in comes to the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from station.checkin.desk import LONGEST_REASON, Desk, is_movement
from station.checkin.lookup import Found, known_delegate
from station.checkin.rules import Facts
from station.clock import Clock, from_ms, to_ms
from station.codes.issuing import revoke
from station.codes.payload import PayloadKind
from station.errors import BadInput, Problem, Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.entry import Entry, EntryKind
from station.model.verdict import Source, Verdict
from station.roster.validate import LONGEST
from station.store import badges, cases, checkin, conflicts, documents, journal, projections
from station.store import roster as roster_store
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import clean, fold

OWN_FREELY_FOR = timedelta(minutes=2)
PERSONAL = ("name", "position", "unit", "category", "phone", "email", "seat", "note")


@dataclass(frozen=True, slots=True)
class Person:
    """What a desk is told of somebody; only the name is needed."""

    name: str
    unit: str = ""
    position: str = ""
    category: str = ""
    phone: str = ""
    email: str = ""
    seat: str = ""
    note: str = ""

    def values(self) -> dict[str, str]:
        """The fields with their cleaned texts. Raises BadInput with every problem."""
        return _checked({field: getattr(self, field) for field in PERSONAL}, new=True)


class Cases:
    """The cases of one desk. All methods raise EnvironmentFault when the disk did not take the record."""

    def __init__(self, files: EventFolder, clock: Clock, desk: Desk) -> None:
        self._files = files
        self._clock = clock
        self._desk = desk

    def namesakes(self, name: str) -> tuple[Delegate, ...]:
        """Who has this name already, accents or not: perhaps no walk-in at all."""
        wanted = fold(name)
        with self._files.reading() as connection:
            return tuple(d for d in roster_store.delegates(connection) if fold(d.name) == wanted)

    def walk_in(self, person: Person, session: str | None = None) -> Verdict:
        """Register somebody who is not on the roster, with code and payload, and admit them; the organiser approves.

        Raises BadInput for what cannot be taken. A verdict may still be a refusal: of the session's rules.
        """
        values = person.values()
        chosen = self._desk.session(session)

        def work(connection: WriteConnection) -> Verdict:
            delegate = self._registered(connection, values, approved=False)
            return self._desk.judge(connection, _by_hand(delegate), chosen, Source.HAND)

        verdict = self._files.write(work)
        self._desk.reload()
        return verdict

    def decide_walk_in(self, delegate: str, *, approved: bool) -> None:
        """Say for the organiser whether a walk-in stays. Raises Refusal for whoever is none."""

        def work(connection: WriteConnection) -> None:
            if cases.approval_of(connection, delegate) is None:
                raise Refusal(_("This delegate was not registered at a desk."))
            self._record(connection, EntryKind.WALK_IN_DECIDED, delegate, {"approved": approved})

        self._files.write(work)

    def substitute(self, delegate: str, person: Person, reason: str, letter: str = "") -> Delegate:
        """Let somebody come for a delegate: unit, category and seat follow, the delegate's code dies.

        Returns who comes.
        Raises Refusal: no reason, already substituted, or the delegate is in; BadInput for the person's data.
        """
        told = {"reason": _reason(reason)} | (
            {"letter": clean(letter)[:LONGEST_REASON]} if letter.strip() else {}
        )

        def work(connection: WriteConnection) -> Delegate:
            absent = known_delegate(connection, delegate)
            self._refuse_substitution(connection, absent)
            given = replace(
                person,
                unit=person.unit or absent.unit,
                category=person.category or absent.category,
                seat=person.seat or absent.seat,
            )
            comes = self._registered(connection, given.values(), approved=True)
            self._record(connection, EntryKind.SUBSTITUTED, absent.id, {"substitute": comes.id}, told)
            for lost in roster_store.live_payloads_of(connection, absent.id):
                revoke(connection, self._files.instance.id, lost, self._clock.now())
            badges.withdraw(connection, absent.id)  # nobody waits for the badge of who does not come
            self._wish(connection, comes.id)
            return comes

        comes = self._files.write(work)
        self._desk.reload()
        return comes

    def override(self, delegate: str, note: str, session: str | None = None) -> Verdict:
        """Admit a delegate whom the rules refuse, with a note why. Raises Refusal without one."""
        said = _reason(note)
        chosen = self._desk.session(session)

        def work(connection: WriteConnection) -> Verdict:
            person = known_delegate(connection, delegate)
            return self._desk.judge(connection, _by_hand(person), chosen, Source.HAND, exception=said)

        return self._files.write(work)

    def is_own_and_fresh(self, entry: str) -> bool:
        """Whether an entry is this desk's last admission or exit, not older than two minutes: a clerk may void it."""
        with self._files.reading() as connection:
            latest = cases.latest_movement(connection, self._files.instance.id)
        return (
            latest is not None and latest[0] == entry and abs(self._clock.now() - latest[1]) <= OWN_FREELY_FOR
        )

    def handed_out_with(self, delegate: str, admission: str) -> tuple[str, ...]:
        """The hand-outs of this station since an admission: they go with it where the wrong person was chosen."""
        with self._files.reading() as connection:
            return tuple(documents.handed_out_since(connection, delegate, admission))

    def correct(self, delegate: str, changes: Mapping[str, str]) -> Delegate:
        """Correct fields of a delegate; the badge waits to be printed anew. Returns the delegate as corrected.

        Raises BadInput for what cannot be taken, Refusal where nothing would change.
        """
        wanted = _checked(changes, new=False)

        def work(connection: WriteConnection) -> Delegate:
            before = known_delegate(connection, delegate)
            different = {field: text for field, text in wanted.items() if getattr(before, field) != text}
            if not different:
                raise Refusal(_("Nothing was changed: everything stands like that already."))
            over = conflicts.replaced_by(connection, delegate, tuple(different))
            self._record(connection, EntryKind.CORRECTED, delegate, {"over": over} if over else {}, different)
            self._wish(connection, delegate, _("Data corrected"))
            return known_delegate(connection, delegate)

        corrected = self._files.write(work)
        self._desk.reload()
        return corrected

    def lost_badge(self, delegate: str) -> None:
        """Revoke the code of a lost badge and queue a badge with a new one. Raises Refusal for an unknown delegate."""

        def work(connection: WriteConnection) -> None:
            now = self._clock.now()
            person = known_delegate(connection, delegate)
            for lost in roster_store.live_payloads_of(connection, person.id):
                revoke(connection, self._files.instance.id, lost, now)
            roster_store.issue_payload(connection, self._files.instance.id, person.id, now)
            badges.take_out_of_boxes(connection, [person.id])
            self._wish(connection, person.id, _("Badge lost"))

        self._files.write(work)

    def move(self, entries: Sequence[str], session: str) -> int:
        """Move admissions and exits that were scanned into the wrong session: each is void, and stands anew in the
        right one with its own time. Returns how many; what is neither, or void, is left. Raises Refusal."""
        chosen = self._desk.session(session)

        def work(connection: WriteConnection) -> int:
            moved = 0
            for identifier in entries:
                entry = journal.entry_of(connection, identifier)
                if entry is None or entry.content.session == chosen.id or not is_movement(entry):
                    continue
                if journal.is_void(connection, identifier):
                    continue
                void = Note(
                    EntryKind.VOID, self._clock.now(), target=identifier, body={"moved_to": chosen.id}
                )
                projections.record(connection, self._files.instance.id, void)
                self._stand_anew(connection, entry, chosen.id)
                moved += 1
            return moved

        return self._files.write(work)

    def _stand_anew(self, connection: WriteConnection, entry: Entry, session: str) -> None:
        """Record a movement once more in another session, with the time at which it was and the words of its note."""
        now = to_ms(self._clock.now())
        words = journal.particulars_of(connection, entry)
        body = {field: value for field, value in entry.body.items() if field != "particulars"}
        note = Note(
            EntryKind(entry.content.kind),
            from_ms(entry.content.at_ms),
            delegate=entry.content.delegate,
            session=session,
            outcome=entry.content.outcome,
            body={**body, "moved_from": entry.id, "recorded_at_ms": now},
            particulars={field: text for field, (_salt, text) in words.items() if text is not None},
        )
        projections.record(connection, self._files.instance.id, note)

    def _registered(
        self, connection: WriteConnection, values: Mapping[str, str], *, approved: bool
    ) -> Delegate:
        """A new delegate of this station with a code and a payload, and the entry that says so."""
        now, instance = self._clock.now(), self._files.instance.id
        number = roster_store.last_number(connection) + 1
        code = f"VL{instance[-3:]}-{cases.walk_ins_counted(connection, instance) + 1:02d}"
        delegate = Delegate(f"{instance}-{number}", code, **dict[str, Any](values))
        roster_store.insert_delegates(connection, [delegate])
        serial = roster_store.issue_payload(connection, instance, delegate.id, now)
        body = {"code": code, "instance": instance, "serial": serial, "approved": approved}
        particulars = {field: text for field, text in values.items() if text}
        self._record(connection, EntryKind.WALK_IN, delegate.id, body, particulars)
        return delegate

    def _wish(self, connection: WriteConnection, delegate: str, why: str = "") -> None:
        desk = self._files.instance.station
        badges.wish(connection, delegate, self._clock.now(), why=why, desk=desk)

    def _refuse_substitution(self, connection: ReadConnection, absent: Delegate) -> None:
        if cases.substitute_of(connection, absent.id) is not None:
            raise Refusal(_("Somebody comes for {name} already.").format(name=absent.name))
        if checkin.has_come(connection, absent.id):
            text = _("{name} is in already. Cancel the admission first if it was a mistake.")
            raise Refusal(text.format(name=absent.name))

    def _record(
        self,
        connection: WriteConnection,
        kind: EntryKind,
        delegate: str,
        body: Mapping[str, object],
        particulars: Mapping[str, str] | None = None,
    ) -> None:
        note = Note(kind, self._clock.now(), delegate=delegate, body=body, particulars=particulars)
        projections.record(connection, self._files.instance.id, note)


def _by_hand(delegate: Delegate) -> Found:
    """Somebody whom the clerk knows without a code."""
    return Found(Facts(PayloadKind.GENUINE, (delegate,)), {})


def _reason(text: str) -> str:
    reason = clean(text)[:LONGEST_REASON]
    if not reason:
        raise Refusal(_("Say why: the reason is kept with the record."))
    return reason


def _checked(values: Mapping[str, str], *, new: bool) -> dict[str, str]:
    """Cleaned texts within the limits of the roster. Raises BadInput."""
    cleaned = {field: clean(text) for field, text in values.items()}
    problems = []
    if (new or "name" in cleaned) and not any(c.isalpha() for c in cleaned.get("name", "")):
        problems.append(Problem(None, "name", "NO_NAME", _("The name is missing.")))
    for field, text in cleaned.items():
        if len(text) > LONGEST[field]:
            message = _("“{text}…” is too long: at most {most} characters are possible.")
            said = message.format(text=text[:30], most=LONGEST[field])
            problems.append(Problem(None, field, "TOO_LONG", said))
    if problems:
        raise BadInput(problems)
    return cleaned
