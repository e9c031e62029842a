"""Puts the window together: application, language, fonts, station, camera, and the order in which all of it ends."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from station import settings as settings_store
from station.app import Station
from station.capture.camera import camera_options
from station.capture.engines import missing_engines
from station.i18n import _
from station.model.event import title_of
from station.model.mode import Mode
from station.model.role import Act
from station.model.verdict import Source
from station.settings import Settings
from station.store.checkin import Counts
from ui.badges import BadgePrinting
from ui.bridge.garbage import GarbageCollector
from ui.bridge.pictures import PictureReader
from ui.bridge.tasks import Tasks
from ui.clock_watch import ClockWatch
from ui.copies import Copies
from ui.devices.camera import CameraController
from ui.devices.serial import SerialScanner
from ui.devices.sound import Sounds
from ui.devices.wedge import WedgeScanner
from ui.dialogs.badges.dialog import BadgesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.help import HelpDialog
from ui.dialogs.help.places import place_of
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import allowed
from ui.lock import Lock
from ui.office import Office
from ui.outgoing import Outgoing
from ui.preferences import Preferences
from ui.qt_texts import QtTexts
from ui.screens.delegates.screen import DelegatesScreen
from ui.screens.delegations.controller import DelegationsController
from ui.screens.desk.controller import DeskController
from ui.screens.desk.mode_memory import remember_mode, remembered_mode
from ui.screens.desk.screen import DeskScreen
from ui.screens.desk.wording import tone_of
from ui.screens.prepare.screen import PrepareScreen
from ui.screens.prepare.steps import COPIES, ROSTER, SENDING, lines
from ui.shell import rail
from ui.shell.echo import Echo
from ui.shell.header import Header
from ui.shell.intake import Intake
from ui.shell.window import MainWindow
from ui.style.fonts import load_fonts
from ui.style.icons import logo
from ui.style.theme import apply_language, apply_theme, apply_zoom
from ui.trials import Trials

_TICK_MS = 1000
_SWITCH_S = 0.0005


def make_application(settings: Settings, arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application with typeface, theme and language; once a process."""
    # Where one processor has to do for all, the window waits less for a decoder that holds the interpreter.
    sys.setswitchinterval(_SWITCH_S)
    application = QApplication([sys.argv[0], *arguments])
    application.setStyle("fusion")
    application.setApplicationName("checkin-station")
    application.setDesktopFileName("checkin-station")  # Wayland takes name and icon from there
    application.setWindowIcon(logo())
    application.installTranslator(QtTexts(application))
    GarbageCollector(application)
    _quieten_qt()
    load_fonts()
    apply_language(settings.language)
    apply_theme(application, settings.theme)
    apply_zoom(application, settings.zoom)
    return application


def _quieten_qt() -> None:
    """Qt's own messages go to the log: a laptop without sound is no news for the person at the desk."""
    log = logging.getLogger("qt")
    serious = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)

    def keep(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        log.log(logging.ERROR if kind in serious else logging.DEBUG, text)

    qInstallMessageHandler(keep)


class OpenEvent(QObject):
    """One open station with its window; :meth:`close` ends everything in the right order.

    Attributes:
        station: the event. window: the main window. desk, delegates, prepare, delegations: the screens. office: the
        organiser's dialogs. trials: of camera and scanners. badges: how they are printed.
        copies: backups and the second copy. outgoing: the outbox. preferences: the settings in force.
        lock: who is here, and what may be left.
        camera: the camera's controller. controller: the desk's. intake: what is dropped
        and pasted.

    Args:
        keep: where changed settings go.

    Signals:
        closed: the window is gone and the station let go of its folder.
        reopen_wanted: (Path) closed already, this event, whose data changed, or another one is to be opened.
        discard_wanted: (Path) closed already, this rehearsal, or this event after all, is to be removed.
    """

    closed = Signal()
    reopen_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(
        self,
        application: QApplication,
        station: Station,
        settings: Settings,
        keep: Callable[[Settings], None] = settings_store.save,
    ) -> None:
        super().__init__()
        self.station = station
        self._source: str | None = None  # a camera for this run alone
        self._is_closed = False
        self._acts = Tasks("acts", self)
        self._looks = Tasks("looks", self)
        self._pictures = PictureReader(self)
        self._sounds = Sounds(self)
        self.desk = DeskScreen(rehearsal=station.event.rehearsal)
        self.delegates = DelegatesScreen(station.event.zone)
        self.prepare = PrepareScreen()
        self.delegations = DelegationsController(station, self._looks, self)
        self._header = Header(station.event, station.name, station.desk.sessions(), is_demo=station.is_demo)
        screens = {rail.DESK: self.desk, rail.DELEGATES: self.delegates, rail.PREPARE: self.prepare}
        screens |= {rail.DELEGATIONS: self.delegations.screen}
        self.window = MainWindow(self._header, screens)
        self.controller = DeskController(self.desk, station, self._sounds, self._acts, self._looks, self)
        self.delegations.follow(self.controller, self.desk.quorum)
        self.camera = CameraController(self.desk.preview, station.lane.take, tone_of, self)
        self.intake = Intake(self.window)
        self._wedge = WedgeScanner(application)
        self._serial = SerialScanner(self)
        self.preferences = Preferences(
            application, settings, keep, station.access, self._sounds, self._serial, self
        )
        self._settings = settings
        self.trials = Trials(
            station.clock,
            self.preferences.settings,
            self.preferences.keep,
            self._on_camera_applied,
            self.camera,
            self.start_camera,
            self._wedge,
            self._serial,
            self.controller.redeem,
            self.preferences.open,
            self,
        )
        self.badges = BadgePrinting(
            station,
            self.window,
            self.preferences.settings,
            self.preferences.keep,
            lambda *of: BadgesDialog(*of).exec(),
        )
        self.copies = Copies(station, self.window.status, self.preferences.settings, self._looks, self)
        self.outgoing = Outgoing(station, self.window.outgoing, self._looks, self)
        wishes = self.preferences
        self.office = Office(
            station, self.window, wishes.settings, wishes.keep, self.trials, self.copies, self.outgoing
        )
        self.lock = Lock(station.access, self.window, self.preferences.settings, self)
        self._clock_watch = ClockWatch(station.clock, station.event.zone, self.window, self.desk.toast, self)
        self._echo = Echo(self)
        self._tick = QTimer(self)
        if missing_engines():
            self._header.show_notice()
        self._connect()
        self._dress()
        QTimer.singleShot(0, self.desk, self._get_ready)

    def start_camera(self, source: str | None = None) -> None:
        """Look through a camera; None for the one looked through before, else that of the settings."""
        self.desk.preview.set_mirrored(self._settings.mirror)
        self._source = source if source is not None else self._source
        chosen = self._settings.camera if self._source is None else self._source
        self.camera.start(chosen, camera_options(self._settings))

    def close(self) -> None:
        """Feeds, then workers, then the store, then the bridges; a second call does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._tick.stop()
        self.copies.close()
        self.outgoing.close()
        self._wedge.remove()
        self.lock.remove()
        self._serial.stop()
        self.camera.stop()
        self._acts.close()
        self._looks.close()
        self._pictures.close()
        self.badges.close()
        self.station.close()
        self.closed.emit()
        self.window.deleteLater()
        self.deleteLater()

    def when_idle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once everything that was asked of the desk so far is done and shown."""
        turns = [self._acts, self._looks] * 2  # an answer may ask the next question

        def wait() -> None:
            turns.pop(0).run(lambda: None, lambda _done: wait() if turns else then())

        wait()

    def choose_language(self, wished: str) -> None:
        """Change to ``vi`` or ``en``."""
        self.preferences.choose_language(wished)

    def choose_theme(self, wished: str) -> None:
        """Change to ``light``, ``dark``, ``contrast`` or ``system``."""
        self.preferences.choose_theme(wished)

    def _get_ready(self) -> None:
        """What may come after the window is shown."""
        self.desk.warm_up()
        self._sounds.load()
        self._serial.start(self._settings.serial_port, self._settings.serial_speed)

    def _connect(self) -> None:
        self.camera.redeemed.connect(self.controller.show_answer)
        self.camera.failed.connect(self.controller.show_failure)
        self.camera.seen.connect(self.desk.idle.set_camera)
        self._wedge.scanned.connect(self.controller.redeem)
        self._wedge.scanned.connect(self.lock.note_scan)
        self._serial.scanned.connect(self.controller.redeem)
        self._serial.trouble.connect(lambda sentence: self.desk.toast.tell(sentence, "triangle-alert"))
        self._serial.restored.connect(lambda: self.desk.toast.tell(_("The scanner is back."), "circle-check"))
        self.intake.pictures_given.connect(self._pictures.read)
        self._pictures.code_read.connect(lambda raw: self.controller.redeem(raw, Source.IMAGE))
        self._pictures.refused.connect(self._on_picture_refused)
        self.intake.text_given.connect(lambda text: self.controller.redeem(text.encode(), Source.TYPED))
        self.intake.refused.connect(self._on_picture_refused)
        self.controller.counts_changed.connect(self._on_counts_changed)
        self.controller.choose_mode(remembered_mode(self._settings, self.station))
        self.controller.mode_changed.connect(self._on_mode_changed)
        self.controller.session_moved.connect(self._dress)
        self.badges.changed.connect(self.controller.refresh)
        self.controller.shown.connect(self._on_desk_wanted)
        self.controller.noticed.connect(self._echo.tell)
        self._header.session_chosen.connect(self._on_session_chosen)
        self._header.language_toggled.connect(self.preferences.toggle_language)
        self._header.theme_toggled.connect(self.preferences.toggle_theme)
        self._clock_watch.woke.connect(self._on_woke)
        self.preferences.redressed.connect(self._redress)
        self.preferences.trouble.connect(lambda text: self.desk.toast.tell(text, "triangle-alert"))
        self.preferences.applied.connect(self.lock.apply)
        self.preferences.camera_wanted.connect(self.trials.open_camera)
        self.preferences.scanner_test_wanted.connect(self.trials.open_scanner)
        self.preferences.roles_wanted.connect(self.office.open_roles)
        self.trials.camera_chosen.connect(self.preferences.camera_taken)
        self._header.notice_chosen.connect(self._on_notice_chosen)
        self.delegates.delegate_chosen.connect(self._on_delegate_chosen)
        self.window.outgoing.pressed.connect(lambda: self.office.open(SENDING))
        self.delegates.roster_wanted.connect(lambda: self.office.open(ROSTER))
        self.prepare.step_chosen.connect(self.office.open)
        self.office.changed.connect(self._on_prepared)
        self.window.status.pressed.connect(lambda: self.office.open(COPIES))
        self.office.reopen_wanted.connect(self._on_reopen_wanted)
        queued = Qt.ConnectionType.QueuedConnection  # the step that wants it must be over
        self.office.other_wanted.connect(self._on_other_wanted, queued)
        self.office.discard_wanted.connect(self._on_discard_wanted, queued)
        self.window.rail.chosen.connect(self._on_place_chosen)
        self.window.closed.connect(self.close)
        self.window.zoom_wanted.connect(self.preferences.zoom)
        self._tick.timeout.connect(self._on_ticked)
        self._tick.start(_TICK_MS)

    def _dress(self) -> None:
        """Everything whose text depends on the station."""
        self.window.setWindowTitle(f"{title_of(self.station.event)} – {self.station.name}")
        self._header.show_session(self.station.lane.session, self.controller.session())
        self._header.show_time(self.station.clock.now())

    def _redress(self) -> None:
        self.controller.retranslate()
        self.camera.retranslate()
        self._show_steps()
        self._dress()

    def _on_counts_changed(self, counts: Counts) -> None:
        self.window.rail.show_waiting_badges(counts.badges_waiting)

    def _on_desk_wanted(self) -> None:
        """A verdict is seen at once, whatever the clerk was reading."""
        if not self.desk.isVisible():
            self.window.show_screen(rail.DESK)

    def _on_ticked(self) -> None:
        self._header.show_time(self.station.clock.now())
        self._clock_watch.look()

    def _on_session_chosen(self, identifier: str | None) -> None:
        if identifier is None or allowed(self.station.access, Act.MOVE_SESSION, self.window):
            self.controller.choose_session(identifier)
        self._dress()
        self.desk.setFocus()

    def _on_mode_changed(self, mode: Mode) -> None:
        remember_mode(self._settings, self.station, mode)
        self.preferences.keep()

    def _on_picture_refused(self, sentence: str) -> None:
        MessageDialog.tell(self.window, _("No code"), sentence)

    def _on_notice_chosen(self) -> None:
        MessageDialog.tell(self.window, _("Reads fewer codes"), " ".join(missing_engines()))

    def _on_woke(self) -> None:
        """The machine slept, or has another time: camera and session are looked at anew."""
        self.controller.check_session()
        if self.camera.feed() is not None:
            self.start_camera()

    def _on_delegate_chosen(self, delegate: str) -> None:
        self.window.show_screen(rail.DESK)
        self.controller.open_card(delegate)

    def _on_place_chosen(self, place: str) -> None:
        if not self.lock.may_go_to(place):
            self.window.rail.show_place(rail.DESK)
            return
        match place:
            case rail.DESK | rail.DELEGATIONS:
                self.window.show_screen(place)
            case rail.DELEGATES:
                self.window.show_screen(place)
                self._show_roster()
            case rail.PREPARE:
                self.window.show_screen(place)
                self._show_steps()
            case rail.BADGES:
                self.badges.open()
                self.controller.reload()
            case rail.EXPORT:
                ExportDialog(self.station, self.window).exec()
            case rail.SETTINGS:
                self.preferences.open(self.window)
            case rail.HELP:
                diagnose = None if self.lock.is_kiosk() else self.office.open_diagnostics
                HelpDialog(self.window, place_of(self.window.screen_on_show()), diagnose).exec()

    def _show_roster(self) -> None:
        session = self.controller.session().id
        self._looks.run(lambda: self.station.desk.roster(session), self.delegates.show_lines)

    def _show_steps(self) -> None:
        self._looks.run(lambda: lines(self.station), self.prepare.show_lines)

    def _on_prepared(self) -> None:
        self._show_roster()
        self._show_steps()
        self.controller.photos.refresh()
        self.controller.reload()

    def _on_reopen_wanted(self) -> None:
        folder = self.station.folder
        self.close()
        self.office.put_back()
        self.reopen_wanted.emit(folder)

    def _on_other_wanted(self, folder: Path) -> None:
        self.close()
        self.reopen_wanted.emit(folder)

    def _on_discard_wanted(self) -> None:
        folder = self.station.folder
        self.close()
        self.discard_wanted.emit(folder)

    def _on_camera_applied(self, wished: Settings) -> None:
        self._source = None
        self.preferences.take_camera(wished)
