"""Daily use: opens the event that was asked for, or asks which; goes back to the question when that fails."""

import contextlib
import signal
from contextlib import closing
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from station import settings as settings_store
from station.app import glance, open_station, set_archived
from station.clock import SystemClock
from station.diagnostics.log import keep_log
from station.errors import StationError
from station.exchange.packed import SUFFIX as PACK
from station.exchange.rehearsal import discard_rehearsal
from station.exchange.wiping import wipe
from station.i18n import _, language, ngettext
from station.model.role import Act
from station.settings import Settings
from ui.app import OpenEvent, make_application
from ui.crash import CrashReporter
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import allowed
from ui.screens.welcome.window import WelcomeWindow
from ui.shell import rail
from ui.style.theme import apply_language

_SIZE = (1366, 768)
_AWAKE_MS = 500


class Program(QObject):
    """From the question "which event?" to the open window.

    Args:
        camera: what the command line asked for; None for what the settings say.
    """

    def __init__(self, application: QApplication, settings: Settings, camera: str | None) -> None:
        super().__init__()
        self._application = application
        self._settings = settings
        self._camera = camera
        self._welcome: WelcomeWindow | None = None
        self.opened: OpenEvent | None = None

    def ask(self, trouble: str = "") -> None:
        """Show the opening window, with the reason if something could not be opened."""
        recent = self._settings.recent_events
        if self._settings.kiosk and recent and not trouble:
            self.open(Path(recent[0]))
            return
        if self._welcome is None:
            self._welcome = WelcomeWindow(self._settings.recent_events)
            self._welcome.folder_chosen.connect(self.open)
            self._welcome.language_toggled.connect(self._on_language_toggled)
            self._welcome.new_wanted.connect(lambda: self._prepare(None))
            self._welcome.change_wanted.connect(self._prepare)
            self._welcome.unpack_wanted.connect(lambda: self._unpack())
            self._welcome.continue_wanted.connect(self._continue)
            self._welcome.help_wanted.connect(self._on_help_wanted)
            self._welcome.forgotten.connect(self._on_forgotten)
            self._welcome.archive_wanted.connect(self._on_archive_wanted)
            self._welcome.resize(900, 560)
        if trouble:
            self._welcome.show_trouble(trouble)
        self._welcome.show()

    def first_start(self) -> None:
        """Ask the few things a new machine needs, then go on with what was chosen."""
        from ui.dialogs.first_start import FirstStartDialog  # once in the life of a machine

        self._application.setQuitOnLastWindowClosed(False)  # the next window comes after this one
        dialog = FirstStartDialog(self._settings)
        agreed = dialog.exec()
        apply_language(self._settings.language)
        if agreed:
            with contextlib.suppress(OSError):
                settings_store.save(self._settings)
        self._begin(dialog.beginning)
        self._application.setQuitOnLastWindowClosed(True)

    def _begin(self, beginning: str) -> None:
        """Show the first window, and over it what the first start chose."""
        self.ask()
        if beginning == "sample":
            self._open_sample()
        elif beginning == "pack":
            self._unpack()
        elif beginning == "new":
            self._prepare(None)
        elif beginning == "folder" and self._welcome is not None:
            self._welcome.choose_folder()

    def _open_sample(self) -> None:
        """Open the sample event among the person's documents, made there if it is not."""
        from station.sample_event import create_sample_event_today

        folder = user_documents_path() / _("sample-event")
        try:
            if not folder.exists():
                create_sample_event_today(folder, SystemClock())
        except StationError as error:
            self.ask(str(error))
            return
        self.open(folder)

    def open(self, folder: Path) -> None:
        """Open an event folder and show its window."""
        try:
            station = open_station(folder)
        except StationError as error:
            self.ask(str(error))
            return
        with contextlib.suppress(OSError):  # opening must not fail for a convenience
            settings_store.remember_event(self._settings, folder)
        self.opened = OpenEvent(self._application, station, self._settings)
        self.opened.reopen_wanted.connect(self.open, Qt.ConnectionType.QueuedConnection)
        self.opened.discard_wanted.connect(self._discard, Qt.ConnectionType.QueuedConnection)
        show_fitting(self.opened.window)
        self.opened.lock.apply()
        self.opened.start_camera(self._camera)
        if self._welcome is not None:
            self._welcome.close()

    def _prepare(self, folder: Path | None) -> None:
        """Make an event, or change the data of one; a new one is then opened."""
        from ui.dialogs.event import EventDialog  # a desk that opens its event starts sooner without

        try:
            if folder is not None and not self._may_prepare(folder):
                return
            name = self._settings.station_name
            dialog = EventDialog(folder, self._home(), self._welcome, desk=name)
        except StationError as error:
            self.ask(str(error))
            return
        dialog.ready.connect(self._on_prepared)
        if folder is None:
            dialog.ready.connect(self._open_new)
        dialog.exec()

    def _open_new(self, folder: Path) -> None:
        """There is nobody to check in yet: go on where the organiser does."""
        self.open(folder)
        if self.opened is not None:
            self.opened.window.rail.chosen.emit(rail.PREPARE)

    def open_pack(self, file: Path) -> None:
        """Open a pack that somebody chose in the file manager."""
        self.ask()
        self._unpack(file)

    def _unpack(self, file: Path | None = None) -> None:
        """Become a desk, or bring one up to date; it is then opened."""
        from ui.dialogs.unpack import UnpackDialog  # a desk that opens its event starts sooner without

        recent = [Path(path) for path in self._settings.recent_events]
        dialog = UnpackDialog(self._home(), recent, self._welcome, self._settings.station_name)
        if file is not None:
            dialog.set_file(file)
            dialog.passphrase.setFocus()
        dialog.exec()
        if dialog.desk is not None:
            self.open(dialog.desk)

    def _continue(self) -> None:
        """Go on from the second copy of a laptop that failed; the event is then opened."""
        from ui.dialogs.continuing import ContinueDialog  # a desk that opens its event starts sooner without

        dialog = ContinueDialog(self._home(), self._welcome)
        dialog.exec()
        if dialog.desk is not None:
            self.open(dialog.desk)

    def _discard(self, folder: Path) -> None:
        """Remove a rehearsal that was closed, and go back to the event it was of, or to the first window.

        Any other event that comes here is wiped: its dialog asked for its name.
        """
        self._on_forgotten(folder)
        event = glance(folder)
        if event is not None and not event.rehearsal:
            self._wipe(folder, event.name)
            return
        try:
            origin = discard_rehearsal(folder)
        except StationError as error:
            self.ask(str(error))
            return
        self.open(origin) if origin is not None else self.ask()

    def _wipe(self, folder: Path, name: str) -> None:
        try:
            wiped = wipe(folder, name)
        except StationError as error:
            self.ask(str(error))
            return
        self.ask()
        if wiped.left:
            text = _("These files could not be removed: {files}")
            files = ", ".join(str(path) for path in wiped.left)
            MessageDialog.tell(self._welcome, _("Not everything is wiped"), text.format(files=files))
        else:
            text = ngettext("{count} file was removed.", "{count} files were removed.", wiped.files)
            MessageDialog.tell(self._welcome, _("Wiped"), text.format(count=wiped.files))

    def _may_prepare(self, folder: Path) -> bool:
        """Whether whoever is here may change an event that nobody has open. Raises StationError."""
        with closing(open_station(folder)) as station:
            return allowed(station.access, Act.PREPARE, self._welcome)

    def _home(self) -> Path:
        """Where the event opened last lies, else the person's documents."""
        recent = self._settings.recent_events
        return Path(recent[0]).parent if recent else user_documents_path()

    def _on_help_wanted(self) -> None:
        from ui.dialogs.diagnostics import save_diagnostics
        from ui.dialogs.help import HelpDialog
        from ui.dialogs.help.places import place_of

        HelpDialog(
            self._welcome, place_of(self._welcome), lambda over: save_diagnostics(over, self._settings)
        ).exec()

    def _on_prepared(self, folder: Path) -> None:
        with contextlib.suppress(OSError):
            settings_store.remember_event(self._settings, folder)
        if self._welcome is not None:
            self._welcome.show_recent(self._settings.recent_events)

    def _on_forgotten(self, folder: Path) -> None:
        with contextlib.suppress(OSError):
            settings_store.forget_event(self._settings, folder)
        if self._welcome is not None:
            self._welcome.show_recent(self._settings.recent_events)

    def _on_archive_wanted(self, folder: Path, archived: bool) -> None:
        try:
            set_archived(folder, archived)
        except StationError as error:
            self.ask(str(error))
            return
        if self._welcome is not None:
            self._welcome.show_recent(self._settings.recent_events)

    def _on_language_toggled(self) -> None:
        self._settings.language = "en" if language() == "vi" else "vi"
        apply_language(self._settings.language)


def show_fitting(window: QWidget) -> None:
    """Full size on a laptop's screen, a window of that size on a larger one."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    if room.width() <= _SIZE[0] or room.height() <= _SIZE[1]:
        window.resize(room.size())  # where no window manager would do it
        window.showMaximized()
    else:
        window.resize(round(room.width() * 0.85), round(room.height() * 0.85))
        window.show()


def run(
    folder: Path | None, camera: str | None, wished_language: str | None, wished_theme: str | None
) -> int:
    """Show the station until its window is closed; returns the exit code."""
    keep_log()
    settings = settings_store.load()
    settings.language = wished_language or settings.language
    settings.theme = wished_theme or settings.theme
    application = make_application(settings)
    reporter = CrashReporter()
    reporter.install()
    program = Program(application, settings, camera)
    try:
        if folder is not None and folder.suffix.lower() == PACK and folder.is_file():
            QTimer.singleShot(0, program, lambda: program.open_pack(folder))  # its dialog ends with the loop
        elif folder is not None:
            program.open(folder)
        elif settings_store.is_first_start():
            QTimer.singleShot(0, program.first_start)  # the signals below end it, too
        else:
            program.ask()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_arguments: application.exit())  # a kiosk too
        awake = QTimer()  # Python runs its signal handlers only when the event loop comes by
        awake.timeout.connect(lambda: None)
        awake.start(_AWAKE_MS)
        return application.exec()
    finally:
        if program.opened is not None:
            program.opened.close()
        reporter.uninstall()
