"""F1: the guide opens at what is on the screen, by keyboard only, and reaches nothing but its own pages."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import ui.dialogs
import ui.screens
from station.app import open_station
from station.guide.markdown import Anchor
from station.guide.pages import PAGES
from station.i18n import LANGUAGES, set_language
from station.model.role import Role
from station.settings import Settings
from tests.builders import HandClock, make_event
from tests.ui.dialogs import Script, refuse
from ui.app import OpenEvent
from ui.dialogs.diagnostics import DiagnosticsDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.frame import DialogFrame
from ui.dialogs.help import HelpDialog
from ui.dialogs.help.contents import known_pages
from ui.dialogs.help.places import PLACES, place_of
from ui.dialogs.message import MessageDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.work import WorkDialog
from ui.run import Program
from ui.screens.welcome.window import WelcomeWindow
from ui.shell import rail
from ui.widgets.key_button import KeyButton


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.resize(1366, 768)
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def f1(target: QDialog | None, event: OpenEvent) -> None:
    QTest.keyClick(target or QApplication.focusWidget() or event.window, Qt.Key.Key_F1)


@pytest.mark.parametrize(
    ("screen", "place"),
    [
        (rail.DESK, "desk#all-keys"),
        (rail.DELEGATES, "organiser#delegates"),
        (rail.PREPARE, "organiser#prepare"),
        (rail.DELEGATIONS, "organiser#delegates"),
    ],
)
def test_f1_on_a_screen_opens_the_part_about_it(event: OpenEvent, screen: str, place: str) -> None:
    places: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, HelpDialog)
        places.append(dialog.place())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    event.window.show_screen(screen)
    with Script((HelpDialog, look)):
        f1(None, event)
    assert places == [place]


def test_f1_in_a_dialog_opens_the_part_about_it_and_comes_back(event: OpenEvent) -> None:
    places: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, HelpDialog)
        places.append(dialog.place())
        f1(dialog, event)  # there is no help for the help
        dialog.reject()

    def ask(dialog: QDialog) -> None:
        f1(dialog, event)
        assert dialog.isVisible()
        dialog.reject()

    with Script((RosterDialog, ask), (HelpDialog, look)):
        event.office.open("roster")
    assert places == ["organiser#roster"]


def test_a_question_has_the_help_of_what_asks_it(event: OpenEvent) -> None:
    dialog = ExportDialog(event.station, event.window)
    assert place_of(MessageDialog(dialog, "A", "B", "C", "D")) == "secretary#export"
    assert place_of(MessageDialog(event.window, "A", "B", "C", "D")) == "desk#all-keys"
    assert place_of(WelcomeWindow([])) == "organiser#welcome"
    dialog.done(0)


def _modules() -> set[str]:
    found = set()
    for package in (ui.dialogs, ui.screens):
        found |= {module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")}
    return found


def _kinds(kind: type) -> set[type]:
    return {kind} | {below for child in kind.__subclasses__() for below in _kinds(child)}


def test_every_dialog_of_its_own_has_a_place_and_every_place_a_module() -> None:
    for name in _modules():
        importlib.import_module(name)
    everywhere = {DialogFrame, WorkDialog, HelpDialog, MessageDialog, DiagnosticsDialog}
    homeless = [
        kind.__name__
        for kind in _kinds(DialogFrame) - everywhere
        if kind.__module__.startswith("ui.")
        and not any(kind.__module__ == name or kind.__module__.startswith(f"{name}.") for name in PLACES)
    ]
    assert homeless == []
    assert set(PLACES) - _modules() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_a_page_that_shows_it(qtbot: QtBot, language: str) -> None:
    set_language(language)
    dialog = HelpDialog(None)
    shown = known_pages()
    for place in [*PLACES.values(), *PAGES]:
        page, _hash, anchor = place.partition("#")
        assert not anchor or Anchor(anchor) in shown[page]
        dialog.go_to(place)
        assert dialog.place() == place
    dialog.done(0)


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("organiser#roster", "Danh sách đại biểu"),
        ("organiser#continue", "Máy hỏng giữa chừng"),
        ("organiser#camera", "Máy quay, Chọn…"),
        ("secretary#export", "2. Kết xuất"),
    ],
)
def test_a_place_is_scrolled_to_the_top(qtbot: QtBot, place: str, first: str) -> None:
    dialog = HelpDialog(None, place)
    dialog.show()

    def top() -> str:
        return str(dialog.browser.cursorForPosition(QPoint(30, 6)).block().text())

    qtbot.waitUntil(lambda: top().startswith(first))
    dialog.done(0)


def test_the_contents_are_walked_and_searched_by_keyboard(qtbot: QtBot) -> None:
    dialog = HelpDialog(None)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog._list, Qt.Key.Key_Down)
    assert dialog.place() == "desk"
    QTest.keyClick(dialog._list, Qt.Key.Key_Down)
    assert dialog.place() == "desk#verdicts"
    QTest.keyClick(dialog._list, Qt.Key.Key_Return)
    assert dialog.browser.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_F3)
    assert dialog._search.hasFocus()
    dialog._search.setText("gop du lieu")
    assert dialog.parts_on_show()[0].startswith(("secretary", "organiser"))
    assert "secretary#merge" in dialog.parts_on_show()
    QTest.keyClick(dialog._search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog._list.hasFocus()
    dialog._search.setText("xyzzy")
    assert dialog.parts_on_show() == []
    assert not dialog._nothing.isHidden()
    dialog.done(0)


def test_nothing_but_pictures_of_the_guide_is_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    dialog = HelpDialog(None)
    kind = QTextDocument.ResourceType.ImageResource.value
    load = dialog.browser.loadResource
    for name in (
        "https://example.org/a.png",
        str(tmp_path / "secret.png"),
        f"file://{tmp_path}/secret.png",
        f"guide-picture:../../../../..{tmp_path}/secret.png",
    ):
        assert load(kind, QUrl(name)) is None
    assert not load(kind, QUrl("guide-picture:../pictures/vi/desk.png")).isNull()
    assert not dialog.browser.openLinks()
    dialog.done(0)


def test_a_guide_that_is_gone_leaves_the_keys(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("station.guide.pages.GUIDE_DIR", tmp_path)
    dialog = HelpDialog(None, "organiser#roster")
    assert dialog.place() == "desk#all-keys"
    assert "F10" in dialog.browser.toPlainText()
    assert str(tmp_path) in dialog.browser.toPlainText()
    dialog.done(0)


def test_one_click_makes_the_diagnostics(
    event: OpenEvent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("ui.dialogs.diagnostics.user_documents_path", lambda: tmp_path / "documents")
    said: list[str] = []

    def click(dialog: QDialog) -> None:
        next(
            button for button in dialog.findChildren(KeyButton) if "chẩn đoán" in button.accessibleName()
        ).click()
        dialog.reject()

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, DiagnosticsDialog)
        qtbot.waitUntil(lambda: not dialog.is_working())
        said.append(dialog.text())
        dialog.reject()

    with Script((HelpDialog, click), (DiagnosticsDialog, read)):
        f1(None, event)
    (made,) = (tmp_path / "documents").glob("*.zip")
    assert str(made) in said[0]


def test_the_first_window_has_help_and_diagnostics_too(qtbot: QtBot, qapp: QApplication) -> None:
    program = Program(qapp, Settings(sound=False), None)
    program.ask()
    window = program._welcome
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    seen: list[tuple[str, bool]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, HelpDialog)
        captions = [button.accessibleName() for button in dialog.findChildren(KeyButton)]
        seen.append((dialog.place(), "Tệp chẩn đoán…" in captions))
        dialog.reject()

    with Script((HelpDialog, look)):
        QTest.keyClick(window, Qt.Key.Key_F1)
    window.close()
    assert seen == [("organiser#welcome", True)]


def test_a_kiosk_offers_no_diagnostics(event: OpenEvent) -> None:
    event.station.access.set_secret(Role.SUPERVISOR, "2580")
    event.preferences.settings().kiosk = True
    event.station.access.lock()
    offered: list[bool] = []

    def look(dialog: QDialog) -> None:
        offered.append(dialog._buttons.count() > 2)  # type: ignore[attr-defined]  # the stretch and Close
        dialog.reject()

    with Script((HelpDialog, look)):
        f1(None, event)
    event.preferences.settings().kiosk = False
    assert offered == [False]


def test_f1_is_no_key_of_a_settings_field(event: OpenEvent) -> None:
    with Script((SettingsDialog, lambda dialog: (f1(dialog, event), dialog.reject())), (HelpDialog, refuse)):
        event.preferences.open(event.window)
