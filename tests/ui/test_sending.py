"""Sending results over the network in the window: added, sent, refused, closed; the strip says how it stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.model.sending import RowState
from station.model.verdict import Source
from station.settings import Settings
from station.store import outbox as store
from station.sync.target import Kind
from station.sync.targets import known_targets
from tests.builders import HandClock, make_event, payload
from ui.app import OpenEvent
from ui.dialogs.sending.add import AddTargetDialog, CloseRowDialog
from ui.dialogs.sending.dialog import SendingDialog
from ui.screens.prepare import steps


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    (tmp_path / "nas").mkdir()
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    station.desk.redeem(payload(1), Source.CAMERA)
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def within(
    qtbot: QtBot, kind: type[QDialog], act: Callable[[QDialog], None], begin: Callable[[], object]
) -> None:
    """Begin something that opens a modal dialog, and act on it once it has the keyboard."""
    seen: list[bool] = []

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, kind) and shown.isActiveWindow():
            timer.stop()
            seen.append(True)
            act(shown)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    begin()
    timer.stop()
    assert seen


def add_folder(qtbot: QtBot, dialog: SendingDialog, place: Path) -> None:
    def fill(shown: QDialog) -> None:
        assert isinstance(shown, AddTargetDialog)
        shown.kind.setCurrentIndex(shown.kind.findData(Kind.FOLDER))
        shown.url.setText(str(place))
        QTest.keyClick(shown, Qt.Key.Key_Return)

    within(qtbot, AddTargetDialog, fill, dialog.add.click)


def states(event: OpenEvent) -> list[RowState]:
    with event.station.files.reading() as connection:
        return [row.state for row in store.rows(connection)]


@pytest.fixture
def dialog(qtbot: QtBot, event: OpenEvent) -> SendingDialog:
    shown = SendingDialog(event.station, event.outgoing, event.window)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def test_a_folder_is_added_tested_and_sent_to(
    qtbot: QtBot, event: OpenEvent, dialog: SendingDialog, tmp_path: Path
) -> None:
    add_folder(qtbot, dialog, tmp_path / "nas")
    qtbot.waitUntil(lambda: "nas có trả lời" in dialog.said())
    qtbot.waitUntil(dialog.send.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(states(event)) and set(states(event)) == {RowState.CONFIRMED})
    assert list((tmp_path / "nas").glob("*.segment"))
    qtbot.waitUntil(lambda: "nas: đã tới đủ" in event.window.outgoing.text())
    assert not event.window.outgoing.is_late()
    qtbot.waitUntil(lambda: len(dialog.rows.rows()) == len(states(event)))


def test_what_is_no_folder_is_said_and_the_form_stays(
    qtbot: QtBot, event: OpenEvent, dialog: SendingDialog, tmp_path: Path
) -> None:
    def wrong(shown: QDialog) -> None:
        assert isinstance(shown, AddTargetDialog)
        shown.url.setText(str(tmp_path / "không có"))
        QTest.keyClick(shown, Qt.Key.Key_Return)
        assert "không có" in shown.trouble()
        assert shown.isVisible()
        QTest.keyClick(shown, Qt.Key.Key_Escape)

    within(qtbot, AddTargetDialog, wrong, dialog.add.click)
    assert known_targets(event.station.files) == []


def test_a_folder_that_went_away_keeps_everything_and_the_strip_says_so(
    qtbot: QtBot, event: OpenEvent, dialog: SendingDialog, tmp_path: Path
) -> None:
    add_folder(qtbot, dialog, tmp_path / "nas")
    qtbot.waitUntil(lambda: "có trả lời" in dialog.said())
    (tmp_path / "nas").rmdir()
    event.outgoing.courier.send_now()
    qtbot.waitUntil(lambda: "chờ gửi" in event.window.outgoing.text())
    assert set(states(event)) == {RowState.PENDING}
    (tmp_path / "nas").mkdir()
    event.outgoing.courier.send_now()
    qtbot.waitUntil(lambda: set(states(event)) == {RowState.CONFIRMED})


def test_a_refused_row_is_closed_by_a_named_person(
    qtbot: QtBot, event: OpenEvent, dialog: SendingDialog, tmp_path: Path
) -> None:
    add_folder(qtbot, dialog, tmp_path / "nas")
    qtbot.waitUntil(lambda: "có trả lời" in dialog.said())
    event.outgoing.courier.send_now()
    qtbot.waitUntil(lambda: bool(states(event)) and set(states(event)) == {RowState.CONFIRMED})
    with event.station.files.reading() as connection:
        number = store.rows(connection)[0].number
    now = event.station.clock.now()
    event.station.files.write(lambda c: store.set_state(c, number, RowState.REFUSED, now, "Tệp quá lớn."))
    qtbot.waitUntil(lambda: [cells[3] for cells in dialog.rows.rows()][:1] == ["Tệp quá lớn."])
    qtbot.waitUntil(event.window.outgoing.is_late)
    dialog._rows.selectRow(0)
    assert dialog.give_up.isEnabled()

    def close(shown: QDialog) -> None:
        assert isinstance(shown, CloseRowDialog)
        QTest.keyClick(shown, Qt.Key.Key_Return)  # nothing said yet: it stays
        assert shown.isVisible()
        shown._by.setText("Chị Hoa")
        shown._reason.setText("đã chép bằng USB")
        QTest.keyClick(shown, Qt.Key.Key_Return)

    within(qtbot, CloseRowDialog, close, dialog.give_up.click)
    with event.station.files.reading() as connection:
        row = store.row_of(connection, number)
    assert row is not None
    assert (row.state, row.closed_by, row.said) == (RowState.CLOSED, "Chị Hoa", "đã chép bằng USB")


def test_the_step_among_the_preparations_and_the_strip_lead_there(qtbot: QtBot, event: OpenEvent) -> None:
    for begin in (
        lambda: event.office.open(steps.SENDING),
        lambda: event.window.outgoing.pressed.emit(),
    ):
        within(qtbot, SendingDialog, lambda shown: QTest.keyClick(shown, Qt.Key.Key_Escape), begin)
