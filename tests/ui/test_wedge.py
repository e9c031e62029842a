"""A scanner that types: taken for a scan wherever the focus is, and never what a person types."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import payload
from tests.ui.keyboard import FRENCH, KEYPAD_CODES, VIETNAMESE, Keyboard
from ui.devices.wedge import WedgeScanner

CODE = payload(1).decode()
LAYOUTS = pytest.mark.parametrize("layout", [{}, FRENCH, VIETNAMESE], ids=["digits", "French", "Vietnamese"])


class Window(QWidget):
    """A field, a list and a button, as the program's windows have."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.list, self.button = QLineEdit(), QListWidget(), QPushButton("OK")
        self.list.addItems(["0 one", "1 two", "2 three"])
        layout = QVBoxLayout(self)
        for widget in (self.field, self.list, self.button):
            layout.addWidget(widget)
        self.entered: list[str] = []
        self.pressed: list[bool] = []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        self.button.clicked.connect(self.pressed.append)


class Desk:
    """The window, the scanner that is watched for, and a keyboard."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.qtbot = qtbot
        self.window = Window()
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.wedge = WedgeScanner(application)
        self.scans: list[bytes] = []
        self.wedge.scanned.connect(self.scans.append)
        self.keyboard = Keyboard()

    def focus(self, widget: QWidget) -> None:
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp)
    yield desk
    desk.wedge.remove()


@LAYOUTS
@pytest.mark.parametrize("ending", ["\r", "\t", "\r\n"])
@pytest.mark.parametrize("every_ms", [1, 8, 30, 60])
def test_the_code_is_scanned_into_any_focus_on_any_layout(
    desk: Desk, layout: dict[str, str], ending: str, every_ms: int
) -> None:
    for widget in (desk.window.list, desk.window.button, desk.window.field):
        desk.focus(widget)
        desk.keyboard.pause(1)
        desk.keyboard.type(CODE + ending, every_ms, layout)
        assert QApplication.focusWidget() is widget
    assert desk.scans == [payload(1)] * 3
    assert desk.window.field.text() == ""
    assert (desk.window.entered, desk.window.pressed) == ([], [])


@LAYOUTS
def test_a_scanner_that_ends_with_nothing_is_done_after_a_pause(desk: Desk, layout: dict[str, str]) -> None:
    desk.focus(desk.window.field)
    desk.window.field.setText("hà")
    with desk.qtbot.waitSignal(desk.wedge.scanned, timeout=2000):
        desk.keyboard.type(CODE, 8, layout)
    assert desk.scans == [payload(1)]
    assert desk.window.field.text() == "hà"


def test_a_slow_scanner_that_ends_with_nothing_is_told_to_whoever_examines_it(desk: Desk) -> None:
    desk.focus(desk.window.list)
    with desk.qtbot.waitSignal(desk.wedge.typed, timeout=2000) as typed:
        desk.keyboard.type(CODE, 60)
    assert typed.args[0].text == CODE
    assert desk.scans == []


def test_without_any_focus_each_key_counts_once(desk: Desk) -> None:
    for widget in (desk.window.field, desk.window.list, desk.window.button):
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.clearFocus()
    assert QApplication.focusWidget() is None
    desk.keyboard.type(CODE + "\r")
    assert desk.scans == [payload(1)]


@pytest.mark.parametrize("every_ms", [75, 100, 140, 200, 400])
@pytest.mark.parametrize("text", ["Nguyễn Thị Ánh", "0912345678", "ha", "A-7", "x@y.vn"])
def test_what_a_person_types_stays_in_the_field(desk: Desk, text: str, every_ms: int) -> None:
    desk.focus(desk.window.field)
    desk.keyboard.type(text + "\r", every_ms)
    assert desk.window.field.text() == text
    assert desk.window.entered == [text]
    assert desk.scans == []


def test_what_a_person_typed_while_the_program_was_busy_is_no_scan(desk: Desk) -> None:
    """All keys arrive at once, but each with the time it was pressed."""
    desk.focus(desk.window.field)
    desk.keyboard.type("0912345678\r", 110)
    assert (desk.scans, desk.window.entered) == ([], ["0912345678"])


def test_a_scan_takes_out_what_it_typed_and_nothing_else(desk: Desk) -> None:
    desk.focus(desk.window.field)
    desk.keyboard.type("Hồng", 90)
    desk.window.field.setCursorPosition(2)
    desk.keyboard.pause(0.1)
    desk.keyboard.type(CODE + "\r")
    assert (desk.window.field.text(), desk.window.field.cursorPosition()) == ("Hồng", 2)
    assert desk.scans == [payload(1)]
    desk.keyboard.pause(0.4)
    desk.keyboard.type("a", 90)
    assert desk.window.field.text() == "Hồang"


def test_selected_text_that_a_scan_overwrote_is_there_and_selected_again(desk: Desk) -> None:
    desk.focus(desk.window.field)
    desk.window.field.setText("Trần Văn Đức")
    desk.window.field.setSelection(5, 3)
    desk.keyboard.type(CODE + "\r")
    assert (desk.window.field.text(), desk.window.field.selectedText()) == ("Trần Văn Đức", "Văn")


@pytest.mark.parametrize("text", ["4711", "SEC-ab12", "https://x.vn/t/9f3a"])
def test_short_codes_at_a_scanners_pace_are_scans_in_a_field_too(desk: Desk, text: str) -> None:
    desk.focus(desk.window.field)
    desk.keyboard.type(text + "\r", 12)
    assert desk.scans == [text.encode()]
    assert (desk.window.field.text(), desk.window.entered) == ("", [])


def test_a_held_key_is_no_scan(desk: Desk) -> None:
    desk.focus(desk.window.field)
    desk.keyboard.press(Qt.Key.Key_5, "5", 14)
    for _repeat in range(40):
        desk.keyboard.pause(0.03)
        desk.keyboard.press(Qt.Key.Key_5, "5", 14, repeated=True)
    desk.keyboard.type("\r", 30)
    assert (desk.scans, desk.window.field.text()) == ([], "5" * 41)


def test_shortcuts_and_arrows_in_between_are_no_part_of_a_scan(desk: Desk) -> None:
    desk.focus(desk.window.list)
    desk.keyboard.type("123")
    desk.keyboard.press(Qt.Key.Key_Down)
    desk.keyboard.type("4\r")
    assert desk.scans == []


def test_keys_of_the_keypad_count_while_num_lock_is_off(desk: Desk) -> None:
    desk.focus(desk.window.list)
    for digit in CODE:
        desk.keyboard.pause(0.01)
        desk.keyboard.press(Qt.Key.Key_Home, "", KEYPAD_CODES[digit], held=Qt.KeyboardModifier.KeypadModifier)
    desk.keyboard.type("\r")
    assert desk.scans == [payload(1)]


def test_shifted_signs_are_not_mistaken_for_digits(desk: Desk) -> None:
    shifted = dict(zip("1234567890", "!@#$%^&*()", strict=True))
    for digit in "12345678":
        desk.keyboard.pause(0.01)
        desk.keyboard.press(
            0x21, shifted[digit], 10 + "1234567890".index(digit), held=Qt.KeyboardModifier.ShiftModifier
        )
    desk.keyboard.type("\r")
    assert desk.scans == [b"!@#$%^&*"]


def test_what_an_input_method_passes_on_counts(desk: Desk) -> None:
    desk.focus(desk.window.field)
    for character in CODE:
        event = QInputMethodEvent("", [])
        event.setCommitString(character)
        QApplication.sendEvent(desk.window.field, event)
    desk.keyboard.at_ms = 0  # its events have no time of their own
    desk.keyboard.press(Qt.Key.Key_Return, "\r")
    assert (desk.scans, desk.window.field.text()) == ([payload(1)], "")


def test_a_visiting_card_of_several_lines_is_one_scan(desk: Desk) -> None:
    card = "BEGIN:VCARD\rVERSION:3.0\rEMAIL:anh@example.org\rEND:VCARD\r"
    desk.focus(desk.window.field)
    desk.keyboard.type(card)
    assert desk.scans == [card.strip().replace("\r", "\n").encode()]
    assert (desk.window.field.text(), desk.window.entered) == ("", [])


def test_a_scan_does_not_press_the_button_of_an_open_dialog(desk: Desk) -> None:
    dialog = QDialog(desk.window)
    dialog.setModal(True)
    yes = QPushButton("Yes", dialog)
    yes.setDefault(True)
    yes.clicked.connect(dialog.accept)
    dialog.open()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    desk.keyboard.type(CODE + "\r\n")
    assert desk.scans == [payload(1)]
    assert dialog.isVisible()
    desk.keyboard.pause(1)
    desk.keyboard.type("\r")
    assert not dialog.isVisible()


def test_a_field_that_is_gone_when_the_scan_ends_is_left_alone(desk: Desk) -> None:
    desk.focus(desk.window.field)
    desk.keyboard.type(CODE)
    desk.window.field.deleteLater()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is not desk.window.field)
    desk.focus(desk.window.list)
    desk.keyboard.type("\r")
    assert desk.scans == [payload(1)]
