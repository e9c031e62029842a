"""Which camera, and how it looks: every choice is seen at once in a live picture."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.capture.camera import ROTATIONS, SIZES, camera_options
from station.capture.devices import PREFIX, CameraDevice, camera_devices
from station.i18n import _
from station.settings import Settings
from ui.devices.camera import CameraController
from ui.dialogs.frame import DialogFrame
from ui.style.tokens import Tone
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.widgets.preview import Preview

_PICTURE_PX = (560, 315)
_LIST_AGAIN_MS = 2000
_EXPOSURES = (0, -3, -4, -5, -6, -7, -8, -9, -10)
_EXAMPLE_ADDRESS = "http://192.168.1.20:8080/video"
_OTHER = "other"  # a network camera or a file, by the address beneath


def camera_label(settings: Settings) -> str:
    """The camera of the settings, for a person."""
    address = settings.camera
    if not address:
        return _("The first camera")
    if address.isdigit():
        return _("Camera {number}").format(number=address)
    return address.removeprefix(PREFIX)


class CameraDialog(DialogFrame):
    """Holds the camera while it is open, so the desk must have let it go.

    Args:
        list_devices: the cameras that are plugged in; asked again every two seconds.

    Signals:
        applied: (Settings) the new choices.
    """

    applied = Signal(object)

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        list_devices: Callable[[], Sequence[CameraDevice]] = camera_devices,
    ) -> None:
        super().__init__(parent, 960)
        self.set_heading(_("Camera"))
        self._settings = settings
        self._list_devices = list_devices
        self._devices: list[CameraDevice] = []
        self.preview = Preview()
        self.preview.setFixedSize(*_PICTURE_PX)
        self.camera = CameraController(
            self.preview, lambda sighting: sighting.code.text, lambda _t: Tone.ADMITTED, self
        )
        self._reading = PlainLabel(_("Hold a code in front of the camera."), 15, role="muted", elide=True)
        self._make_fields()
        self._build()
        self._connect()
        self._list()
        self._look()

    def wished(self) -> Settings:
        """The settings with the choices of this dialog."""
        width, height = self._size.currentData()
        return replace(
            self._settings,
            camera=self._address(),
            camera_width=width,
            camera_height=height,
            camera_rotation=self._rotation.currentData(),
            camera_exposure=self._exposure.currentData(),
            mirror=self._mirror.isChecked(),
        )

    def reading(self) -> str:
        """What is said of the codes that were held up."""
        return self._reading.full_text()

    def done(self, result: int) -> None:
        """However it is closed, the camera is let go."""
        self._again.stop()
        self.camera.stop()
        super().done(result)

    def _make_fields(self) -> None:
        settings = self._settings
        self._camera, self._field = Choice(), QLineEdit()
        self._field.setPlaceholderText(_EXAMPLE_ADDRESS)
        sizes = [*SIZES]
        if (settings.camera_width, settings.camera_height) not in sizes:
            sizes.append((settings.camera_width, settings.camera_height))
        self._size = fill_choice(
            Choice(),
            [((width, height), f"{width} × {height}") for width, height in sizes],
            (settings.camera_width, settings.camera_height),
        )
        turns = [(degrees, f"{degrees}°" if degrees else _("Not turned")) for degrees in ROTATIONS]
        self._rotation = fill_choice(Choice(), turns, settings.camera_rotation)
        exposures = [(power, f"1/{2**-power} s" if power else _("Automatic")) for power in _EXPOSURES]
        self._exposure = fill_choice(Choice(), exposures, settings.camera_exposure)
        self._mirror = QCheckBox(_("Show the picture like a mirror"))
        self._mirror.setChecked(settings.mirror)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.preview)
        left.addWidget(self._reading)
        left.addStretch(1)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        hint = _("A phone as a camera, or a video: its address, or the file's path.")
        fields: list[tuple[str, QWidget]] = [
            (_("Camera"), self._camera),
            (hint, self._field),
            (_("Size of the picture"), self._size),
            (_("Turned clockwise"), self._rotation),
            (_("Exposure, if the camera allows it"), self._exposure),
        ]
        for number, (caption, field) in enumerate(fields):
            label = PlainLabel(caption, 14, QFont.Weight.Medium, wrap=True)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 3 * number, 0)
            grid.addWidget(field, 3 * number + 1, 0)
            grid.setRowMinimumHeight(3 * number + 2, 8)
        grid.addWidget(self._mirror, 3 * len(fields), 0)
        grid.setRowStretch(3 * len(fields) + 1, 1)
        row = QHBoxLayout()
        row.setSpacing(26)
        row.addLayout(left)
        row.addLayout(grid, 1)
        self.content.addLayout(row)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self._on_apply_clicked)

    def _connect(self) -> None:
        self.camera.redeemed.connect(self._on_code_read)
        self.camera.failed_to_open.connect(self._reading.setText)
        for choice in (self._camera, self._size, self._rotation, self._exposure):
            choice.activated.connect(self._look)
        self._field.editingFinished.connect(self._look)
        self._mirror.toggled.connect(self.preview.set_mirrored)
        self._again = QTimer(self)
        self._again.setInterval(_LIST_AGAIN_MS)
        self._again.timeout.connect(self._list)
        self._again.start()

    def _list(self) -> None:
        """The cameras there are, the chosen one among them even while it is away."""
        devices = list(self._list_devices())
        if self._camera.count() and (devices == self._devices or self._camera.view().isVisible()):
            return
        chosen = self._address() if self._camera.count() else self._settings.camera
        self._devices = devices
        items: list[tuple[Any, str]] = [("", _("The first camera"))]
        items += [(device.address, device.name) for device in devices]
        if chosen.isdigit() or chosen.startswith(PREFIX):
            if chosen not in dict(items):
                label = camera_label(replace(self._settings, camera=chosen))
                items.append((chosen, _("{camera} (not there)").format(camera=label)))
        elif chosen:
            self._field.setText(chosen)
        items.append((_OTHER, _("Network camera or video")))
        known = chosen in dict(items)
        fill_choice(self._camera, items, chosen if known else _OTHER)
        self._field.setEnabled(self._camera.currentData() == _OTHER)

    def _address(self) -> str:
        chosen: str = self._camera.currentData()
        return self._field.text().strip() if chosen == _OTHER else chosen

    def _look(self) -> None:
        """Look through what is chosen, if it is another than before."""
        other = self._camera.currentData() == _OTHER
        self._field.setEnabled(other)
        if other and not self._field.text().strip():
            self._field.setFocus()
            return
        wished = self.wished()
        looked_at = (wished.camera, camera_options(wished))
        if getattr(self, "_looked_at", None) == looked_at:
            return
        self._looked_at = looked_at
        self.preview.set_mirrored(wished.mirror)
        self._reading.setText(_("Hold a code in front of the camera."))
        self.camera.start(*looked_at)

    def _on_code_read(self, text: str) -> None:
        self._reading.setText(_("Read: {text}").format(text=text))

    def _on_apply_clicked(self) -> None:
        self.applied.emit(self.wished())
        self.accept()
