"""Camera, language, theme and sound of this machine."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from station.i18n import _
from station.settings import Settings
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice
from ui.widgets.plain_label import PlainLabel


class SettingsDialog(DialogFrame):
    """Nothing changes before Apply.

    Signals:
        applied: (Settings) the new choices.
    """

    applied = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent, 560)
        self._settings = settings
        self.set_heading(_("Settings"))
        self._camera = QLineEdit(settings.camera)
        self._camera.setPlaceholderText("0")
        self._language = _choice([("vi", "Tiếng Việt"), ("en", "English")], settings.language)
        self._theme = _choice(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))], settings.theme
        )
        self._mirror = QCheckBox(_("Show the picture like a mirror"))
        self._mirror.setChecked(settings.mirror)
        self._sound = QCheckBox(_("A sound with every scan"))
        self._sound.setChecked(settings.sound)
        self._build()
        cancel = self.add_button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self._on_apply_clicked)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        rows = ((_("Camera"), self._camera), (_("Language"), self._language), (_("Theme"), self._theme))
        for number, (caption, field) in enumerate(rows):
            label = PlainLabel(caption, 15)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, number * 2, 0)
            grid.addWidget(field, number * 2, 1)
        hint = _("0 is the first camera, 1 the second; or a file, or a network address.")
        grid.addWidget(PlainLabel(hint, 13, role="muted", wrap=True), 1, 1)
        grid.addWidget(self._mirror, 5, 1)
        grid.addWidget(self._sound, 6, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)

    def _on_apply_clicked(self) -> None:
        self.applied.emit(
            replace(
                self._settings,
                camera=self._camera.text().strip(),
                language=self._language.currentData(),
                theme=self._theme.currentData(),
                mirror=self._mirror.isChecked(),
                sound=self._sound.isChecked(),
            )
        )
        self.accept()


def _choice(items: Sequence[tuple[str, str]], chosen: str) -> Choice:
    box = Choice()
    for value, caption in items:
        box.addItem(caption, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
