"""The whole window over a real event: a video as the camera, screens, dialogs, language, and the end."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
import segno
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station import settings as settings_store
from station.app import Station, open_station
from station.capture.feed import CameraState, CameraStatus
from station.capture.opencv import cv2
from station.errors import Refusal
from station.exchange.verify import verify
from station.model.event import Session
from station.model.verdict import Outcome, Source, Verdict
from station.settings import Settings
from tests.builders import HandClock, make_event, payload
from ui.app import OpenEvent
from ui.bridge.operation import Progress
from ui.dialogs.badges.sheets import SheetsDialog
from ui.dialogs.choose import Choose
from ui.dialogs.export import ExportDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.work import WorkDialog
from ui.qt_texts import QtTexts
from ui.run import Program
from ui.screens.delegates.model import NAME, DelegatesFilter, DelegatesModel


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """An open event whose window is shown."""
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.resize(1366, 768)
    event.window.show()
    event.window.activateWindow()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def _settle(qtbot: QtBot, event: OpenEvent) -> None:
    done: list[bool] = []
    event.when_idle(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def _press(event: OpenEvent, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or event.window, key, held)


def _video(path: Path, *payloads: bytes) -> Path:
    """Ten frames of each code, with pauses between them."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (640, 360))
    blank = numpy.full((360, 640, 3), 200, numpy.uint8)
    for raw in payloads:
        frame = blank.copy()
        modules = numpy.array([list(row) for row in segno.make(raw.decode(), error="q").matrix], numpy.uint8)
        code = numpy.kron(1 - modules, numpy.full((8, 8), 255, numpy.uint8))
        frame[60 : 60 + len(code), 200 : 200 + len(code)] = code[:, :, None]
        for picture in [frame] * 10 + [blank] * 5:
            writer.write(picture)
    writer.release()
    return path


def test_codes_in_front_of_the_camera_become_verdicts_on_the_screen(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path
) -> None:
    painted: list[Verdict] = []
    event.desk.verdict_painted.connect(painted.append)
    video = _video(tmp_path / "camera.avi", payload(1), payload(2), b"https://example.org/")
    with qtbot.waitSignal(event.camera.ended, timeout=10_000):
        event.start_camera(str(video))
    _settle(qtbot, event)
    assert [verdict.outcome for verdict in painted] == [
        Outcome.ADMITTED,
        Outcome.ADMITTED,
        Outcome.REFUSED,
    ]
    assert event.station.desk.counts().present == 2


def test_a_file_that_is_no_video_is_said_in_words(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> None:
    path = tmp_path / "camera.mp4"
    path.write_bytes(b"not a video")
    with qtbot.waitSignal(event.camera.failed_to_open, timeout=10_000) as refused:
        event.start_camera(str(path))
    assert str(refused.args[0]) in event.desk.preview.accessibleName()


def test_a_verdict_brings_the_desk_to_the_front(qtbot: QtBot, event: OpenEvent) -> None:
    _press(event, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert event.delegates.isVisible()
    event.controller.redeem(payload(1))
    qtbot.waitUntil(event.desk.isVisible)


def test_the_roster_is_in_vietnamese_order_and_says_who_is_here(qtbot: QtBot, event: OpenEvent) -> None:
    event.station.desk.redeem(payload(2), Source.CAMERA)
    _press(event, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    _settle(qtbot, event)
    assert event.delegates.names() == [
        "Nguyễn Thị Ánh",
        "Lê Hoàng Ân",
        "Đỗ Ngọc Dũng",
        "Trần Văn Đức",
        "Phạm Thu Hà",
    ]
    assert "1" in event.delegates._summary.full_text()
    for character in "duc":
        QTest.keyClick(event.delegates._field, character)
    assert event.delegates.names() == ["Trần Văn Đức"]
    _press(event, Qt.Key.Key_Return)
    _settle(qtbot, event)
    assert event.desk.isVisible()
    assert event.desk.result.card.isVisible()


def test_the_roster_models_keep_qts_rules(qtbot: QtBot, station: Station) -> None:
    model = DelegatesModel(station.event.zone)
    proxy = DelegatesFilter(model)
    testers = [
        QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for each in (model, proxy)
    ]
    model.show_lines(station.desk.roster())
    proxy.sort(NAME, Qt.SortOrder.DescendingOrder)
    proxy.keep("lan", None)
    proxy.keep("", False)
    assert proxy.rowCount() == 5
    model.show_lines(())
    assert proxy.rowCount() == 0
    assert len(testers) == 2


def test_language_and_theme_change_without_a_restart_and_are_kept(qtbot: QtBot, event: OpenEvent) -> None:
    event.choose_language("en")
    assert event.desk.result.bundle._all.caption() == "Hand out all"
    assert event.window.windowTitle().startswith("Training")
    event.choose_theme("dark")
    kept = settings_store.load()
    assert (kept.language, kept.theme) == ("en", "dark")


def test_the_export_says_done_only_for_what_verifies(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> None:
    event.station.desk.redeem(payload(1), Source.CAMERA)
    dialog = ExportDialog(event.station)
    qtbot.addWidget(dialog)
    dialog.set_folder(tmp_path / "stick")
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.outcome() == "Đã xuất xong và kiểm tra đúng"
    folder = next((tmp_path / "stick").iterdir())
    assert str(folder) in dialog.text()
    assert verify(folder).ok


def test_an_export_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path
) -> None:
    (tmp_path / "stick").write_text("a file where the folder should be")
    dialog = ExportDialog(event.station)
    qtbot.addWidget(dialog)
    dialog.set_folder(tmp_path / "stick" / "export")
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.outcome() == "Chưa thực hiện được"
    assert str(tmp_path / "stick") in dialog.text()
    assert dialog._start.isEnabled()


def test_waiting_badges_become_a_pdf(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event.station.desk.redeem(payload(1), Source.CAMERA)
    target = tmp_path / "badges.pdf"
    monkeypatch.setattr(Choose, "new_pdf", lambda *_arguments: target)
    dialog = SheetsDialog(event.station, event.station.desk.counts().badges_waiting)
    qtbot.addWidget(dialog)
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.outcome() == "Xong"
    assert target.read_bytes().startswith(b"%PDF")
    assert event.station.desk.counts().badges_waiting == 0


def test_settings_change_nothing_before_apply(qtbot: QtBot) -> None:
    before = Settings(camera="1", serial_port="COM7")
    dialog = SettingsDialog(before, ports=[("COM3", "Honeywell"), ("COM4", "")])
    qtbot.addWidget(dialog)
    applied: list[Settings] = []
    dialog.applied.connect(applied.append)
    port = dialog._port
    assert [port.itemText(row) for row in range(port.count())][1:3] == ["COM3 – Honeywell", "COM4"]
    assert port.currentData() == "COM7"
    port.setCurrentIndex(1)
    dialog._sound.setChecked(False)
    assert before == Settings(camera="1", serial_port="COM7")
    dialog._on_apply_clicked()
    assert applied == [Settings(camera="1", serial_port="COM3", sound=False)]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_dialogs_open_and_close_by_key(
    qtbot: QtBot, event: OpenEvent, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    seen: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog.windowTitle())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    QTimer.singleShot(0, event, close)
    _press(event, key, held)
    assert len(seen) == 1
    assert seen[0]


def test_everything_can_be_reached_with_the_tab_key(qtbot: QtBot, event: OpenEvent) -> None:
    event.controller.redeem(payload(1))
    _settle(qtbot, event)
    reached = set()
    for _step in range(60):
        _press(event, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
    buttons = [event.desk.result.bundle._all, event.desk.result._void, event.desk.recent._search]
    assert reached.issuperset(buttons)
    assert event._header._session in reached
    assert all(
        widget.accessibleName() for widget in reached if widget.isVisible() and hasattr(widget, "click")
    )


def test_closing_the_window_lets_the_folder_go(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    event = OpenEvent(qapp, open_station(folder, clock=HandClock()), Settings(sound=False))
    event.window.show()
    event.start_camera(str(_video(tmp_path / "camera.avi", payload(1))))
    with pytest.raises(Refusal):
        open_station(folder)
    with qtbot.waitSignal(event.closed):
        event.window.close()
    open_station(folder).close()


def test_a_folder_that_is_no_event_is_refused_in_words(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(qapp, Settings(), None)
    program.open(tmp_path)
    assert program.opened is None
    welcome = program._welcome
    assert welcome is not None
    qtbot.addWidget(welcome)
    assert welcome._trouble.isVisible()
    assert str(tmp_path) in welcome._trouble.full_text()


def test_an_opened_event_is_remembered(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    program = Program(qapp, Settings(), str(_video(tmp_path / "camera.avi", payload(1))))
    program.open(folder)
    assert program.opened is not None
    program.opened.close()
    kept = json.loads((settings_store.settings_dir() / "settings.json").read_text("utf-8"))
    assert kept["recent_events"] == [str(folder.resolve())]


def test_qts_own_texts_are_vietnamese_too(qapp: QApplication) -> None:
    texts = QtTexts(qapp)
    qapp.installTranslator(texts)
    shown = [QCoreApplication.translate("QFileDialog", text) for text in ("&Choose", "Look in:", "unknown")]
    qapp.removeTranslator(texts)
    assert shown == ["Chọn", "Tìm trong:", "unknown"]


def test_the_session_chosen_is_the_one_that_is_checked_into(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    sessions = [Session("CD1", 1, "Chuyên đề 1"), Session("CD2", 2, "Chuyên đề 2")]
    station = open_station(make_event(tmp_path / "event", sessions=sessions), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False))
    try:
        event.window.show()
        event._header.session_chosen.emit("CD2")
        _settle(qtbot, event)
        assert event._header._session.currentData() == "CD2"
        event.controller.redeem(payload(1))
        _settle(qtbot, event)
        assert station.desk.counts("CD2").present == 1
        assert station.desk.counts("CD1").present == 0
    finally:
        event.close()


def test_a_camera_that_is_gone_is_said_and_the_scanner_offered(event: OpenEvent) -> None:
    event.camera._on_status_changed(CameraStatus(CameraState.LIVE))
    event.camera._on_status_changed(CameraStatus(CameraState.LOST, "gone"))
    assert event.desk.preview.accessibleName() == "Mất kết nối máy quay. gone"
    assert not event.desk.idle.has_camera()


def test_work_that_is_cancelled_says_so(qtbot: QtBot) -> None:
    class Waiting(WorkDialog):
        def begin(self) -> None:
            def work(progress: Progress) -> None:
                while True:
                    progress(0, 0)

            self.run("waiting", work, lambda _result: ("", ""), "…")

    dialog = Waiting(None, "Heading", "Text", "Start")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.begin()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.outcome() == "Đã dừng"
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
