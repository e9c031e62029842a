"""Codes and invitations in the window: whom, what, where; new codes; the keyboard alone is enough."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.badges.invitation_cards import SHEET
from station.model.verdict import Outcome, Reason, Source
from station.settings import Settings
from tests.builders import HandClock, make_event, payload
from ui.app import OpenEvent
from ui.dialogs.choose import Choose
from ui.dialogs.invitations.dialog import CHOOSE, DONE, InvitationsDialog
from ui.dialogs.invitations.people import CHANGED, EVERYBODY, MADE, NOT_MADE
from ui.dialogs.invitations.reissue import ReissueDialog
from ui.screens.prepare.steps import INVITATIONS
from ui.style.theme import apply_language

Open = Callable[[], InvitationsDialog]


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def open_it(qtbot: QtBot, station: Station) -> Iterator[Open]:
    opened: list[InvitationsDialog] = []

    def show() -> InvitationsDialog:
        dialog = InvitationsDialog(station)
        opened.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: bool(dialog.people.model.people()))
        return dialog

    yield show
    for dialog in opened:
        dialog.done(0)


def made(qtbot: QtBot, dialog: InvitationsDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20000)


def codes(dialog: InvitationsDialog) -> list[str]:
    return [addressee.badge.delegate.code for addressee in dialog.people.ticked()]


def key(pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), pressed, held)


def test_all_are_made_at_first_and_then_only_who_came_since(
    qtbot: QtBot, station: Station, open_it: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choose, "folder", classmethod(lambda *_arguments: tmp_path / "thư"))
    dialog = open_it()
    assert dialog.people.figures() == "5 chosen · 5 not yet made"
    dialog.paper._browse.click()
    dialog._make.click()
    made(qtbot, dialog)
    assert dialog.page() == DONE
    folder = dialog.folder()
    assert folder is not None
    assert folder.parent == tmp_path / "thư"
    assert len(list((folder / "png").iterdir())) == 5
    assert "5 invitations" in dialog.done_page.outcome()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    key(Qt.Key.Key_Return)  # the folder is what one wants next
    assert opened == [folder.as_posix()]
    dialog._back.click()
    later = open_it()
    assert codes(later) == []  # nobody is invited twice by a slip
    dialog.people.keep_only(MADE)
    assert dialog.people.model.row_total() == 5


def test_ticks_stay_while_one_searches_and_filters(qtbot: QtBot, open_it: Open) -> None:
    dialog = open_it()
    dialog.people._field.setText("duc")
    dialog.people._only.click()
    assert codes(dialog) == ["DB00002"]
    dialog.people._field.setText("thu ha")
    assert codes(dialog) == ["DB00002"]
    dialog.people._more.click()
    dialog.people._field.setText("")
    assert sorted(codes(dialog)) == ["DB00002", "DB00004"]
    choice = dialog.people._category
    choice.setCurrentIndex(choice.findData("Báo chí"))
    assert [a.badge.delegate.code for a in dialog.people.model.shown()] == ["DB00005"]
    dialog.people._more.click()
    dialog.people.keep_only(EVERYBODY)
    choice.setCurrentIndex(0)
    dialog.people._unit.setCurrentIndex(1)
    dialog.people._less.click()
    assert codes(dialog) == []
    assert not dialog._make.isEnabled()


def test_the_keyboard_alone_chooses_one_and_makes_it(
    qtbot: QtBot, station: Station, open_it: Open, tmp_path: Path
) -> None:
    dialog = open_it()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.paper._folder.setText(str(tmp_path / "o"))
    key(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is dialog.people._field
    dialog.people._field.setText("duc")
    key(Qt.Key.Key_Return)
    assert (QApplication.focusWidget(), dialog.is_working()) == (dialog.people._table, False)
    key(Qt.Key.Key_Space)
    assert "DB00002" not in codes(dialog)
    key(Qt.Key.Key_Space)
    assert len(codes(dialog)) == 5
    dialog.people.again.setFocus()
    key(Qt.Key.Key_Return)
    made(qtbot, dialog)
    folder = dialog.folder()
    assert folder is not None
    assert [path.name[:7] for path in (folder / "png").iterdir()] == ["db00002"]
    key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_invitation_is_shown_before_all_are_made(qtbot: QtBot, open_it: Open) -> None:
    dialog = open_it()
    qtbot.waitUntil(dialog.paper.picture.has_picture)
    portrait = dialog.paper.picture._pixmap.size()
    dialog.paper._layout.setCurrentIndex(1)
    assert dialog.paper.kinds().layout is SHEET
    qtbot.waitUntil(lambda: dialog.paper.picture._pixmap.size() != portrait)
    dialog.paper.copy.click()
    name = dialog.people.marked_people()[0].badge.delegate.name
    assert QGuiApplication.clipboard().text().startswith(f"We have the honour of inviting {name}")


def test_a_new_code_is_given_after_a_question_and_must_be_sent(
    qtbot: QtBot, station: Station, open_it: Open, tmp_path: Path
) -> None:
    first = open_it()
    first.paper._folder.setText(str(tmp_path / "o"))
    first.paper._pictures.setChecked(False)
    first._make.click()
    made(qtbot, first)
    first.reject()
    dialog = open_it()
    dialog.people._field.setText("anh")
    answers = iter([False, True])

    def answer() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, ReissueDialog)
        question._reason.setText("mất điện thoại")
        (question._yes.click if next(answers) else question.reject)()

    QTimer.singleShot(0, answer)
    dialog.people.reissue.click()
    assert station.desk.redeem(payload(1), Source.CAMERA).outcome is Outcome.ADMITTED
    QTimer.singleShot(0, answer)
    dialog.people.reissue.click()
    qtbot.waitUntil(lambda: bool(dialog.notice()))
    assert "make the new invitation now" in dialog.notice()
    assert station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.REVOKED
    assert codes(dialog) == ["DB00001"]
    assert dialog.people.figures() == "1 chosen · 1 changed: send again"
    dialog.people._field.setText("")
    dialog.people.keep_only(CHANGED)
    assert dialog.people.model.row_total() == 1


def test_stopping_leaves_nothing_and_says_so(
    qtbot: QtBot, station: Station, open_it: Open, tmp_path: Path
) -> None:
    dialog = open_it()
    dialog.paper._folder.setText(str(tmp_path / "o"))
    dialog._make.click()
    dialog.reject()
    made(qtbot, dialog)
    assert (dialog.page(), dialog.isVisible()) == (CHOOSE, True)
    assert dialog.notice().startswith("Stopped")
    assert list((tmp_path / "o").iterdir()) == []
    dialog.people.keep_only(NOT_MADE)
    assert dialog.people.model.row_total() == 5


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    qtbot: QtBot, open_it: Open, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    dialog = open_it()
    dialog.paper._folder.setText(str(tmp_path / "file"))
    dialog._make.click()
    made(qtbot, dialog)
    assert dialog.page() == CHOOSE
    assert str(tmp_path / "file") in dialog.notice()


def test_with_nothing_to_make_the_button_waits(open_it: Open) -> None:
    dialog = open_it()
    for box in (dialog.paper._pdf, dialog.paper._pictures, dialog.paper._sheet):
        box.setChecked(False)
    assert not dialog._make.isEnabled()
    dialog.paper._sheet.setChecked(True)
    assert dialog._make.isEnabled()


def test_an_empty_roster_says_what_to_do_first(qtbot: QtBot, tmp_path: Path) -> None:
    station = open_station(make_event(tmp_path / "e", delegates=()), clock=HandClock())
    dialog = InvitationsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.notice()))
    assert "nobody on the roster" in dialog.notice()
    assert not dialog._make.isEnabled()
    dialog.done(0)
    station.close()


def test_the_step_opens_the_dialog(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    titles: list[str] = []

    def close_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InvitationsDialog)
        titles.append(dialog.windowTitle())
        dialog.reject()

    try:
        QTimer.singleShot(0, close_it)
        event.office.open(INVITATIONS)
        assert titles == ["Codes and invitations"]
        event._show_steps()
        qtbot.waitUntil(lambda: INVITATIONS in event.prepare.details())
        assert "5" in event.prepare.details()[INVITATIONS]
    finally:
        event.close()
