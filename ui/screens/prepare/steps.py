"""The steps of preparing an event; a new one is a line here and a method of ui.office that opens it."""

from collections.abc import Callable
from dataclasses import dataclass

from station.app import Station, glance
from station.exchange.rehearsal import place_of_rehearsal
from station.exchange.unpack import local_text
from station.i18n import N_, _, ngettext
from station.store import roster as roster_store
from station.store.pack import latest_pack

ROSTER = "roster"
REHEARSAL = "rehearsal"
PACK = "pack"


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


def _rehearsal(station: Station) -> str:
    if station.event.rehearsal:
        return _("This is the rehearsal. Open this step to discard it.")
    event = glance(place_of_rehearsal(station.folder))
    if event is not None and event.rehearsal:
        return _("A rehearsal is there.")
    return _("Try everything before the day: nothing of it counts.")


def _pack(station: Station) -> str:
    with station.files.reading() as connection:
        latest = latest_pack(connection)
    if latest is None:
        return _("None yet: one file for all laptops.")
    made = local_text(latest.created_at, station.event.zone)
    return _("Pack {number}, made on {made}").format(number=latest.number, made=made)


STEPS = (
    Step(ROSTER, "users", N_("Roster"), _roster),
    Step(REHEARSAL, "theater", N_("Rehearsal"), _rehearsal),
    Step(PACK, "package", N_("Event pack"), _pack),
)
