"""The states of role, lock and PIN, for tests/ui/render_screens.py."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from station.model.role import Role
from ui.app import OpenEvent
from ui.dialogs.cover import Cover
from ui.dialogs.roles import RolesDialog
from ui.dialogs.secret import SecretDialog
from ui.dialogs.settings import SettingsDialog

PIN, PASSWORD = "2580", "tháng mười 2022"


class RoleStates:
    """Each sets what it needs; :meth:`free` takes it away again."""

    def __init__(self, event: OpenEvent, show: Callable[[QDialog], QWidget]) -> None:
        self._event = event
        self._access = event.station.access
        self._show = show

    def free(self) -> None:
        """Nothing needs to be proved."""
        for role in (Role.SUPERVISOR, Role.ORGANISER):
            self._access.remove_secret(role)
        self._access.lock()
        self._event.window.header.show_clock_notice(shown=False)
        self._event.lock.look()

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Every state by name."""
        return {
            "role-clerk": self._clerk,
            "role-supervisor": self._supervisor,
            "clock-back": self._clock_back,
            "roles": lambda: self._show(RolesDialog(self._access, self._event.window)),
            "roles-set": self._roles_set,
            "secret": self._secret,
            "settings-locked": self._settings_locked,
            "covered": self._covered,
        }

    def _set(self) -> None:
        self._access.set_secret(Role.SUPERVISOR, PIN)
        self._access.set_secret(Role.ORGANISER, PASSWORD)

    def _clerk(self) -> None:
        self._set()
        self._access.lock()
        self._event.lock.look()

    def _supervisor(self) -> None:
        self._access.set_secret(Role.SUPERVISOR, PIN)
        self._event.lock.look()

    def _clock_back(self) -> None:
        self._clerk()
        self._event.window.header.show_clock_notice()

    def _roles_set(self) -> QWidget:
        self._set()
        return self._show(RolesDialog(self._access, self._event.window))

    def _secret(self) -> QWidget:
        dialog = SecretDialog(self._access, Role.SUPERVISOR, self._event.window)
        dialog._lines[0].setText("2580")
        dialog._lines[1].setText("2581")
        dialog._on_set()
        return self._show(dialog)

    def _settings_locked(self) -> QWidget:
        self._clerk()
        settings = self._event.preferences.settings()
        return self._show(SettingsDialog(settings, self._event.window, [], access=self._access))

    def _covered(self) -> QWidget:
        dialog = RolesDialog(self._access, self._event.window)
        self._show(dialog)
        Cover(dialog)
        return dialog
