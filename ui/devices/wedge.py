"""A USB scanner that types like a keyboard: its keystrokes anywhere in the program become one scan."""

import re
import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

_SHORTEST = 8  # characters; no person types eight of them and Enter at the pace below
_DIGITS_IN_A_FIELD = re.compile("[0-9]{20,}$")  # a telephone number that is searched for has fewer
_PAUSE_S = 0.25  # a longer pause between two keys starts anew; slow scanners pause some 30 ms
_LONGEST = 3000  # characters, the most that a QR symbol holds


class WedgeScanner(QObject):
    """Watches all key presses of the application.

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
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        focus = QApplication.focusWidget()
        if focus is not None and watched is not focus:
            return False  # the same key press on its way through the window or the parents
        return self._take(event, focus if isinstance(focus, QLineEdit) else None, time.monotonic())

    def _take(self, event: QKeyEvent, field: QLineEdit | None, now_s: float) -> bool:
        """Whether the key belonged to a scan, so that no list or box reacts to it."""
        if now_s - self._last_s > _PAUSE_S:
            self._typed.clear()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._finish(field)
        text = event.text()
        if not _printable(event, text) or (text == " " and not self._typed):
            return False
        self._last_s = now_s
        if len(self._typed) < _LONGEST:
            self._typed.append(text)
        return field is None  # a field shows what is typed; whether it was a scan, only Enter tells

    def _finish(self, field: QLineEdit | None) -> bool:
        typed = "".join(self._typed)
        self._typed.clear()
        if field is not None:
            digits = _DIGITS_IN_A_FIELD.search(typed)
            typed = digits[0] if digits else ""
        if len(typed) < _SHORTEST:
            return False
        if field is not None:
            field.setText(field.text().removesuffix(typed))
        self.scanned.emit(typed.encode())
        return True


def _printable(event: QKeyEvent, text: str) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(text) and text.isprintable() and held == Qt.KeyboardModifier.NoModifier
