"""Asks why a code is to be revoked, and whether its delegate gets another one at once."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from station.codes.issuing import LONGEST_REASON
from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel

_NAMES_SHOWN = 5


class ReissueDialog(DialogFrame):
    """The question before codes die; nothing is changed here."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent, 560)
        count = len(names)
        heading = _("A new code for {name}?") if count == 1 else _("New codes for {count} delegates?")
        self.set_heading(heading.format(name=names[0], count=count))
        if count > 1:
            more = [_("and {count} more").format(count=count - _NAMES_SHOWN)] if count > _NAMES_SHOWN else []
            self.content.addWidget(PlainLabel(", ".join([*names[:_NAMES_SHOWN], *more]), 15, wrap=True))
        said = _(
            "The code they have is refused at the desk from now on, on paper, on the phone and on the badge. "
            "This cannot be undone. What was sent must be replaced by the new invitation."
        )
        self.content.addWidget(PlainLabel(said, 15, wrap=True))
        self.content.addWidget(PlainLabel(_("Reason, for the journal"), 14, role="muted"))
        self._reason = QLineEdit()
        self._reason.setMaxLength(LONGEST_REASON)
        self._reason.setAccessibleName(_("Reason, for the journal"))
        self._reason.setPlaceholderText(_("for example: phone lost, picture passed on"))
        self.content.addWidget(self._reason)
        self._anew = QCheckBox(_("Issue a new code at once"))
        self._anew.setChecked(True)
        self._anew.toggled.connect(self._refresh)
        self.content.addWidget(self._anew)
        self.add_button(_("Keep it")).clicked.connect(self.reject)
        self._yes = self.add_button("", primary=True)
        self._yes.clicked.connect(self.accept)
        self._refresh()
        self._reason.setFocus()

    def reason(self) -> str:
        """Why."""
        return self._reason.text().strip()

    def anew(self) -> bool:
        """Whether a new code is wished for."""
        return self._anew.isChecked()

    def _refresh(self) -> None:
        self._yes.set_caption(_("Revoke and issue anew") if self.anew() else _("Only revoke"))
