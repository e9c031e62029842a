"""The steps of preparing an event; a new one is a line here and a method of ui.office that opens it."""

from collections.abc import Callable
from dataclasses import dataclass

from station.app import Station
from station.i18n import N_, _, ngettext
from station.store import documents as document_store
from station.store import roster as roster_store

ROSTER = "roster"
DOCUMENTS = "documents"


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


def _documents(station: Station) -> str:
    with station.files.reading() as connection:
        count = document_store.document_count(connection)
    if not count:
        return _("Nothing yet: add what delegates receive.")
    return ngettext("{count} document", "{count} documents", count).format(count=count)


STEPS = (
    Step(ROSTER, "users", N_("Roster"), _roster),
    Step(DOCUMENTS, "files", N_("Documents"), _documents),
)
