"""The texts of a layout: templates such as ``Ghế {seat}`` and the values that fill them."""

import re
from collections.abc import Mapping, Sequence

from station.badges.texts import BadgeData, card_texts
from station.i18n import pick
from station.model.event import Event, Session
from station.text import clean, fold

EXTRA = "extra:"
FIELDS = frozenset(
    {
        "mark", "organiser", "event", "event_vi", "event_en", "dates", "venue", "name", "position", "unit",
        "category", "seat_label", "seat", "code_label", "code", "code_and_seat", "phone", "email", "note",
        "sessions", "payload",
        # Of certificates only; empty on badges.
        "certificate_number", "certificate_date", "attended", "attended_hours", "attended_sessions",
    }
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def values_of(event: Event, badge: BadgeData, sessions: Sequence[Session] = ()) -> dict[str, str]:
    """Every field that a template may name; a column of the roster by its heading, as :func:`extra_key` writes it."""
    person = badge.delegate
    entitled = (session for session in sessions if session.entitles(person))
    return {
        **card_texts(event, badge),
        "event_vi": event.name,
        "event_en": event.name_en or event.name,
        "phone": person.phone,
        "email": person.email,
        "note": person.note,
        "sessions": " · ".join(pick(session.title, session.title_en) for session in entitled),
        **{extra_key(heading): text for heading, text in person.extra},
    }


def extra_key(heading: str) -> str:
    """How values name a column of the roster: case and accents do not matter."""
    return EXTRA + fold(heading)


def placeholders(template: str) -> list[str]:
    """The fields that a template names, in order."""
    return [found.strip() for found in _PLACEHOLDER.findall(template)]


def unknown_fields(template: str) -> list[str]:
    """What a template names and no roster or event has; a brace that is left over counts, too."""
    unknown = [
        name
        for name in placeholders(template)
        if name not in FIELDS and not (name.startswith(EXTRA) and fold(name[len(EXTRA) :]))
    ]
    rest = _PLACEHOLDER.sub("", template)
    return unknown + [brace for brace in "{}" if brace in rest]


def filled(template: str, values: Mapping[str, str]) -> str:
    """The text on one line; empty when the template names fields and all of them are empty."""
    names = placeholders(template)
    if names and not any(_value(name, values) for name in names):
        return ""
    return clean(_PLACEHOLDER.sub(lambda found: _value(found[1].strip(), values), template))


def _value(name: str, values: Mapping[str, str]) -> str:
    return values.get(extra_key(name[len(EXTRA) :]) if name.startswith(EXTRA) else name, "")
