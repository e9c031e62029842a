"""The settings in force: how they are chosen, and what changes at once with them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from station.checkin.access import Access
from station.i18n import language
from station.settings import LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP, Settings, take_over
from ui.devices.serial import SerialScanner
from ui.devices.sound import Sounds
from ui.dialogs.settings import SettingsDialog
from ui.style.theme import apply_language, apply_theme, apply_zoom, theme


class Preferences(QObject):
    """Keeps the settings, and brings language, theme, size, sound and scanner to what they say.

    Args:
        keep: where changed settings go. access: who may change what.

    Signals:
        redressed: every text and colour is to be shown anew.
        applied: other settings are in force.
        trouble: (sentence) they could not be stored; they hold for this run.
        camera_wanted, scanner_test_wanted, roles_wanted: (QWidget) a dialog over this one.
        camera_taken: (Settings) another camera was chosen, wherever that was.
    """

    redressed = Signal()
    applied = Signal()
    trouble = Signal(str)
    camera_wanted = Signal(object)
    scanner_test_wanted = Signal(object)
    roles_wanted = Signal(object)
    camera_taken = Signal(object)

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        keep: Callable[[Settings], None],
        access: Access,
        sounds: Sounds,
        serial: SerialScanner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        self._keep = keep
        self._access = access
        self._sounds = sounds
        self._serial = serial
        self._set_sounds()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme_changed)

    def settings(self) -> Settings:
        """Those in force at the moment."""
        return self._settings

    def keep(self) -> None:
        """Store them; a failure is told."""
        try:
            self._keep(self._settings)
        except OSError as error:  # the choice holds for this run; the desk has better things to do
            self.trouble.emit(str(error))

    def choose_language(self, wished: str) -> None:
        """Change to ``vi`` or ``en``."""
        apply_language(wished)
        self._settings.language = wished
        self._redress()

    def choose_theme(self, wished: str) -> None:
        """Change to ``light``, ``dark``, ``contrast`` or ``system``."""
        apply_theme(self._application, wished)
        self._settings.theme = wished
        self._redress()

    def zoom(self, step: int) -> None:
        """Larger for 1, smaller for -1, as designed for 0."""
        wished = self._settings.zoom + step * ZOOM_STEP if step else 100
        self._settings.zoom = max(LEAST_ZOOM, min(MOST_ZOOM, wished))
        apply_zoom(self._application, self._settings.zoom)
        self._redress()

    def toggle_language(self) -> None:
        """The other of the two."""
        self.choose_language("en" if language() == "vi" else "vi")

    def toggle_theme(self) -> None:
        """Dark for light; light for all others."""
        self.choose_theme("dark" if theme().name == "light" else "light")

    def take_camera(self, wished: Settings) -> None:
        """Another camera is in force."""
        take_over(self._settings, wished)
        self.keep()

    def open(self, over: QWidget) -> None:
        """The dialog, over a window."""
        dialog = SettingsDialog(self._settings, over, access=self._access)
        dialog.applied.connect(self._on_applied)
        dialog.camera_wanted.connect(lambda: self.camera_wanted.emit(dialog))
        dialog.scanner_test_wanted.connect(lambda: self.scanner_test_wanted.emit(dialog))
        dialog.roles_wanted.connect(lambda: self.roles_wanted.emit(dialog))
        self.camera_taken.connect(dialog.set_camera)
        dialog.exec()

    def _redress(self) -> None:
        self.redressed.emit()
        self.keep()

    def _on_applied(self, wished: Settings) -> None:
        port = (self._settings.serial_port, self._settings.serial_speed)
        take_over(self._settings, wished)
        self._set_sounds()
        apply_theme(self._application, wished.theme)
        apply_zoom(self._application, wished.zoom)
        self.choose_language(wished.language)
        if port != (wished.serial_port, wished.serial_speed):
            self._serial.start(wished.serial_port, wished.serial_speed)
        self.applied.emit()

    def _set_sounds(self) -> None:
        self._sounds.enabled = self._settings.sound
        self._sounds.set_volume(self._settings.volume)

    def _on_system_theme_changed(self) -> None:
        if self._settings.theme == "system":
            apply_theme(self._application, "system")
