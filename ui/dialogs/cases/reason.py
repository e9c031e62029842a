"""A question with a reason that is kept with the record."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


class ReasonDialog(DialogFrame):
    """One line to type, or one of the usual reasons."""

    def __init__(
        self, heading: str, text: str, done: str, usual: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, 560)
        self.set_heading(heading)
        self.content.addWidget(PlainLabel(text, 15, wrap=True))
        self._line = QLineEdit()
        self._line.setMaxLength(500)
        self._line.setPlaceholderText(_("Reason"))
        self._line.setAccessibleName(_("Reason"))
        self.content.addWidget(self._line)
        for number, reason in enumerate(usual, 1):
            button = KeyButton("", f"Alt+{number}")
            button.set_caption(reason)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, text=reason: self._line.setText(text))
            self.content.addWidget(button)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._done = self.add_button(done, primary=True)
        self._done.clicked.connect(self.accept)
        self._done.setEnabled(False)
        self._line.textChanged.connect(lambda text: self._done.setEnabled(bool(text.strip())))
        self._line.setFocus()

    def reason(self) -> str:
        """What was typed."""
        return self._line.text().strip()

    @classmethod
    def ask(
        cls, parent: QWidget | None, heading: str, text: str, done: str, usual: Sequence[str] = ()
    ) -> str:
        """The reason, '' when the person changed their mind. Tests replace this method."""
        dialog = cls(heading, text, done, usual, parent)
        return dialog.reason() if dialog.exec() == DialogFrame.DialogCode.Accepted else ""
