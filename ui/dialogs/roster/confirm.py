"""The question before a roster is taken in: are those who were recognised by name the same people?"""

from PySide6.QtWidgets import QWidget

from station.i18n import _, ngettext
from station.roster.diff import RosterDiff
from ui.dialogs.message import MessageDialog


def confirmed(parent: QWidget, difference: RosterDiff | None) -> bool:
    """Whether a person confirms all who were recognised by name only; nobody is asked where there are none."""
    count = sum(change.by_name for change in difference.changed) if difference is not None else 0
    if not count:
        return True
    question = ngettext(
        "{count} delegate was recognised by name", "{count} delegates were recognised by name", count
    ).format(count=count)
    text = _(
        "The file gives no code for them; they fit by name, unit and telephone number, or by two of these. "
        "They keep their codes and all that was recorded of them. Whoever is somebody else is marked as another person."
    )
    return MessageDialog.confirm(parent, question, text, yes=_("They are the same"), no=_("Look at them"))
