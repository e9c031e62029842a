"""A clerk's morning through the real window: every way in which a code comes, and what is recorded of it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.exchange.verify import verify
from station.model.verdict import Outcome, Reason, Source, Verdict
from station.settings import Settings
from station.store import journal
from station.store.connection import reading
from station.store.folder import database_of
from tests.builders import DELEGATES, HandClock, make_event, payload
from tests.ui.keyboard import VIETNAMESE, Keyboard
from tests.unit.capture.pictures import Picture, code_picture, empty, scene, seen_at, write_video
from ui.app import OpenEvent

CARD = "001090012345|012345678|{name}|01011990|Nữ|Xã Tân Tiến, Hà Nam|15052021"
STRANGER = "Lý Thông Khanh"


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    """The fourth delegate is on the roster with the number of her identity card."""
    people = [replace(d, citizen_id="001090012345") if d.code == "DB00004" else d for d in DELEGATES]
    opened = open_station(make_event(tmp_path / "event", delegates=people), clock=clock)
    yield opened
    opened.close()


class Morning:
    """The window and the clerk's hands."""

    def __init__(self, qtbot: QtBot, application: QApplication, station: Station) -> None:
        self.qtbot = qtbot
        self.station = station
        self.keyboard = Keyboard()
        settings = Settings(sound=False, theme="light")
        self.event = OpenEvent(application, station, settings, keep=lambda _settings: None)
        self.verdicts: list[Verdict] = []
        self.event.desk.verdict_painted.connect(self.verdicts.append)
        self.event.window.resize(1366, 768)
        self.event.window.show()
        self.event.window.activateWindow()
        qtbot.waitUntil(self.event.window.isActiveWindow)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.event.window, key, held)

    def wait_for(self, verdicts: int) -> Verdict:
        self.qtbot.waitUntil(lambda: len(self.verdicts) >= verdicts, timeout=30_000)
        self.settle()
        assert len(self.verdicts) == verdicts
        return self.verdicts[-1]

    def settle(self) -> None:
        done: list[bool] = []
        self.event.when_idle(lambda: done.append(True))
        self.qtbot.waitUntil(lambda: bool(done))

    def watch(self, video: Path) -> None:
        with self.qtbot.waitSignal(self.event.camera.ended, timeout=30_000):
            self.event.start_camera(str(video))
        self.event.camera.stop()


@pytest.fixture
def morning(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[Morning]:
    day = Morning(qtbot, qapp, station)
    yield day
    QGuiApplication.clipboard().clear()
    day.event.close()


def in_the_dark(picture: Picture, seed: int) -> Picture:
    """What a webcam gives of a scene at night: white is 52 of 255, and noise."""
    noise = np.random.default_rng(seed).normal(0, 4, picture.shape[:2])[:, :, None]
    return np.clip(10 + picture * (42 / 255) + noise, 0, 255).astype(np.uint8)


def dark_webcam(path: Path, serial: int) -> Path:
    """Two seconds of a dark room, then a paper that is held up by a hand that is never still."""
    code = code_picture(payload(serial).decode(), 6)
    wall = [in_the_dark(empty(1280, 720), seed) for seed in range(60)]
    held = [
        in_the_dark(np.roll(scene(code, width=1280, height=720), (seed % 7, 2 * seed % 11), (0, 1)), seed)
        for seed in range(30)
    ]
    return write_video(path, [*wall, *held], codec="MJPG")


def phone_in_dark_mode(path: Path, serial: int) -> Path:
    """White modules on a black screen, tilted a little, drawing nearer."""
    code = code_picture(payload(serial).decode(), 6, inverted=True)
    frames = []
    for number in range(30):
        side = 220 + 3 * number
        left, top = 480 - number, 200 - number
        corners = [
            (left, top),
            (left + side, top + 22),
            (left + side - 14, top + side + 10),
            (left + 8, top + side - 6),
        ]
        frames.append(seen_at(code, corners))
    return write_video(path, [*[empty(1280, 720)] * 10, *frames], codec="MJPG")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def scans_in(event: Path) -> list[tuple[str | None, str | None]]:
    with reading(database_of(event)) as connection:
        return [
            (entry.content.delegate, entry.content.outcome)
            for entry in journal.entries(connection, "20221027")
            if entry.content.kind == "scan"
        ]


def rows_of(path: Path) -> Sequence[Sequence[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_a_morning_at_the_desk(morning: Morning, tmp_path: Path, clock: HandClock) -> None:
    desk, keyboard = morning.event.desk, morning.keyboard

    # A wedge scanner on a Vietnamese layout, while the clerk is searching for somebody else.
    morning.press(Qt.Key.Key_F3)
    keyboard.type("hà", 110)
    keyboard.pause(0.5)
    keyboard.type(payload(1).decode() + "\r", 9, VIETNAMESE)
    first = morning.wait_for(1)
    assert (first.outcome, first.source) == (Outcome.ADMITTED, Source.SCANNER)
    assert desk.search.text() == "hà"
    assert [item.document.code for item in first.bundle] == ["TL01", "TL02", "TUI"]
    morning.press(Qt.Key.Key_Escape)
    morning.press(Qt.Key.Key_F2)
    morning.settle()
    assert {item.state.value for item in desk.result.bundle.items()} == {"handed_out"}

    # The same code again, a minute later.
    clock.forward(minutes=1)
    keyboard.pause(60)
    keyboard.type(payload(1).decode() + "\r")
    again = morning.wait_for(2)
    assert (again.outcome, again.reason) == (Outcome.ATTENTION, Reason.ALREADY_IN)

    # A webcam in a dark room: first nothing but the hint, then a code.
    hints: list[str] = []
    with morning.qtbot.waitSignal(morning.event.camera.ended, timeout=30_000):
        morning.event.start_camera(str(dark_webcam(tmp_path / "dark.avi", 2)))
        morning.qtbot.waitUntil(lambda: desk.preview.hint() != "", timeout=10_000)
        hints.append(desk.preview.hint())
    assert hints == ["Quá tối: cần thêm ánh sáng vào mã"]
    dark = morning.wait_for(3)
    assert (dark.outcome, dark.source) == (Outcome.ADMITTED, Source.CAMERA)
    assert dark.delegate is not None
    assert dark.delegate.code == "DB00002"

    # A phone in dark mode.
    morning.watch(phone_in_dark_mode(tmp_path / "phone.avi", 3))
    phone = morning.wait_for(4)
    assert phone.delegate is not None
    assert (phone.outcome, phone.delegate.code) == (Outcome.ADMITTED, "DB00003")

    # A picture of an identity card's code, pasted from a chat: the fourth delegate by her number.
    picture = np.ascontiguousarray(
        scene(code_picture(CARD.format(name="Phạm Thu Hà"), 4), width=800, height=600)
    )
    QGuiApplication.clipboard().setImage(QImage(picture.data, 800, 600, 2400, QImage.Format.Format_BGR888))
    morning.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pasted = morning.wait_for(5)
    assert pasted.delegate is not None
    assert (pasted.outcome, pasted.source, pasted.delegate.code) == (
        *(Outcome.ADMITTED, Source.IMAGE),
        "DB00004",
    )

    # Foreign codes: an address, and the card of somebody who is not expected.
    keyboard.pause(1)
    keyboard.type("https://example.org/menu\r")
    assert morning.wait_for(6).reason is Reason.UNKNOWN
    card = CARD.replace("001090012345", "001090099999").format(name=STRANGER)
    morning.event.controller.redeem(card.encode())
    assert morning.wait_for(7).outcome is not Outcome.ADMITTED

    # Somebody without a code: found by name without marks, admitted by hand, by keys alone.
    morning.press(Qt.Key.Key_Escape)
    morning.press(Qt.Key.Key_F3)
    keyboard.pause(1)
    keyboard.type("dung", 120)
    morning.settle()
    morning.press(Qt.Key.Key_Return)
    morning.settle()
    morning.press(Qt.Key.Key_F5)
    by_hand = morning.wait_for(8)
    assert by_hand.delegate is not None
    assert (by_hand.outcome, by_hand.delegate.name) == (Outcome.ADMITTED, "Đỗ Ngọc Dũng")

    # Journal, counts and export say the same.
    station, folder = morning.station, tmp_path / "event"
    counts = station.desk.counts()
    assert (counts.present, counts.scans) == (5, 8)
    recorded = scans_in(folder)
    assert [outcome for _delegate, outcome in recorded] == [str(v.outcome) for v in morning.verdicts]
    assert {delegate for delegate, outcome in recorded if outcome == "admitted"} == {
        f"20221027-{serial}" for serial in (1, 2, 3, 4, 5)
    }
    export = station.export(tmp_path / "stick")
    assert export.verified
    assert verify(export.to).ok
    assert verify(folder).ok
    attendance = rows_of(export.to / "attendance.csv")
    assert sorted(code for row in attendance for code in row if code.startswith("DB")) == [
        f"DB{serial:05d}" for serial in (1, 2, 3, 4, 5)
    ]
    hand_outs = rows_of(export.to / "hand-outs.csv")
    assert sum("DB00001" in row for row in hand_outs) == 3

    # Of the stranger's card nothing was kept.
    kept = everything_in(folder) + everything_in(export.to)
    for secret in (STRANGER, "001090099999", "Tân Tiến"):
        assert secret.encode() not in kept
