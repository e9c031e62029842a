"""Who is at the window: the role falls back when nobody is there, and the kiosk that only a PIN opens."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from station.checkin.access import Access
from station.model.role import Act, Role
from station.settings import Settings
from ui.dialogs.cover import Cover
from ui.dialogs.help import HelpDialog
from ui.dialogs.pin import PinDialog, allowed
from ui.shell import rail
from ui.shell.window import MainWindow

_LOOK_MS = 1000
_BURST_S = 0.5  # keys closer together may be a scanner's
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.InputMethod)
_STATE = QEvent.Type.WindowStateChange
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin)
FREE_PLACES = (rail.DESK, rail.HELP)


class Lock(QObject):
    """Ctrl+L, the idle minutes and the kiosk.

    Args:
        settings: those in force at the moment.
        seconds: a count of seconds that nobody can set; tests bring their own.
    """

    def __init__(
        self,
        access: Access,
        window: MainWindow,
        settings: Callable[[], Settings],
        parent: QObject,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._window = window
        self._settings = settings
        self._seconds = seconds
        self._active_s = self._before_burst_s = self._key_s = seconds()
        self._shown: tuple[Role, bool, bool] | None = None
        self._covers: list[Cover] = []
        self._asked: PinDialog | None = None
        self._let_go = False
        window.may_close = self.may_close
        window.lock_wanted.connect(self.toggle)
        window.header.role_pressed.connect(self.toggle)
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_LOOK_MS)
        self._application = QApplication.instance()
        assert self._application is not None
        self._application.installEventFilter(self)

    def remove(self) -> None:
        """Stop watching."""
        assert self._application is not None
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS:
            now_s = self._seconds()
            if now_s - self._key_s > _BURST_S:
                self._before_burst_s = self._active_s
            self._key_s = self._active_s = now_s
        elif kind in _MOUSE:
            self._active_s = self._before_burst_s = self._seconds()
        elif kind == _STATE and watched is self._window and self._window.isMinimized():
            QTimer.singleShot(0, self, self._fill_screen)
        return False

    def note_scan(self) -> None:
        """The latest keys were a scanner's: nobody need be there."""
        self._active_s = self._before_burst_s

    def look(self) -> None:
        """Let the role fall back when nobody was there for the minutes of the settings."""
        limit_s = self._settings().idle_minutes * 60
        if limit_s and self._access.is_raised and self._seconds() - self._active_s >= limit_s:
            self.lock()
        self._tell()

    def lock(self) -> None:
        """Go back to what a clerk may; what stands open for more is covered, and nothing in it is lost."""
        if not self._access.is_raised:
            return
        before = self._access.role
        self._access.lock()
        self._tell()
        self._cover(Act.PREPARE if before is Role.ORGANISER else Act.UNLOCK)

    def toggle(self) -> None:
        """Lock, or ask for the PIN."""
        if self._access.is_raised:
            self.lock()
        elif self._access.has_secrets:
            allowed(self._access, self._unlocking(), self._window)
            self._tell()

    def is_kiosk(self) -> bool:
        """Whether the window is a kiosk, and this is no supervisor."""
        return self._settings().kiosk and not self._access.may(Act.UNLOCK)

    def may_go_to(self, place: str) -> bool:
        """Whether a place of the rail may be opened now; asks for the PIN in a kiosk."""
        if place in FREE_PLACES or not self._settings().kiosk:
            return True
        return allowed(self._access, Act.UNLOCK, self._window)

    def may_close(self) -> bool:
        """Whether the window may be closed: a kiosk asks for the PIN, unless the system itself ends."""
        if self._let_go or not self._settings().kiosk or _system_ends():
            return True
        return allowed(self._access, Act.UNLOCK, self._window)

    def let_go(self) -> None:
        """The program was told to end: nothing is asked any more."""
        self._let_go = True

    def apply(self) -> None:
        """Fill the screen, or stop doing so, as the settings say."""
        if self._settings().kiosk:
            self._fill_screen()
        elif self._window.isFullScreen():
            self._window.showMaximized()

    def covers(self) -> list[Cover]:
        """What lies over dialogs that a role opened which is no longer in force."""
        return self._covers

    def _fill_screen(self) -> None:
        if self._settings().kiosk:
            self._window.showFullScreen()

    def _tell(self) -> None:
        now = (self._access.role, self._access.has_secrets, self._access.is_raised)
        if now != self._shown:
            self._shown = now
            role = self._access.role if self._access.has_secrets else None
            self._window.header.show_role(role, raised=self._access.is_raised)
            self._window.adapt()

    def _unlocking(self) -> Act:
        """What is proved at the header: as much as there is a PIN or password for."""
        return Act.UNLOCK if self._access.is_guarded(Role.SUPERVISOR) else Act.PREPARE

    def _cover(self, act: Act) -> None:
        kiosk = self._settings().kiosk
        dialogs = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and _is_for_more_than_clerks(widget, kiosk=kiosk)
        ]
        if not dialogs:
            return
        self._covers += [Cover(dialog) for dialog in dialogs]
        self._ask(act)

    def _ask(self, act: Act) -> None:
        """The PIN over what is covered; refused, it is closed."""
        top = QApplication.activeModalWidget() or self._window
        self._asked = PinDialog(self._access, act, top, cancel_closes=True)
        self._asked.finished.connect(lambda result: self._on_answered(result, act))
        self._asked.setModal(True)
        self._asked.show()

    def _on_answered(self, result: int, act: Act) -> None:
        self._asked = None  # it ends with the dialog that it stood over
        if result != QDialog.DialogCode.Accepted:
            for cover in reversed(self._covers):
                cover.close_dialog()
        left = [cover for cover in self._covers if cover.is_needed()]
        if result != QDialog.DialogCode.Accepted and left:  # one still stops its work: it cannot close yet
            self._covers = left
            QTimer.singleShot(_LOOK_MS, self, lambda: self._ask_again(act))
            return
        for cover in self._covers:
            cover.uncover()
        self._covers = []
        self._tell()

    def _ask_again(self, act: Act) -> None:
        self._covers = [cover for cover in self._covers if cover.is_needed()]
        if self._covers:
            self._ask(act)


def _is_for_more_than_clerks(widget: QDialog, *, kiosk: bool) -> bool:
    """A visible dialog that a clerk may not use; in a kiosk none in which files are chosen either."""
    if not widget.isVisible():
        return False
    if kiosk:
        return not isinstance(widget, PinDialog | HelpDialog)
    return not getattr(widget, "for_everybody", False)


def _system_ends() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
