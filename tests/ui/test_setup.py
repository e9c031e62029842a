"""Setting an event up while it is open: its data, its logo; and its way into the archive and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import glance, open_station, set_archived
from station.settings import Settings
from tests.builders import HandClock, make_event
from ui.app import OpenEvent
from ui.dialogs.choose import Choose
from ui.dialogs.event import EventDialog
from ui.dialogs.message import MessageDialog
from ui.run import Program
from ui.screens.prepare.steps import EVENT
from ui.screens.welcome.window import WelcomeWindow
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    Image.new("RGBA", (200, 100), "#c8102e").save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def welcome_of(qtbot: QtBot, program: Program) -> WelcomeWindow:
    program.ask()
    welcome = program._welcome
    assert welcome is not None
    qtbot.addWidget(welcome)
    return welcome


def titles(welcome: WelcomeWindow) -> list[str]:
    return [row.title for row in welcome._list.rows()]


def test_the_open_event_gets_its_new_name_and_logo_when_it_is_opened_again(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, logo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(qapp, Settings(sound=False, language="en"), "nowhere.avi")
    program.open(make_event(tmp_path / "event"))
    before = program.opened
    assert before is not None
    monkeypatch.setattr(Choose, "picture", classmethod(lambda *_arguments: logo))

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, EventDialog)
        dialog._name.setText("Hội nghị")
        dialog._name_en.setText("Meeting")
        dialog._logo.choose.click()
        qtbot.waitUntil(lambda: bool(dialog._logo.logo()))
        dialog._next.click()
        dialog._next.click()

    try:
        QTimer.singleShot(0, act)
        before.office.open(EVENT)
        qtbot.waitUntil(lambda: program.opened is not before)
        after = program.opened
        assert after is not None
        assert after.window.windowTitle().startswith("Meeting – ")
        assert after._header._name.accessibleName() == "Meeting"
        assert not after._header._mark._logo.isNull()
        assert next(iter(after.station.badges().values())).delegate.name
        assert (after.station.event.name, bool(after.station.event.logo)) == ("Hội nghị", True)
        assert after.controller.session().title == "Hội nghị"
    finally:
        if program.opened is not None:
            program.opened.close()


def test_event_data_left_alone_do_not_reopen_the_event(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, language="en"))
    reopened: list[Path] = []
    event.reopen_wanted.connect(reopened.append)
    try:
        QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())  # type: ignore[attr-defined]
        with qtbot.waitSignal(event.office.changed):
            event.office.open(EVENT)
        assert reopened == []
    finally:
        event.close()


def test_a_logo_is_refused_in_words_chosen_and_taken_out(qtbot: QtBot, tmp_path: Path, logo: Path) -> None:
    folder = make_event(tmp_path / "event")
    dialog = EventDialog(folder, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    drawing = tmp_path / "logo.svg"
    drawing.write_text("<svg/>")
    dialog._logo.read(drawing)
    qtbot.waitUntil(lambda: "SVG" in dialog.trouble())
    qtbot.waitUntil(dialog._logo.choose.isEnabled)
    dialog._logo.read(logo)
    qtbot.waitUntil(lambda: bool(dialog._logo.logo()))
    assert dialog.trouble() == ""
    dialog._next.click()
    dialog._next.click()
    assert glance(folder).logo.startswith(b"\x89PNG")  # type: ignore[union-attr]
    again = EventDialog(folder, tmp_path)
    qtbot.addWidget(again)
    again._logo.remove.click()
    again._next.click()
    again._next.click()
    assert glance(folder).logo == b""  # type: ignore[union-attr]


def test_an_event_goes_into_the_archive_and_comes_back(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [make_event(tmp_path / "one"), make_event(tmp_path / "two")]
    program = Program(qapp, Settings(language="en", recent_events=list(map(str, folders))), None)
    welcome = welcome_of(qtbot, program)
    answers = [False, True]
    monkeypatch.setattr(MessageDialog, "confirm", classmethod(lambda *_a, **_k: answers.pop(0)))
    welcome._archive.click()
    assert glance(folders[0]).archived_at is None  # type: ignore[union-attr]
    welcome._archive.click()
    assert glance(folders[0]).archived_at is not None  # type: ignore[union-attr]
    assert [row.key for row in welcome._list.rows()] == [str(folders[1])]
    assert welcome._archived.caption() == "Archived (1)"
    welcome._archived.click()
    welcome._list.select(1)
    assert [row.key for row in welcome._list.rows()] == [str(folders[1]), str(folders[0])]
    assert (welcome._archive.caption(), welcome._open.isEnabled(), welcome._change.isEnabled()) == (
        "Bring back",
        False,
        False,
    )
    welcome._archive.click()
    assert glance(folders[0]).archived_at is None  # type: ignore[union-attr]
    assert not welcome._archived.isVisible()
    assert len(titles(welcome)) == 2


def test_an_archived_event_does_not_open(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    set_archived(folder, True)
    program = Program(qapp, Settings(language="en"), None)
    program.open(folder)
    assert program.opened is None
    assert program._welcome is not None
    qtbot.addWidget(program._welcome)
    assert "is in the archive" in program._welcome._trouble.full_text()


def test_an_event_that_is_open_elsewhere_is_not_archived(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_event(tmp_path / "event")
    program = Program(qapp, Settings(language="en", recent_events=[str(folder)]), None)
    welcome = welcome_of(qtbot, program)
    monkeypatch.setattr(MessageDialog, "confirm", classmethod(lambda *_a, **_k: True))
    station = open_station(folder)
    try:
        welcome._archive.click()
        assert "already open" in welcome._trouble.full_text()
    finally:
        station.close()


def test_the_first_window_says_how_to_begin_while_there_is_no_event(qtbot: QtBot, tmp_path: Path) -> None:
    empty = WelcomeWindow([])
    qtbot.addWidget(empty)
    empty.show()
    assert empty._first[0].isVisible()
    assert "New event" in empty._first[0].full_text()
    assert not empty._archive.isVisible()
    filled = WelcomeWindow([str(make_event(tmp_path / "event"))])
    qtbot.addWidget(filled)
    filled.show()
    assert not filled._first[0].isVisible()
