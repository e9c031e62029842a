"""The desk as a clerk works it: real events and real keys; what is shown is what was recorded."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.badges.texts import grouped
from station.model.event import Session
from station.model.verdict import Outcome, Reason, Source
from tests.builders import HandClock, make_event, payload
from tests.ui.clerk import Clerk
from tests.ui.keyboard import Keyboard
from ui.devices.wedge import WedgeScanner
from ui.dialogs.message import MessageDialog
from ui.style.theme import apply_language
from ui.style.tokens import Tone


@pytest.fixture
def clerk(qtbot: QtBot, station: Station) -> Iterator[Clerk]:
    clerk = Clerk(qtbot, station)
    yield clerk
    clerk.close()


def test_an_admitted_delegate_is_shown_once_with_name_and_bundle(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    assert clerk.tone() is Tone.ADMITTED
    assert clerk.screen.result.panel.notice().word == "MỜI VÀO"
    assert clerk.screen.result.card.isVisible()
    assert clerk.states() == ["due", "due", "due"]
    assert [verdict.outcome for verdict in clerk.painted] == [Outcome.ADMITTED]
    clerk.screen.repaint()
    assert len(clerk.painted) == 1
    counts = clerk.screen.counts.counts()
    assert (counts.present, counts.expected, counts.scans) == (1, 5, 1)
    assert clerk.screen.recent.rows()[0].title == "Nguyễn Thị Ánh"


def test_who_comes_again_is_told_when_and_where(clerk: Clerk, clock: HandClock) -> None:
    clerk.scan(payload(1))
    clock.forward(minutes=12)
    clerk.scan(payload(1))
    notice = clerk.screen.result.panel.notice()
    assert (notice.tone, notice.word) == (Tone.ATTENTION, "ĐÃ VÀO TRƯỚC ĐÓ")
    assert notice.sentence == "Đã vào lúc 07:30, tại bàn này."


def test_a_stranger_gets_no_card_no_bundle_and_no_hand_out(clerk: Clerk) -> None:
    clerk.scan(b"<b>OK</b>")
    assert clerk.tone() is Tone.REFUSED
    assert not clerk.screen.result.card.isVisible()
    assert not clerk.screen.result.bundle.isVisible()
    clerk.press(Qt.Key.Key_F2)
    assert clerk.screen.counts.counts().handed_out == 0


def test_a_refused_delegate_is_named_but_gets_nothing(qtbot: QtBot, tmp_path: Path, clock: HandClock) -> None:
    closed = Session("CD1", 1, "Chuyên đề 1", closes_at=clock.at - timedelta(hours=1))
    station = open_station(make_event(tmp_path / "closed", sessions=[closed]), clock=clock)
    clerk = Clerk(qtbot, station)
    try:
        clerk.scan(payload(1))
        assert clerk.tone() is Tone.REFUSED
        assert clerk.screen.result.card.isVisible()
        assert not clerk.screen.result.bundle.isVisible()
        clerk.press(Qt.Key.Key_F2)
        assert clerk.screen.counts.counts().handed_out == 0
    finally:
        clerk.close()
        station.close()


def test_one_key_hands_out_everything(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.press(Qt.Key.Key_F2)
    assert clerk.states() == ["handed_out"] * 3
    assert clerk.recorded_states("Ánh") == ["handed_out"] * 3
    assert clerk.screen.counts.counts().handed_out == 3
    assert clerk.screen.result.panel.notice().advice == ""
    assert len(clerk.painted) == 1


def test_the_demo_may_hand_out_without_a_key(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.screen.hand_out_all()
    clerk.settle()
    assert clerk.recorded_states("Ánh") == ["handed_out"] * 3


def test_a_number_hands_out_one_document_and_takes_it_back(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert clerk.states() == ["due", "handed_out", "due"]
    clerk.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert clerk.states() == clerk.recorded_states("Ánh") == ["due", "due", "due"]


def test_a_found_name_is_an_enquiry_and_records_nothing(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    clerk.type("duc")
    assert [row.title for row in clerk.screen.search.rows()] == ["Trần Văn Đức"]
    clerk.press(Qt.Key.Key_Return)
    assert clerk.tone() is Tone.ENQUIRY
    assert clerk.painted == []
    assert clerk.screen.counts.counts().scans == 0


def test_an_enquiry_can_be_admitted_by_hand(clerk: Clerk) -> None:
    delegate = clerk.station.desk.search("Đức")[0].delegate
    clerk.controller.open_card(delegate.id)
    clerk.settle()
    clerk.press(Qt.Key.Key_F5)
    assert clerk.tone() is Tone.ADMITTED
    assert [verdict.source for verdict in clerk.painted] == [Source.HAND]
    assert clerk.station.desk.counts().present == 1


def test_a_readable_code_opens_the_card_instead_of_a_verdict(clerk: Clerk) -> None:
    clerk.scan(b"DB00002")
    assert clerk.tone() is Tone.ENQUIRY
    assert clerk.painted == []
    assert clerk.station.desk.counts().present == 0


def test_the_number_under_a_code_is_typed_in_groups_and_redeems_like_a_scan(clerk: Clerk) -> None:
    number = grouped(payload(1).decode())
    clerk.press(Qt.Key.Key_F3)
    clerk.type(number[:30])
    assert "24/44" in clerk.screen.search._hint.full_text()
    clerk.press(Qt.Key.Key_Return)
    assert clerk.painted == []  # half a number is nothing yet
    clerk.type(number[30:])
    clerk.press(Qt.Key.Key_Return)
    assert [(v.outcome, v.source) for v in clerk.painted] == [(Outcome.ADMITTED, Source.TYPED)]
    assert not clerk.screen.is_searching()


def test_a_number_with_a_slip_says_so(clerk: Clerk) -> None:
    apply_language("en")
    number = grouped(payload(1).decode()).replace(" ", "-")
    clerk.press(Qt.Key.Key_F3)
    clerk.screen.search._field.setText(number[:-1] + str((int(number[-1]) + 1) % 10))
    clerk.settle()
    clerk.press(Qt.Key.Key_Return)
    notice = clerk.screen.result.panel.notice()
    assert (clerk.painted[-1].reason, notice.tone) == (Reason.MISREAD, Tone.REFUSED)
    assert "This number is not right" in notice.sentence
    assert "group by group" in notice.advice
    apply_language("vi")


def test_an_admission_is_cancelled_only_after_a_question(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.scan(payload(1))
    answers = [False, True]
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_texts, **_buttons: answers.pop(0))
    clerk.press(Qt.Key.Key_F8)
    assert clerk.station.desk.counts().present == 1
    clerk.press(Qt.Key.Key_F8)
    assert clerk.station.desk.counts().present == 0
    assert clerk.tone() is Tone.ENQUIRY


def test_a_badge_is_asked_for_with_one_key(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    waiting = clerk.station.desk.counts().badges_waiting
    clerk.press(Qt.Key.Key_F7)
    clerk.settle()  # first it is asked whether the badge was printed already
    assert clerk.station.desk.counts().badges_waiting == waiting == 1
    assert "Nguyễn Thị Ánh" in clerk.screen.toast.text()


def test_escape_goes_back_one_step_at_a_time(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.press(Qt.Key.Key_F3)
    clerk.press(Qt.Key.Key_Escape)
    assert not clerk.screen.is_searching()
    assert not clerk.screen.is_idle()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.screen.is_idle()


def test_a_scan_that_was_not_recorded_is_an_alarm_until_someone_has_read_it(clerk: Clerk) -> None:
    clerk.station.close()
    clerk.controller.redeem(payload(1))
    clerk.settle()
    assert clerk.screen.alarm.isVisible()
    assert not clerk.screen.result.isVisible()
    assert clerk.painted == []
    clerk.press(Qt.Key.Key_F9)
    assert not clerk.screen.alarm.isVisible()


def test_the_alarm_stays_as_a_strip_above_the_next_verdict(clerk: Clerk) -> None:
    clerk.controller.show_failure(OSError("a bug"))
    clerk.scan(payload(1))
    assert clerk.screen.alarm.isVisible()
    assert clerk.screen.alarm.height() < 80
    assert clerk.screen.result.panel.isVisible()


def test_another_language_does_not_take_the_alarm_away(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.controller.show_failure(OSError("a bug"))
    clerk.settle()
    clerk.controller.retranslate()
    clerk.settle()
    assert clerk.screen.is_covered()
    assert clerk.screen.alarm.height() > 200


def test_a_looked_up_card_never_hides_a_newer_verdict(clerk: Clerk) -> None:
    clerk.controller.open_card(f"{clerk.station.instance}-1")
    clerk.controller.show_verdict(clerk.station.desk.redeem(payload(2), Source.CAMERA))
    clerk.settle()
    assert clerk.tone() is Tone.ADMITTED
    assert len(clerk.painted) == 1


def test_two_codes_in_one_picture_are_both_seen(clerk: Clerk, clock: HandClock) -> None:
    clerk.scan(payload(1))
    clerk.scan(payload(2))
    assert clerk.screen.result.panel.before() == (Tone.ADMITTED, "Nguyễn Thị Ánh · MỜI VÀO")
    clock.forward(seconds=30)
    clerk.scan(payload(3))
    assert clerk.screen.result.panel.before() is None


def test_however_quickly_verdicts_follow_each_one_reaches_the_screen(clerk: Clerk) -> None:
    verdicts = [clerk.station.desk.redeem(payload(serial), Source.CAMERA) for serial in (1, 2, 3)]
    for verdict in verdicts:
        clerk.controller.show_verdict(verdict)
    clerk.settle()
    assert clerk.painted == verdicts


def test_another_language_says_the_same_verdict_again(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    apply_language("en")
    clerk.controller.retranslate()
    assert clerk.screen.result.panel.notice().word == "WELCOME"
    QApplication.processEvents()
    assert len(clerk.painted) == 1


def test_a_usb_scanner_works_wherever_the_focus_is(clerk: Clerk, qapp: QApplication) -> None:
    wedge, keyboard = WedgeScanner(qapp), Keyboard()
    wedge.scanned.connect(clerk.controller.redeem)
    keyboard.type(payload(1).decode() + "\r")
    clerk.settle()
    clerk.press(Qt.Key.Key_F3)
    keyboard.type("ha", 100)
    keyboard.pause(0.1)
    keyboard.type(payload(2).decode() + "\r")
    clerk.settle()
    wedge.remove()
    assert [verdict.delegate.name for verdict in clerk.painted if verdict.delegate] == [
        "Nguyễn Thị Ánh",
        "Trần Văn Đức",
    ]
    assert clerk.painted[0].source is Source.SCANNER
    assert clerk.screen.search.text() == "ha"


def test_times_of_another_day_say_the_day(clerk: Clerk, clock: HandClock) -> None:
    clerk.scan(payload(1))
    clock.at += timedelta(days=1)
    clerk.scan(payload(1))
    assert clerk.screen.result.panel.notice().sentence == "Đã vào lúc 07:30 27/10, tại bàn này."


def test_vietnamese_from_an_input_method_is_found(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F3)
    typed = QInputMethodEvent()
    typed.setCommitString("Đức")
    QApplication.sendEvent(QApplication.focusWidget(), typed)
    clerk.settle()
    assert [row.title for row in clerk.screen.search.rows()] == ["Trần Văn Đức"]


def test_a_line_of_the_latest_scans_opens_its_card(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.scan(payload(2))
    clerk.screen.recent.delegate_chosen.emit(clerk.screen.recent.rows()[1].key)
    clerk.settle()
    assert clerk.tone() is Tone.ENQUIRY
    assert clerk.screen.result.card.delegate().name == "Nguyễn Thị Ánh"
