"""Wiping this laptop after the event: what goes, whether all of it is safe elsewhere, and the event's name to type."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QWidget

from station.app import Station
from station.exchange.wiping import Wipe, is_name_of
from station.i18n import _, ngettext, pick
from ui.dialogs.frame import DialogFrame
from ui.widgets.key_button import KeyButton
from ui.widgets.place_list import size_text
from ui.widgets.plain_label import PlainLabel
from ui.wording import moment_text


class WipeDialog(DialogFrame):
    """Accepted only when everything was exported and the event's name was typed.

    Attributes:
        export_wanted: whether it was closed to export first.
    """

    def __init__(self, station: Station, found: Wipe, parent: QWidget | None = None) -> None:
        super().__init__(parent, 600)
        self.set_heading(_("Wipe this laptop"))
        self.export_wanted = False
        self._event = found.event
        self._name = QLineEdit()
        self._name.setAccessibleName(_("Name of the event"))
        self._name.textChanged.connect(self._on_name_changed)
        self._cancel: KeyButton = self.add_button(_("Keep everything"))
        self._cancel.clicked.connect(self.reject)
        self.content.addWidget(PlainLabel(_what_goes(found), 15, wrap=True))
        if found.objections:
            self._object(found)
        else:
            self._ask(station, found)

    def _object(self, found: Wipe) -> None:
        trouble = PlainLabel(
            " ".join(found.objections), 15, QFont.Weight.DemiBold, role="negative", wrap=True
        )
        self.content.addWidget(trouble)
        export = self.add_button(_("Export…"), primary=True, icon="folder-output")
        export.clicked.connect(self._on_export_clicked)
        export.setFocus()

    def _ask(self, station: Station, found: Wipe) -> None:
        if found.last is not None:
            text = _("Everything is in the export of {time}, in {folder}. Is that stick in your hands?")
            when = moment_text(found.last.at, station.event.zone)
            said = text.format(time=when, folder=found.last.to)
            self.content.addWidget(PlainLabel(said, 15, role="positive", wrap=True))
        note = _(
            "A second copy on a stick stays there. On an SSD, wiped files may be recovered by experts unless the disk "
            "is encrypted."
        )
        self.content.addWidget(PlainLabel(note, 13, role="muted", wrap=True))
        label = PlainLabel(
            _("Type the event's name to wipe it: {name}").format(name=_called(found)), 15, wrap=True
        )
        label.setBuddy(self._name)
        self.content.addWidget(label)
        self.content.addWidget(self._name)
        self._wipe = self.add_button(_("Wipe"), primary=True, icon="trash-2")
        self._wipe.clicked.connect(self._on_wipe_clicked)
        self._wipe.setEnabled(False)
        self._name.setFocus()

    def _on_name_changed(self, text: str) -> None:
        self._wipe.setEnabled(is_name_of(self._event, text))

    def _on_wipe_clicked(self) -> None:
        if is_name_of(self._event, self._name.text()):
            self.accept()

    def _on_export_clicked(self) -> None:
        self.export_wanted = True
        self.reject()


def _called(found: Wipe) -> str:
    return pick(found.event.name, found.event.name_en)


def _what_goes(found: Wipe) -> str:
    files = ngettext("{count} file", "{count} files", found.files).format(count=found.files)
    text = _(
        "“{event}” is removed from this laptop with everything in its folder: records, roster, photos, documents, "
        "backups, prints ({files}, {size}). There is no way back."
    )
    return text.format(event=_called(found), files=files, size=size_text(found.bytes))
