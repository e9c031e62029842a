"""What an export will hold: how many files, and a password for its workbooks if somebody wants one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station.app import Station
from station.i18n import _, ngettext
from station.reports.choice import read_choice
from station.reports.files import planned
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel

_LONGEST = 200


class ExportContents(QWidget):
    """Two fields for a password, the second one only once something stands in the first.

    Signals:
        changed: the export can begin now, or not yet.
    """

    changed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        with station.files.reading() as connection:
            self._choice = read_choice(connection)
        self._said = PlainLabel(size_px=13, role="muted", wrap=True)
        self.field, self.again = self._line(_("Password of the workbooks")), self._line(_("Once more"))
        self.field.setPlaceholderText(_("none: everybody can open them"))
        self._again_row = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(field_grid([(_("Password of the workbooks"), self.field)]))
        again = field_grid([(_("Once more"), self.again)], self._again_row)
        again.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._again_row)
        layout.addWidget(self._said)
        self._on_edited()

    def password(self) -> str:
        """What was typed, '' for none."""
        return self.field.text()

    def is_ready(self) -> bool:
        """Whether there is no password, or twice the same."""
        return self.field.text() == self.again.text()

    def told(self) -> str:
        """What is said of the files."""
        return self._said.full_text()

    def _line(self, caption: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(_LONGEST)
        line.setAccessibleName(caption)
        line.textChanged.connect(self._on_edited)
        return line

    def _on_edited(self) -> None:
        wanted = bool(self.field.text())
        self._again_row.setVisible(wanted)
        if not wanted and self.again.text():
            self.again.clear()
        count = len(planned(self._choice, protect=wanted))
        files = ngettext("{count} file", "{count} files", count).format(count=count)
        if wanted and not self.is_ready():
            self._said.setText(_("Type the password once more below."))
        elif wanted:
            self._said.setText(
                _(
                    "{files} and the sealed journal; tables and papers that bear no password are left out."
                ).format(files=files)
            )
        else:
            self._said.setText(
                _("{files} of reports and the sealed journal; choose them under Prepare, Reports.").format(
                    files=files
                )
            )
        self.changed.emit()
