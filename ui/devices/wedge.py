"""A USB scanner that types like a keyboard: its keystrokes anywhere in the program become one scan."""

import time

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from station.capture.bursts import UNENDED_S, Ending, Keystrokes, Stroke
from station.capture.keys import digit_on_key

_UNENDED_MS = round(UNENDED_S * 1000)
_SECOND_ENTER_S = 0.1  # many scanners end with a carriage return and a line feed
_SILENT_KEYS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ENDINGS = {
    Qt.Key.Key_Return: Ending.ENTER,
    Qt.Key.Key_Enter: Ending.ENTER,
    Qt.Key.Key_Tab: Ending.TAB,
}
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class WedgeScanner(QObject):
    """Watches all key presses of the application.

    Signals:
        scanned: (bytes) what a scanner typed.
        typed: (Burst) everything that was typed without a pause, scan or not, for whoever examines a scanner.
    """

    scanned = Signal(bytes)
    typed = Signal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._keys = Keystrokes()
        self._field: _Field | None = None
        self._scan_ended_s = float("-inf")
        self._unended = QTimer(self)
        self._unended.setSingleShot(True)
        self._unended.setInterval(_UNENDED_MS)
        self._unended.timeout.connect(self._on_pause)
        self._waited = QElapsedTimer()
        application.installEventFilter(self)

    def remove(self) -> None:
        """Stop watching."""
        self._unended.stop()
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            return False
        focus = _receiver()
        if watched is not focus:
            return False  # the same key press on its way through the window or the parents
        if isinstance(event, QInputMethodEvent):
            self._take_committed(event, focus)
            return False
        return isinstance(event, QKeyEvent) and self._take(event, focus)

    def _take(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Whether the key belonged to a scan, so that no list or box reacts to it."""
        if event.key() in _SILENT_KEYS:
            return False
        at_s = event.timestamp() / 1000 if event.timestamp() else time.monotonic()
        ending = _ENDINGS.get(Qt.Key(event.key()))
        if ending is not None and not event.isAutoRepeat():
            return self._end(ending, at_s)
        stroke = _stroke(event, at_s)
        if stroke is None:
            self._keys.drop()
            return False
        self._add(stroke, focus)
        return self._field is None and self._keys.is_fast()

    def _take_committed(self, event: QInputMethodEvent, focus: QWidget | None) -> None:
        """Text that an input method passes on, instead of the keys it swallowed."""
        now_s = time.monotonic()
        for character in event.commitString():
            self._add(Stroke(character, "", now_s), focus)

    def _add(self, stroke: Stroke, focus: QWidget | None) -> None:
        self._keys.add(stroke)
        if len(self._keys) == 1:
            self._field = _Field.of(focus)
        self._waited.start()
        self._unended.start()

    def _end(self, ending: Ending, at_s: float) -> bool:
        if ending is Ending.ENTER and self._keys.is_fast() and self._keys.break_line(at_s):
            self._waited.start()
            self._unended.start()
            return self._field is None or not self._field.has_lines
        if not self._keys and 0 <= at_s - self._scan_ended_s <= _SECOND_ENTER_S:
            return True
        return self._finish(ending, at_s)

    def _on_pause(self) -> None:
        """Nothing came for a while. If this program itself was busy for longer, keys may still wait to be taken."""
        if self._waited.elapsed() > 2 * _UNENDED_MS:
            self._waited.start()
            self._unended.start()
        else:
            self._finish(Ending.NOTHING, float("-inf"))

    def _finish(self, ending: Ending, at_s: float) -> bool:
        self._unended.stop()
        burst = self._keys.finish(ending)
        if burst is None:
            return False
        scan = burst.is_scan(in_field=self._field is not None)
        if scan:
            self._scan_ended_s = at_s
            if self._field is not None:
                self._field.restore()
            self.scanned.emit(burst.text.encode())
        self.typed.emit(burst)
        return scan


class _Field:
    """A field for text as it was before the first key of a burst."""

    def __init__(self, widget: QLineEdit | QPlainTextEdit) -> None:
        self._widget = widget
        self.has_lines = isinstance(widget, QPlainTextEdit)
        self._text = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        if isinstance(widget, QLineEdit):
            self._cursor = widget.cursorPosition()
            self._selection = (widget.selectionStart(), widget.selectionLength())

    @staticmethod
    def of(focus: QWidget | None) -> "_Field | None":
        return _Field(focus) if isinstance(focus, QLineEdit | QPlainTextEdit) else None

    def restore(self) -> None:
        """Take out what the scanner typed."""
        if not isValid(self._widget):
            return
        if not isinstance(self._widget, QLineEdit):
            self._widget.setPlainText(self._text)
            return
        self._widget.setText(self._text)
        self._widget.setCursorPosition(self._cursor)
        if self._selection[0] >= 0:
            self._widget.setSelection(*self._selection)


def _receiver() -> QWidget | None:
    """Who gets the key presses now."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def _stroke(event: QKeyEvent, at_s: float) -> Stroke | None:
    """The character of a key press; None for a key that no scanner presses. A held key repeats itself as fast."""
    modifiers = event.modifiers()
    if event.isAutoRepeat():
        return None
    text, digit = event.text(), digit_on_key(event.nativeScanCode())
    on_keypad = bool(modifiers & Qt.KeyboardModifier.KeypadModifier)
    if not text and not (digit and on_keypad):
        return None
    if text and not text.isprintable():
        return None
    held = modifiers & (_ALT_GR | Qt.KeyboardModifier.MetaModifier)
    if held not in (Qt.KeyboardModifier.NoModifier, _ALT_GR):
        return None
    return Stroke(text, digit, at_s, plain=not modifiers & Qt.KeyboardModifier.ShiftModifier)
