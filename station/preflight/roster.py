"""Whether the roster is there, recent, and every delegate on it has a code."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from station.i18n import _, ngettext
from station.model.delegate import Delegate, DelegateStatus
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import cases as case_store
from station.store import roster as roster_store
from station.text import fold

NAME = "roster"
_OLD = timedelta(days=3)
_SOON = timedelta(days=2)
_NOT_COMING = (DelegateStatus.WITHDRAWN, DelegateStatus.BLOCKED)


def check_roster(subject: Subject) -> Check:
    """Fails without delegates; warns of an old roster shortly before the event, and of delegates without a code."""
    with subject.files.reading() as connection:
        people = roster_store.delegates(connection)
        coded = roster_store.live_payloads(connection)
        absent = case_store.substitutions(connection)
        changed_at = roster_store.changed_at(connection)
    if not people:
        return Check(
            NAME,
            Level.FAIL,
            _("There is nobody on the roster."),
            _("Take in the office's list: Prepare, Roster."),
        )
    said = _size(people, changed_at, subject)
    without = [
        person.name
        for person in people
        if person.id not in coded and person.id not in absent and person.status not in _NOT_COMING
    ]
    if without:
        text = ngettext(
            "{count} delegate has no valid code: {names}.",
            "{count} delegates have no valid code: {names}.",
            len(without),
        ).format(count=len(without), names=named(without))
        return Check(
            NAME, Level.WARN, f"{said} {text}", _("Issue new codes, or find them by name at the desk.")
        )
    if changed_at is not None and _is_old(changed_at, subject):
        return Check(
            NAME,
            Level.WARN,
            said,
            _("Ask the office whether the list has changed since, and take in the newest one."),
        )
    return Check(NAME, Level.OK, said)


def _size(people: Sequence[Delegate], changed_at: datetime | None, subject: Subject) -> str:
    said = ngettext("{count} delegate", "{count} delegates", len(people)).format(count=len(people))
    if changed_at is not None:
        said = _("{delegates}; the roster is of {at}.").format(delegates=said, at=subject.told(changed_at))
    alike = Counter((fold(person.name), fold(person.unit)) for person in people)
    twice = sum(count - 1 for count in alike.values())
    if twice:
        text = ngettext(
            "{count} may be on it twice (same name and unit).",
            "{count} may be on it twice (same name and unit).",
            twice,
        )
        said += " " + text.format(count=twice)
    return said


def _is_old(changed_at: datetime, subject: Subject) -> bool:
    """Whether the roster may have been overtaken: the office changes it most in the last days."""
    soon = subject.event.starts_on - subject.today <= _SOON and subject.today <= subject.event.ends_on
    return soon and subject.now - changed_at > _OLD


def named(names: Sequence[str], most: int = 3) -> str:
    """The first few names for a sentence, then an ellipsis."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
