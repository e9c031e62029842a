"""The programme's page in a real window: written with the keyboard, dragged with the mouse, refused in words."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.app import new_event_values
from station.errors import BadInput
from station.model.event import Audience, Repeats, Session
from tests.ui.keyboard import Keyboard
from ui.dialogs.message import MessageDialog
from ui.dialogs.programme.audience import AudienceDialog
from ui.dialogs.programme.page import ProgrammePage

EVENT = new_event_values("Tập huấn", date(2022, 10, 27), date(2022, 10, 28))


@pytest.fixture
def page(qtbot: QtBot) -> ProgrammePage:
    page = ProgrammePage(EVENT, (), ["Báo chí", "Học viên"], ["LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh Nam Định"])
    page.resize(1200, 600)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    return page


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focused(), key, held)


def write(text: str) -> None:
    Keyboard().type(text)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_three_topics_are_written_with_the_keyboard_alone(page: ProgrammePage) -> None:
    press(Qt.Key.Key_Insert)
    for title, until in (("Đổi mới", "9h45"), ("Đại hội", "11:45")):
        write(title)
        press(Qt.Key.Key_Return)
        if title == "Đổi mới":
            write("7:00")
        press(Qt.Key.Key_Return)
        write(until)
        press(Qt.Key.Key_Return)
    write("Ba")
    sessions = page.sessions(EVENT)
    assert [(s.id, s.title) for s in sessions] == [("CD1", "Đổi mới"), ("CD2", "Đại hội"), ("CD3", "Ba")]
    first, second, third = ((s.opens_at, s.closes_at) for s in sessions)
    assert [f"{instant:%d %H:%M}" for instant in (*first, *second, third[0]) if instant] == [
        "27 07:00", "27 09:45", "27 09:45", "27 11:45", "27 11:45",
    ]  # fmt: skip


def test_arrows_choose_and_with_alt_they_move(page: ProgrammePage) -> None:
    QGuiApplication.clipboard().setText(
        "A\tMột\t\t27/10\t7:00\t8:00\nB\tHai\t\t27/10\t8:00\t9:00\nC\tBa\t\t28/10\t7:00\t8:00"
    )
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.chosen() == 0
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    assert page.plan.lines[page.chosen() or 0].code == "C"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [line.code for line in page.plan.lines] == ["B", "A", "C"]
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [(line.code, line.day) for line in page.plan.lines] == [
        ("B", "27/10"),
        ("C", "28/10"),
        ("A", "28/10/2022"),
    ]
    press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(page.plan.lines) == 4


def test_taking_out_asks_first(page: ProgrammePage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.add(None)
    write("Một")
    answers = [False, True]
    asked: list[str] = []

    def confirm(_parent: object, headline: str, _text: str, **_captions: str) -> bool:
        asked.append(headline)
        return answers.pop(0)

    monkeypatch.setattr(MessageDialog, "confirm", confirm)
    page.grid.setFocus()
    press(Qt.Key.Key_Delete)
    assert (len(page.plan.lines), asked) == (1, ["Bỏ CD1 khỏi chương trình?"])
    press(Qt.Key.Key_Delete)
    assert page.plan.lines == []


def test_a_table_pasted_into_a_field_goes_into_the_programme_and_a_word_into_the_field(
    page: ProgrammePage,
) -> None:
    page.add(None)
    QGuiApplication.clipboard().setText("Một")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.plan.lines[0].title == "Một"
    QGuiApplication.clipboard().setText("CD7\tBảy\t\t27/10")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [line.title for line in page.plan.lines] == ["Một", "Bảy"]


def test_a_card_is_dragged_to_another_day(page: ProgrammePage) -> None:
    QGuiApplication.clipboard().setText("A\tMột\t\t27/10\t7:00\t8:00")
    page.paste()
    port = page.grid.viewport()
    start = page.grid.card_box(0).center().toPoint()
    column_px = port.width() // 3
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, start + QPoint(column_px // 2, 0))
    QTest.mouseMove(port, start + QPoint(column_px, 0))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(column_px, 0))
    assert page.plan.lines[0].day == "28/10/2022"


def test_a_slip_is_shown_on_its_card_and_the_cursor_stands_in_its_field(page: ProgrammePage) -> None:
    QGuiApplication.clipboard().setText("A\tMột\t\t27/10\t7:00\t8:00\nB\tHai\t\t27/10\t8:00\t9:7x")
    page.paste()
    with pytest.raises(BadInput):
        page.sessions(EVENT)
    assert page.chosen() == 1
    assert page.form.closes.hasFocus()
    page.form.closes.selectAll()
    write("9:30")
    assert len(page.sessions(EVENT)) == 2


def test_rules_are_set_in_the_form(page: ProgrammePage) -> None:
    page.add(EVENT.starts_on)
    write("Một")
    form = page.form
    form.exits.click()
    form.re_entry.click()
    form.repeats.setCurrentIndex(form.repeats.findData(Repeats.DAILY))
    form.repeats.activated.emit(1)
    form.grace_before.setFocus()
    write("15")
    page._on_audience_agreed((Audience("Học viên"), Audience("", "Đoàn lạ")))
    assert "Đoàn lạ" in form._unknown.full_text()
    (session,) = page.sessions(EVENT)
    assert (session.exits, session.re_entry, session.repeats) == (True, True, Repeats.DAILY)
    assert (session.grace_before_minutes, session.admits) == (
        15,
        (Audience("", "Đoàn lạ"), Audience("Học viên")),
    )
    form.exits.click()
    assert not page.sessions(EVENT)[0].re_entry


def test_what_was_there_is_kept_as_it_was(qtbot: QtBot) -> None:
    sessions = (
        Session("CHUNG", 1, "Toàn bộ"),
        Session("B", 2, "Hai", admits=(Audience("Học viên", "LĐLĐ tỉnh Hà Nam"),), exits=True, re_entry=True),
    )
    page = ProgrammePage(EVENT, sessions)
    qtbot.addWidget(page)
    assert page.sessions(EVENT) == sessions


def audience(qtbot: QtBot, *admits: Audience) -> AudienceDialog:
    dialog = AudienceDialog(
        "CD1", admits, ["Báo chí", "Học viên"], ["LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh Nam Định"], None
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def test_who_may_enter_is_searched_and_ticked_from_the_keyboard(qtbot: QtBot) -> None:
    dialog = audience(qtbot)
    assert (dialog.rules(), len(dialog.rows())) == ((), 4)
    write("nam dinh")
    assert dialog.rows()[0].title == "LĐLĐ tỉnh Nam Định"
    press(Qt.Key.Key_Return)
    dialog.field.clear()
    press(Qt.Key.Key_Down)
    dialog.list.setFocus()
    press(Qt.Key.Key_Space)
    assert dialog.rules() == (Audience("", "LĐLĐ tỉnh Nam Định"), Audience("Học viên"))
    dialog.both.click()
    assert dialog.rules() == (Audience("Học viên", "LĐLĐ tỉnh Nam Định"),)


def test_a_name_the_roster_lacks_can_be_typed(qtbot: QtBot) -> None:
    dialog = audience(qtbot)
    dialog.field.setText("Quan sát viên")
    assert [row.title for row in dialog.rows()] == [
        "Thêm thành phần “Quan sát viên”",
        "Thêm đơn vị “Quan sát viên”",
    ]
    press(Qt.Key.Key_Return)
    assert dialog.rules() == (Audience("Quan sát viên"),)


def test_rules_come_out_as_they_went_in(qtbot: QtBot) -> None:
    pairs = (Audience("Báo chí", "LĐLĐ tỉnh Hà Nam"), Audience("Học viên", "LĐLĐ tỉnh Nam Định"))
    for rules in (
        pairs,
        pairs[:1],
        (*pairs, Audience("Khách mời")),
        (Audience("", "X"), Audience("Báo chí")),
    ):
        assert audience(qtbot, *rules).rules() == tuple(sorted(rules))
