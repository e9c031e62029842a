"""Whether everything that is printed of the delegates can be drawn in the fonts of the badges."""

from collections.abc import Iterable, Mapping

from station.badges.fonts import missing_characters
from station.i18n import _, ngettext
from station.model.delegate import Delegate
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import roster as roster_store

NAME = "fonts"
_MOST_NAMED = 4


def check_fonts(subject: Subject) -> Check:
    """Warns of characters that would be drawn as another one or as a question mark, and names who bears them."""
    with subject.files.reading() as connection:
        people = roster_store.delegates(connection)
    missing = {person.code: (person.name, found) for person in people if (found := missing_of(person))}
    if not missing:
        return Check(NAME, Level.OK, _("The fonts of the badges have every character of the roster."))
    said = ngettext(
        "{count} delegate has characters that badges cannot show: {who}.",
        "{count} delegates have characters that badges cannot show: {who}.",
        len(missing),
    ).format(count=len(missing), who=_who(missing))
    return Check(
        NAME,
        Level.WARN,
        said,
        _("Correct them in the office's list and take it in again, or accept “?” in their place."),
    )


def missing_of(person: Delegate) -> set[str]:
    """The characters of a delegate's words that the fonts lack: a layout may print any of them."""
    words = (
        person.name,
        person.position,
        person.unit,
        person.category,
        person.seat,
        person.code,
        person.phone,
        person.email,
        person.note,
        *(text for _heading, text in person.extra),
    )
    return set[str]().union(*map(missing_characters, words))


def _who(missing: Mapping[str, tuple[str, Iterable[str]]]) -> str:
    shown = [
        f"{code} {name} ({' '.join(f'{c} U+{ord(c):04X}' for c in sorted(characters))})"
        for code, (name, characters) in list(missing.items())[:_MOST_NAMED]
    ]
    return "; ".join(shown) + (" …" if len(missing) > _MOST_NAMED else "")
