"""Camera, scanner, language, theme and sound of this machine."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLayout, QWidget

from station.i18n import _
from station.settings import Settings
from ui.devices.serial import SPEEDS, port_names
from ui.dialogs.camera import camera_label
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


class SettingsDialog(DialogFrame):
    """Nothing changes before Apply; the camera has a dialog of its own.

    Args:
        ports: name and description of the serial ports there are; None to ask the system.

    Signals:
        applied: (Settings) the new choices.
        camera_wanted, scanner_test_wanted: their dialogs shall be opened.
    """

    applied = Signal(object)
    camera_wanted = Signal()
    scanner_test_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        ports: Sequence[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(parent, 600)
        self._settings = settings
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
        languages = [("vi", "Tiếng Việt"), ("en", "English")]
        self._language = fill_choice(Choice(), languages, settings.language)
        themes = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        self._theme = fill_choice(Choice(), themes, settings.theme)
        self._sound = QCheckBox(_("A sound with every scan"))
        self._sound.setChecked(settings.sound)
        self._build()
        self.set_camera(settings)
        cancel = self.add_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self._on_apply_clicked)

    def set_camera(self, settings: Settings) -> None:
        """The camera was chosen in its own dialog."""
        self._settings = settings
        self._camera.setText(camera_label(settings))

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
        grid.addWidget(self._sound, len(rows), 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)

    def _on_apply_clicked(self) -> None:
        self.applied.emit(
            replace(
                self._settings,
                serial_port=self._port.currentData(),
                serial_speed=self._speed.currentData(),
                language=self._language.currentData(),
                theme=self._theme.currentData(),
                sound=self._sound.isChecked(),
            )
        )
        self.accept()


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
