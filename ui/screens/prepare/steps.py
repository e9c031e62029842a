"""The steps of preparing an event; a new one is a line here and a method of ui.office that opens it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from station.app import Station
from station.badges.addressees import InvitationState, addressees
from station.i18n import N_, _, ngettext
from station.model.role import Role
from station.store import photos as photo_store
from station.store import roster as roster_store
from ui.wording import photo_standing

ROSTER = "roster"
INVITATIONS = "invitations"
DOORS = "doors"
PHOTOS = "photos"
ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        title: a text of the catalogue, translated when it is shown.
        detail: how far the step is; reads the event, so it is asked for on a worker.
    """

    key: str
    icon: str
    title: str
    detail: Callable[[Station], str]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it stands."""

    step: Step
    detail: str


def lines(station: Station) -> list[StepLine]:
    """Every step with how far it is. Raises EnvironmentFault."""
    return [StepLine(step, step.detail(station)) for step in STEPS]


def _roster(station: Station) -> str:
    with station.files.reading() as connection:
        count = roster_store.delegate_count(connection)
        latest = roster_store.latest_import(connection)
    if not count:
        return _("Nobody yet: take in the office's list.")
    said = ngettext("{count} delegate", "{count} delegates", count).format(count=count)
    return said if latest is None else f"{said} · {latest.file_name}"


def _invitations(station: Station) -> str:
    with station.files.reading() as connection:
        states = Counter(addressee.state for addressee in addressees(connection, station.key))
    not_made, changed = states[InvitationState.NOT_MADE], states[InvitationState.CHANGED]
    if not states:
        return _("Nobody to invite yet.")
    said = [_("{count} not yet made").format(count=not_made) if not_made else _("Everybody has one.")]
    if changed:
        said.append(_("{count} changed: send again").format(count=changed))
    return " · ".join(said)


def _doors(_station: Station) -> str:
    return _(
        "Camera, scanner, printer, stick, disk, clock and more: checked on this laptop, the evening before."
    )


def _photos(station: Station) -> str:
    with station.files.reading() as connection:
        count, total = photo_store.photo_count(connection), roster_store.delegate_count(connection)
    return photo_standing(count, total)


def _roles(station: Station) -> str:
    pin, password = (station.access.is_guarded(role) for role in (Role.SUPERVISOR, Role.ORGANISER))
    if pin and password:
        return _("Supervisor's PIN and organiser's password are set.")
    if pin:
        return _("The supervisor's PIN is set.")
    if password:
        return _("The organiser's password is set; there is no supervisor's PIN.")
    return _("No PIN is set: everybody may do everything.")


STEPS = (
    Step(ROSTER, "users", N_("Roster"), _roster),
    Step(PHOTOS, "images", N_("Photos"), _photos),
    Step(INVITATIONS, "mail", N_("Codes and invitations"), _invitations),
    Step(ROLES, "user-round-cog", N_("Roles and PIN"), _roles),
    Step(DOORS, "clipboard-check", N_("Ready for the doors"), _doors),
)
