"""Asks for the PIN or password that an act needs."""

from PySide6.QtWidgets import QLineEdit, QWidget

from station.checkin.access import Access
from station.errors import StationError
from station.i18n import N_, _
from station.model.role import Act, Role
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.widgets.plain_label import PlainLabel

ROLE_NAMES = {
    Role.CLERK: N_("Clerk"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ORGANISER: N_("Organiser"),
}


class PinDialog(DialogFrame):
    """One field; a wrong try is said, and tries get slower.

    Args:
        cancel_closes: it stands over something that was locked, which goes away without an answer.
    """

    for_everybody = True

    def __init__(
        self, access: Access, act: Act, parent: QWidget | None = None, *, cancel_closes: bool = False
    ) -> None:
        super().__init__(parent, 460)
        self._access = access
        self._act = act
        least = access.proofs(act)[0]
        if least is Role.SUPERVISOR:
            self.set_heading(_("The supervisor's PIN"))
        else:
            self.set_heading(_("The organiser's password"))
        text = _("This is for the role: {role}.").format(role=_(ROLE_NAMES[least]))
        if least is Role.SUPERVISOR and Role.ORGANISER in access.proofs(act):
            text += " " + _("The organiser's password opens it too.")
        self.content.addWidget(PlainLabel(text, 15, role="muted", wrap=True))
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setAccessibleName(self.windowTitle())
        self._line.setMaxLength(128)
        self.content.addWidget(self._line)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self.content.addWidget(self._trouble)
        cancel = _("Back to the desk") if cancel_closes else _("Cancel")
        self.add_button(cancel).clicked.connect(self.reject)
        self.add_button(_("Continue"), primary=True).clicked.connect(self._on_tried)
        self._line.setFocus()

    def trouble(self) -> str:
        """Why it was refused, '' for nothing."""
        return self._trouble.full_text()

    def _on_tried(self) -> None:
        try:
            self._access.prove(self._line.text(), self._act)
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            self._line.selectAll()
            self._line.setFocus()
        else:
            self.accept()


def allowed(access: Access, act: Act, parent: QWidget | None) -> bool:
    """Whether an act may be done now, asking for the PIN or password where one is needed."""
    if access.may(act):
        return True
    if not access.proofs(act):
        MessageDialog.tell(parent, _("Not allowed"), _("Nobody at this station may do that."))
        return False
    return PinDialog(access, act, parent).exec() == DialogFrame.DialogCode.Accepted
