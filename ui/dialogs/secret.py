"""Asks twice for a new PIN or password."""

from PySide6.QtWidgets import QLineEdit, QWidget

from station.checkin.access import LONGEST_PASSWORD, Access
from station.errors import StationError
from station.i18n import _
from station.model.role import Role
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel


class SecretDialog(DialogFrame):
    """Two fields that must be alike; what does not fit is said and nothing is set."""

    def __init__(self, access: Access, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent, 460)
        self._access = access
        self._role = role
        if role is Role.SUPERVISOR:
            self.set_heading(_("A new PIN for the supervisor"))
            captions = _("New PIN: 4 to 12 digits"), _("Once more")
        else:
            self.set_heading(_("A new password for the organiser"))
            captions = _("New password: at least 8 characters"), _("Once more")
        self._lines = [self._add_line(caption) for caption in captions]
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self.content.addWidget(self._trouble)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Set"), primary=True).clicked.connect(self._on_set)
        self._lines[0].setFocus()

    def trouble(self) -> str:
        """Why nothing was set, '' for nothing."""
        return self._trouble.full_text()

    def _add_line(self, caption: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(LONGEST_PASSWORD)
        line.setAccessibleName(caption)
        label = PlainLabel(caption, 15)
        label.setBuddy(line)
        self.content.addWidget(label)
        self.content.addWidget(line)
        return line

    def _on_set(self) -> None:
        first, again = (line.text() for line in self._lines)
        if first and not again:
            self._lines[1].setFocus()
            return
        try:
            if first != again:
                self._refuse(_("The two are not alike. Type them once more."))
                return
            self._access.set_secret(self._role, first)
        except StationError as error:
            self._refuse(str(error))
        else:
            self.accept()

    def _refuse(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.show()
        for line in self._lines:
            line.clear()
        self._lines[0].setFocus()
