"""A printer that is installed nowhere: its address in the network."""

from PySide6.QtWidgets import QLineEdit, QWidget

from station.badges.printers import SOCKET, check_address
from station.errors import Refusal
from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel


class AddressDialog(DialogFrame):
    """Accepted with :meth:`address`, which makes sense."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, 520)
        self.set_heading(_("A printer in the network"))
        text = _(
            "Host and port of a printer that takes PDF on a raw port, for example 192.168.1.50:9100. Others are "
            "installed in the system's settings first."
        )
        self.content.addWidget(PlainLabel(text, 15, wrap=True))
        self._line = QLineEdit()
        self._line.setPlaceholderText("192.168.1.50:9100")
        self._line.setAccessibleName(_("Address"))
        self.content.addWidget(self._line)
        self._told = PlainLabel(size_px=14, role="negative", wrap=True)
        self.content.addWidget(self._told)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Use it"), primary=True).clicked.connect(self.accept)
        self._line.setFocus()

    def address(self) -> str:
        """As the spool knows it."""
        return SOCKET + self._line.text().strip().removeprefix(SOCKET)

    def accept(self) -> None:
        """Only what makes sense."""
        try:
            check_address(self.address())
        except Refusal as error:
            self._told.setText(str(error))
        else:
            super().accept()
