"""What else can be done, each with its number: the way into every case, for whoever stands at the desk now."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from station.i18n import _
from ui.dialogs.frame import DialogFrame
from ui.style.fonts import scaled
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_ROW_PX = 54


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that can be done.

    Attributes:
        key: what the caller knows it by. note: who must allow it, '' for nobody.
    """

    key: str
    title: str
    detail: str
    note: str = ""


class CasesMenu(DialogFrame):
    """The cases that make sense now; arrows and Enter, a click, or the number.

    Args:
        about: whom they are about, '' for nobody.
    """

    def __init__(self, cases: Sequence[Case], about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, 620)
        self.chosen = ""
        self.set_heading(_("Other cases"))
        if about:
            self.content.addWidget(PlainLabel(about, 15, role="muted", elide=True))
        self._list = RowList(_ROW_PX)
        self._list.setAccessibleName(_("Other cases"))
        self._list.show_rows(
            [
                Row(case.title, case.detail, case.note, key=case.key, mark=str(number))
                for number, case in enumerate(cases, 1)
            ]
        )
        self._list.setFixedHeight(scaled(_ROW_PX) * len(cases) + 8)
        self._list.select(0)
        self._list.chosen.connect(self._on_chosen)
        self.content.addWidget(self._list)
        for number, case in enumerate(cases, 1):
            QShortcut(QKeySequence(str(number)), self, lambda key=case.key: self._on_chosen(key))
        self.add_button(_("Close")).clicked.connect(self.reject)
        self._list.setFocus()

    def titles(self) -> list[str]:
        """What is offered."""
        return [row.title for row in self._list.rows()]

    def _on_chosen(self, key: str) -> None:
        self.chosen = key
        self.accept()
