"""PIN and password at the window: who sets them, what they guard, and when the role falls back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station import settings as settings_store
from station.app import open_station
from station.badges.addressees import addressees
from station.model.event import Session
from station.model.role import LEAST, Act, Role
from station.model.verdict import Source
from station.settings import Settings
from tests.builders import INSTANCE, HandClock, make_event, payload
from tests.ui.dialogs import Script, Step, prove, refuse
from tests.ui.keyboard import Keyboard
from ui.app import OpenEvent
from ui.dialogs.badges.dialog import BadgesDialog
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.cases.person import PersonDialog
from ui.dialogs.event import EventDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.invitations.dialog import InvitationsDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import PinDialog
from ui.dialogs.roles import ACT_NAMES, RolesDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.dialogs.secret import SecretDialog
from ui.dialogs.settings import SettingsDialog
from ui.run import Program
from ui.screens.prepare.steps import ROLES, STEPS
from ui.shell import rail

PIN, PASSWORD = "2580", "tháng mười 2022"
CTRL = Qt.KeyboardModifier.ControlModifier
SESSIONS = (Session("CD1", 1, "Chuyên đề 1"), Session("CD2", 2, "Chuyên đề 2"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: HandClock) -> Iterator[OpenEvent]:
    """An open event without PIN, whose window is shown."""
    station = open_station(make_event(tmp_path / "event", sessions=SESSIONS), clock=clock)
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.resize(1366, 768)
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def _press(event: OpenEvent, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    event.window.activateWindow()
    QTest.qWaitForWindowActive(event.window)
    focus = QApplication.focusWidget()
    QTest.keyClick(focus if focus is not None and focus.isVisible() else event.window, key, held)


def _settle(qtbot: QtBot, event: OpenEvent) -> None:
    done: list[bool] = []
    event.when_idle(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def _guard(event: OpenEvent) -> None:
    access = event.station.access
    access.set_secret(Role.SUPERVISOR, PIN)
    access.set_secret(Role.ORGANISER, PASSWORD)
    access.lock()
    event.lock.look()


def _type_twice(first: str, again: str) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, SecretDialog)
        for line, text in zip(dialog._lines, (first, again), strict=True):
            line.setText(text)
        QTest.keyClick(dialog._lines[1], Qt.Key.Key_Return)

    return act


# Setting them.


def test_a_pin_is_typed_twice_and_what_does_not_fit_is_said(qtbot: QtBot, event: OpenEvent) -> None:
    dialog = SecretDialog(event.station.access, Role.SUPERVISOR, event.window)
    qtbot.addWidget(dialog)
    dialog.show()
    for first, again, said in (("2580", "2581", "không giống"), ("12", "12", "4"), ("abcd", "abcd", "4")):
        _type_twice(first, again)(dialog)
        assert said in dialog.trouble()
        assert dialog.isVisible()
        assert not event.station.access.is_guarded(Role.SUPERVISOR)
    _type_twice(PIN, PIN)(dialog)
    assert not dialog.isVisible()
    assert event.station.access.is_guarded(Role.SUPERVISOR)


def test_a_pin_is_changed_or_removed_only_with_the_old_one_or_the_higher_role(
    qtbot: QtBot, event: OpenEvent
) -> None:
    access = event.station.access
    access.set_secret(Role.SUPERVISOR, PIN)  # and stays unlocked: the old one is asked for all the same
    dialog = RolesDialog(access, event.window)
    qtbot.addWidget(dialog)
    dialog.show()
    with Script((PinDialog, refuse)):
        dialog._remove[Role.SUPERVISOR].click()
    assert access.is_guarded(Role.SUPERVISOR)
    with Script((PinDialog, prove(PIN)), (SecretDialog, _type_twice("1379", "1379"))):
        dialog._set[Role.SUPERVISOR].click()
    with Script((SecretDialog, _type_twice(PASSWORD, PASSWORD))):
        dialog._set[Role.ORGANISER].click()
    assert (dialog.state(Role.SUPERVISOR), dialog.state(Role.ORGANISER)) == ("đã đặt", "đã đặt")
    dialog._remove[Role.SUPERVISOR].click()  # the organiser is here: no question
    assert not access.is_guarded(Role.SUPERVISOR)
    access.lock()
    with Script((PinDialog, prove(PASSWORD))):
        dialog._remove[Role.ORGANISER].click()
    assert not access.has_secrets


def test_the_table_says_every_act_in_words(qtbot: QtBot, event: OpenEvent) -> None:
    assert set(ACT_NAMES) == set(Act)
    dialog = RolesDialog(event.station.access)
    qtbot.addWidget(dialog)
    labels = {label.text() for label in dialog.findChildren(type(dialog._states[Role.SUPERVISOR]))}
    assert "Cho vào ngoại lệ" in labels
    assert any("không giữ ổ đĩa" in text for text in labels)


def test_the_step_of_roles_says_what_is_set(qtbot: QtBot, event: OpenEvent) -> None:
    _press(event, Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: bool(event.prepare.details()))
    assert "Chưa đặt mã PIN" in event.prepare.details()[ROLES]
    event.station.access.set_secret(Role.SUPERVISOR, PIN)
    event._show_steps()
    qtbot.waitUntil(lambda: "Đã đặt mã PIN" in event.prepare.details()[ROLES])


# What they guard.


def _choose(title: str) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, CasesMenu)
        QTest.keyClick(dialog, str(dialog.titles().index(title) + 1))

    return act


def _yes(dialog: QDialog) -> None:
    dialog.accept()


def _case(title: str) -> Callable[[OpenEvent], list[Step]]:
    return lambda event: [(CasesMenu, _choose(title))]


Way = tuple[Callable[[OpenEvent], None], list[Step], type[QDialog]]


def _f10(event: OpenEvent) -> None:
    _press(event, Qt.Key.Key_F10)


def _unlock_settings(dialog: QDialog) -> None:
    assert isinstance(dialog, SettingsDialog)
    assert not dialog._choose_camera.isEnabled()
    assert not dialog._idle.isEnabled()
    assert not dialog._kiosk.isEnabled()
    assert dialog._language.isEnabled() and dialog._theme.isEnabled() and dialog._sound.isEnabled()
    dialog._unlock.click()
    assert not dialog._choose_camera.isEnabled()
    dialog.reject()


def _reissue(event: OpenEvent) -> None:
    dialog = InvitationsDialog(event.station, event.window)
    with event.station.files.reading() as connection:
        people = list(addressees(connection, event.station.key))
    dialog.people.marked_people = lambda: people  # type: ignore[method-assign]
    dialog._on_reissue_wanted()
    dialog.done(0)
    dialog.deleteLater()


GUARDED: dict[Act, list[tuple[Callable[[OpenEvent], None], list[Step]]]] = {
    Act.VOID: [(lambda e: _press(e, Qt.Key.Key_F8), [(MessageDialog, _yes)])],
    Act.OVERRIDE: [(lambda e: e.controller._cases.open(e.controller._subject, "CD1"), [])],
    Act.SUBSTITUTE: [(_f10, [(CasesMenu, _choose("Có người đi thay"))])],
    Act.MOVE_SESSION: [
        (_f10, [(CasesMenu, _choose("Quét nhầm phiên"))]),
        (lambda e: e.window.header.session_chosen.emit("CD2"), []),
    ],
    Act.REISSUE: [(_f10, [(CasesMenu, _choose("Mất thẻ"))]), (_reissue, [])],
    Act.SETTINGS: [(lambda e: _press(e, Qt.Key.Key_Comma, CTRL), [(SettingsDialog, _unlock_settings)])],
    Act.UNLOCK: [(lambda e: _press(e, Qt.Key.Key_L, CTRL), [])],
    Act.PREPARE: [(lambda e, key=step.key: e.office.open(key), []) for step in STEPS]
    + [(lambda e: e.delegates.roster_wanted.emit(), [])],
}


def test_every_act_that_a_clerk_may_not_do_is_walked_below() -> None:
    assert set(GUARDED) == {act for act in Act if LEAST[act] is not Role.CLERK}


@pytest.mark.parametrize("act", GUARDED, ids=str)
def test_a_clerk_reaches_no_guarded_act_without_the_pin(
    qtbot: QtBot, event: OpenEvent, clock: HandClock, act: Act
) -> None:
    if act is Act.VOID:
        event.controller.redeem(payload(1))
        _settle(qtbot, event)
        clock.forward(minutes=3)
    elif act is Act.OVERRIDE:
        event.station.cases.lost_badge(f"{INSTANCE}-1")
        event.controller.redeem(payload(1))
        _settle(qtbot, event)
    else:
        event.controller.open_card(f"{INSTANCE}-1")
        _settle(qtbot, event)
    _guard(event)
    with event.station.files.reading() as connection:
        before = connection.execute("SELECT count(*) FROM entry").fetchone()
    for way, steps in GUARDED[act]:
        if act is Act.OVERRIDE:
            steps = [(CasesMenu, _choose("Cho vào ngoại lệ"))]
        asked = [(PinDialog, refuse)]
        with Script(*steps, *asked) as script:
            way(event)
            _settle(qtbot, event)
        assert not [word for word in script.seen if word.startswith("unexpected")], script.seen
        assert not event.station.access.may(act)
    assert event.station.lane.session is None
    with event.station.files.reading() as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == before


def test_what_a_clerk_may_do_asks_for_nothing(qtbot: QtBot, event: OpenEvent) -> None:
    _guard(event)
    assert {act for act in Act if event.station.access.may(act)} == {
        Act.VOID_OWN,
        Act.WALK_IN,
        Act.CORRECT,
    }
    for key, kind in ((Qt.Key.Key_E, ExportDialog), (Qt.Key.Key_P, BadgesDialog)):
        with Script((kind, refuse)) as script:
            _press(event, key, CTRL)
        assert script.seen == [kind.__name__]
    with Script((CasesMenu, _choose("Người chưa có trong danh sách")), (PersonDialog, refuse)):
        _f10(event)
    event.controller.redeem(payload(1))
    _settle(qtbot, event)
    with Script((MessageDialog, _yes)):
        _press(event, Qt.Key.Key_F8)
    _settle(qtbot, event)
    assert event.station.desk.counts().present == 0


def test_the_data_of_an_event_is_not_changed_from_the_opening_window_either(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = make_event(tmp_path / "event")
    station = open_station(folder)
    station.access.set_secret(Role.ORGANISER, PASSWORD)
    station.close()
    program = Program(qapp, Settings(), None)
    program.ask()
    assert program._welcome is not None
    qtbot.addWidget(program._welcome)
    with Script((PinDialog, refuse)):
        program._prepare(folder)
    with Script((PinDialog, prove(PASSWORD)), (EventDialog, refuse)):
        program._prepare(folder)


# The lock.


def _seconds(event: OpenEvent, start: float = 1000.0) -> list[float]:
    """Puts a count into the lock that moves only by hand."""
    count = [start]
    event.lock._seconds = lambda: count[0]
    event.lock._active_s = event.lock._before_burst_s = event.lock._key_s = start
    return count


def test_the_header_says_the_role_and_ctrl_l_locks_and_unlocks(event: OpenEvent) -> None:
    header = event.window.header
    assert header.role_text() == ""
    _guard(event)
    assert header.role_text() == "Cán bộ điểm danh"
    with Script((PinDialog, prove(PIN))):
        _press(event, Qt.Key.Key_L, CTRL)
    assert header.role_text() == "Trưởng bàn"
    _press(event, Qt.Key.Key_L, CTRL)
    assert header.role_text() == "Cán bộ điểm danh"
    with Script((PinDialog, prove(PASSWORD))):
        header._role_button.click()
    assert header.role_text() == "Ban tổ chức"
    header._role_button.click()
    assert event.station.access.role is Role.CLERK


def test_the_role_falls_back_when_nobody_is_there_and_scans_are_nobody(
    qtbot: QtBot, event: OpenEvent
) -> None:
    _guard(event)
    count = _seconds(event)
    event.station.access.prove(PIN, Act.UNLOCK)
    count[0] += 290
    event.lock.look()
    assert event.station.access.role is Role.SUPERVISOR
    keyboard = Keyboard()
    keyboard.type(payload(1).decode() + "\r")
    _settle(qtbot, event)
    assert event.station.desk.counts().present == 1
    count[0] += 10
    event.lock.look()
    assert event.station.access.role is Role.CLERK
    event.station.access.prove(PIN, Act.UNLOCK)
    count[0] += 200
    _press(event, Qt.Key.Key_Tab)  # a hand
    count[0] += 200
    event.lock.look()
    assert event.station.access.role is Role.SUPERVISOR


def test_never_is_never(event: OpenEvent) -> None:
    _guard(event)
    event.preferences.settings().idle_minutes = 0
    count = _seconds(event)
    event.station.access.prove(PIN, Act.UNLOCK)
    count[0] += 100_000
    event.lock.look()
    assert event.station.access.role is Role.SUPERVISOR


def _open_beneath(event: OpenEvent, act: Callable[[RosterDialog], None], *more: Step) -> Script:
    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, RosterDialog)
        act(dialog)

    return Script((RosterDialog, do), *more)


def test_a_dialog_that_was_open_is_covered_the_desk_scans_on_and_nothing_is_lost(
    qtbot: QtBot, event: OpenEvent
) -> None:
    _guard(event)
    event.station.access.prove(PASSWORD, Act.PREPARE)
    held: list[object] = []

    def lock(dialog: QDialog) -> None:
        event.lock.lock()
        held.append([cover.dialog for cover in event.lock.covers()] == [dialog])

    def scan_and_unlock(dialog: QDialog) -> None:
        Keyboard().type(payload(2).decode() + "\r")
        held.append(event.lock.covers()[0].isVisible())
        prove(PASSWORD)(dialog)
        held.append(event.lock.covers() == [])
        roster = QApplication.activeModalWidget()
        held.append(isinstance(roster, RosterDialog) and roster.isVisible())
        assert isinstance(roster, RosterDialog)
        roster.reject()

    with Script((RosterDialog, lock), (PinDialog, scan_and_unlock)):
        event.office.open("roster")
    _settle(qtbot, event)
    assert held == [True, True, True, True]
    assert event.station.desk.counts().present == 1


def test_without_the_pin_the_covered_dialog_is_closed(event: OpenEvent) -> None:
    _guard(event)
    event.station.access.prove(PASSWORD, Act.PREPARE)
    with Script((RosterDialog, lambda _dialog: event.lock.lock()), (PinDialog, refuse)):
        event.office.open("roster")
    assert event.lock.covers() == []
    assert event.station.access.role is Role.CLERK


def test_an_export_goes_on_when_the_role_falls_back(event: OpenEvent) -> None:
    _guard(event)
    event.station.access.prove(PIN, Act.UNLOCK)
    seen: list[bool] = []

    def lock(dialog: QDialog) -> None:
        event.lock.lock()
        seen.append(event.lock.covers() == [])
        dialog.reject()

    with Script((ExportDialog, lock)):
        _press(event, Qt.Key.Key_E, CTRL)
    assert seen == [True]


# The kiosk.


@pytest.fixture
def kiosk(event: OpenEvent) -> OpenEvent:
    _guard(event)
    event.preferences.settings().kiosk = True
    event.lock.apply()
    return event


def test_a_kiosk_fills_the_screen_and_is_left_only_with_the_pin(qtbot: QtBot, kiosk: OpenEvent) -> None:
    assert kiosk.window.isFullScreen()
    kiosk.window.showMinimized()
    qtbot.waitUntil(kiosk.window.isFullScreen)
    kiosk.window.activateWindow()
    with Script((PinDialog, refuse)):
        kiosk.window.close()
    assert kiosk.window.isVisible()
    closed: list[bool] = []
    kiosk.closed.connect(lambda: closed.append(True))
    with Script((PinDialog, prove(PIN))):
        kiosk.window.close()
    assert closed == [True]


@pytest.mark.parametrize("place", [rail.DELEGATES, rail.PREPARE, rail.BADGES, rail.EXPORT, rail.SETTINGS])
def test_from_a_kiosk_no_place_is_reached_without_the_pin(kiosk: OpenEvent, place: str) -> None:
    with Script((PinDialog, refuse)) as script:
        kiosk.window.rail._buttons[place].click()
    assert script.seen == ["PinDialog"]
    assert kiosk.desk.isVisible()
    assert kiosk.window.rail._buttons[rail.DESK].isChecked()


def test_in_a_kiosk_a_dialog_in_which_files_are_chosen_is_covered_too(kiosk: OpenEvent) -> None:
    with Script(
        (PinDialog, prove(PIN)), (ExportDialog, lambda _dialog: kiosk.lock.lock()), (PinDialog, refuse)
    ):
        _press(kiosk, Qt.Key.Key_E, CTRL)


def test_a_kiosk_is_one_again_after_a_restart(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    settings = Settings(kiosk=True, recent_events=[str(folder)])
    settings_store.save(settings)
    program = Program(qapp, settings_store.load(), str(tmp_path / "no camera"))
    program.ask()  # and not the question which event, in which folders are chosen
    assert program.opened is not None
    assert program.opened.window.isFullScreen()
    program.opened.close()


def test_settings_that_were_applied_are_those_of_the_program_too(event: OpenEvent) -> None:
    held = event.preferences.settings()
    event.preferences._on_applied(replace(held, kiosk=True, idle_minutes=2))
    assert event.preferences.settings() is held
    assert (held.kiosk, held.idle_minutes) == (True, 2)
    assert event.window.isFullScreen()
    event.preferences._on_applied(replace(held, kiosk=False))
    assert not event.window.isFullScreen()


# Scans while a dialog is open.


@pytest.mark.parametrize("kind", [PinDialog, SettingsDialog, CasesMenu])
def test_a_scan_during_a_dialog_is_recorded_said_there_and_shown_after(
    qtbot: QtBot, event: OpenEvent, kind: type[QDialog]
) -> None:
    _guard(event)
    said: list[list[str]] = []

    def scan(dialog: QDialog) -> None:
        keyboard = Keyboard()
        for serial in (1, 2):
            keyboard.type(payload(serial).decode() + "\r")
            keyboard.pause(1)
        _settle(qtbot, event)
        said.append(event._echo.texts())
        assert dialog.isVisible()
        if isinstance(dialog, PinDialog):
            assert dialog._line.text() == ""  # the scanner's digits are no try
        dialog.reject()

    ways = {
        PinDialog: lambda: _press(event, Qt.Key.Key_L, CTRL),
        SettingsDialog: lambda: _press(event, Qt.Key.Key_Comma, CTRL),
        CasesMenu: lambda: _press(event, Qt.Key.Key_F10),
    }
    with Script((kind, scan)):
        ways[kind]()
    _settle(qtbot, event)
    assert event.station.desk.counts().present == 2
    assert said == [["Nguyễn Thị Ánh · MỜI VÀO", "Trần Văn Đức · MỜI VÀO"]]
    assert event.desk.result.isVisible()
    card = event.desk.result.card.delegate()
    assert card is not None
    assert card.name == "Trần Văn Đức"
    titles = [row.title for row in event.desk.recent.rows()]
    assert titles[:2] == ["Trần Văn Đức", "Nguyễn Thị Ánh"]


def test_a_verdict_that_came_during_a_case_is_not_hidden_by_the_card_of_the_case(
    qtbot: QtBot, event: OpenEvent
) -> None:
    event.controller.open_card(f"{INSTANCE}-1")
    _settle(qtbot, event)

    def correct(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        event.controller.redeem(payload(3), Source.CAMERA)
        _settle(qtbot, event)
        dialog._edits["name"].setText("Nguyễn Thị Ảnh")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    with Script((CasesMenu, _choose("Sửa tên hoặc chức vụ")), (PersonDialog, correct)):
        _f10(event)
    _settle(qtbot, event)
    _settle(qtbot, event)
    card = event.desk.result.card.delegate()
    assert card is not None
    assert card.name == "Lê Hoàng Ân"
    assert event.station.desk.card(f"{INSTANCE}-1").delegate.name == "Nguyễn Thị Ảnh"
