"""Messages and questions in plain text."""

from PySide6.QtWidgets import QWidget

from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel


class MessageDialog(DialogFrame):
    """One sentence, an explanation, and one or two buttons."""

    def __init__(self, parent: QWidget | None, headline: str, text: str, yes: str, no: str = "") -> None:
        super().__init__(parent)
        self.set_heading(headline)
        self.content.addWidget(PlainLabel(text, 15, wrap=True))
        if no:
            self.add_button(no).clicked.connect(self.reject)
        self.add_button(yes, primary=True).clicked.connect(self.accept)

    @classmethod
    def tell(cls, parent: QWidget | None, headline: str, text: str) -> None:
        """Say something and wait until it was read."""
        cls(parent, headline, text, _("Close")).exec()

    @classmethod
    def confirm(cls, parent: QWidget | None, headline: str, text: str, *, yes: str, no: str) -> bool:
        """Ask; True for the button ``yes``. Tests replace this method."""
        return cls(parent, headline, text, yes, no).exec() == DialogFrame.DialogCode.Accepted
