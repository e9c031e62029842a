"""Rules on who receives a document: made from what people name, and said in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from station.errors import BadInput, Problem
from station.i18n import _, ngettext
from station.model.document import Entitlement
from station.model.unit import Kind
from station.store import event as event_store
from station.store import roster, units
from station.store.connection import ReadConnection

_NAMED = 3  # recipients named before the others are counted


@dataclass(frozen=True, slots=True)
class Named:
    """Recipients as people name them; delegates by code. All of them are meant together, none stands for everybody."""

    categories: Sequence[str] = ()
    units: Sequence[str] = ()
    classes: Sequence[tuple[str, str]] = ()  # (category, unit)
    sessions: Sequence[str] = ()
    delegates: Sequence[str] = ()
    without_categories: Sequence[str] = ()
    without_units: Sequence[str] = ()
    without_delegates: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What identifiers in rules are called: sessions and delegates."""

    sessions: Mapping[str, str] = field(default_factory=dict)
    delegates: Mapping[str, str] = field(default_factory=dict)


def rules_of(connection: ReadConnection, named: Named) -> list[Entitlement]:
    """The rules that people mean. Raises BadInput with every name that the event does not know."""
    people = roster.delegates(connection)
    by_code = {delegate.code.casefold(): delegate.id for delegate in people}
    known = {
        "category": {delegate.category for delegate in people}
        | set(units.colours(connection, Kind.CATEGORY)),
        "unit": {delegate.unit for delegate in people} | set(units.colours(connection, Kind.UNIT)),
        "session": {session.id for session in event_store.sessions_of(connection)},
    }
    problems: list[Problem] = []

    def sure(part: str, name: str) -> str:
        if name not in known[part] or not name:
            problems.append(_unknown(part, name, known[part]))
        return name

    def person(code: str) -> str:
        if code.casefold() not in by_code:
            problems.append(_unknown("delegate", code, ()))
        return by_code.get(code.casefold(), "")

    granted = [
        *(Entitlement("", category=sure("category", name)) for name in named.categories),
        *(Entitlement("", unit=sure("unit", name)) for name in named.units),
        *(
            Entitlement("", category=sure("category", category), unit=sure("unit", unit))
            for category, unit in named.classes
        ),
        *(Entitlement("", session=sure("session", name)) for name in named.sessions),
        *(Entitlement("", delegate=person(code)) for code in named.delegates),
    ]
    forbidden = [
        *(Entitlement("", category=sure("category", n), forbids=True) for n in named.without_categories),
        *(Entitlement("", unit=sure("unit", n), forbids=True) for n in named.without_units),
        *(Entitlement("", delegate=person(code), forbids=True) for code in named.without_delegates),
    ]
    if problems:
        raise BadInput(problems)
    return [*(granted or [Entitlement("")]), *forbidden]


def in_words(rules: Iterable[Entitlement], names: Names) -> str:
    """Who receives a document, for people: ``Học viên, Khách mời; except Báo chí``."""
    rules = list(rules)
    granted = [rule for rule in rules if not rule.forbids]
    forbidden = [rule for rule in rules if rule.forbids]
    if not granted:
        return _("nobody")
    said = _("everybody") if any(_is_everybody(rule) for rule in granted) else _listed(granted, names)
    if not forbidden:
        return said
    return _("{recipients}; except {exceptions}").format(
        recipients=said, exceptions=_listed(forbidden, names)
    )


def _is_everybody(rule: Entitlement) -> bool:
    return not (rule.category or rule.unit or rule.session or rule.delegate)


def _listed(rules: Sequence[Entitlement], names: Names) -> str:
    said = [text for rule in rules if (text := _one(rule, names))]
    if len(said) <= _NAMED + 1:
        return ", ".join(said)
    more = len(said) - _NAMED
    text = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=", ".join(said[:_NAMED]), count=more)


def _one(rule: Entitlement, names: Names) -> str:
    parts = [rule.category, rule.unit]
    if rule.session:
        parts.append(names.sessions.get(rule.session, rule.session))
    if rule.delegate:
        parts.append(names.delegates.get(rule.delegate, ""))
    return " · ".join(filter(None, parts))


def _unknown(part: str, name: str, known: Iterable[str]) -> Problem:
    sentences = {
        "category": _("There is no category “{name}” on the roster. There are: {known}."),
        "unit": _("There is no unit “{name}” on the roster."),
        "session": _("There is no session “{name}”. There are: {known}."),
        "delegate": _("There is no delegate with the code {name}."),
    }
    listed = ", ".join(sorted(filter(None, known))) or "–"
    sentence = sentences[part].format(name=name, known=listed)
    return Problem(None, None, f"UNKNOWN_{part.upper()}", sentence)
