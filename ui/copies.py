"""Copies made while the desk goes on: backups in the event folder, a second copy on a stick that stays in."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from station.app import Station
from station.exchange.keeping import CopyKeeper, CopyState, stick_of
from station.i18n import _
from station.settings import Settings
from ui.bridge.tasks import Tasks
from ui.shell.status import StatusStrip
from ui.wording import clock_text

_LOOK_MS = 1000
_MINUTE_MS = 60_000


class Copies(QObject):
    """Starts and ends both as the settings say, and says in the strip how the second copy stands.

    Args:
        settings: those in force at the moment. looks: a worker for backups.
    """

    def __init__(
        self,
        station: Station,
        strip: StatusStrip,
        settings: Callable[[], Settings],
        looks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._station, self._strip, self._settings, self._looks = station, strip, settings, looks
        self._keeper: CopyKeeper | None = None
        self._kept = ("", 0)
        self._backup = QTimer(self)
        self._backup.timeout.connect(self._on_backup_due)
        self._look = QTimer(self)
        self._look.timeout.connect(self._show)
        self.apply()
        self._on_backup_due()

    def apply(self) -> None:
        """Do as the settings say now."""
        settings = self._settings()
        self._backup.start(settings.backup_minutes * _MINUTE_MS)
        wished = (settings.second_copy_drive, settings.second_copy_minutes)
        if wished != self._kept:
            self._kept = wished
            if self._keeper is not None:
                self._keeper.stop()
            self._keeper = self._started(*wished) if wished[0] else None
        self._look.start(_LOOK_MS) if self._keeper is not None else self._look.stop()
        self._show()

    def state(self) -> CopyState | None:
        """How the second copy stands, None where none is kept."""
        return self._keeper.state() if self._keeper is not None else None

    def close(self) -> None:
        """End both; the stick gets everything a last time."""
        self._backup.stop()
        self._look.stop()
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None

    def _started(self, key: str, minutes: int) -> CopyKeeper:
        keeper = CopyKeeper(self._station.files, self._station.clock, lambda: stick_of(key), minutes)
        keeper.start()
        return keeper

    def _on_backup_due(self) -> None:
        """At the start and every so many minutes; a failure is told, and the desk goes on."""
        self._looks.run(self._station.back_up)

    def _show(self) -> None:
        state = self.state()
        if state is None:
            self._strip.show_text("", late=False)
            return
        late = state.looked and state.is_late(
            self._station.clock.now()
        )  # nothing is late before the first look
        text = copy_text(state, self._settings().second_copy_label, self._station.event.zone, late=late)
        self._strip.show_text(text, late=late)


def copy_text(state: CopyState, label: str, zone: str, *, late: bool) -> str:
    """How the second copy stands, for a strip."""
    name = state.drive or label
    at = clock_text(state.at, zone) if state.at else ""
    if state.problem:
        return _("Second copy: {problem}").format(problem=state.problem)
    if not state.looked and state.at is None:
        return _("Second copy on {name}: beginning…").format(name=name)
    if not state.is_there:
        gone = _("Second copy: {name} is not plugged in. Put it in again.").format(name=name)
        latest = _("Latest: {time}").format(time=at)
        return f"{gone} {latest}" if at else gone
    text = _("Second copy on {name} is late. Latest: {time}") if late else _("Second copy on {name} {time}")
    return text.format(name=name, time=at)
