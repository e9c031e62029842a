"""The states of the badge place, for render_screens.py."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from station.badges.printers import PrinterAway
from station.badges.profiles import FILE_PRINTER, Printing, Profile
from station.i18n import _
from station.model.print_job import JobState
from station.model.verdict import Outcome
from station.store import badges as badge_store
from station.text import text_key
from tests.printers import Obedient
from ui.badges import BadgePrinting
from ui.dialogs.badges.address import AddressDialog
from ui.dialogs.badges.batch import BatchDialog
from ui.dialogs.badges.categories import CategoriesDialog
from ui.dialogs.badges.dialog import BadgesDialog
from ui.dialogs.badges.profile import ProfileDialog
from ui.dialogs.badges.roll import RollDialog
from ui.dialogs.badges.sheets import SheetsDialog

ZEBRA, CANON = "Zebra ZD421", "Canon LBP6230"


def badge_states(studio: Any) -> dict[str, Callable[[], QWidget]]:
    """Every state by name."""
    event = studio.event
    return {
        "badges": lambda: studio._dialog(BadgesDialog(event.badges, event.window)),
        "badges-work": lambda: _at_work(studio),
        "badges-sheets": lambda: studio._dialog(SheetsDialog(event.station, 4, event.window)),
        "badges-profile": lambda: studio._dialog(
            ProfileDialog(ZEBRA, Profile(offset_x_mm=1.5), event.station, event.badges.printers, event.window)
        ),
        "badges-roll": lambda: studio._dialog(RollDialog(ZEBRA, 0, event.window)),
        "badges-batch": lambda: studio._dialog(BatchDialog(event.station, "sheet", event.window)),
        "badges-address": lambda: studio._dialog(AddressDialog(event.window)),
        "badges-categories": lambda: studio._dialog(
            CategoriesDialog(
                sorted(event.station.desk.colours(), key=text_key),
                (ZEBRA, CANON, FILE_PRINTER),
                {},
                event.window,
            )
        ),
        "badge-box": lambda: _in_a_box(studio),
    }


def _at_work(studio: Any) -> QWidget:
    """Every state of a job, one printer away, one nearly at the end of its roll."""
    station, window = studio.event.station, studio.event.window
    studio.event.badges.spool.close()
    installed = Obedient(ZEBRA, CANON)
    installed.faults[ZEBRA] = PrinterAway(
        _("The printer {printer} is not there. Turn it on and connect it, or choose another.").format(
            printer=ZEBRA
        )
    )
    house = BadgePrinting(
        station, window, lambda: studio.settings, lambda: None, lambda *_of: None, installed
    )
    house.choose(Printing(printer=ZEBRA, by_category={"Báo chí": CANON}, profiles={}))
    with station.files.reading() as connection:
        jobs = badge_store.open_jobs(connection)

    def change(connection: Any) -> None:
        for job, state in zip(jobs, (JobState.SENT, JobState.UNKNOWN, JobState.FAILED), strict=False):
            badge_store.send(connection, job.number, ZEBRA)
            reason = _(
                "{printer} did not take the pages. Look whether it is on, has paper and waits for nothing."
            )
            badge_store.set_state(
                connection,
                job.number,
                state,
                reason.format(printer=ZEBRA) if state is JobState.FAILED else "",
            )
        badge_store.finish(connection, jobs[-1].number, station.clock.now(), labels=1)
        badge_store.new_roll(connection, CANON, 15)

    station.files.write(change)
    house.spool.pause(ZEBRA)
    dialog = BadgesDialog(house, window)
    studio.extra.append(_Closer(house))
    return studio._dialog(dialog)


class _Closer(QWidget):
    """Ends a house of its own when the state is over."""

    def __init__(self, house: BadgePrinting) -> None:
        super().__init__()
        self._house = house

    def close(self) -> bool:
        self._house.close()
        return super().close()


def _in_a_box(studio: Any) -> QWidget:
    delegate = studio.verdict.delegate
    studio.event.station.files.write(lambda c: badge_store.put_into_boxes(c, {delegate.id: "N–P"}))
    card = studio.event.desk.result.card
    card.set_boxes({delegate.id: "N–P"})
    studio.show(Outcome.ADMITTED, None, entry="20221027-977")
    return studio.event.window
