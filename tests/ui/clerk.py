"""A clerk at a desk: the keys they press, and what they do in the dialogs that open."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.verdict import Source, Verdict
from ui.bridge.tasks import Tasks
from ui.devices.sound import Sounds
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.cases.person import PersonDialog
from ui.screens.desk.controller import DeskController
from ui.screens.desk.screen import DeskScreen
from ui.style.tokens import Tone


class Clerk:
    """A desk with its controller, and what a clerk does with it."""

    def __init__(self, qtbot: QtBot, station: Station) -> None:
        self.qtbot = qtbot
        self.station = station
        self.owner = QObject()
        self.acts, self.looks = Tasks("acts", self.owner), Tasks("looks", self.owner)
        self.screen = DeskScreen()
        self.screen.resize(1280, 700)
        self.controller = DeskController(
            self.screen, station, Sounds(self.owner), self.acts, self.looks, self.owner
        )
        self.painted: list[Verdict] = []
        self.screen.verdict_painted.connect(self.painted.append)
        qtbot.addWidget(self.screen)
        self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        """Wait until both workers have answered everything that was asked of them."""
        for tasks in (
            self.acts,
            self.looks,
            self.acts,
            self.looks,
            self.looks,
        ):  # an answer may ask the next question
            loop = QEventLoop()
            tasks.run(lambda: None, lambda _done, loop=loop: loop.quit())
            loop.exec()
        QApplication.processEvents()

    def scan(self, raw: bytes) -> None:
        self.controller.show_verdict(self.station.desk.redeem(raw, Source.CAMERA))
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, held)
        self.settle()

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClick(QApplication.focusWidget() or self.screen, character)
        self.settle()

    def tone(self) -> Tone:
        return self.screen.result.panel.notice().tone

    def states(self) -> list[str]:
        """The bundle on show."""
        return [item.state.value for item in self.screen.result.bundle.items()]

    def recorded_states(self, name: str) -> list[str]:
        """The bundle as the journal has it."""
        delegate = self.station.desk.search(name)[0].delegate
        return [item.state.value for item in self.station.desk.card(delegate.id).bundle]

    def close(self) -> None:
        self.acts.close()
        self.looks.close()


class Script:
    """What is done in the dialogs that open one after the other; each must be of the kind that is expected."""

    def __init__(self, *steps: tuple[type[QDialog], Callable[[QDialog], None]]) -> None:
        self.steps = list(steps)
        self.seen: list[str] = []
        self._done: list[QDialog] = []
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog in self._done or not dialog.isActiveWindow():
            return
        self._done.append(dialog)
        if self.steps and type(dialog) is self.steps[0][0]:
            _kind, act = self.steps.pop(0)
            self.seen.append(dialog.windowTitle())
            act(dialog)
        else:
            self.seen.append(f"unexpected: {type(dialog).__name__} {dialog.windowTitle()}")
            dialog.reject()

    def stop(self) -> None:
        self._timer.stop()


def choose(title: str) -> Callable[[QDialog], None]:
    """Choose a case by its number key."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, CasesMenu)
        QTest.keyClick(dialog, str(dialog.titles().index(title) + 1))

    return act


def fill(reason: str = "", **texts: str) -> Callable[[QDialog], None]:
    """Type into the fields of a person and press Enter."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        for field, text in texts.items():
            dialog._edits[field].setText(text)
        dialog._reason.setText(reason)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return act
