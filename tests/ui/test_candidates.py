"""An ambiguous code through the real window: both delegates are named, and the clerk opens the right one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.model.verdict import Outcome, Reason, Source, Verdict
from station.settings import Settings
from tests.builders import DELEGATES, HandClock, make_event
from ui.app import OpenEvent

CARD = b"MECARD:N:Nguyen;TEL:+84912345678;;"


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """An event in which the first two delegates share a telephone."""
    shared = [replace(delegate, phone="0912 345 678") for delegate in DELEGATES[:2]]
    folder = make_event(tmp_path / "event", delegates=[*shared, *DELEGATES[2:]])
    opened = OpenEvent(
        qapp,
        open_station(folder, clock=HandClock()),
        Settings(sound=False, theme="light"),
        keep=lambda _settings: None,
    )
    opened.window.resize(1366, 768)
    opened.window.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    yield opened
    opened.close()


def scanned(qtbot: QtBot, opened: OpenEvent) -> Verdict:
    with qtbot.waitSignal(opened.desk.verdict_painted, timeout=5000) as painted:
        opened.controller.redeem(CARD)
    return painted.args[0]


def shown_name(opened: OpenEvent) -> str:
    delegate = opened.desk.result.card.delegate()
    return delegate.name if delegate and opened.desk.result.card.isVisible() else ""


def test_both_are_named_and_the_second_is_opened_with_its_number(qtbot: QtBot, opened: OpenEvent) -> None:
    verdict = scanned(qtbot, opened)

    assert (verdict.outcome, verdict.reason) == (Outcome.REFUSED, Reason.AMBIGUOUS)
    panel = opened.desk.result.candidates
    assert panel.isVisible()
    names = [delegate.name for delegate in panel.candidates()]
    assert names == ["Nguyễn Thị Ánh", "Trần Văn Đức"]
    QTest.keyClick(opened.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert shown_name(opened) == "Trần Văn Đức"
    assert opened.station.desk.counts().present == 0


def test_arrow_and_enter_open_the_card_from_which_the_delegate_is_admitted(
    qtbot: QtBot, opened: OpenEvent
) -> None:
    scanned(qtbot, opened)

    focused = QApplication.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_Down)
    QTest.keyClick(focused, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not opened.desk.result.candidates.isVisible())
    with qtbot.waitSignal(opened.desk.verdict_painted, timeout=5000) as painted:
        QTest.keyClick(opened.window, Qt.Key.Key_F5)

    verdict = painted.args[0]
    assert (verdict.outcome, verdict.source) == (Outcome.ADMITTED, Source.HAND)
    assert verdict.delegate.name == "Trần Văn Đức"


def test_a_line_of_the_latest_scans_opens_exactly_its_delegate(qtbot: QtBot, opened: OpenEvent) -> None:
    scanned(qtbot, opened)
    first = opened.desk.result.candidates.candidates()[0]
    opened.station.desk.admit_by_hand(first.id)
    opened.controller.refresh()
    qtbot.waitUntil(lambda: len(opened.desk.recent.rows()) == 2)

    assert opened.desk.recent.rows()[0].key == first.id
    opened.desk.recent.delegate_chosen.emit(first.id)
    qtbot.waitUntil(lambda: shown_name(opened) == first.name)
