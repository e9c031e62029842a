"""The desk at a door with an exit: the way is unmistakable, everything that scans obeys it, and cards follow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.capture.frame import Code, Frame, Sighting
from station.model.event import Audience, Session
from station.model.verdict import Direction, Source
from tests.builders import INSTANCE, MORNING, HandClock, make_event, payload
from tests.ui.test_desk import Clerk
from ui.dialogs.message import MessageDialog
from ui.screens.delegates.model import PRESENT, DelegatesModel
from ui.style.tokens import EXIT, Tone

DOOR = Session(
    "CD1", 1, "Chuyên đề 1", opens_at=MORNING, closes_at=MORNING + timedelta(hours=2), exits=True, re_entry=True,
    grace_before_minutes=15, admits=(Audience("Học viên"),),
)  # fmt: skip
LATER = Session("CD2", 2, "Chuyên đề 2", opens_at=MORNING + timedelta(hours=2))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path, clock: HandClock) -> Iterator[Clerk]:
    station = open_station(make_event(tmp_path / "event", sessions=[DOOR, LATER]), clock=clock)
    clerk = Clerk(qtbot, station)
    yield clerk
    clerk.close()
    station.close()


def take(clerk: Clerk, serial: int) -> None:
    """As a scanner does."""
    clerk.controller.redeem(payload(serial), Source.SCANNER)
    clerk.settle()


def notice(clerk: Clerk) -> tuple[Tone, str, str]:
    shown = clerk.screen.result.panel.notice()
    return shown.tone, shown.word, shown.icon


def test_f4_lets_out_and_f4_lets_in_again(clerk: Clerk) -> None:
    way = clerk.screen.way
    assert (way.direction(), way.word()) == (Direction.IN, "LƯỢT VÀO")
    take(clerk, 1)
    assert notice(clerk) == (Tone.ADMITTED, "MỜI VÀO", "")
    clerk.press(Qt.Key.Key_F4)
    assert (way.direction(), way.word()) == (Direction.OUT, "LƯỢT RA")
    assert clerk.screen.is_idle()
    assert clerk.screen.idle.headline() == "Quét mã của người ra về"
    take(clerk, 1)
    assert notice(clerk) == (Tone.ADMITTED, "MỜI RA", "log-out")
    assert clerk.screen.recent.rows()[0].icon == "log-out"
    assert clerk.screen.counts.counts().present == 0
    take(clerk, 2)
    assert notice(clerk) == (Tone.REFUSED, "CHƯA GHI RA", "")
    clerk.press(Qt.Key.Key_F4)
    assert way.direction() is Direction.IN
    take(clerk, 1)
    assert notice(clerk) == (Tone.ADMITTED, "MỜI VÀO", "")


def test_the_band_wears_another_colour_at_the_exit(clerk: Clerk) -> None:
    way = clerk.screen.way

    def colour() -> str:
        return way.grab().toImage().pixelColor(4, way.height() // 2).name()

    entry = colour()
    clerk.press(Qt.Key.Key_F4)
    assert (colour(), entry != EXIT.back) == (EXIT.back, True)
    assert way.height() >= 56


def test_the_camera_obeys_the_way(clerk: Clerk) -> None:
    clerk.scan(payload(1))
    clerk.press(Qt.Key.Key_F4)
    code = Code(payload(1), payload(1).decode(), "zbar", "zbar", ())
    verdict = clerk.station.lane.take(Sighting(code, Frame(np.zeros((1, 1, 3), np.uint8), 0, 0.0, 0.0)))
    assert (verdict.direction, verdict.reason) == (Direction.OUT, None)


def test_a_card_offers_what_the_way_allows(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    result = clerk.screen.result

    def offered() -> str:
        return result._by_hand.caption() if result._by_hand.isVisible() else ""

    clerk.controller.open_card(f"{INSTANCE}-1")
    clerk.settle()
    assert offered() == "Ghi có mặt"
    clerk.press(Qt.Key.Key_F4)
    assert offered() == ""  # who has not come in cannot leave
    clerk.press(Qt.Key.Key_F4)
    clerk.press(Qt.Key.Key_F5)
    assert notice(clerk)[1] == "MỜI VÀO"
    clerk.press(Qt.Key.Key_F4)
    clerk.controller.open_card(f"{INSTANCE}-1")
    clerk.settle()
    assert offered() == "Ghi lượt ra"
    clerk.press(Qt.Key.Key_F5)
    assert notice(clerk)[1] == "MỜI RA"
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_texts, **_captions: True)
    assert result._void.caption() == "Huỷ lượt ra"
    clerk.press(Qt.Key.Key_F8)
    clerk.settle()
    assert clerk.screen.toast.text() == "Đã huỷ lượt ra."
    assert clerk.station.desk.counts().present == 1


def test_a_session_without_exits_says_so(clerk: Clerk, clock: HandClock) -> None:
    clerk.press(Qt.Key.Key_F4)
    clock.forward(hours=3)
    take(clerk, 1)  # the session of now is another one since a moment: nobody is checked into it by mistake
    assert clerk.screen.toast.text() in (
        "Phiên CD2 không ghi lượt ra.",
        "Đã chuyển sang phiên CD2, phiên này không ghi lượt ra.",
    )
    assert clerk.station.lane.direction is Direction.IN
    assert clerk.screen.way.direction() is None
    assert clerk.station.desk.counts().scans == 0
    assert clerk.screen.alarm.isHidden()
    clerk.press(Qt.Key.Key_F4)
    assert clerk.screen.toast.text() == "Phiên CD2 không ghi lượt ra."


def sentences(clerk: Clerk) -> tuple[str, str]:
    shown = clerk.screen.result.panel.notice()
    return shown.sentence, shown.advice


def test_reasons_say_when_whom_and_what_to_do(clerk: Clerk, clock: HandClock) -> None:
    take(clerk, 5)
    assert sentences(clerk) == (
        "Thành phần Báo chí không tham dự phiên này.",
        "Phiên này dành cho: Học viên. Chọn phiên khác bằng F6, hoặc mời trưởng bàn xử lý.",
    )
    clock.forward(minutes=-20)
    clerk.controller.choose_session("CD1")
    take(clerk, 1)
    assert sentences(clerk)[0] == "Mở cửa lúc 07:15; phiên bắt đầu lúc 07:30."
    clock.forward(hours=4)
    take(clerk, 1)
    assert sentences(clerk)[0] == "Đã đóng cửa lúc 09:30."
    clock.forward(hours=-3, minutes=-30)
    take(clerk, 1)
    clerk.press(Qt.Key.Key_F4)
    clock.forward(minutes=5)
    take(clerk, 1)
    assert sentences(clerk)[0] == "Đã ghi nhận lượt ra. Đã vào lúc 07:40, tại bàn này."
    take(clerk, 1)
    assert sentences(clerk) == ("Đã ra lúc 07:45, tại bàn này.", "Không cần ghi gì thêm.")


def test_who_left_a_session_that_lets_nobody_in_again(qtbot: QtBot, tmp_path: Path) -> None:
    station = open_station(
        make_event(tmp_path / "e", sessions=[replace(DOOR, re_entry=False)]), clock=HandClock()
    )
    clerk = Clerk(qtbot, station)
    try:
        station.desk.redeem(payload(1), Source.CAMERA)
        station.desk.check_out_code(payload(1), Source.CAMERA)
        take(clerk, 1)
        assert notice(clerk)[:2] == (Tone.ATTENTION, "ĐÃ RA VỀ")
        assert sentences(clerk) == (
            "Đã ra lúc 07:30, tại bàn này.",
            "Phiên này không cho vào lại. Mời trưởng bàn xử lý.",
        )
    finally:
        clerk.close()
        station.close()
    QApplication.processEvents()


def test_the_list_of_delegates_says_who_left_when(clerk: Clerk, clock: HandClock) -> None:
    clerk.station.desk.redeem(payload(1), Source.CAMERA)
    clock.forward(hours=1)
    clerk.station.desk.check_out_code(payload(1), Source.CAMERA)
    model = DelegatesModel("Asia/Ho_Chi_Minh")
    model.show_lines([line for line in clerk.station.desk.roster() if line.delegate.code == "DB00001"])
    assert model.index(0, PRESENT).data() == "đã ra 08:30 · 27/10"
