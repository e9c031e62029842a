"""Everything larger or smaller, names for screen readers, and the page of keys that names all keys."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station import settings as settings_store
from station.app import Station, open_station
from station.exchange.wiping import look_at
from station.i18n import set_language
from station.model.role import Act, Role
from station.sample_event import create_sample_event, first_morning
from station.settings import Settings
from tests.builders import HandClock, make_event
from ui.app import OpenEvent
from ui.dialogs.badges.dialog import BadgesDialog
from ui.dialogs.camera import CameraDialog
from ui.dialogs.cases.menu import Case, CasesMenu
from ui.dialogs.cases.move import MoveDialog
from ui.dialogs.cases.person import PersonDialog
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.continuing import ContinueDialog
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.event import EventDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.help import HelpDialog, keys
from ui.dialogs.invitations.dialog import InvitationsDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.photos.dialog import PhotosDialog
from ui.dialogs.pin import PinDialog
from ui.dialogs.roles import RolesDialog
from ui.dialogs.roster.dialog import RosterDialog
from ui.dialogs.scanner import ScannerDialog
from ui.dialogs.secret import SecretDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.wipe import WipeDialog
from ui.screens.welcome.window import WelcomeWindow
from ui.shell import rail
from ui.style.fonts import scale
from ui.style.theme import apply_zoom

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _as_designed(qapp: QApplication) -> Iterator[None]:
    """The next test finds the size of the design again."""
    yield
    if scale() != 1.0:
        apply_zoom(qapp, 100)


def _opened(qtbot: QtBot, qapp: QApplication, station: Station, settings: Settings) -> OpenEvent:
    event = OpenEvent(qapp, station, settings)
    event.window.resize(1366, 768)
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    return event


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = _opened(qtbot, qapp, station, Settings(sound=False, theme="light"))
    yield event
    event.close()


@pytest.fixture
def sample(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """The sample event: long names, eleven documents."""
    clock = first_morning()
    create_sample_event(tmp_path / "event", clock)
    event = _opened(qtbot, qapp, open_station(tmp_path / "event", clock=clock), Settings(sound=False))
    yield event
    event.close()


# Size.


def test_the_size_is_changed_by_key_within_its_limits_and_kept(event: OpenEvent) -> None:
    title = event.desk.recent._heading
    before = title.font().pixelSize()
    for _press in range(9):
        QTest.keyClick(event.window, Qt.Key.Key_Equal, CTRL)
    assert scale() == 1.5
    assert title.font().pixelSize() == pytest.approx(before * 1.5, abs=1)
    assert settings_store.load().zoom == 150
    for _press in range(9):
        QTest.keyClick(event.window, Qt.Key.Key_Minus, CTRL)
    assert scale() == 0.9
    QTest.keyClick(event.window, Qt.Key.Key_0, CTRL)
    assert scale() == 1.0
    assert title.font().pixelSize() == before
    assert event.window.rail.width() == 92


@pytest.mark.parametrize("zoom", [100, 125])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_on_the_smallest_laptop_nothing_of_the_desk_is_cut_or_scrolls(
    qtbot: QtBot, qapp: QApplication, sample: OpenEvent, zoom: int, language: str
) -> None:
    sample.choose_language(language)
    apply_zoom(qapp, zoom)
    payload = next(iter(sample.station.payloads().values()))
    sample.controller.redeem(payload.encode())
    qtbot.waitUntil(sample.desk.result.bundle.isVisible)
    qtbot.waitUntil(lambda: not sample.desk.result.bundle._scroll.verticalScrollBar().maximum())
    assert (sample.window.width(), sample.window.height()) == (1366, 768)
    result = sample.desk.result
    for button in (result._badge, result._void, result._cases, result._close, result.bundle._all):
        assert button.isVisible()
        bottom = button.mapTo(sample.window, button.rect().bottomRight())
        assert bottom.x() < 1366
        assert bottom.y() < 768


# Names for screen readers.


def _nameless(root: QWidget) -> list[str]:
    """What can have the focus and has nothing that a screen reader could say."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if not reachable or widget.isWindow() or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget.parent(), QAbstractItemView | QAbstractScrollArea):
            continue  # headers and viewports: the view speaks for them
        if widget.isHidden() or widget.window() is not root:
            continue  # not yet of use; or the list of a box, for which the box speaks
        text = getattr(widget, "text", lambda: "")() if not isinstance(widget, QLineEdit) else ""
        if not widget.accessibleName() and not text:
            found.append(
                f"{type(root).__name__}: {type(widget).__name__} in {type(widget.parent()).__name__}"
            )
    return found


def _dialogs(event: OpenEvent, home: Path) -> dict[str, Callable[[], QWidget]]:
    station, window = event.station, event.window
    settings = event.preferences.settings()
    station.access.set_secret(Role.SUPERVISOR, "2580")
    return {
        "window": lambda: window,
        "welcome": lambda: WelcomeWindow([str(home)]),
        "badges": lambda: BadgesDialog(event.badges, window),
        "export": lambda: ExportDialog(station, window),
        "copies": lambda: CopiesDialog(station, settings, lambda: None, window, list),
        "continue": lambda: ContinueDialog(home, window, list),
        "wipe": lambda: WipeDialog(station, look_at(station.folder), window),
        "help": lambda: HelpDialog(window),
        "settings": lambda: SettingsDialog(settings, window, [], access=station.access),
        "camera": lambda: CameraDialog(settings, window, list),
        "scanner": lambda: ScannerDialog(window),
        "event": lambda: EventDialog(None, home, window),
        "roster": lambda: RosterDialog(station, {}, window),
        "photos": lambda: PhotosDialog(station, window),
        "invitations": lambda: InvitationsDialog(station, window),
        "pin": lambda: PinDialog(station.access, Act.VOID, window),
        "secret": lambda: SecretDialog(station.access, Role.ORGANISER, window),
        "roles": lambda: RolesDialog(station.access, window),
        "message": lambda: MessageDialog(window, "A", "B", "C", "D"),
        "cases": lambda: CasesMenu([Case("a", "A", "B", "")], "", window),
        "move": lambda: MoveDialog(station, "CHUNG", window),
        "reason": lambda: ReasonDialog("A", "B", "C", ["D"]),
        "person": lambda: PersonDialog(
            "A", "B", "C", known={}, units=["U"], categories=["K"], reasons=["R"], letter=True, parent=window
        ),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_that_can_have_the_focus_has_a_name(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path, language: str
) -> None:
    event.choose_language(language)
    set_language(language)
    nameless: list[str] = []
    for make in _dialogs(event, tmp_path).values():
        widget = make()
        nameless += _nameless(widget)
        if isinstance(widget, CameraDialog):
            widget.camera.stop()
        if isinstance(widget, QDialog):
            widget.done(0)
    assert not nameless, "\n".join(nameless)


# Keys.


def test_the_page_of_keys_names_every_key_of_the_window(event: OpenEvent) -> None:
    told = " ".join(keys()).replace("Alt+1 … Alt+0", " ".join(f"Alt+{n}" for n in range(10)))
    words = {word.strip(",") if word != "Ctrl+," else word for word in told.split()}
    bound = {
        shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
        for shortcut in event.window.findChildren(QShortcut)
    }
    assert bound - words == {"Ctrl++"}  # the same key as Ctrl+= with Shift
    assert words - bound <= {"Esc"} | {"…"}
    assert rail.HELP in event.window.rail._buttons
