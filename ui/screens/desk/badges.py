"""The badge of whom the desk shows: wished for once, again only with a reason, and the box it lies in."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from station.app import Station
from station.badges.profiles import When
from station.checkin.wishes import printed_already
from station.i18n import N_, _
from station.model.delegate import Delegate
from station.model.print_job import Job, JobState, Printing
from station.store import badges as badge_store
from ui.bridge.tasks import Tasks
from ui.dialogs.cases.reason import ReasonDialog
from ui.screens.desk.screen import DeskScreen

WHY_AGAIN = (N_("The badge is damaged or misprinted"), N_("The printer printed nothing"), N_("Left at home"))


class DeskBadges(QObject):
    """What F7 does; ``told`` is called when the figures may be others."""

    def __init__(
        self, station: Station, screen: DeskScreen, acts: Tasks, looks: Tasks, told: Callable[[], None]
    ) -> None:
        super().__init__(screen)
        self._desk = station.desk
        self._files = station.files
        self._zone = ZoneInfo(station.event.zone)
        self._screen = screen
        self._acts = acts
        self._looks = looks
        self._told = told

    def refresh(self) -> None:
        """Learn anew in which boxes badges lie."""
        self._looks.run(self._boxes, self._screen.result.card.set_boxes, topic="boxes")

    def wish(self, delegate: Delegate | None) -> None:
        """Queue the badge of a delegate; ask why where it was printed already."""
        if delegate is None:
            return
        if self._desk.badge_when is When.NEVER:
            self._screen.toast.tell(
                _("This desk prints no badges. Change that under Badges (Ctrl+P)."), "info"
            )
            return
        self._acts.run(lambda: self._desk.badge_state(delegate.id), lambda state: self._ask(delegate, *state))

    def _ask(self, delegate: Delegate, job: Job | None, printed: Printing | None) -> None:
        why = ""
        on_its_way = job is not None and job.state in (JobState.QUEUED, JobState.SENT)
        in_doubt = job is not None and job.state is JobState.UNKNOWN
        if not on_its_way and (printed or in_doubt):
            heading = _("Print the badge of {name} again?").format(name=delegate.name)
            text = printed_already(None if in_doubt else printed, self._zone)
            why = ReasonDialog.ask(
                self._screen, heading, text, _("Print again"), [_(each) for each in WHY_AGAIN]
            )
            if not why:
                return
        self._acts.run(
            lambda: self._desk.wish_badge(delegate.id, why), lambda _done: self._on_wished(delegate.name)
        )

    def _on_wished(self, name: str) -> None:
        self._screen.toast.tell(_("The badge of {name} waits for printing.").format(name=name), "printer")
        self._told()

    def _boxes(self) -> dict[str, str]:
        with self._files.reading() as connection:
            return badge_store.boxes(connection)
