"""The states of the dialog for codes and invitations, for tests/ui/render_screens.py."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station.app import Station
from station.badges.addressees import InvitationState, addressees
from station.codes.issuing import reissue_codes
from station.reports.mailing import Kinds, make_mailing
from ui.dialogs.invitations.dialog import InvitationsDialog
from ui.dialogs.invitations.reissue import ReissueDialog

_PHONE_LOOK = 1


def invitation_states(
    station: Station, window: QWidget, keep: Callable[[QWidget], QWidget]
) -> dict[str, Callable[[], QWidget]]:
    """Each state by name; ``keep`` shows a dialog and closes it before the next state."""

    def dialog() -> InvitationsDialog:
        shown = InvitationsDialog(station, window)
        keep(shown)
        shown.resize(min(1240, window.width() - 40), min(700, window.height() - 40))
        _until(lambda: bool(shown.people.model.people()) and shown.paper.picture.has_picture())
        return shown

    def some_made() -> InvitationsDialog:
        with station.files.reading() as connection:
            people = addressees(connection, station.key)
        if all(addressee.state is InvitationState.NOT_MADE for addressee in people):
            with tempfile.TemporaryDirectory() as folder:
                kinds = Kinds(pictures=False)
                make_mailing(
                    station.files, station.event, people[:130], kinds, Path(folder) / "x", station.clock
                )
            three = [addressee.badge.delegate.id for addressee in people[4:7]]
            reissue_codes(station.files, station.key, station.clock, three, "thử")
        return dialog()

    def as_picture() -> InvitationsDialog:
        shown = some_made()
        shown.paper._look.setCurrentIndex(_PHONE_LOOK)
        _wait(200)
        return shown

    def working() -> InvitationsDialog:
        shown = dialog()
        shown.work_page.start(148)
        shown.work_page.show_progress(60, 297)
        shown._show_page(1)
        return shown

    def done() -> InvitationsDialog:
        shown = some_made()
        with tempfile.TemporaryDirectory() as folder:
            shown.paper._pictures.setChecked(False)
            shown.paper._folder.setText(folder)
            shown._make.click()
            _until(lambda: not shown.is_working())
        return shown

    def question() -> QWidget:
        return keep(ReissueDialog(["Công Tằng Tôn Nữ Huyền Diệu Thảo Nguyên"], window))

    return {
        "invitations": dialog,
        "invitations-some": some_made,
        "invitations-picture": as_picture,
        "invitations-working": working,
        "invitations-done": done,
        "invitations-reissue": question,
    }


def _until(there: Callable[[], bool]) -> None:
    while not there():
        _wait(20)
    QApplication.processEvents()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
