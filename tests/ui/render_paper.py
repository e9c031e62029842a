"""The states of sign-in sheets and certificates, for tests/ui/render_screens.py."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.checkin.paper import signed
from station.codes.payload import make_payload
from station.model.certificate import CertificateRule
from station.model.mode import Mode
from station.model.verdict import Source
from station.reports.sheet_making import make_sheets
from station.reports.sign_in import SheetLook
from ui.dialogs.certificates.dialog import CertificatesDialog
from ui.dialogs.paper.sheets import SheetsDialog
from ui.dialogs.paper.take_in import TakeInDialog

if TYPE_CHECKING:
    from tests.ui.render_screens import Studio


class PaperStates:
    """One method a state."""

    def __init__(self, studio: "Studio") -> None:
        self._studio = studio
        self._event = studio.event
        self._station = studio.event.station
        self._codes: list[str] = []

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Each state by name."""
        return {
            "sheets": self._sheets,
            "sheets-taking-in": self._taking_in,
            "certificates": self._certificates,
            "certificates-made": self._made,
            "desk-sheet-row": self._row_at_desk,
            "desk-certificate": self._certificate_at_desk,
        }

    def _printed(self) -> list[str]:
        """The codes of a sheet of the first session; once."""
        if not self._codes:
            station = self._station
            session = station.desk.sessions()[0]
            made = make_sheets(
                station.files, station.event, station.key, station.clock, [session], SheetLook(), BytesIO()
            )
            self._codes = [code for _person, code in made.sheets[0].rows]
        return self._codes

    def _sheets(self) -> QWidget:
        self._printed()
        return self._studio._dialog(SheetsDialog(self._station, self._event.window))

    def _taking_in(self) -> QWidget:
        codes = self._printed()
        dialog = TakeInDialog(self._station, None, self._event.window)
        dialog.start.setText(f"{self._station.event.starts_on:%d/%m/%Y} 07:30")
        dialog.end.setText("07:50")
        self._studio._dialog(dialog)
        for number in (2, 3, 4, 5, 6, 7, 8):
            dialog.take_raw(codes[number].encode())
        dialog.take_raw(codes[3].encode())
        dialog.take_raw(make_payload(self._station.key, "20221027", 3).encode())
        dialog.field.setText("9999")
        dialog._on_typed()
        self._wait(200)
        dialog.undo()
        dialog.take_raw(codes[9].encode())
        self._wait(300)
        return dialog

    def _came(self) -> None:
        """Most of the delegates signed in the first session; once."""
        station = self._station
        session, now = station.desk.sessions()[0], station.clock.now()
        when = signed(station.event, session, now, now, now)
        for number, code in enumerate(self._printed()):
            if number % 11:
                station.paper.take(code.encode(), when)
        station.certificates.set_rule(CertificateRule(sessions=(session.id,), number_form="{number}/GCN-TLĐ"))

    def _certificates(self) -> QWidget:
        self._came()
        dialog = CertificatesDialog(self._station, self._event.window)
        self._studio._dialog(dialog)
        window = self._event.window
        dialog.resize(min(1240, window.width() - 40), min(700, window.height() - 40))
        dialog._share_columns()
        self._wait(500)
        return dialog

    def _made(self) -> QWidget:
        self._came()
        self._station.certificates.issue()
        one = self._station.certificates.register()[1]
        if one.is_valid:
            self._station.certificates.revoke([one], "Cấp nhầm")
        dialog = CertificatesDialog(self._station, self._event.window)
        self._studio._dialog(dialog)
        window = self._event.window
        dialog.resize(min(1240, window.width() - 40), min(700, window.height() - 40))
        dialog._share_columns()
        self._wait(500)
        dialog.table.selectRow(3)
        return dialog

    def _row_at_desk(self) -> None:
        verdict = self._station.desk.redeem(self._printed()[0].encode(), Source.SCANNER)
        self._event.controller.show_answer(verdict)
        self._wait(300)

    def _certificate_at_desk(self) -> None:
        self._came()
        issued = self._station.certificates.issue()
        payload = self._station.certificates.payload(issued.papers[4][1])
        self._event.controller.choose_mode(Mode.ENQUIRY)
        self._event.controller.show_answer(self._station.lane.take_raw(payload.encode(), Source.CAMERA))
        self._wait(300)

    @staticmethod
    def _wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
