"""Choosing a camera: by name, in a live picture, and the desk gets it back."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.capture.devices import CameraDevice
from station.settings import Settings
from tests.builders import payload
from tests.unit.capture.mjpeg_camera import MjpegCamera
from tests.unit.capture.pictures import code_picture, empty, scene, write_video
from ui.app import OpenEvent
from ui.dialogs.camera import CameraDialog
from ui.dialogs.settings import SettingsDialog
from ui.style.theme import apply_language

DEVICES = [CameraDevice(0, "Integrated Camera"), CameraDevice(2, "HD Pro Webcam C920")]


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


Shown = Callable[[Settings, list[CameraDevice]], CameraDialog]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Makes dialogs and closes them; a dialog that is only forgotten would leave its camera running."""
    dialogs: list[CameraDialog] = []

    def show(settings: Settings, devices: list[CameraDevice]) -> CameraDialog:
        dialogs.append(CameraDialog(settings, None, lambda: devices))
        qtbot.addWidget(dialogs[-1])
        dialogs[-1].show()
        return dialogs[-1]

    yield show
    for dialog in dialogs:
        dialog.done(0)
    assert not [thread.name for thread in threading.enumerate() if thread.name in ("camera", "decoder")]


def captions(dialog: CameraDialog) -> list[str]:
    return [dialog._camera.itemText(row) for row in range(dialog._camera.count())]


def test_cameras_are_offered_by_name_and_the_chosen_one_even_while_it_is_away(
    qtbot: QtBot, shown: Shown
) -> None:
    devices = list(DEVICES)
    dialog = shown(Settings(camera="camera:Logitech BRIO"), devices)
    assert captions(dialog) == [
        *("The first camera", "Integrated Camera", "HD Pro Webcam C920"),
        *("Logitech BRIO (not there)", "Network camera or video"),
    ]
    assert dialog.wished().camera == "camera:Logitech BRIO"
    devices.append(CameraDevice(4, "Logitech BRIO"))
    qtbot.waitUntil(lambda: "Logitech BRIO" in captions(dialog), timeout=4000)
    assert dialog.wished().camera == "camera:Logitech BRIO"


def test_every_choice_becomes_a_setting(shown: Shown) -> None:
    before = Settings(camera_width=800, camera_height=600, language="en")
    dialog = shown(before, DEVICES)
    assert dialog.wished() == before
    dialog._camera.setCurrentIndex(2)
    dialog._size.setCurrentIndex(2)
    dialog._rotation.setCurrentIndex(3)
    dialog._exposure.setCurrentIndex(4)
    dialog._mirror.setChecked(True)
    applied: list[Settings] = []
    dialog.applied.connect(applied.append)
    dialog._on_apply_clicked()
    wished = Settings(
        camera="camera:HD Pro Webcam C920",
        camera_width=1920,
        camera_height=1080,
        camera_rotation=270,
        camera_exposure=-6,
        mirror=True,
        language="en",
    )
    assert applied == [wished]
    assert dialog.camera.feed() is None


def test_a_network_camera_is_seen_at_once_and_its_codes_are_read(qtbot: QtBot, shown: Shown) -> None:
    with MjpegCamera(scene(code_picture("Xin chào"))) as network:
        dialog = shown(Settings(), [])
        dialog._camera.setCurrentIndex(dialog._camera.count() - 1)
        dialog._camera.activated.emit(0)
        dialog._field.setText(network.url)
        dialog._field.editingFinished.emit()
        qtbot.waitUntil(lambda: dialog.reading() == "Read: Xin chào", timeout=15000)
        assert dialog.wished().camera == network.url
        dialog.reject()
        assert dialog.camera.feed() is None


def test_what_is_no_camera_is_said(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").write_bytes(b"PK")
    dialog = shown(Settings(camera=str(tmp_path / "roster.xlsx")), DEVICES)
    qtbot.waitUntil(lambda: "roster.xlsx is not a video" in dialog.reading(), timeout=5000)
    assert dialog._camera.currentText() == "Network camera or video"


def test_the_desk_lets_its_camera_go_and_gets_the_new_one(
    qtbot: QtBot, qapp: QApplication, station: Station, tmp_path: Path
) -> None:
    empty_video = write_video(tmp_path / "wall.avi", [empty()] * 60, codec="MJPG")
    video = write_video(
        tmp_path / "camera.avi", [scene(code_picture(payload(1).decode()))] * 20, codec="MJPG"
    )
    kept: list[Settings] = []
    settings = Settings(sound=False, camera=str(empty_video), language="en", theme="light")
    event = OpenEvent(qapp, station, settings, keep=kept.append)
    event.window.show()
    event.start_camera()
    feeds: list[object] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CameraDialog)
        feeds.append(event.camera.feed())
        dialog._field.setText(str(video))
        dialog._on_apply_clicked()

    parent = SettingsDialog(settings, event.window, ports=[])
    qtbot.addWidget(parent)
    event.trials.camera_chosen.connect(parent.set_camera)
    QTimer.singleShot(100, act)
    event.trials.open_camera(parent)
    try:
        assert feeds == [None]
        assert kept[-1].camera == str(video)
        assert parent._camera.full_text() == str(video)
        qtbot.waitUntil(lambda: station.desk.counts().present == 1, timeout=15000)
    finally:
        event.close()
