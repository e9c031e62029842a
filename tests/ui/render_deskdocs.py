"""The states of documents at the desk, of what is still due, and of submissions, for render_screens.py."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from station.checkin.submissions import receive_without_file
from station.documents.submissions import add_submission
from station.model.document import Entitlement
from station.model.submission import How, Submission, SubmissionKind
from station.model.verdict import Source
from station.store import submissions as store
from ui.dialogs.bundle.copying import CopyDialog, Place, _place
from ui.dialogs.bundle.viewer import BundleViewer
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.outstanding import OutstandingDialog
from ui.dialogs.submissions.column import ColumnForm
from ui.dialogs.submissions.dialog import OWING, SubmissionsDialog
from ui.dialogs.submissions.form import SubmissionForm
from ui.dialogs.submissions.receive import ReceiveDialog
from ui.screens.desk.subject import Subject

TITLES = (
    ("Bài trình bày: Đối thoại tại nơi làm việc", SubmissionKind.SLIDES),
    ("Phim phóng sự về hoạt động công đoàn cơ sở", SubmissionKind.VIDEO),
    ("Báo cáo kết quả năm", SubmissionKind.REPORT),
)


def states(studio: Any, wait: Callable[[int], None]) -> dict[str, Callable[[], QWidget | None]]:
    """Every state by name; ``wait`` lets the event loop run for milliseconds."""
    return {
        "deskdocs-notes": lambda: _notes(studio, wait),
        "deskdocs-copied": lambda: _copied_desk(studio, wait),
        "deskdocs-viewer": lambda: _viewer(studio, wait),
        "deskdocs-copy": lambda: _copy(studio, wait),
        "deskdocs-copy-none": lambda: _copy(studio, wait, found=False),
        "deskdocs-copy-done": lambda: _copy_done(studio, wait),
        "deskdocs-outstanding": lambda: _outstanding(studio, wait),
        "deskdocs-cases": lambda: _cases(studio),
        "deskdocs-receive": lambda: _receive(studio, wait),
        "submissions": lambda: _submissions(studio, wait, 0),
        "submissions-owing": lambda: _submissions(studio, wait, OWING),
        "submissions-form": lambda: _form(studio, wait),
        "submissions-column": lambda: _column(studio),
    }


def _fill(studio: Any) -> None:
    station = studio.event.station
    with station.files.reading() as connection:
        if store.submission_count(connection):
            return
    session = station.desk.sessions()[0].id
    for number, (title, kind) in enumerate(TITLES):
        wish = Submission("", 0, title, kind, session if number != 1 else "")
        rules = [Entitlement("", category="Học viên")] if number else [Entitlement("")]
        station.files.write(lambda c, wish=wish, rules=rules: add_submission(c, wish, rules))
    receive_without_file(station.files, station.clock, studio.verdict.delegate.id, "SP03", How.PAPER)


def _card(studio: Any, wait: Callable[[int], None]) -> None:
    studio.event.controller.open_card(studio.verdict.delegate.id)
    wait(400)


def _notes(studio: Any, wait: Callable[[int], None]) -> None:
    _fill(studio)
    _card(studio, wait)
    result = studio.event.desk.result
    for _turn in range(100):  # what is owed follows the card
        if result.notes.notes() or result.card.note():
            break
        wait(50)
    result.show_notes([*result._notes[:1], ("timer", "TUI: còn 12, hết lúc 09:40")])
    wait(50)


def _copied_desk(studio: Any, wait: Callable[[int], None]) -> None:
    _copy_done(studio, wait).close()
    _card(studio, wait)


def _bundle(studio: Any) -> Any:
    return studio.event.station.desk.card(studio.verdict.delegate.id).bundle


def _viewer(studio: Any, wait: Callable[[int], None]) -> QWidget:
    viewer = BundleViewer(
        studio.event.station, studio.verdict.delegate, _bundle(studio), "", studio.event.window
    )
    _sized(studio, viewer, 1180, 760)
    wait(600)
    return viewer


def _sized(studio: Any, dialog: QWidget, width: int, height: int) -> None:
    studio._dialog(dialog)
    room = studio.event.window.size()
    dialog.resize(min(width, room.width() - 40), min(height, room.height() - 40))


def _stick() -> Path:
    path = Path(tempfile.gettempdir()) / "deskdocs-usb" / "KINGSTON"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _copy(studio: Any, wait: Callable[[int], None], *, found: bool = True) -> CopyDialog:
    def find() -> list[Place]:
        place = _place(_stick())
        return [place] if found and place else []

    dialog = CopyDialog(studio.event.station, studio.verdict.delegate, studio.event.window, find)
    studio._dialog(dialog)
    wait(200)
    return dialog


def _copy_done(studio: Any, wait: Callable[[int], None]) -> QWidget:
    dialog = _copy(studio, wait)
    dialog.begin()
    while dialog.is_working():
        wait(20)
    wait(100)
    return dialog


def _outstanding(studio: Any, wait: Callable[[int], None]) -> QWidget:
    station = studio.event.station
    for payload in list(station.payloads().values())[:14]:
        station.desk.redeem(payload.encode(), Source.CAMERA)
    dialog = OutstandingDialog(station, studio.event.window)
    _sized(studio, dialog, 1080, 660)
    wait(500)
    return dialog


def _cases(studio: Any) -> QWidget:
    _fill(studio)
    verdict = studio.verdict
    menu = CasesMenu(
        studio.event.controller._cases._offered(Subject.of(verdict)),
        verdict.delegate.name,
        studio.event.window,
    )
    studio._dialog(menu)
    return menu


def _receive(studio: Any, wait: Callable[[int], None]) -> QWidget:
    _fill(studio)
    dialog = ReceiveDialog(studio.event.station, studio.verdict.delegate, studio.event.window)
    studio._dialog(dialog)
    program = _stick() / "trinh-chieu.exe"
    program.write_bytes(b"MZ")
    dialog.take(program)
    while dialog.is_working():
        wait(20)
    wait(100)
    return dialog


def _submissions(studio: Any, wait: Callable[[int], None], face: int) -> SubmissionsDialog:
    _fill(studio)
    dialog = SubmissionsDialog(studio.event.station, studio.event.window)
    _sized(studio, dialog, 1240, 680)
    while dialog.contents() is None:
        wait(20)
    dialog.tabs.choose(face)
    wait(200)
    return dialog


def _form(studio: Any, wait: Callable[[int], None]) -> QWidget:
    dialog = _submissions(studio, wait, 0)
    shown = dialog.contents()
    assert shown is not None
    form = SubmissionForm(
        shown.contents, shown.submissions[1], [Entitlement("", category="Học viên")], lambda *_: None, dialog
    )
    _sized(studio, form, 1180, 600)
    form.due.setText("mai")
    form._on_keep_clicked()
    return form


def _column(studio: Any) -> QWidget:
    form = ColumnForm(["Bài tham luận", "Báo cáo"], studio.event.station.desk.sessions(), studio.event.window)
    studio._dialog(form)
    return form
