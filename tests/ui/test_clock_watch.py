"""A clock that is set back while the desk runs is said once; after sleep camera and session are looked at anew."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.clock import to_ms
from station.model.event import Session
from station.model.verdict import Source
from station.settings import Settings
from station.store import journal
from tests.builders import INSTANCE, MORNING, HandClock, make_event, payload
from tests.ui.dialogs import Script
from ui.app import OpenEvent
from ui.dialogs.message import MessageDialog

AFTERNOON = Session("CHIEU", 2, "Chiều", opens_at=MORNING + timedelta(hours=6))
FORENOON = Session(
    "SANG", 1, "Sáng", opens_at=MORNING - timedelta(hours=1), closes_at=MORNING + timedelta(hours=4)
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def seconds() -> list[float]:
    """The machine's own count, which moves only by hand."""
    return [0.0]


@pytest.fixture
def event(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: HandClock, seconds: list[float]
) -> Iterator[OpenEvent]:
    station = open_station(make_event(tmp_path / "event", sessions=(FORENOON, AFTERNOON)), clock=clock)
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event._tick.stop()
    event._clock_watch._seconds = lambda: seconds[0]
    event._clock_watch._counted_s = 0.0
    event.window.show()
    yield event
    event.close()


def _is_said(event: OpenEvent) -> bool:
    return not event.window.header._clock_notice.isHidden()


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=365)], ids=["an hour", "a year"])
def test_a_clock_set_back_is_said_once_and_both_times_are_recorded(
    event: OpenEvent, clock: HandClock, seconds: list[float], back: timedelta
) -> None:
    first = event.station.desk.redeem(payload(1), Source.CAMERA)
    clock.at -= back
    seconds[0] += 1
    event._on_ticked()
    assert _is_said(event)
    assert event.desk.toast.text() == "Đồng hồ máy vừa lùi lại."
    second = event.station.desk.redeem(payload(2), Source.CAMERA)
    assert [scan.entry for scan in event.station.desk.recent()] == [second.entry, first.entry]
    with event.station.files.reading() as connection:
        chain = list(journal.entries(connection, INSTANCE))
    assert chain[-1].content.at_ms == to_ms(clock.at)
    assert chain[-1].content.hlc_ms >= to_ms(MORNING)
    with Script((MessageDialog, lambda dialog: dialog.reject())):
        event.window.header._clock_notice.click()
    for _tick in range(3):
        seconds[0] += 1
        clock.forward(seconds=1)
        event._on_ticked()
    assert not _is_said(event)
    assert "07:30 27/10/2022" in event._clock_watch.sentence()


def test_small_corrections_and_a_slow_machine_are_no_news(
    event: OpenEvent, clock: HandClock, seconds: list[float]
) -> None:
    woke: list[bool] = []
    event._clock_watch.woke.connect(lambda: woke.append(True))
    for wall, counted in ((-5.0, 1.0), (1.0, 1.0), (20.0, 20.0), (0.5, 25.0)):
        clock.forward(seconds=wall)
        seconds[0] += counted
        event._on_ticked()
    assert not _is_said(event)
    assert woke == []


def test_after_sleep_the_session_of_now_is_found_at_once(
    event: OpenEvent, clock: HandClock, seconds: list[float]
) -> None:
    assert event.controller.session().id == "SANG"
    clock.forward(hours=7)  # asleep: on this system the machine's own count stood still meanwhile
    seconds[0] += 1
    event._on_ticked()
    assert event.controller.session().id == "CHIEU"
    assert not _is_said(event)
