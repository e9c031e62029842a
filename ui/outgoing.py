"""What goes up while the desk works: starts and ends the courier, and says in the strip how the outbox stands."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from station.app import Station
from station.exchange.exported import FOLDER
from station.sync.courier import Courier
from station.sync.credentials import Credentials
from station.sync.sending import Round
from station.sync.status import Standing, standings, summary
from ui.bridge.tasks import Tasks
from ui.shell.status import StatusStrip

_LOOK_MS = 1000


class Outgoing(QObject):
    """The courier of the open event.

    Args:
        looks: a worker for looking at the outbox.

    Signals:
        sent: (list of Round) what a person asked to be sent is through.
    """

    sent = Signal(object)
    _told = Signal(object)

    def __init__(self, station: Station, strip: StatusStrip, looks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._station, self._strip, self._looks = station, strip, looks
        self._told.connect(self.sent, Qt.ConnectionType.QueuedConnection)
        credentials = Credentials(station.folder / FOLDER, station.event.id)
        self.courier = Courier(station.files, station.clock, credentials, self._tell)
        self.courier.start()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        self.look()

    def look(self) -> None:
        """See how the outbox stands now."""
        self._looks.run(self._standings, self._show, lambda _error: None, topic="outbox")

    def close(self) -> None:
        """End behind the file under way."""
        self._timer.stop()
        self.courier.stop()

    def _tell(self, rounds: list[Round]) -> None:
        self._told.emit(rounds)

    def _standings(self) -> list[Standing]:
        with self._station.files.reading() as connection:
            return standings(connection)

    def _show(self, found: list[Standing]) -> None:
        text = self.courier.trouble() or (summary(found, self._station.clock.now()) if found else "")
        late = bool(self.courier.trouble()) or any(
            each.refused or (each.waiting and each.target.wants_login) for each in found
        )
        self._strip.show_text(text, late=late)
