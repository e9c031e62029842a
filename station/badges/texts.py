"""The words on badges and invitations, in the language in force, made from the event and the delegate."""

from dataclasses import dataclass
from datetime import date

from station.i18n import _, language, pick
from station.model.delegate import Delegate
from station.model.event import Event, mark_of

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadgeData:
    """A delegate with what is issued to them.

    Attributes:
        payload: the content of the QR symbol.
        colour: of the category, ``#rrggbb``; empty if it has none.
    """

    delegate: Delegate
    payload: str
    colour: str = ""


def event_dates(event: Event) -> str:
    """``27–28/10/2022`` in Vietnamese, ``27–28 October 2022`` in English."""
    first, last = event.starts_on, event.ends_on
    shared = 0 if first.year != last.year else 1 if first.month != last.month else 2 if first != last else 3
    if shared == 3:
        return _date_parts(last, 0)
    return f"{_date_parts(first, shared)}{'–' if shared == 2 else ' – '}{_date_parts(last, 0)}"


def _date_parts(day: date, shared: int) -> str:
    """A date without the ``shared`` parts that the second date of a range will say: year, then month."""
    if language() == "en":
        parts = [f"{day.day}", _ENGLISH_MONTHS[day.month - 1], f"{day.year}"]
        return " ".join(parts[: 3 - shared])
    return "/".join([f"{day.day:02d}", f"{day.month:02d}", f"{day.year}"][: 3 - shared])


def grouped(payload: str) -> str:
    """A payload as people read it aloud: groups of four."""
    return " ".join(payload[start : start + 4] for start in range(0, len(payload), 4))


def _code_and_seat(delegate: Delegate) -> str:
    seat = _("Seat {seat}").format(seat=delegate.seat) if delegate.seat else ""
    return " · ".join(part for part in (delegate.code, seat) if part)


def card_texts(event: Event, badge: BadgeData) -> dict[str, str]:
    """Every field that a layout may name; labels of empty values are empty too."""
    delegate = badge.delegate
    return {
        "mark": mark_of(event),
        "organiser": event.organiser,
        "event": pick(event.name, event.name_en),
        "dates": event_dates(event),
        "venue": event.venue,
        "name": delegate.name,
        "position": delegate.position,
        "unit": delegate.unit,
        "category": delegate.category,
        "seat_label": _("Seat") if delegate.seat else "",
        "seat": delegate.seat,
        "code_label": _("Delegate code") if delegate.code else "",
        "code": delegate.code,
        "code_and_seat": _code_and_seat(delegate),
        "heading": _("Invitation"),
        "greeting": _("We have the honour of inviting"),
        "attend": _("to attend"),
        "dates_label": _("When"),
        "venue_label": _("Where") if event.venue else "",
        "instruction": _("Present this code at the registration desk"),
        "hint": _("On paper or on your phone's screen."),
        "payload": grouped(badge.payload),
    }


def invitation_message(event: Event, badge: BadgeData) -> str:
    """The words that go with a delegate's picture in a chat or an e-mail, as one paragraph."""
    person = badge.delegate
    name = f"{person.name} ({person.unit})" if person.unit else person.name
    when = event_dates(event)
    sentences = [
        _("We have the honour of inviting {name} to attend “{event}”, {when}.").format(
            name=name, event=pick(event.name, event.name_en), when=when
        )
    ]
    if event.venue:
        sentences.append(_("Venue: {venue}.").format(venue=event.venue))
    sentences.append(_("Your delegate code is {code}.").format(code=person.code))
    sentences.append(
        _("Please show the QR code in the picture at the registration desk, on paper or on your phone.")
    )
    sentences.append(
        _("If the picture cannot be read, the desk can type this number: {number}.").format(
            number=grouped(badge.payload)
        )
    )
    return " ".join(sentences)
