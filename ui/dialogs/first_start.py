"""The first start: language, name, camera, printer and where to begin, in one window that Enter gets through."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.badges.profiles import keep_printing, printing_of
from station.capture.camera import camera_options
from station.capture.devices import CameraDevice, camera_devices
from station.i18n import N_, _
from station.settings import Settings
from ui.devices.camera import CameraController
from ui.devices.printer import printer_names
from ui.dialogs.frame import DialogFrame
from ui.style.theme import apply_language
from ui.style.tokens import Tone
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.widgets.preview import Preview

_PICTURE_PX = (432, 243)
_LIST_AGAIN_MS = 2000
_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class Beginning(StrEnum):
    """What comes after this window."""

    SAMPLE = "sample"
    PACK = "pack"
    FOLDER = "folder"
    NEW = "new"
    LATER = "later"


_BEGINNINGS = {
    Beginning.SAMPLE: N_("The sample event"),
    Beginning.PACK: N_("An event pack from the office"),
    Beginning.FOLDER: N_("An event folder"),
    Beginning.NEW: N_("A new event"),
    Beginning.LATER: N_("Decide later"),
}


class FirstStartDialog(DialogFrame):
    """Every field has a sensible choice already, so Enter alone is enough; Esc changes nothing.

    Attributes:
        beginning: what was chosen to begin with.

    Args:
        settings: changed in place once the person agreed.
        list_devices, list_printers: what is plugged in and installed.
    """

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        list_devices: Callable[[], Sequence[CameraDevice]] = camera_devices,
        list_printers: Callable[[], Sequence[str]] = printer_names,
    ) -> None:
        super().__init__(parent, 920)
        self._settings = settings
        self._list_devices = list_devices
        self._printers = list(list_printers())
        self._devices: list[CameraDevice] | None = None
        self.beginning = Beginning.LATER
        self.preview = Preview()
        self.preview.setFixedSize(*_PICTURE_PX)
        self.camera = CameraController(
            self.preview, lambda sighting: sighting.code.text, lambda _text: Tone.ADMITTED, self
        )
        self._make_fields()
        self._build()
        self._dress()
        self._list()
        self._again = QTimer(self)
        self._again.timeout.connect(self._list)
        self._again.start(_LIST_AGAIN_MS)
        self._language.setFocus()

    def choose(self, beginning: Beginning) -> None:
        """Choose where to begin."""
        self._begin.setCurrentIndex(self._begin.findData(beginning))

    def done(self, result: int) -> None:
        """However it is closed, the camera is let go."""
        self._again.stop()
        self.camera.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_start"):
            self._dress()

    def _make_fields(self) -> None:
        self._language = fill_choice(Choice(), _LANGUAGES, self._settings.language)
        self._language.currentIndexChanged.connect(lambda: apply_language(self._language.currentData()))
        self._name = QLineEdit()
        self._name.setMaxLength(60)
        self._camera, self._printer, self._begin = Choice(), Choice(), Choice()
        self._camera.currentIndexChanged.connect(self._look)
        self._fields: list[tuple[PlainLabel, QWidget]] = [
            (PlainLabel(size_px=14, weight=QFont.Weight.Medium), field)
            for field in (self._language, self._name, self._camera, self._printer, self._begin)
        ]

    def _build(self) -> None:
        self._claim = PlainLabel(size_px=15, role="muted", wrap=True)
        self._reading = PlainLabel(size_px=14, role="muted", wrap=True)
        self.camera.redeemed.connect(lambda text: self._reading.setText(_("Read: {text}").format(text=text)))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for number, (label, field) in enumerate(self._fields):
            label.setBuddy(field)
            grid.addWidget(label, 3 * number, 0)
            grid.addWidget(field, 3 * number + 1, 0)
            grid.setRowMinimumHeight(3 * number + 2, 6)
        grid.setRowStretch(3 * len(self._fields), 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.preview)
        right.addWidget(self._reading)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(26)
        row.addLayout(grid, 1)
        row.addLayout(right)
        self.content.addWidget(self._claim)
        self.content.addLayout(row)
        self._cancel = self.add_button("")
        self._cancel.clicked.connect(self.reject)
        self._start = self.add_button("", primary=True)
        self._start.clicked.connect(self._on_start_clicked)

    def _dress(self) -> None:
        """Every text in the language that was chosen; what was chosen or typed stays."""
        self.set_heading(_("Welcome to the check-in station"))
        self._claim.setText(_("Enter takes what is offered. All of it can be changed later in the settings."))
        captions = (
            _("Language"), _("This station is called"), _("Camera"), _("Printer for badges"), _("Begin with"),
        )  # fmt: skip
        for caption, (label, field) in zip(captions, self._fields, strict=True):
            label.setText(caption)
            field.setAccessibleName(caption)
        self._name.setPlaceholderText(_("Desk 1"))
        printers = [("", _("None: badges become PDF sheets")), *((name, name) for name in self._printers)]
        chosen = self._printer.currentData() if self._printer.count() else (self._printers or [""])[0]
        fill_choice(self._printer, printers, chosen)
        begin = self._begin.currentData() or Beginning.SAMPLE
        fill_choice(self._begin, [(key, _(text)) for key, text in _BEGINNINGS.items()], begin)
        self._show_cameras()
        self._cancel.set_caption(_("Not now"))
        self._start.set_caption(_("Start"))

    def _list(self) -> None:
        """The cameras there are; one that is plugged in now appears by itself."""
        devices = list(self._list_devices())
        if devices == self._devices or self._camera.view().isVisible():
            return
        self._devices = devices
        self._show_cameras()
        self._look()

    def _show_cameras(self) -> None:
        devices = self._devices or []
        chosen = self._camera.currentData() if self._camera.count() else ""
        items = [(device.address, device.name) for device in devices] or [
            ("", _("None found: USB scanner only"))
        ]
        self._camera.blockSignals(True)  # the same camera is not opened twice
        fill_choice(self._camera, items, chosen)
        self._camera.blockSignals(False)
        has_camera = bool(devices)
        self._camera.setEnabled(has_camera)
        self._reading.setText(
            _("Hold a code in front of the camera.")
            if has_camera
            else _("Plug a camera in and it appears here; a USB scanner works without any choice.")
        )

    def _look(self) -> None:
        address = self._camera.currentData()
        if address:
            self.camera.start(address, camera_options(self._settings))
        else:
            self.camera.stop()
            self.preview.show_trouble(_("No camera"), _("A USB scanner is enough."))

    def _on_start_clicked(self) -> None:
        settings = self._settings
        settings.language = self._language.currentData()
        settings.station_name = self._name.text().strip()
        settings.camera = self._camera.currentData() or ""
        keep_printing(settings, replace(printing_of(settings), printer=self._printer.currentData()))
        self.beginning = Beginning(self._begin.currentData())
        self.accept()
