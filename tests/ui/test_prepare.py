"""The organiser's steps: each is named with how far it is, and opens by keyboard."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.documents.changes import add_document
from station.model.document import Document, Entitlement
from station.settings import Settings
from tests.builders import HandClock, make_event
from ui.app import OpenEvent
from ui.dialogs.documents.dialog import DocumentsDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.screens.prepare.screen import StepList
from ui.screens.prepare.steps import DOCUMENTS, ROSTER, STEPS


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """An open event whose window shows the steps."""
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.resize(1366, 768)
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    QTest.keyClick(event.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(event.prepare.details()))
    yield event
    event.close()


def test_the_steps_say_how_far_they_are(event: OpenEvent) -> None:
    assert event.prepare.details()[ROSTER] == "5 đại biểu"


def test_a_step_opens_with_enter_and_the_steps_are_told_anew(qtbot: QtBot, event: OpenEvent) -> None:
    opened: list[str] = []

    def close_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()
        assert isinstance(dialog, RosterDialog)
        opened.append(dialog.windowTitle())

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTimer.singleShot(0, close_it)
    with qtbot.waitSignal(event.office.changed):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert len(opened) == 1


def test_what_the_documents_dialog_changed_is_seen_at_the_desk(qtbot: QtBot, event: OpenEvent) -> None:
    assert event.prepare.details()[DOCUMENTS] == "3 tài liệu"
    opened: list[str] = []

    def change_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DocumentsDialog)
        opened.append(dialog.windowTitle())
        add_document(event.station.files, Document("MU", 0, "Mũ"), [Entitlement("")])
        dialog.reject()

    QTimer.singleShot(0, change_and_close)
    with qtbot.waitSignal(event.office.changed):
        event.office.open(DOCUMENTS)
    assert opened == ["Tài liệu"]
    person = event.station.desk.search("Ánh")[0].delegate
    bundle = lambda: [item.document.code for item in event.station.desk.card(person.id).bundle]  # noqa: E731
    qtbot.waitUntil(lambda: bundle()[-1] == "MU")
    qtbot.waitUntil(lambda: event.prepare.details()[DOCUMENTS] == "4 tài liệu")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1100, 700)])
def test_all_steps_are_seen_at_once_and_reached_in_their_order(
    qtbot: QtBot, event: OpenEvent, size: tuple[int, int]
) -> None:
    steps = event.prepare.findChild(StepList)
    event.window.resize(*size)
    qtbot.waitUntil(lambda: event.window.width() == size[0])
    QApplication.processEvents()
    places = [steps.visualRect(steps.model().index(row, 0)) for row in range(len(STEPS))]
    assert all(steps.viewport().rect().contains(place) for place in places)
    assert all(not one.intersects(other) for one, other in itertools.pairwise(places))
    QTest.keyClick(steps, Qt.Key.Key_Home)
    seen = [steps.selected()]
    for _down in STEPS[1:]:
        QTest.keyClick(steps, Qt.Key.Key_Down)
        seen.append(steps.selected())
    assert seen == [step.key for step in STEPS]
    QTest.keyClick(steps, Qt.Key.Key_Left)
    assert steps.selected() == STEPS[len(STEPS) // 2 - 1].key


def test_on_a_small_screen_the_steps_stand_below_one_another(qtbot: QtBot, event: OpenEvent) -> None:
    steps = event.prepare.findChild(StepList)
    event.window.resize(800, 500)
    qtbot.waitUntil(lambda: event.window.width() == 800)
    assert not steps.isWrapping()
    QTest.keyClick(steps, Qt.Key.Key_End)
    assert steps.selected() == STEPS[-1].key
    assert steps.viewport().rect().contains(steps.visualRect(steps.currentIndex()))
