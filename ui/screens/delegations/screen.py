"""The place of the delegations: the quorum, the units, and one unit's people in their place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station.model.quorum import Quorum
from station.store.delegations import PersonLine, UnitLine
from ui.screens.delegations.people import PeoplePage
from ui.screens.delegations.units import UnitsPage
from ui.widgets.quorum_line import QuorumLine


class DelegationsScreen(QWidget):
    """Holds the two pages; the controller reads what they show.

    Signals:
        shown: it came to the front, or another unit was opened: what it shows is to be read.
    """

    shown = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__()
        self.quorum = QuorumLine()
        self.units = UnitsPage()
        self.people = PeoplePage(zone)
        self._open_unit: str | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.units)
        self._pages.addWidget(self.people)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.quorum)
        self.setFocusProxy(self.units)
        self.units.unit_chosen.connect(self.open)
        self.people.back_wanted.connect(self.close_unit)

    def show_standing(
        self, lines: Sequence[UnitLine], quorum: Quorum | None, people: Sequence[PersonLine] | None
    ) -> None:
        """Show how the session stands; ``people`` are those of the unit that is open."""
        self.units.show_lines(lines)
        self.quorum.show_quorum(quorum)
        if self._open_unit is None or people is None:
            return
        self.people.show_unit(self._open_unit, people)
        if self._pages.currentWidget() is not self.people:
            self._pages.setCurrentWidget(self.people)
            self.setFocusProxy(self.people)
            self.people.setFocus()

    def open_unit(self) -> str | None:
        """The unit whose people are wanted; None for the units."""
        return self._open_unit

    def open(self, unit: str) -> None:
        """Show the people of a unit as soon as they are read."""
        self._open_unit = unit
        self.shown.emit()

    def close_unit(self) -> None:
        """Show the units again."""
        self._open_unit = None
        self._pages.setCurrentWidget(self.units)
        self.setFocusProxy(self.units)
        self.units.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
