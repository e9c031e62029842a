"""The keys, on one page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from station.i18n import N_, _
from ui.dialogs.frame import DialogFrame
from ui.widgets.key_cap import KeyCap
from ui.widgets.plain_label import PlainLabel

_KEYS = (
    ("F2", N_("Hand out all documents")),
    ("Alt+1 … Alt+0", N_("One document: hand out, take back")),
    ("F3", N_("Find a name")),
    ("F4", N_("Entry or exit, where exits are recorded")),
    ("F5", N_("Admit or check out by hand")),
    ("F6", N_("Choose the session")),
    ("Shift+F6", N_("Follow the clock again")),
    ("F7", N_("Print the badge")),
    ("F8", N_("Cancel an admission or exit")),
    ("F9", N_("Close the alarm “not recorded”")),
    ("F10", N_("Walk-ins, substitutions and other cases")),
    ("F11", N_("Copy the documents to the delegate's USB stick")),
    ("F12", N_("Open documents of the delegate")),
    ("Shift+F1", N_("Mode: admission")),
    ("Shift+F2", N_("Mode: documents only, nobody is admitted")),
    ("Shift+F3", N_("Mode: enquiry only, nothing is recorded")),
    ("Shift+F4", N_("Mode: exit, where exits are recorded")),
    ("Esc", N_("Close search or card")),
    ("Ctrl+1, Ctrl+2, Ctrl+3, Ctrl+4", N_("Desk, delegates, prepare, delegations")),
    ("Ctrl+P", N_("Badges that wait for printing")),
    ("Ctrl+E", N_("Export")),
    ("Ctrl+,", N_("Settings")),
    ("Ctrl+I", N_("Take in a roster, at the delegates")),
    ("Ctrl+F", N_("Find, as F3")),
    ("Ctrl+L", N_("Lock or unlock")),
    ("Ctrl+=, Ctrl+-, Ctrl+0", N_("Larger, smaller, as designed")),
    ("F1", N_("This page")),
)


def keys() -> list[str]:
    """Every key that the page names."""
    return [key for key, _text in _KEYS]


class HelpDialog(DialogFrame):
    """Keys in two columns; the scanner needs none of them."""

    for_everybody = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, 760)
        self.set_heading(_("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        half = -(-len(_KEYS) // 2)
        for number, (key, text) in enumerate(_KEYS):
            row, column = number % half, number // half * 3
            grid.addWidget(KeyCap(key), row, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(PlainLabel(_(text), 14), row, column + 1)
        grid.setColumnMinimumWidth(2, 12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(4, 1)
        self.content.addLayout(grid)
        note = _("A USB scanner works at any time: scan, nothing needs to be chosen first.")
        self.content.addWidget(PlainLabel(note, 14, QFont.Weight.Medium, role="muted", wrap=True))
        self.add_button(_("Close"), primary=True).clicked.connect(self.accept)
