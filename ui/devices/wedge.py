"""A USB scanner that types like a keyboard: its keystrokes anywhere in the window become one scan."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit

_SHORTEST = 8  # characters; no person types eight of them and Enter at the pace below
_PAUSE_S = 0.25  # a longer pause between two keys starts anew; slow scanners pause some 30 ms
_LONGEST = 3000  # characters, the most that a QR symbol holds


class WedgeScanner(QObject):
    """Watches all key presses of the application while no text field has the focus.

    Signals:
        scanned: (bytes) a text typed fast and ended by Enter.
    """

    scanned = Signal(bytes)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._typed: list[str] = []
        self._last_s = 0.0
        application.installEventFilter(self)

    def remove(self) -> None:
        """Stop watching."""
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or _in_text_field():
            return False
        return self._take(event, time.monotonic())

    def _take(self, event: QKeyEvent, now_s: float) -> bool:
        """Whether the key belonged to a scan, so that no list or box reacts to it."""
        if now_s - self._last_s > _PAUSE_S:
            self._typed.clear()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._finish()
        text = event.text()
        if not _printable(event, text) or (text == " " and not self._typed):
            return False
        self._last_s = now_s
        if len(self._typed) < _LONGEST:
            self._typed.append(text)
        return True

    def _finish(self) -> bool:
        typed = "".join(self._typed)
        self._typed.clear()
        if len(typed) < _SHORTEST:
            return False
        self.scanned.emit(typed.encode())
        return True


def _printable(event: QKeyEvent, text: str) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(text) and text.isprintable() and held == Qt.KeyboardModifier.NoModifier


def _in_text_field() -> bool:
    focus = QApplication.focusWidget()
    if isinstance(focus, QComboBox):
        return focus.isEditable()
    return isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit)
