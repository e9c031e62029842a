"""What the organiser opens over an event: a dialog for each step of preparing it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.model.role import Act
from station.settings import Settings
from ui.dialogs.export import ExportDialog
from ui.dialogs.invitations.dialog import InvitationsDialog
from ui.dialogs.photos.dialog import PhotosDialog
from ui.dialogs.pin import allowed
from ui.dialogs.preflight.dialog import PreflightDialog
from ui.dialogs.roles import RolesDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.screens.prepare import steps
from ui.trials import Trials


class Office(QObject):
    """Opens the steps, one at a time, over the window.

    Args:
        settings: those in force at the moment. keep_settings: stores them.
        trials: where camera, scanner and printer are tried.

    Signals:
        changed: delegates, documents or codes may be others now: what shows them must look again.
        reopen_wanted: the event's own data changed: the event is to be closed and opened again.
    """

    changed = Signal()
    reopen_wanted = Signal()

    def __init__(
        self,
        station: Station,
        window: QWidget,
        settings: Callable[[], Settings],
        keep_settings: Callable[[], None],
        trials: Trials,
    ) -> None:
        super().__init__(window)
        self._station = station
        self._window = window
        self._settings = settings
        self._keep_settings = keep_settings
        self._trials = trials
        self._doors: dict[str, Callable[[], None]] = {
            steps.ROSTER: self.open_roster,
            steps.PHOTOS: self.open_photos,
            steps.INVITATIONS: self.open_invitations,
            steps.ROLES: self.open_roles,
            steps.DOORS: self.open_preflight,
        }

    def open(self, step: str) -> None:
        """Open a step by its key; returns when its dialog is closed. Organisers only."""
        if not allowed(self._station.access, Act.PREPARE, self._window):
            return
        self._doors[step]()
        self.changed.emit()

    def open_preflight(self) -> None:
        """Check whether this machine is ready for the doors; the desk lets camera and scanners go meanwhile."""
        with self._trials.borrowed():
            dialog = PreflightDialog(self._station, self._trials, self._window)
            dialog.roster_wanted.connect(lambda: self.open_roster(dialog))
            dialog.export_wanted.connect(lambda: ExportDialog(self._station, dialog).exec())
            dialog.exec()

    def open_roster(self, over: QWidget | None = None) -> None:
        """Take in a roster, or take the latest back."""
        dialog = RosterDialog(self._station, self._settings().roster_headings, over or self._window)
        dialog.learnt.connect(self._on_headings_learnt)
        dialog.exec()

    def open_invitations(self) -> None:
        """Make invitations, and give new codes."""
        InvitationsDialog(self._station, self._window).exec()

    def open_roles(self, over: QWidget | None = None) -> None:
        """Set PIN and password, and read who may do what; what is changed there is proved there."""
        RolesDialog(self._station.access, over or self._window).exec()

    def open_photos(self) -> None:
        """Take in photos of delegates, or remove some."""
        PhotosDialog(self._station, self._window).exec()

    def _on_headings_learnt(self, headings: dict[str, str | None]) -> None:
        settings = self._settings()
        known = {**settings.roster_headings, **headings}
        settings.roster_headings = {heading: field for heading, field in known.items() if field is not None}
        self._keep_settings()
