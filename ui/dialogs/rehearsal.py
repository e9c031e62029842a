"""The rehearsal's dialog: makes a copy in which everything works and nothing counts, or goes on with one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from station.app import Station, glance
from station.exchange.rehearsal import make_rehearsal, place_of_rehearsal
from station.i18n import _
from ui.dialogs.message import MessageDialog
from ui.dialogs.work import WorkDialog


class RehearsalDialog(WorkDialog):
    """Makes the rehearsal beside the event.

    Attributes:
        folder: the rehearsal to open once the dialog is closed, None for none.
    """

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        self._station = station
        self._place = place_of_rehearsal(station.folder)
        self._is_there = is_there(station)
        if self._is_there:
            text = _(
                "The rehearsal in {folder} is as it was left. Changes of the event since then are not in it: "
                "discard it there to begin anew."
            ).format(folder=self._place)
        else:
            text = _(
                "A copy of the event with the same roster and the same codes, in which nobody has come yet. Check in, "
                "hand out, print and export as on the day: “REHEARSAL” stands everywhere, and nothing of it counts. It "
                "is discarded with one click."
            )
        start = _("Go on rehearsing") if self._is_there else _("Begin the rehearsal")
        super().__init__(parent, _("Rehearsal"), text, start)
        self.folder: Path | None = None

    def begin(self) -> None:
        """Make it, or go to the one there is."""
        if self._is_there:
            self.folder = self._place
            self.accept()
            return
        station, place = self._station, self._place

        def told(_made: object) -> tuple[str, str]:
            self.folder = place
            return _("The rehearsal is ready"), _("It is in {folder}.").format(folder=place)

        self.run(
            "rehearsal",
            lambda progress: make_rehearsal(station.files, place, station.clock, progress),
            told,
            _("Copying…"),
        )

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        if icon == "circle-check":
            self._close.set_caption(_("Open the rehearsal"))
            self._close.set_primary(True)
        self.fit_content()


def is_there(station: Station) -> bool:
    """Whether the rehearsal of this event lies beside it."""
    event = glance(place_of_rehearsal(station.folder))
    return event is not None and (event.id, event.rehearsal) == (station.event.id, True)


def wants_to_discard(parent: QWidget) -> bool:
    """Ask, once, whether the rehearsal on show is to go."""
    return MessageDialog.confirm(
        parent,
        _("Discard the rehearsal?"),
        _(
            "Its folder is removed with every record, export and badge in it. The event itself is not touched, and "
            "opens again where it lies on this laptop."
        ),
        yes=_("Discard the rehearsal"),
        no=_("Keep it"),
    )
