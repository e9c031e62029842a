"""What the organiser opens over an event: a dialog for each step of preparing it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.settings import Settings
from ui.dialogs.documents.dialog import DocumentsDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.screens.prepare import steps


class Office(QObject):
    """Opens the steps, one at a time, over the window.

    Args:
        settings: those in force at the moment. keep_settings: stores them.

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
    ) -> None:
        super().__init__(window)
        self._station = station
        self._window = window
        self._settings = settings
        self._keep_settings = keep_settings
        self._doors: dict[str, Callable[[], None]] = {
            steps.ROSTER: self.open_roster,
            steps.DOCUMENTS: self.open_documents,
        }

    def open(self, step: str) -> None:
        """Open a step by its key; returns when its dialog is closed."""
        self._doors[step]()
        self._station.desk.renew()
        self.changed.emit()

    def open_roster(self) -> None:
        """Take in a roster, or take the latest back."""
        dialog = RosterDialog(self._station, self._settings().roster_headings, self._window)
        dialog.learnt.connect(self._on_headings_learnt)
        dialog.exec()

    def open_documents(self) -> None:
        """What delegates receive, who of them does, and what is to be printed."""
        DocumentsDialog(self._station, self._window).exec()

    def _on_headings_learnt(self, headings: dict[str, str | None]) -> None:
        settings = self._settings()
        known = {**settings.roster_headings, **headings}
        settings.roster_headings = {heading: field for heading, field in known.items() if field is not None}
        self._keep_settings()
