"""Who may do what at this station: PIN and password are set here, and the table is read."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from station.checkin.access import Access
from station.errors import StationError
from station.i18n import N_, _
from station.model.role import LEAST, Act, Role, may
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import ROLE_NAMES, PinDialog
from ui.dialogs.secret import SecretDialog
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

SECRET_NAMES = {Role.SUPERVISOR: N_("The supervisor's PIN"), Role.ORGANISER: N_("The organiser's password")}
ACT_NAMES = {
    Act.VOID_OWN: N_("Cancel the desk's own last record, within two minutes"),
    Act.WALK_IN: N_("Register and admit somebody who is not on the roster"),
    Act.CORRECT: N_("Correct a name or title"),
    Act.VOID: N_("Cancel any other record, with a reason"),
    Act.OVERRIDE: N_("Admit as an exception"),
    Act.SUBSTITUTE: N_("Let somebody come instead of a delegate"),
    Act.MOVE_SESSION: N_("Choose the session by hand, move scans into another"),
    Act.REISSUE: N_("Revoke a lost badge, give a new code"),
    Act.SETTINGS: N_("Change camera, scanner and lock"),
    Act.UNLOCK: N_("Unlock the station, leave the kiosk"),
    Act.PREPARE: N_("Prepare: roster, programme, photos, invitations and what else stands there"),
}
_PROOFS = {Role.SUPERVISOR: Act.SETTINGS, Role.ORGANISER: Act.PREPARE}  # what the old one must open


class RolesDialog(DialogFrame):
    """Set, change and remove; the table below says what each role may."""

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent, 800)
        self._access = access
        self.set_heading(_("Roles and PIN"))
        text = _(
            "Without a PIN everybody may do everything. A PIN protects the screen, not the disk: "
            "whoever holds this laptop or a copy of the event folder can read it."
        )
        self.content.addWidget(PlainLabel(text, 15, role="muted", wrap=True))
        self._states: dict[Role, PlainLabel] = {}
        self._set: dict[Role, KeyButton] = {}
        self._remove: dict[Role, KeyButton] = {}
        self._build_secrets()
        self.content.addWidget(_table())
        self.add_button(_("Close"), primary=True).clicked.connect(self.accept)
        self._tell()

    def state(self, role: Role) -> str:
        """What is said of a role's PIN or password."""
        return self._states[role].full_text()

    def _build_secrets(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for row, (role, name) in enumerate(SECRET_NAMES.items()):
            self._states[role] = PlainLabel(size_px=15, role="muted")
            self._set[role], self._remove[role] = KeyButton("key-round"), KeyButton("x")
            for button in (self._set[role], self._remove[role]):
                button.setAutoDefault(False)
            self._set[role].clicked.connect(partial(self._on_set, role))
            self._remove[role].clicked.connect(partial(self._on_remove, role))
            grid.addWidget(PlainLabel(_(name), 15, QFont.Weight.DemiBold), row, 0)
            grid.addWidget(self._states[role], row, 1)
            grid.addWidget(self._set[role], row, 2)
            grid.addWidget(self._remove[role], row, 3)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)

    def _tell(self) -> None:
        for role, name in SECRET_NAMES.items():
            is_set = self._access.is_guarded(role)
            self._states[role].setText(_("is set") if is_set else _("not set"))
            self._states[role].set_role("positive" if is_set else "muted")
            self._set[role].set_caption(_("Change…") if is_set else _("Set…"))
            self._remove[role].set_caption(_("Remove"))
            self._remove[role].setVisible(is_set)
            for button in (self._set[role], self._remove[role]):
                button.setAccessibleName(f"{_(name)}: {button.caption()}")

    def _on_set(self, role: Role) -> None:
        if self._is_proved(role):
            SecretDialog(self._access, role, self).exec()
            self._tell()

    def _on_remove(self, role: Role) -> None:
        if not self._is_proved(role):
            return
        try:
            self._access.remove_secret(role)
        except StationError as error:
            MessageDialog.tell(self, _("Not changed"), str(error))
        self._tell()

    def _is_proved(self, role: Role) -> bool:
        """Whether the old one, or the organiser's password, was typed just now; a new one needs none."""
        if not self._access.is_guarded(role) and self._access.may(_PROOFS[role]):
            return True
        if (
            role is Role.SUPERVISOR
            and self._access.may(Act.PREPARE)
            and self._access.is_guarded(Role.ORGANISER)
        ):
            return True
        return PinDialog(self._access, _PROOFS[role], self).exec() == self.DialogCode.Accepted


def _table() -> QFrame:
    """What each may do, a row an act."""
    box = QFrame()
    box.setObjectName("surface")
    grid = QGridLayout(box)
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    centre = Qt.AlignmentFlag.AlignCenter
    grid.addWidget(PlainLabel(_("What each may do"), 14, QFont.Weight.Bold), 0, 0)
    for column, role in enumerate(Role, 1):
        grid.addWidget(
            PlainLabel(_(ROLE_NAMES[role]), 13, QFont.Weight.DemiBold, role="muted"), 0, column, centre
        )
    for row, act in enumerate(LEAST, 1):
        grid.addWidget(PlainLabel(_(ACT_NAMES[act]), 14), row, 0)
        for column, role in enumerate(Role, 1):
            allowed = may(role, act)
            mark = IconMark(18, "check" if allowed else "minus", "positive" if allowed else "line")
            mark.setAccessibleName(_("yes") if allowed else _("no"))
            grid.addWidget(mark, row, column, centre)
    everybody = _("Scanning, searching, hand-outs, badges and export are open to everybody.")
    note = PlainLabel(everybody, 13, role="muted", wrap=True)
    grid.addWidget(note, len(LEAST) + 1, 0, 1, 4)
    grid.setColumnStretch(0, 1)
    return box
