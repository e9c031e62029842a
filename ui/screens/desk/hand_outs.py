"""The clerk's ticks in the bundle: everything handed out at once, one document, or one taken back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from station.app import Station
from station.model.document import BundleItem, BundleState
from ui.bridge.tasks import Tasks
from ui.screens.desk.bundle import BundlePanel
from ui.screens.desk.modes import DeskModes
from ui.screens.desk.subject import Subject


class HandOuts(QObject):
    """Records what the clerk hands over, off the GUI thread.

    Signals:
        bundle_moved: (identity of the delegate, bundle) it is otherwise now.
    """

    bundle_moved = Signal(str, object)

    def __init__(
        self,
        station: Station,
        panel: BundlePanel,
        acts: Tasks,
        modes: DeskModes,
        subject: Callable[[], Subject | None],
    ) -> None:
        super().__init__(panel)
        self._desk = station.desk
        self._acts = acts
        self._modes = modes
        self._subject = subject
        panel.hand_out_all_requested.connect(self._on_all_requested)
        panel.document_toggled.connect(self._on_toggled)

    @Slot()
    def _on_all_requested(self) -> None:
        subject = self._subject()
        if subject and subject.delegate and not self._modes.forbids(hand_out=True):
            delegate = subject.delegate.id
            self._run(delegate, lambda: self._desk.hand_out(delegate))

    @Slot(str)
    def _on_toggled(self, code: str) -> None:
        subject = self._subject()
        if subject is None or subject.delegate is None or self._modes.forbids(hand_out=True):
            return
        delegate = subject.delegate.id
        due = any(item.document.code == code and item.state is BundleState.DUE for item in subject.bundle)
        if due:
            self._run(delegate, lambda: self._desk.hand_out(delegate, [code]))
        else:
            self._run(delegate, lambda: self._desk.take_back(delegate, code))

    def _run(self, delegate: str, work: Callable[[], tuple[BundleItem, ...]]) -> None:
        self._acts.run(work, lambda bundle: self.bundle_moved.emit(delegate, bundle))
