"""Reads how the delegations stand while somebody looks, and opens what is done for one of them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from station.app import Station
from station.checkin.delegations import Due, Receipt
from station.i18n import _
from station.model.quorum import Quorum
from station.model.role import Act
from station.model.unit import Kind
from station.reports.missing import unit_name
from station.store import units as unit_store
from station.store.delegations import PersonLine, UnitLine
from station.text import text_key
from ui.bridge.tasks import Tasks
from ui.dialogs.delegations.missing import MissingDialog
from ui.dialogs.delegations.quorum import QuorumDialog
from ui.dialogs.delegations.receipt import ReceiptDialog
from ui.dialogs.delegations.receive import ReceiveDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import allowed
from ui.screens.delegations.screen import DelegationsScreen
from ui.screens.desk.controller import DeskController
from ui.widgets.quorum_line import QuorumLine
from ui.wording import failure_text

_SOON_MS = 500
Standing = tuple[Sequence[UnitLine], Quorum | None, Sequence[PersonLine] | None]


class DelegationsController(QObject):
    """Joins the screen to the station; while the screen is hidden, only the quorum is read.

    Attributes:
        screen: what is shown.
    """

    def __init__(self, station: Station, looks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.screen = DelegationsScreen(station.event.zone)
        self._station = station
        self._delegations = station.delegations
        self._looks = looks
        self._desk: DeskController | None = None
        self._line: QuorumLine | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._connect()

    def follow(self, desk: DeskController, line: QuorumLine) -> None:
        """Show the session of this desk, and look again whenever something happened there; ``line`` is the desk's."""
        self._desk, self._line = desk, line
        desk.counts_changed.connect(self._on_counts_changed)
        desk.session_moved.connect(self.refresh)
        self.refresh()

    def refresh(self, _session: object = None) -> None:
        """Read anew what is on show."""
        session, unit = self._session(), self.screen.open_unit()
        if not self.screen.isVisible():
            self._looks.run(
                lambda: self._delegations.quorum(session), self._show_at_desk, topic="delegations"
            )
            return

        def look() -> Standing:
            people = None if unit is None else self._delegations.people(unit, session)
            return self._delegations.lines(session), self._delegations.quorum(session), people

        self._looks.run(look, lambda found: self._on_read(unit, found), topic="delegations")

    def _connect(self) -> None:
        screen = self.screen
        self._soon.timeout.connect(self.refresh)
        screen.shown.connect(self.refresh)
        screen.units.missing_wanted.connect(self._on_missing_of_units_wanted)
        screen.units.rule_wanted.connect(self._on_rule_wanted)
        screen.people.delegate_chosen.connect(self._on_delegate_chosen)
        screen.people.hand_out_wanted.connect(self._on_hand_out_wanted)
        screen.people.receipts_wanted.connect(self._on_receipts_wanted)
        screen.people.missing_wanted.connect(self._on_missing_of_unit_wanted)

    def _show_at_desk(self, quorum: Quorum | None) -> None:
        if self._line is not None:
            self._line.show_quorum(quorum)

    def _session(self) -> str | None:
        return self._desk.session().id if self._desk else None

    def _on_counts_changed(self) -> None:
        """In a queue every second brings somebody; twice a second is enough to look at a hundred thousand."""
        if not self._soon.isActive():
            self._soon.start()

    def _on_read(self, unit: str | None, found: Standing) -> None:
        self._show_at_desk(found[1])
        if unit == self.screen.open_unit():
            self.screen.show_standing(*found)

    def _on_delegate_chosen(self, delegate: str) -> None:
        if self._desk is not None:
            self._desk.open_card(delegate)
            self._desk.shown.emit()

    def _on_missing_of_units_wanted(self) -> None:
        units = set(self.screen.units.names())
        self._list_missing(lambda line: line.delegate.unit in units)

    def _on_missing_of_unit_wanted(self) -> None:
        unit = self.screen.people.unit
        self._list_missing(lambda line: line.delegate.unit == unit)

    def _list_missing(self, wanted: Callable[[PersonLine], bool]) -> None:
        session = self._session()

        def look() -> list[PersonLine]:
            return [line for line in self._delegations.missing(session) if wanted(line)]

        def show(people: Sequence[PersonLine]) -> None:
            chosen = self._station.desk.session(session)
            MissingDialog(self._station, chosen, people, self.screen.window()).exec()

        self._ask(look, show)

    def _on_hand_out_wanted(self) -> None:
        unit, session = self.screen.people.unit, self._session()

        def look() -> tuple[Sequence[Due], Any]:
            return self._delegations.due(unit, session), self._delegations.documents()

        def show(found: tuple[Sequence[Due], Any]) -> None:
            dues, documents = found
            if not any(due.documents for due in dues):
                text = _("Everything that is due to the delegates of {unit} was handed out already.")
                MessageDialog.tell(
                    self.screen.window(), _("Nothing is due"), text.format(unit=unit_name(unit))
                )
                return
            dialog = ReceiveDialog(self._station, unit, dues, documents, self.screen.window())
            dialog.recorded.connect(self._on_recorded)
            dialog.exec()

        self._ask(look, show)

    def _on_recorded(self, receipt: Receipt) -> None:
        if self._desk is not None:
            self._desk.look_again()
        headline = _("Recorded: {receiver} received for others").format(receiver=receipt.receiver)
        ReceiptDialog(self._station.event, [receipt], headline, self.screen.window()).exec()

    def _on_receipts_wanted(self) -> None:
        unit = self.screen.people.unit

        def show(receipts: Sequence[Receipt]) -> None:
            if receipts:
                ReceiptDialog(self._station.event, receipts, _("Receipts"), self.screen.window()).exec()
            else:
                text = _("Nobody received anything for others of {unit}.")
                MessageDialog.tell(self.screen.window(), _("No receipts"), text.format(unit=unit_name(unit)))

        self._ask(lambda: self._delegations.receipts(unit), show)

    def _on_rule_wanted(self) -> None:
        if not allowed(self._station.access, Act.PREPARE, self.screen.window()):
            return
        session = self._session()

        def look() -> tuple[list[str], Quorum | None]:
            with self._station.files.reading() as connection:
                names = sorted(unit_store.colours(connection, Kind.CATEGORY), key=text_key)
            return names, self._delegations.quorum(session)

        def show(found: tuple[list[str], Quorum | None]) -> None:
            names, quorum = found
            dialog = QuorumDialog(self._delegations, names, quorum, self.screen.window())
            if dialog.exec() == QuorumDialog.DialogCode.Accepted and self._desk is not None:
                self._desk.refresh()

        self._ask(look, show)

    def _ask(self, look: Callable[[], Any], show: Callable[[Any], None]) -> None:
        """Read something for a dialog; a second wish before it opened takes the place of the first."""
        self._looks.run(look, show, self._on_failed, topic="delegations dialog")

    def _on_failed(self, error: Exception) -> None:
        MessageDialog.tell(self.screen.window(), _("It was not done"), failure_text(error))
