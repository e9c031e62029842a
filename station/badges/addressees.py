"""Who is to get an invitation: everybody on the roster, with the code they hold and what was made for them so far."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.badges.texts import BadgeData
from station.codes.payload import EventKey, make_payload
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import DelegateStatus
from station.model.unit import Kind
from station.store import invitations, roster, units
from station.store.connection import ReadConnection
from station.store.invitations import MadeInvitation
from station.store.roster import IssuedPayload
from station.text import fold, text_key


class InvitationState(StrEnum):
    """How far the invitation of a delegate is."""

    NOT_MADE = "not_made"
    CHANGED = "changed"  # the payload is another one since: what was sent is refused at the desk
    MADE = "made"
    WITHOUT_CODE = "without_code"  # the code was revoked and no other issued
    NOT_INVITED = "not_invited"  # withdrawn or blocked: a code would be refused


DUE = frozenset({InvitationState.NOT_MADE, InvitationState.CHANGED})
_POSSIBLE = DUE | {InvitationState.MADE}
_MOST_LISTED = 20
_NOT_COMING = frozenset({DelegateStatus.WITHDRAWN, DelegateStatus.BLOCKED})


@dataclass(frozen=True, slots=True)
class Addressee:
    """A delegate as somebody to be invited.

    Attributes:
        badge: its payload is empty for one without a code.
        issued: the live payload, None for one without a code.
        made: the latest invitation, None if none was ever made.
        is_new: came to the roster after the latest invitations of all were made.
    """

    badge: BadgeData
    issued: IssuedPayload | None
    state: InvitationState
    made: MadeInvitation | None = None
    is_new: bool = False

    @property
    def can_be_invited(self) -> bool:
        """Whether an invitation made now would be worth anything."""
        return self.state in _POSSIBLE


@dataclass(frozen=True, slots=True)
class Whom:
    """Which delegates are meant; an empty field means all of them.

    Attributes:
        codes: readable codes. categories, units: their names; case and accents do not matter.
        only_due: only those who have no invitation with the code they hold now.
    """

    codes: Collection[str] = ()
    categories: Collection[str] = ()
    units: Collection[str] = ()
    only_due: bool = False


def addressees(connection: ReadConnection, key: EventKey) -> list[Addressee]:
    """Everybody on the roster, in Vietnamese order of names."""
    live = roster.live_payloads(connection)
    made = invitations.latest(connection)
    first_issued = roster.issue_times(connection)
    latest_at = max((invitation.made_at for invitation in made.values()), default=None)
    colours = units.colours(connection, Kind.CATEGORY)
    found = []
    for person in roster.delegates(connection):
        issued = live.get(person.id)
        payload = make_payload(key, issued.instance, issued.serial) if issued else ""
        badge = BadgeData(person, payload, colours.get(person.category, ""))
        invitation = made.get(person.id)
        state = _state(badge, issued, invitation)
        is_new = invitation is None and _is_later(first_issued.get(person.id), latest_at)
        found.append(Addressee(badge, issued, state, invitation, is_new))
    return found


def chosen(everybody: Iterable[Addressee], whom: Whom) -> list[Addressee]:
    """Those who are meant, in the order given. Raises Refusal for a code, category or unit that nobody has."""
    found = list(everybody)
    people = [addressee.badge.delegate for addressee in found]
    codes = _known(
        whom.codes, [p.code for p in people], str.casefold, _("There is no delegate with the code {name}.")
    )
    categories = _known(
        whom.categories,
        [p.category for p in people],
        fold,
        _("There is no category {name}. The categories are: {known}."),
    )
    units = _known(
        whom.units, [p.unit for p in people], fold, _("There is no unit {name}. The units are: {known}.")
    )
    return [
        addressee
        for addressee in found
        if (not whom.codes or addressee.badge.delegate.code.casefold() in codes)
        and (not whom.categories or fold(addressee.badge.delegate.category) in categories)
        and (not whom.units or fold(addressee.badge.delegate.unit) in units)
        and (not whom.only_due or addressee.state in DUE)
    ]


def _state(badge: BadgeData, issued: IssuedPayload | None, made: MadeInvitation | None) -> InvitationState:
    if badge.delegate.status in _NOT_COMING:
        return InvitationState.NOT_INVITED
    if issued is None:
        return InvitationState.WITHOUT_CODE
    if made is None:
        return InvitationState.NOT_MADE
    same = (made.instance, made.serial) == (issued.instance, issued.serial)
    return InvitationState.MADE if same else InvitationState.CHANGED


def _is_later(issued_at: datetime | None, latest_at: datetime | None) -> bool:
    return issued_at is not None and latest_at is not None and issued_at > latest_at


def _known(
    wanted: Collection[str], names: Iterable[str], same: Callable[[str], str], refusal: str
) -> set[str]:
    """What is wanted, as ``same`` makes it comparable."""
    known = {same(name): name for name in names if name}
    unknown = [name for name in wanted if same(name) not in known]
    if unknown:
        listed = ", ".join(sorted(known.values(), key=text_key)[:_MOST_LISTED])
        raise Refusal(refusal.format(name=", ".join(unknown), known=listed))
    return {same(name) for name in wanted}
