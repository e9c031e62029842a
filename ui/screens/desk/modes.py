"""Changes what the desk does with scans, and says what it does not do meanwhile."""

from PySide6.QtCore import QObject, Signal

from station.checkin.lane import Lane
from station.i18n import _
from station.model.event import Session
from station.model.mode import Mode
from ui.screens.desk.mode_looks import LOOKS
from ui.screens.desk.screen import DeskScreen
from ui.wording import session_label


class DeskModes(QObject):
    """The mode in force, on the lane and on the screen.

    Signals:
        changed: (Mode) the desk does something else with scans now.
    """

    changed = Signal(object)

    def __init__(self, lane: Lane, screen: DeskScreen, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._screen = screen

    def mode(self) -> Mode:
        """The mode in force."""
        return self._lane.mode

    def choose(self, mode: Mode, session: Session) -> None:
        """Do this with scans from now on; a session without exits says so instead."""
        if mode is Mode.EXIT and not session.exits:
            text = _("Exits are not recorded for the session {session}.")
            self._screen.toast.tell(text.format(session=session.id), "info")
        elif mode is not self._lane.mode:
            self._lane.mode = mode
            self.show(session)
            self.changed.emit(mode)

    def keep_possible(self, session: Session) -> None:
        """Leave the exit where the session that has come records none."""
        if self._lane.mode is Mode.EXIT and not session.exits:
            self._lane.mode = Mode.ADMISSION
            text = _("The session is now {session}, which records no exits.")
            self._screen.toast.tell(text.format(session=session.id), "info")
            self.changed.emit(Mode.ADMISSION)
        self.show(session)

    def show(self, session: Session) -> None:
        """Say it on the screen."""
        self._screen.show_mode(self._lane.mode, session_label(session), exits=session.exits)

    def forbids(self, *, hand_out: bool = False) -> bool:
        """Whether the mode keeps the desk from recording; then the clerk is told."""
        mode = self._lane.mode
        if mode.redeems or (hand_out and mode is Mode.DOCUMENTS):
            return False
        if mode is Mode.DOCUMENTS:
            text = _("Only documents are handed out here. {key}: back to admission.")
        else:
            text = _("Nothing is recorded during an enquiry. {key}: back to admission.")
        self._screen.toast.tell(text.format(key=LOOKS[Mode.ADMISSION].key), "info")
        return True
