"""Small questions about a name: how it is called, and which other one it becomes part of."""

from collections.abc import Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QWidget

from station.i18n import _, ngettext
from station.model.unit import Division
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel


class NameDialog(DialogFrame):
    """Asks for a name."""

    def __init__(self, parent: QWidget | None, heading: str, caption: str, most: int, yes: str) -> None:
        super().__init__(parent, 460)
        self.set_heading(heading)
        self.field = QLineEdit()
        self.field.setMaxLength(most)
        label = PlainLabel(caption, 14, QFont.Weight.Medium)
        label.setBuddy(self.field)
        self.field.setAccessibleName(caption)
        self.content.addWidget(label)
        self.content.addWidget(self.field)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._yes = self.add_button(yes, primary=True)
        self._yes.clicked.connect(self.accept)
        self._yes.setEnabled(False)
        self.field.textChanged.connect(lambda text: self._yes.setEnabled(bool(text.strip())))
        self.field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, heading: str, caption: str, most: int, yes: str) -> str:
        """The name, '' when the person changed their mind. Tests replace this method."""
        dialog = cls(parent, heading, caption, most, yes)
        return dialog.field.text() if dialog.exec() == DialogFrame.DialogCode.Accepted else ""


class MergeDialog(DialogFrame):
    """Asks which other unit or category one becomes part of."""

    def __init__(self, parent: QWidget | None, division: Division, others: Sequence[str]) -> None:
        super().__init__(parent, 560)
        self.set_heading(_("Merge “{name}”").format(name=division.name))
        caption = _("It becomes part of")
        self.choice = fill_choice(Choice(), [(name, name) for name in others], "")
        self.choice.setMaxVisibleItems(14)
        label = PlainLabel(caption, 14, QFont.Weight.Medium)
        label.setBuddy(self.choice)
        self.choice.setAccessibleName(caption)
        self.content.addWidget(PlainLabel(merge_sentence(division.name, division.delegates), 15, wrap=True))
        self.content.addWidget(label)
        self.content.addWidget(self.choice)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Merge"), primary=True, icon="merge").clicked.connect(self.accept)

    @classmethod
    def ask(cls, parent: QWidget | None, division: Division, others: Sequence[str]) -> str:
        """The other one, '' when the person changed their mind. Tests replace this method."""
        dialog = cls(parent, division, others)
        accepted = dialog.exec() == DialogFrame.DialogCode.Accepted
        return str(dialog.choice.currentData()) if accepted else ""


def merge_sentence(name: str, delegates: int) -> str:
    """What merging a name does."""
    moved = ngettext(
        "{count} delegate of “{name}” moves over, and what is meant for it.",
        "{count} delegates of “{name}” move over, and what is meant for it.",
        delegates,
    ).format(count=delegates, name=name)
    return moved + " " + _("A roster that says “{name}” again is read in the same way.").format(name=name)
