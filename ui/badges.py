"""Joins the badge spool of an open event to the window: started with it, shown on request, ended with it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.badges.printers import Installed, Printers
from station.badges.profiles import Printing, keep_printing, printing_of
from station.badges.worker import Spool
from station.settings import Settings
from ui.devices.printer import InstalledPrinters


class BadgePrinting(QObject):
    """The spool with the choices of this machine.

    Attributes:
        station: the event. spool: its worker. printers: where badges can go.

    Args:
        settings: those in force at the moment. keep_settings: stores them.
        show: opens the dialog. installed: the printers of this machine; None to ask the system.

    Signals:
        changed: the queue or a printer may be in another state.
    """

    changed = Signal()
    _stirred = Signal()

    def __init__(
        self,
        station: Station,
        window: QWidget,
        settings: Callable[[], Settings],
        keep_settings: Callable[[], None],
        show: Callable[["BadgePrinting", QWidget], object],
        installed: Installed | None = None,
    ) -> None:
        super().__init__(window)
        self.station = station
        self._window = window
        self._settings = settings
        self._keep_settings = keep_settings
        self._show = show
        self._printing = printing_of(settings())
        self.printers = Printers(station.folder / "exports" / "badges", installed or InstalledPrinters())
        self.spool = Spool(
            station.files,
            station.clock,
            self.printers,
            station.badge,
            station.badge_pdf,
            self.printing,
            self._stirred.emit,
        )
        self._stirred.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        station.desk.badge_when = self._printing.when
        self.spool.start()

    def printing(self) -> Printing:
        """The choices in force."""
        return self._printing

    def choose(self, printing: Printing) -> None:
        """Print so from now on."""
        self._printing = printing
        keep_printing(self._settings(), printing)
        self._keep_settings()
        self.station.desk.badge_when = printing.when
        self.spool.poke()
        self.changed.emit()

    def open(self) -> None:
        """Show queue and printers; returns when the dialog is closed."""
        self._show(self, self._window)

    def close(self) -> None:
        """End the worker; what waits is there at the next start."""
        self.spool.close()
