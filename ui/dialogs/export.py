"""The export's dialog: choose a folder or stick, write, read back, and only then say done."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from station.app import Station
from station.exchange.export import ExportResult
from station.i18n import _, ngettext
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.key_button import KeyButton


class ExportDialog(WorkDialog):
    """Writes the attendance, the hand-outs and the sealed journal into a new folder."""

    for_everybody = True

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Export"),
            _("Attendance, hand-outs and the sealed journal are written into a new folder and read back."),
            _("Export"),
        )
        self._station = station
        self._folder = QLineEdit(str(station.folder / "exports"))
        self._folder.setAccessibleName(_("Folder"))
        self._browse = KeyButton("folder-open")
        self._browse.set_caption(_("Choose…"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._place = QWidget()
        row = QHBoxLayout(self._place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._folder, 1)
        row.addWidget(self._browse)
        self.content.insertWidget(1, self._place)

    def begin(self) -> None:
        """Export into the folder of the field."""
        to = Path(self._folder.text().strip() or str(self._station.folder / "exports"))
        self._place.hide()
        self.run(
            "export", lambda progress: self._station.export(to, progress), _told, _("Writing and checking…")
        )

    def _on_browse_clicked(self) -> None:
        chosen = Choose.folder(self, _("Where should the export go?"), Path(self._folder.text()))
        if chosen is not None:
            self._folder.setText(str(chosen))


def _told(result: ExportResult) -> tuple[str, str]:
    files = ngettext("{count} file", "{count} files", len(result.names)).format(count=len(result.names))
    where = _("{files} in {folder}").format(files=files, folder=result.to)
    return (_("Done and verified") if result.verified else _("Written, but not verified")), where
