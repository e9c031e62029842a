"""Acts on modal dialogs that open one after the other; each must be of the kind that is expected."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ui.dialogs.pin import PinDialog

Step = tuple[type[QDialog], Callable[[QDialog], None]]


class Script:
    """Does its steps while something else waits for dialogs; what comes unasked is closed and named."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.seen: list[str] = []
        self._done: list[QDialog] = []
        self._is_on = False

    def __enter__(self) -> "Script":
        self._is_on = True
        self._look()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_on = False
        assert self.steps == [], self.seen

    def _look(self) -> None:
        if not self._is_on:
            return
        QTimer.singleShot(10, self._look)  # a new one each time: an act may itself wait for a dialog
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog in self._done:
            return
        if not dialog.isActiveWindow():
            dialog.activateWindow()
            return
        self._done.append(dialog)
        if self.steps and type(dialog) is self.steps[0][0]:
            _kind, act = self.steps.pop(0)
            self.seen.append(type(dialog).__name__)
            try:
                act(dialog)
            except BaseException:
                dialog.reject()  # else whoever opened it would wait for ever
                raise
        else:
            self.seen.append(f"unexpected: {type(dialog).__name__} {dialog.windowTitle()}")
            dialog.reject()


def refuse(dialog: QDialog) -> None:
    """As Cancel or Esc would."""
    dialog.reject()


def prove(secret: str) -> Callable[[QDialog], None]:
    """Type a PIN or password and press Enter."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PinDialog)
        dialog._line.setText(secret)
        QTest.keyClick(dialog._line, Qt.Key.Key_Return)

    return act
