"""Camera, scanner, language, look, sound and lock of this machine."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLayout, QWidget

from station.checkin.access import Access
from station.i18n import _, ngettext
from station.model.role import Act
from station.settings import IDLE_MINUTES, LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP, Settings
from ui.devices.serial import SPEEDS, port_names
from ui.dialogs.camera import camera_label
from ui.dialogs.frame import DialogFrame
from ui.dialogs.pin import allowed
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


class SettingsDialog(DialogFrame):
    """Nothing changes before Apply; camera and roles have dialogs of their own.

    Args:
        access: who may change what; None where everybody may do everything. Language, look and sound are free.
        ports: name and description of the serial ports there are; None to ask the system.

    Signals:
        applied: (Settings) the new choices.
        camera_wanted, scanner_test_wanted, roles_wanted: their dialogs shall be opened.
    """

    applied = Signal(object)
    camera_wanted = Signal()
    scanner_test_wanted = Signal()
    roles_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        ports: Sequence[tuple[str, str]] | None = None,
        *,
        access: Access | None = None,
    ) -> None:
        super().__init__(parent, 640)
        self._settings = settings
        self._access = access
        self.set_heading(_("Settings"))
        self._camera = PlainLabel(size_px=15, elide=True)
        self._choose_camera = KeyButton("camera")
        self._choose_camera.set_caption(_("Choose…"))
        self._choose_camera.clicked.connect(self.camera_wanted)
        self._test_scanner = KeyButton("scan-qr-code")
        self._test_scanner.set_caption(_("Test a scanner…"))
        self._test_scanner.clicked.connect(self.scanner_test_wanted)
        self._port = fill_choice(Choice(), _port_items(settings.serial_port, ports), settings.serial_port)
        speeds = [(speed, f"{speed} bit/s") for speed in sorted({*SPEEDS, settings.serial_speed})]
        self._speed = fill_choice(Choice(), speeds, settings.serial_speed)
        self._make_choices(settings)
        self._build()
        self.set_camera(settings)
        self._allow()
        cancel = self.add_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self._on_apply_clicked)

    def set_camera(self, settings: Settings) -> None:
        """The camera was chosen in its own dialog."""
        self._settings = settings
        self._camera.setText(camera_label(settings))

    def _make_choices(self, settings: Settings) -> None:
        languages = [("vi", "Tiếng Việt"), ("en", "English")]
        self._language = fill_choice(Choice(), languages, settings.language)
        themes = [
            ("system", _("As the system")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("contrast", _("High contrast")),
        ]
        self._theme = fill_choice(Choice(), themes, settings.theme)
        zooms = sorted({*range(LEAST_ZOOM, MOST_ZOOM + 1, ZOOM_STEP), settings.zoom})
        self._zoom = fill_choice(Choice(), [(zoom, f"{zoom} %") for zoom in zooms], settings.zoom)
        self._sound = QCheckBox(_("With every scan"))
        self._sound.setChecked(settings.sound)
        volumes = [(100, _("Loud")), (60, _("Medium")), (25, _("Soft"))]
        if settings.volume not in dict(volumes):
            volumes.append((settings.volume, f"{settings.volume} %"))
        self._volume = fill_choice(Choice(), volumes, settings.volume)
        self._volume.setAccessibleName(_("Volume"))
        idle = [(minutes, _lock_caption(minutes)) for minutes in IDLE_MINUTES]
        self._idle = fill_choice(Choice(), idle, settings.idle_minutes)
        self._kiosk = QCheckBox(_("Full screen, left only with a PIN"))
        self._kiosk.setChecked(settings.kiosk)
        self._roles = KeyButton("user-round-cog")
        self._roles.set_caption(_("Roles and PIN…"))
        self._roles.clicked.connect(self._on_roles_wanted)
        self._unlock = KeyButton("lock-keyhole")
        self._unlock.set_caption(_("Unlock…"))
        self._unlock.clicked.connect(self._on_unlock_wanted)
        self._locked = PlainLabel(
            _("Camera, scanner and lock: the supervisor's."), 14, role="muted", wrap=True
        )

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(12)
        rows: list[tuple[str, QWidget | QLayout]] = [
            (_("Camera"), _side_by_side((self._camera, 1), (self._choose_camera, 0))),
            (_("USB scanner"), _side_by_side((self._test_scanner, 0))),
            (_("Serial scanner"), _side_by_side((self._port, 1), (self._speed, 0))),
            (_("Language"), self._language),
            (_("Theme"), self._theme),
            (_("Size of everything"), self._zoom),
            (_("Sound"), _side_by_side((self._sound, 1), (self._volume, 0))),
            (_("Lock when idle"), self._idle),
            (_("Kiosk"), self._kiosk),
            (_("Roles"), _side_by_side((self._roles, 0))),
        ]
        self._port.setAccessibleName(_("Serial scanner"))
        self._speed.setAccessibleName(_("Speed of the serial port"))
        for number, (caption, field) in enumerate(rows):
            label = PlainLabel(caption, 15)
            grid.addWidget(label, number, 0)
            if isinstance(field, QWidget):
                label.setBuddy(field)
                field.setAccessibleName(caption)
                grid.addWidget(field, number, 1)
            else:
                grid.addLayout(field, number, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(_side_by_side((self._locked, 1), (self._unlock, 0)))
        self.content.addLayout(grid)

    def _allow(self) -> None:
        """What a clerk may not change is shown, and cannot be changed before the PIN."""
        may = self._access is None or self._access.may(Act.SETTINGS)
        for widget in (self._choose_camera, self._test_scanner, self._port, self._speed, self._idle):
            widget.setEnabled(may)
        can_lock = self._access is not None and self._access.has_secrets
        self._kiosk.setEnabled(may and (can_lock or self._kiosk.isChecked()))
        self._kiosk.setToolTip("" if can_lock else _("Set a PIN first."))
        self._locked.setVisible(not may)
        self._unlock.setVisible(not may)

    def _on_roles_wanted(self) -> None:
        self.roles_wanted.emit()
        self._allow()

    def _on_unlock_wanted(self) -> None:
        if self._access is not None and allowed(self._access, Act.SETTINGS, self):
            self._allow()

    def _on_apply_clicked(self) -> None:
        self.applied.emit(
            replace(
                self._settings,
                serial_port=self._port.currentData(),
                serial_speed=self._speed.currentData(),
                language=self._language.currentData(),
                theme=self._theme.currentData(),
                zoom=self._zoom.currentData(),
                volume=self._volume.currentData(),
                idle_minutes=self._idle.currentData(),
                kiosk=self._kiosk.isChecked(),
                sound=self._sound.isChecked(),
            )
        )
        self.accept()


def _lock_caption(minutes: int) -> str:
    if not minutes:
        return _("Never")
    text = ngettext(
        "After {count} minute without key or mouse", "After {count} minutes without key or mouse", minutes
    )
    return text.format(count=minutes)


def _port_items(chosen: str, ports: Sequence[tuple[str, str]] | None) -> list[tuple[str, str]]:
    """None, every port there is, and the chosen one even while it is away."""
    found = port_names() if ports is None else ports
    items = [("", _("None"))]
    items += [(name, f"{name} – {description}" if description else name) for name, description in found]
    if chosen not in dict(items):
        items.append((chosen, _("{port} (not there)").format(port=chosen)))
    return items


def _side_by_side(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets in a row, each with its share of the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget, share in widgets:
        row.addWidget(widget, share)
    if not any(share for _widget, share in widgets):
        row.addStretch(1)
    return row
