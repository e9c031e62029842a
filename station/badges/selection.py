"""Whose badges are printed, and in which order."""

from collections.abc import Sequence
from enum import StrEnum

from station.badges.addressees import Whom, addressees, chosen
from station.badges.texts import BadgeData
from station.codes.payload import EventKey
from station.errors import Refusal
from station.i18n import _
from station.store.connection import ReadConnection
from station.text import text_key


class BadgeOrder(StrEnum):
    """How badges follow one another."""

    UNIT = "unit"  # then by name: a unit gets its badges from one pile
    NAME = "name"
    GIVEN = "given"  # as the codes were given, else as the roster's file had them


def chosen_badges(
    connection: ReadConnection, key: EventKey, whom: Whom, order: BadgeOrder = BadgeOrder.NAME
) -> list[BadgeData]:
    """The badges of those who are meant and have a code that admits.

    Raises Refusal for a code, category or unit that nobody has, and for one asked for by code who has no live payload.
    """
    found = [addressee.badge for addressee in chosen(addressees(connection, key), whom)]
    without = [badge.delegate.code for badge in found if not badge.payload]
    if whom.codes and without:
        text = _("{code} has no code that admits: it was revoked. Issue a new one first.")
        raise Refusal(text.format(code=", ".join(without)))
    return ordered_badges([badge for badge in found if badge.payload], order, list(whom.codes))


def ordered_badges(
    badges: Sequence[BadgeData], order: BadgeOrder, codes: Sequence[str] = ()
) -> list[BadgeData]:
    """The badges in an order; who has no unit comes last where the units lead."""
    if order is BadgeOrder.UNIT:
        return sorted(
            badges,
            key=lambda badge: (
                not badge.delegate.unit,
                text_key(badge.delegate.unit),
                badge.delegate.sort_key,
            ),
        )
    if order is BadgeOrder.NAME:
        return sorted(badges, key=lambda badge: badge.delegate.sort_key)
    places = {code.casefold(): place for place, code in enumerate(codes)}
    return sorted(
        badges,
        key=lambda badge: (places.get(badge.delegate.code.casefold(), 0), _number(badge.delegate.id)),
    )


def _number(identity: str) -> tuple[str, int]:
    """An identity is ``instance-number``: the numbers follow the roster's file."""
    instance, _dash, number = identity.rpartition("-")
    return instance, int(number) if number.isdecimal() else 0
