"""Documents at the desk beyond ticking them off: opened, printed, copied; and what else is to be known of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from station.app import Station
from station.documents.pace import RunsOut, read_runs_out
from station.documents.submissions import expected_of, owed
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.store import documents as store
from ui.bridge.tasks import Tasks
from ui.dialogs.bundle.copying import CopyDialog
from ui.dialogs.bundle.viewer import BundleViewer
from ui.screens.desk.screen import DeskScreen
from ui.screens.desk.subject import Subject
from ui.screens.desk.wording import local_time

Notes = list[tuple[str, str]]


class DeskDocuments(QObject):
    """Opens what is wanted of the bundle on show, and tells below it what is owed.

    Signals:
        bundle_moved: (identity, bundle) it was copied; the bundle is another one now.
    """

    bundle_moved = Signal(str, object)

    def __init__(
        self, station: Station, screen: DeskScreen, looks: Tasks, subject: Callable[[], Subject | None]
    ) -> None:
        super().__init__(screen)
        self._station = station
        self._screen = screen
        self._looks = looks
        self._subject = subject
        bundle = screen.result.bundle
        bundle.open_requested.connect(self.open_viewer)
        bundle.copy_requested.connect(self.open_copying)
        screen.verdict_painted.connect(lambda verdict: self.look(verdict.delegate))

    def look(self, delegate: Delegate | None) -> None:
        """Find out, after the card was shown, what is to be told below its bundle."""
        if delegate is not None:
            self._looks.run(
                lambda: read_notes(self._station, delegate),
                lambda notes: self._on_notes(delegate.id, notes),
                topic="notes",
            )

    def open_viewer(self, code: str = "") -> None:
        """Look at the documents on show, the one of a code first."""
        shown = self._shown()
        if shown is None:
            return
        delegate, bundle = shown
        viewer = BundleViewer(self._station, delegate, bundle, code, self._screen.window())
        viewer.copy_wanted.connect(lambda: self._copy(delegate, viewer))
        viewer.exec()

    def open_copying(self) -> None:
        """Copy the files of the bundle on show to the delegate's stick."""
        shown = self._shown()
        if shown is not None:
            self._copy(shown[0], self._screen.window())

    def _copy(self, delegate: Delegate, over: Any) -> None:
        dialog = CopyDialog(self._station, delegate, over)
        dialog.exec()
        if dialog.copied is not None:
            self._looks.run(
                lambda: self._station.desk.card(delegate.id).bundle,
                lambda bundle: self.bundle_moved.emit(delegate.id, bundle),
            )

    def _shown(self) -> tuple[Delegate, tuple[BundleItem, ...]] | None:
        """Whose bundle is on show; None where none is."""
        subject = self._subject()
        if subject is None or subject.delegate is None or self._screen.result.bundle.isHidden():
            return None
        return subject.delegate, subject.bundle

    def _on_notes(self, delegate: str, notes: Notes) -> None:
        subject = self._subject()
        if subject is not None and subject.delegate is not None and subject.delegate.id == delegate:
            self._screen.result.show_notes(notes)


def read_notes(station: Station, delegate: Delegate) -> Notes:
    """What is to be told of a delegate's documents. Raises EnvironmentFault."""
    now = station.clock.now()
    with station.files.reading() as connection:
        debts = owed(expected_of(connection, delegate))
        ending = read_runs_out(connection, store.documents(connection), now)
    notes: Notes = []
    if debts:
        titles = ", ".join(line.submission.title for line in debts)
        notes.append(("inbox", _("Still to bring in (F10): {titles}").format(titles=titles)))
    soon = [each for each in ending if each.is_soon(now)]
    if soon:
        notes.append(("timer", runs_out_text(soon[0], station.event.zone, now)))
    return notes


def runs_out_text(each: RunsOut, zone: str, now: datetime) -> str:
    """When copies come to an end, in words."""
    text = _("{code}: {left} left, gone at {time}")
    return text.format(code=each.document.code, left=each.left, time=local_time(each.at, zone, now))
