"""The states of the delegations, for tests/ui/render_screens.py."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.checkin.cases import Person
from station.checkin.delegations import Receiver
from station.i18n import _
from station.model.document import BADGE
from station.model.quorum import TWO_THIRDS, QuorumRule
from ui.dialogs.delegations.missing import MissingDialog
from ui.dialogs.delegations.quorum import QuorumDialog
from ui.dialogs.delegations.receipt import ReceiptDialog
from ui.dialogs.delegations.receive import ReceiveDialog
from ui.shell import rail

if TYPE_CHECKING:
    from tests.ui.render_screens import Studio

_BIG = "Ban Tuyên giáo Tổng Liên đoàn"


class DelegationStates:
    """One method a state."""

    def __init__(self, studio: "Studio") -> None:
        self._studio = studio
        self._event = studio.event
        self._station = studio.event.station

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Each state by name."""
        return {
            "delegations": self._units,
            "delegations-people": self._people,
            "delegations-receive": self._receive,
            "delegations-receipt": self._receipt,
            "delegations-missing": self._missing,
            "delegations-quorum": self._quorum,
            "desk-received": self._desk,
        }

    def _prepared(self) -> None:
        """A rule, a substitution, a walk-in, and documents that one received for others; once."""
        delegations = self._station.delegations
        if delegations.quorum() is not None:
            return
        delegations.set_quorum(QuorumRule(TWO_THIRDS, ("Học viên",)))
        people = delegations.people(_BIG)
        self._station.desk.admit_by_hand(people[0].delegate.id)
        self._station.cases.substitute(people[1].delegate.id, Person("Lý Thị Mai Hương"), "bận")
        self._station.cases.walk_in(Person("Vũ Thị Mai", unit=_BIG, category="Học viên"))
        self._station.desk.wish_badge(people[2].delegate.id)
        for line in delegations.people("Văn phòng Tổng Liên đoàn"):
            self._station.desk.admit_by_hand(line.delegate.id)
        delegations.hand_out(Receiver(people[0].delegate.id), [people[2].delegate.id], ["TL01", BADGE.code])

    def _units(self) -> None:
        self._prepared()
        self._event.delegations.screen.close_unit()
        self._event.window.show_screen(rail.DELEGATIONS)
        self._wait(300)

    def _people(self) -> None:
        self._units()
        self._event.delegations.screen.open(_BIG)
        self._wait(300)

    def _receive(self) -> QWidget:
        self._prepared()
        delegations = self._station.delegations
        dialog = ReceiveDialog(
            self._station, _BIG, delegations.due(_BIG), delegations.documents(), self._event.window
        )
        return self._studio._dialog(dialog)

    def _receipt(self) -> QWidget:
        self._prepared()
        receipts = self._station.delegations.receipts(_BIG)
        return self._studio._dialog(
            ReceiptDialog(self._station.event, [*receipts, *receipts], _("Receipts"), self._event.window)
        )

    def _missing(self) -> QWidget:
        self._prepared()
        session = self._station.desk.session(None)
        dialog = MissingDialog(
            self._station, session, self._station.delegations.missing(), self._event.window
        )
        self._studio._dialog(dialog)
        dialog.copy.click()
        return dialog

    def _quorum(self) -> QWidget:
        self._prepared()
        names = ["Báo cáo viên", "Ban tổ chức", "Báo chí", "Học viên", "Khách mời"]
        delegations = self._station.delegations
        dialog = QuorumDialog(delegations, names, delegations.quorum(), self._event.window)
        return self._studio._dialog(dialog)

    def _desk(self) -> None:
        self._prepared()
        received = next(
            line
            for line in self._station.delegations.people(_BIG)
            if any(item.received_by for item in self._station.desk.card(line.delegate.id).bundle)
        )
        self._event.controller.open_card(received.delegate.id)
        self._event.controller.refresh()
        self._wait(300)

    @staticmethod
    def _wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
