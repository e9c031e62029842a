"""What the organiser opens over an event: a dialog for each step of preparing it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.settings import Settings
from ui.dialogs.pack import PackDialog
from ui.dialogs.rehearsal import RehearsalDialog, wants_to_discard
from ui.dialogs.roster.dialog import RosterDialog
from ui.screens.prepare import steps


class Office(QObject):
    """Opens the steps, one at a time, over the window.

    Args:
        settings: those in force at the moment. keep_settings: stores them.

    Signals:
        changed: delegates, documents or codes may be others now: what shows them must look again.
        reopen_wanted: the event's own data changed: the event is to be closed and opened again.
        other_wanted: (Path) another event folder is to be opened instead.
        discard_wanted: this event is a rehearsal, and is to be closed and removed.
    """

    changed = Signal()
    reopen_wanted = Signal()
    other_wanted = Signal(object)
    discard_wanted = Signal()

    def __init__(
        self,
        station: Station,
        window: QWidget,
        settings: Callable[[], Settings],
        keep_settings: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._station = station
        self._window = window
        self._settings = settings
        self._keep_settings = keep_settings
        self._doors: dict[str, Callable[[], None]] = {
            steps.ROSTER: self.open_roster,
            steps.REHEARSAL: self.open_rehearsal,
            steps.PACK: self.open_pack,
        }

    def open(self, step: str) -> None:
        """Open a step by its key; returns when its dialog is closed."""
        self._doors[step]()
        self.changed.emit()

    def open_roster(self) -> None:
        """Take in a roster, or take the latest back."""
        dialog = RosterDialog(self._station, self._settings().roster_headings, self._window)
        dialog.learnt.connect(self._on_headings_learnt)
        dialog.exec()

    def open_rehearsal(self) -> None:
        """Make the rehearsal and go there; in it, discard it."""
        if self._station.event.rehearsal:
            if wants_to_discard(self._window):
                self.discard_wanted.emit()
            return
        dialog = RehearsalDialog(self._station, self._window)
        dialog.exec()
        if dialog.folder is not None:
            self.other_wanted.emit(dialog.folder)

    def open_pack(self) -> None:
        """Make the event pack for the laptops."""
        PackDialog(self._station, self._window).exec()

    def _on_headings_learnt(self, headings: dict[str, str | None]) -> None:
        settings = self._settings()
        known = {**settings.roster_headings, **headings}
        settings.roster_headings = {heading: field for heading, field in known.items() if field is not None}
        self._keep_settings()
