"""A new roll of labels is in a printer: how many are on it."""

from PySide6.QtWidgets import QSpinBox, QWidget

from station.badges.printers import printer_label
from station.badges.profiles import MOST_LABELS
from station.i18n import _
from ui.dialogs.badges.profile import INSET
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel


class RollDialog(DialogFrame):
    """Accepted with :meth:`size_chosen`; 0 labels mean that nobody counts."""

    def __init__(self, printer: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, 480)
        self.set_heading(_("New roll in {printer}").format(printer=printer_label(printer)))
        text = _("How many labels are on it? The count starts anew; 0 if you do not want them counted.")
        self.content.addWidget(PlainLabel(text, 15, wrap=True))
        self._size = QSpinBox()
        self._size.lineEdit().setTextMargins(*INSET)
        self._size.setRange(0, MOST_LABELS)
        self._size.setValue(size or 250)
        self._size.setAccessibleName(_("Labels on the roll"))
        self.content.addWidget(self._size)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("New roll"), primary=True).clicked.connect(self.accept)
        self._size.setFocus()
        self._size.selectAll()

    def size_chosen(self) -> int:
        """Labels on the roll."""
        return self._size.value()
