"""Adds a target; asks for the organiser's password; asks who closes a row, and why."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from station.app import Station
from station.errors import StationError
from station.i18n import _
from station.store.outbox import StoredTarget
from station.sync.credentials import Credentials, has_keyring
from station.sync.target import Address, Kind
from station.sync.targets import add_target
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame
from ui.dialogs.sending.wording import KINDS, MODES
from ui.widgets.field_grid import field_grid
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_LONGEST = 500


class AddTargetDialog(DialogFrame):
    """One form for every kind; what a kind does not need is not shown.

    Attributes:
        added: the target, once it was added.
    """

    def __init__(self, station: Station, credentials: Credentials, parent: QWidget | None = None) -> None:
        super().__init__(parent, 640)
        self.set_heading(_("Add a target"))
        self._station, self._credentials = station, credentials
        self.added: StoredTarget | None = None
        self.kind, self.mode = QComboBox(), QComboBox()
        for kind, caption in KINDS.items():
            self.kind.addItem(_(caption), kind)
        for mode, caption in MODES.items():
            self.mode.addItem(_(caption), mode)
        self.name, self.url, self.user, self.authority = (QLineEdit() for _field in range(4))
        self.secret, self.passphrase = _secret_line(), _secret_line()
        self._browse, self._browse_authority = KeyButton("folder-open"), KeyButton("folder-open")
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._build()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Add"), primary=True).clicked.connect(self._on_add)
        self.url.setFocus()

    def trouble(self) -> str:
        """Why nothing was added, '' for nothing."""
        return self._trouble.full_text()

    def _build(self) -> None:
        for button, pressed in (
            (self._browse, self._on_folder_wanted),
            (self._browse_authority, self._on_authority_wanted),
        ):
            button.set_caption(_("Browse…"))
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
        for line in (self.name, self.url, self.user, self.authority, self.secret):
            line.setMaxLength(_LONGEST)
        self.authority.setPlaceholderText(_("only where the server has its own"))
        self.name.setPlaceholderText(_("by the address"))
        self._grid = field_grid(
            [
                (_("Kind"), self.kind),
                (_("Address"), _beside(self.url, self._browse)),
                (_("Name here"), self.name),
                (_("User"), self.user),
                (_("Password or token"), self.secret),
                (_("Organiser's password"), self.passphrase),
                (_("Certificate authority"), _beside(self.authority, self._browse_authority)),
                (_("When it is sent"), self.mode),
            ]
        )
        for line, caption in ((self.url, _("Address")), (self.authority, _("Certificate authority"))):
            line.setAccessibleName(caption)
        self.content.addLayout(self._grid)
        self._about = PlainLabel(size_px=13, role="muted", wrap=True)
        self.content.addWidget(self._about)
        self._trouble.hide()
        self.content.addWidget(self._trouble)

    def _on_kind(self) -> None:
        kind = Kind(self.kind.currentData())
        is_folder = kind is Kind.FOLDER
        self._browse.setVisible(is_folder)
        wants_word = not is_folder and not has_keyring()
        for row, shown in ((3, not is_folder), (4, not is_folder), (5, wants_word), (6, not is_folder)):
            for column in (0, 1):
                item = self._grid.itemAtPosition(row, column)
                widget = item.widget() if item else None
                if widget is not None:
                    widget.setVisible(shown)
        self.url.setPlaceholderText(
            {
                Kind.FOLDER: "",
                Kind.WEBDAV: "https://cloud.example.org/remote.php/dav/files/USER/FOLDER/",
                Kind.ENDPOINT: "https://results.example.org/",
            }[kind]
        )
        self._about.setText(
            _("This system keeps no passwords for programs: the organiser's password encrypts this one.")
            if wants_word
            else ""
        )
        self._about.setVisible(bool(self._about.full_text()))

    def _on_folder_wanted(self) -> None:
        chosen = Choose.folder(self, _("Which folder?"), Path.home())
        if chosen is not None:
            self.url.setText(str(chosen))

    def _on_authority_wanted(self) -> None:
        chosen = Choose.authority(self, _("Which certificate?"), Path.home())
        if chosen is not None:
            self.authority.setText(str(chosen))

    def _on_add(self) -> None:
        kind = Kind(self.kind.currentData())
        authority = self.authority.text().strip()
        address = Address(
            kind,
            self.url.text().strip(),
            "" if kind is Kind.FOLDER else self.user.text().strip(),
            Path(authority) if authority and kind is not Kind.FOLDER else None,
        )
        if self.passphrase.text():
            self._credentials.passphrase = self.passphrase.text()
        try:
            self.added = add_target(
                self._station.files,
                self._credentials,
                address,
                name=self.name.text(),
                mode=self.mode.currentData(),
                secret="" if kind is Kind.FOLDER else self.secret.text(),
            )
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        self.accept()


class PassphraseDialog(DialogFrame):
    """The organiser's password, under which the passwords of targets were encrypted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, 480)
        self.set_heading(_("Unlock passwords"))
        self._line = _secret_line()
        self.content.addLayout(field_grid([(_("Organiser's password"), self._line)]))
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Unlock"), primary=True).clicked.connect(self.accept)
        self._line.setFocus()

    def passphrase(self) -> str:
        """What was typed."""
        return self._line.text()


class CloseRowDialog(DialogFrame):
    """Who gives a row up, and why; both are kept with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, 560)
        self.set_heading(_("Close this row"))
        said = _("{name} is not sent any more. Its records stay on this laptop and in every export.")
        self.content.addWidget(PlainLabel(said.format(name=name), 14, role="muted", wrap=True))
        self._by, self._reason = QLineEdit(), QLineEdit()
        for line in (self._by, self._reason):
            line.setMaxLength(200)
            line.textChanged.connect(self._on_typed)
        self.content.addLayout(field_grid([(_("Your name"), self._by), (_("Reason"), self._reason)]))
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._done = self.add_button(_("Close this row"), primary=True)
        self._done.clicked.connect(self.accept)
        self._on_typed()
        self._by.setFocus()

    def by(self) -> str:
        """Who."""
        return self._by.text().strip()

    def reason(self) -> str:
        """Why."""
        return self._reason.text().strip()

    def _on_typed(self) -> None:
        self._done.setEnabled(bool(self.by() and self.reason()))


def _secret_line() -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setMaxLength(_LONGEST)
    return line


def _beside(line: QLineEdit, button: KeyButton) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(line, 1)
    row.addWidget(button)
    both.setFocusProxy(line)
    return both
