"""Key presses as a system delivers them: with the time they happened and the number of the key."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_ROW = "1234567890"
_FIRST_ROW_CODE = 2 if sys.platform == "win32" else 10
ROW_CODES = {digit: _FIRST_ROW_CODE + place for place, digit in enumerate(_ROW)}
KEYPAD_CODES = {
    digit: code + (0 if sys.platform == "win32" else 8)
    for digit, code in zip("7894561230", (71, 72, 73, 75, 76, 77, 79, 80, 81, 82), strict=True)
}
FRENCH = dict(zip(_ROW, "&é\"'(-è_çà", strict=True))
VIETNAMESE = dict(
    zip(_ROW, ("ă", "â", "ê", "ô", "\u0300", "\u0309", "\u0303", "\u0301", "đ", "0"), strict=True)
)
_KEYS = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Enter, " ": Qt.Key.Key_Space}
_OTHER_KEY_CODE = 200  # any key that bears no digit
NONE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """Types to whatever has the focus; its clock moves only with its keys."""

    def __init__(self) -> None:
        self.at_ms = 1_000_000.0

    def type(self, text: str, every_ms: float = 8, layout: Mapping[str, str] = {}) -> None:
        """Press the keys that bear these characters; ``layout`` says what the computer makes of some."""
        for character in text:
            self.at_ms += every_ms
            code = ROW_CODES.get(character, _OTHER_KEY_CODE)
            self.press(_KEYS.get(character, Qt.Key.Key_unknown), layout.get(character, character), code)

    def pause(self, seconds: float) -> None:
        """Let time go by."""
        self.at_ms += seconds * 1000

    def press(
        self,
        key: int = Qt.Key.Key_unknown,
        text: str = "",
        code: int = _OTHER_KEY_CODE,
        held: Qt.KeyboardModifier = NONE,
        *,
        repeated: bool = False,
    ) -> None:
        """Press one key."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text, repeated)
        event.setTimestamp(round(self.at_ms))
        receiver = _receiver()
        assert receiver is not None, "no window is active"
        QApplication.sendEvent(receiver, event)


def _receiver() -> QWidget | None:
    return QApplication.focusWidget() or QApplication.activeWindow()
