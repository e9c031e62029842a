"""Setting an event up in the window: made, changed, its programme pasted from Excel, and refused in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.model.event import Session
from station.model.verdict import Source
from station.programme.lines import SessionLine
from station.settings import Settings
from tests.builders import HandClock, make_event, payload
from ui.app import OpenEvent
from ui.dialogs.event import ABOUT, SESSIONS, EventDialog
from ui.run import Program
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


def shown(qtbot: QtBot, folder: Path | None, home: Path) -> EventDialog:
    dialog = EventDialog(folder, home)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def fill(dialog: EventDialog, first: str = "27/10/2022", last: str = "28/10/2022") -> None:
    dialog._name.setText("Tập huấn công đoàn 2022")
    dialog._starts.setText(first)
    dialog._ends.setText(last)


PROGRAMME = (
    "CD1\tĐổi mới công tác tuyên truyền\tRenewal\t27/10\t7h00\t9h45\n"
    "CD2\tĐại hội công đoàn các cấp\t\t27/10\t9:45\t11:45\n"
    "CHUNG\tToàn bộ"
)


def test_an_event_is_made_with_the_programme_pasted_from_excel(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(qtbot, None, tmp_path)
    fill(dialog)
    dialog._venue.setText("Hà Nội")
    dialog._next.click()
    assert dialog.page() == SESSIONS
    QGuiApplication.clipboard().setText(PROGRAMME)
    qtbot.keyClick(dialog.programme.grid, "v", modifier=Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(dialog.ready) as ready:
        dialog._next.click()
    (folder,) = ready.args
    assert folder == tmp_path / "tap-huan-cong-doan-2022"
    station = open_station(folder)
    try:
        assert (station.event.name, station.event.venue) == ("Tập huấn công đoàn 2022", "Hà Nội")
        sessions = station.desk.sessions()
        assert [session.id for session in sessions] == ["CD1", "CD2", "CHUNG"]
        assert sessions[0].opens_at is not None
        assert f"{sessions[0].opens_at:%d %H:%M}" == "27 00:00"  # seven in the morning in Hà Nội
        assert sessions[2].opens_at is None
    finally:
        station.close()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "28/10/2022", "needs a first and a last day"),
        ("32/10/2022", "28/10/2022", "“32/10/2022” is not a day"),
        ("29/10/2022", "28/10/2022", "ends before it starts"),
    ],
)
def test_impossible_days_are_said(qtbot: QtBot, tmp_path: Path, first: str, last: str, said: str) -> None:
    dialog = shown(qtbot, None, tmp_path)
    fill(dialog, first, last)
    dialog._next.click()
    assert dialog.page() == ABOUT
    assert said in dialog.trouble()
    assert list(tmp_path.iterdir()) == []


def test_a_slip_in_the_programme_makes_nothing_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(qtbot, None, tmp_path)
    fill(dialog)
    dialog._next.click()
    QGuiApplication.clipboard().setText("CD1\tMột\t\t1/1\t7:00")
    dialog.programme.paste()
    dialog._next.click()
    assert dialog.trouble().startswith("Session 1: 1/1 is not a day of the event")
    assert list(tmp_path.iterdir()) == []
    assert [line.title for line in dialog.programme.plan.lines] == ["Một"]


def test_data_of_an_event_are_changed_and_its_records_stay(qtbot: QtBot, tmp_path: Path) -> None:
    sessions = (Session("S1", 1, "Sáng"), Session("S2", 2, "Chiều"))
    folder = make_event(tmp_path / "event", sessions=sessions)
    station = open_station(folder, clock=HandClock())
    station.desk.redeem(payload(1), Source.CAMERA, "S1")
    station.close()
    dialog = shown(qtbot, folder, tmp_path)
    assert dialog._name.text() == "Tập huấn"
    dialog._name.setText("Tập huấn 2023")
    dialog._next.click()
    assert [(line.code, line.title) for line in dialog.programme.plan.lines] == [
        ("S1", "Sáng"),
        ("S2", "Chiều"),
    ]
    dialog.programme.plan.remove(0)
    dialog._next.click()
    assert "The session S1 cannot go" in dialog.trouble()
    dialog.programme.plan.lines = [SessionLine("S3", "Tối"), SessionLine("S1", "Buổi sáng")]
    dialog._next.click()
    assert dialog.trouble() == ""
    station = open_station(folder, clock=HandClock())
    try:
        assert station.event.name == "Tập huấn 2023"
        assert [(s.id, s.title) for s in station.desk.sessions()] == [("S3", "Tối"), ("S1", "Buổi sáng")]
        assert station.desk.counts("S1").present == 1
    finally:
        station.close()


def test_from_the_first_window_to_an_open_event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    program = Program(qapp, Settings(sound=False, recent_events=[str(tmp_path / "gone")]), "nowhere.avi")
    program.ask()
    welcome = program._welcome
    assert welcome is not None
    qtbot.addWidget(welcome)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EventDialog)
        fill(dialog, f"{date.today():%d/%m/%Y}", f"{date.today():%d/%m/%Y}")
        dialog._next.click()
        dialog._next.click()

    QTimer.singleShot(50, act)
    welcome._new.click()
    assert program.opened is not None
    try:
        assert program.opened.station.event.name == "Tập huấn công đoàn 2022"
        assert program.opened.station.folder.parent == tmp_path
        assert program.opened.prepare.isVisible()  # where it goes on, for nobody can come yet
    finally:
        program.opened.close()


def test_the_list_shows_events_by_name_and_forgets_one_without_touching_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = make_event(tmp_path / "event")
    program = Program(qapp, Settings(recent_events=[str(folder), str(tmp_path / "gone")]), None)
    program.ask()
    welcome = program._welcome
    assert welcome is not None
    qtbot.addWidget(welcome)
    first, second = welcome._list.rows()
    assert first.title == "Training"
    assert first.detail.startswith("27/10/2022 – 28/10/2022")
    assert (second.title, "not there" in second.detail) == ("gone", True)
    welcome._forget.click()
    assert [row.title for row in welcome._list.rows()] == ["gone"]
    assert (folder / "event.sqlite3").is_file()
    assert program._settings.recent_events == [str(tmp_path / "gone")]


def test_an_event_that_is_gone_is_said_in_the_first_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(qapp, Settings(recent_events=[str(tmp_path / "gone")]), None)
    program.ask()
    welcome = program._welcome
    assert welcome is not None
    qtbot.addWidget(welcome)
    welcome._change.click()
    assert str(tmp_path / "gone") in welcome._trouble.full_text()


def test_a_new_event_says_how_to_get_its_delegates(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    station = open_station(make_event(tmp_path / "event", delegates=()), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, language="en"))
    try:
        event.delegates.show_lines(station.desk.roster())
        assert event.delegates._summary.full_text() == "Nobody yet: take in the office's list."
    finally:
        event.close()
