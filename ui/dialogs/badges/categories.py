"""Printers of their own for some categories."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from station.badges.printers import printer_label
from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel


class CategoriesDialog(DialogFrame):
    """Accepted with :meth:`by_category`."""

    def __init__(
        self,
        categories: Sequence[str],
        printers: Sequence[str],
        chosen: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, 560)
        self.set_heading(_("A printer for each category"))
        offered = [("", _("The usual printer")), *((name, printer_label(name)) for name in printers)]
        self._choices = {each: fill_choice(Choice(), offered, chosen.get(each, "")) for each in categories}
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for row, (category, choice) in enumerate(self._choices.items()):
            choice.setAccessibleName(category)
            grid.addWidget(PlainLabel(category, 15), row, 0)
            grid.addWidget(choice, row, 1)
        self.content.addLayout(grid)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self.accept)

    def by_category(self) -> dict[str, str]:
        """The printers chosen, for the categories that have one."""
        return {
            category: name for category, choice in self._choices.items() if (name := choice.currentData())
        }
