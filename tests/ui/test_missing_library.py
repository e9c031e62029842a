"""Each decoding library missing in turn: the desk goes on through the other, and the window says so."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import segno
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.capture.opencv import cv2
from station.i18n import _, set_language
from station.model.verdict import Outcome, Verdict
from station.settings import Settings
from tests.builders import HandClock, make_event, payload
from ui.app import OpenEvent
from ui.dialogs.message import MessageDialog
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


@pytest.fixture(params=["zxingcpp", "pyzbar"])
def lamed(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenEvent]:
    """An open event on a machine that lacks one of the libraries."""
    monkeypatch.setitem(sys.modules, request.param, None)
    opened = OpenEvent(
        qapp,
        open_station(make_event(tmp_path / "event"), clock=HandClock()),
        Settings(sound=False, theme="light", language="en"),
        keep=lambda _settings: None,
    )
    opened.choose_language("en")
    opened.window.resize(1366, 768)
    opened.window.show()
    yield opened
    opened.close()
    set_language("vi")


def video_of(path: Path, raw: bytes) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (640, 360))
    frame = np.full((360, 640, 3), 200, np.uint8)
    matrix = np.array(
        [list(row) for row in segno.make(raw.decode(), micro=False).matrix_iter(6, 4)], np.uint8
    )
    code = np.where(matrix, 0, 255).astype(np.uint8)[:, :, None]
    frame[50 : 50 + len(code), 200 : 200 + len(code)] = code
    for _number in range(30):
        writer.write(frame)
    writer.release()
    return path


def test_a_delegate_is_admitted_and_the_window_says_what_is_missing(
    qtbot: QtBot, lamed: OpenEvent, tmp_path: Path
) -> None:
    painted: list[Verdict] = []
    lamed.desk.verdict_painted.connect(painted.append)

    with qtbot.waitSignal(lamed.camera.ended, timeout=20_000):
        lamed.start_camera(str(video_of(tmp_path / "camera.avi", payload(1))))
    qtbot.waitUntil(lambda: len(painted) == 1)

    assert painted[0].outcome is Outcome.ADMITTED
    told: list[str] = []

    def read_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MessageDialog)
        told.extend(label.text() for label in dialog.findChildren(PlainLabel))
        dialog.accept()

    (notice,) = (
        button
        for button in lamed.window.findChildren(KeyButton)
        if button.caption() == _("Reads fewer codes") and button.isVisible()
    )
    QTimer.singleShot(0, read_and_close)
    QTest.mouseClick(notice, Qt.MouseButton.LeftButton)
    assert any("is missing" in sentence for sentence in told)
