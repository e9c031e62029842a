"""The first start: one window, Enter gets through it, and it comes only once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station import settings as settings_store
from station.app import glance
from station.badges.profiles import printing_of
from station.capture.devices import CameraDevice
from station.commands import main
from station.i18n import language
from station.sample_event import is_sample_event
from station.settings import Settings
from tests.ui.dialogs import Script
from ui.dialogs.event import EventDialog
from ui.dialogs.first_start import Beginning, FirstStartDialog
from ui.dialogs.unpack import UnpackDialog
from ui.run import Program


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ui.run.user_documents_path", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def program(qapp: QApplication, documents: Path) -> Iterator[Program]:
    program = Program(qapp, Settings(sound=False), str(documents / "no-camera.avi"))
    yield program
    if program.opened is not None:
        program.opened.close()
    if program._welcome is not None:
        program._welcome.close()


def shown(qtbot: QtBot, dialog: FirstStartDialog) -> FirstStartDialog:
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_enter_alone_takes_what_is_offered(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, FirstStartDialog(settings, None, list, lambda: ["Brother QL", "HP"]))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.beginning is Beginning.SAMPLE
    assert (settings.language, settings.station_name, settings.camera) == ("vi", "", "")
    assert printing_of(settings).printer == "Brother QL"


def test_what_was_chosen_is_in_the_settings(qtbot: QtBot) -> None:
    settings = Settings()
    device = CameraDevice(4, "HD Pro Webcam C920")
    dialog = shown(qtbot, FirstStartDialog(settings, None, lambda: [device], list))
    dialog._name.setText("  Bàn cổng A ")
    dialog.choose(Beginning.LATER)
    dialog._start.click()
    assert settings.station_name == "Bàn cổng A"
    assert settings.camera == device.address
    assert printing_of(settings).printer == ""
    assert dialog.camera.feed() is None
    settings_store.save(settings)
    assert settings_store.load().station_name == "Bàn cổng A"


def test_a_camera_that_is_plugged_in_meanwhile_appears(qtbot: QtBot) -> None:
    there: list[CameraDevice] = []
    dialog = FirstStartDialog(Settings(), None, lambda: there, list)
    assert dialog._camera.currentData() == ""
    assert not dialog._camera.isEnabled()
    assert "USB" in dialog._camera.currentText()
    there.append(CameraDevice(0, "Webcam"))
    qtbot.waitUntil(lambda: dialog._camera.currentText() == "Webcam", timeout=10_000)
    assert dialog.camera.feed() is not None
    dialog.reject()


def test_the_language_changes_at_once_and_later_leaves_everything(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, FirstStartDialog(settings, None, list, list))
    dialog._language.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Welcome to the check-in station")
    assert dialog._begin.currentText() == "The sample event"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert settings == Settings()
    dialog._language.setCurrentIndex(0)


def test_every_field_is_reached_with_the_tab_key(qtbot: QtBot) -> None:
    dialog = shown(qtbot, FirstStartDialog(Settings(), None, lambda: [CameraDevice(0, "A")], list))
    reached = set()
    for _step in range(12):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached >= {field for _label, field in dialog._fields}
    assert all(field.accessibleName() for _label, field in dialog._fields)
    dialog.reject()


def accept(beginning: Beginning) -> "tuple[type[QDialog], object]":
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstStartDialog)
        dialog.choose(beginning)
        dialog._name.setText("Bàn 7")
        dialog._start.click()

    return FirstStartDialog, act


def test_the_sample_event_opens_and_its_days_have_come(
    qtbot: QtBot, program: Program, documents: Path
) -> None:
    assert settings_store.is_first_start()
    with Script(accept(Beginning.SAMPLE)):
        program.first_start()
    assert program.opened is not None
    folder = documents / "su-kien-mau"
    assert is_sample_event(folder)
    event = glance(folder)
    assert event is not None
    now = program.opened.station.clock.now()
    assert event.starts_on <= now.astimezone().date() <= event.ends_on or event.starts_on >= now.date()
    assert not settings_store.is_first_start()
    assert settings_store.load().station_name == "Bàn 7"
    assert QApplication.quitOnLastWindowClosed()


def test_a_pack_and_a_new_event_know_the_name_of_the_station(qtbot: QtBot, program: Program) -> None:
    names: list[str] = []

    def read_pack(dialog: QDialog) -> None:
        assert isinstance(dialog, UnpackDialog)
        names.append(dialog._name.text())
        dialog.reject()

    def read_event(dialog: QDialog) -> None:
        assert isinstance(dialog, EventDialog)
        names.append(dialog._desk.text())
        dialog.reject()

    with Script(accept(Beginning.PACK), (UnpackDialog, read_pack)):
        program.first_start()
    with Script(accept(Beginning.NEW), (EventDialog, read_event)):
        program.first_start()
    assert names == ["Bàn 7", "Bàn 7"]
    assert program._welcome is not None and program._welcome.isVisible()


def test_not_now_shows_the_first_window_and_asks_again_the_next_time(qtbot: QtBot, program: Program) -> None:
    with Script((FirstStartDialog, lambda dialog: dialog.reject())):
        program.first_start()
    assert program._welcome is not None and program._welcome.isVisible()
    assert settings_store.is_first_start()
    assert language() == "vi"


def test_commands_never_ask_and_leave_it_the_first_start(tmp_path: Path) -> None:
    assert main(["settings"]) == 0
    assert main(["drives"]) in (0, 1)
    assert settings_store.is_first_start()
