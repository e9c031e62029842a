"""Second copy, backups, going on from a stick and wiping, as people meet them in the window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.exchange.continuing import copies_in
from station.exchange.keeping import CopyKeeper, CopyState, key_of_folder
from station.exchange.wiping import look_at
from station.media.drives import Drive
from station.model.verdict import Source
from station.settings import Settings
from tests.builders import INSTANCE, HandClock, make_event, opened, payload
from tests.ui.dialogs import Script
from ui.app import OpenEvent
from ui.copies import copy_text
from ui.dialogs.continuing import ContinueDialog
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.wipe import WipeDialog
from ui.run import Program
from ui.screens.prepare import steps
from ui.style.theme import apply_language
from ui.widgets.place_list import place_of

ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "KINGSTON").mkdir()
    return tmp_path / "KINGSTON"


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    settings = Settings(sound=False, theme="light", language="en")
    event = OpenEvent(qapp, open_station(make_event(tmp_path / "event"), clock=HandClock()), settings)
    event.window.show()
    qtbot.waitUntil(event.window.isActiveWindow)
    yield event
    event.close()


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()


def test_the_strip_says_how_the_second_copy_stands(clock: HandClock) -> None:
    now = clock.now()
    said = [
        copy_text(CopyState(), "KINGSTON", ZONE, late=False),
        copy_text(CopyState(now, 3, "KINGSTON", is_there=True), "", ZONE, late=False),
        copy_text(CopyState(now, 3, "KINGSTON", is_there=True), "", ZONE, late=True),
        copy_text(CopyState(now, 3, "KINGSTON"), "", ZONE, late=True),
        copy_text(CopyState(now, 3, "KINGSTON", problem="It is full."), "", ZONE, late=True),
        copy_text(CopyState(looked=True), "KINGSTON", ZONE, late=True),
    ]
    assert said == [
        "Second copy on KINGSTON: beginning…",
        "Second copy on KINGSTON 07:30",
        "Second copy on KINGSTON is late. Latest: 07:30",
        "Second copy: KINGSTON is not plugged in. Put it in again. Latest: 07:30",
        "Second copy: It is full.",
        "Second copy: KINGSTON is not plugged in. Put it in again.",
    ]


def test_switched_on_it_runs_is_shown_and_gets_amber_when_the_stick_is_gone(
    qtbot: QtBot, event: OpenEvent, stick: Path
) -> None:
    strip = event.window.status
    assert strip.text() == ""
    settings = event.preferences.settings()
    settings.second_copy_drive, settings.second_copy_label = key_of_folder(stick), "KINGSTON"
    event.copies.apply()
    qtbot.waitUntil(lambda: strip.text().startswith(f"Second copy on {stick.name} 07:30"), timeout=10_000)
    assert not strip.is_late()
    stick.rename(stick.with_name("away"))
    qtbot.waitUntil(lambda: "not plugged in" in strip.text(), timeout=10_000)
    assert strip.is_late()
    settings.second_copy_drive = ""
    event.copies.apply()
    assert strip.text() == ""


def test_a_stick_that_was_never_there_is_missed_from_the_beginning(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path
) -> None:
    settings = event.preferences.settings()
    settings.second_copy_drive, settings.second_copy_label = key_of_folder(tmp_path / "none"), "KINGSTON"
    event.copies.apply()
    assert not event.window.status.is_late()
    qtbot.waitUntil(event.window.status.is_late, timeout=10_000)
    assert event.window.status.text() == "Second copy: KINGSTON is not plugged in. Put it in again."


def test_at_the_end_of_the_program_everything_is_on_the_stick(
    qapp: QApplication, tmp_path: Path, stick: Path
) -> None:
    settings = Settings(sound=False, second_copy_drive=key_of_folder(stick))
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, settings)
    station.desk.redeem(payload(2), Source.CAMERA)
    event.close()
    assert len(copies_in(stick)) == 1
    assert b'"event-000001.sqlite3"' in next(stick.rglob("COPY-*.json")).read_bytes()


def test_the_stick_and_the_minutes_are_chosen_and_nothing_holds_before_apply(
    qtbot: QtBot, station: Station, stick: Path
) -> None:
    place = place_of(stick, Drive(stick, "exfat", "KINGSTON", key="uuid:1"))
    dialog = CopiesDialog(station, Settings(), lambda: None, find=lambda: [place] if place else [])
    shown(qtbot, dialog)
    taken: list[Settings] = []
    dialog.applied.connect(taken.append)
    assert not dialog.places.isEnabled()
    dialog.kept.setChecked(True)
    qtbot.waitUntil(lambda: dialog.places.place() is not None)
    assert dialog._apply.isEnabled()
    dialog._minutes.setCurrentIndex(2)
    dialog._apply.click()
    assert (taken[0].second_copy_drive, taken[0].second_copy_label) == ("uuid:1", "KINGSTON")
    assert taken[0].second_copy_minutes == 10


def test_without_a_stick_it_cannot_be_switched_on(qtbot: QtBot, station: Station) -> None:
    dialog = CopiesDialog(station, Settings(), lambda: None, find=list)
    shown(qtbot, dialog)
    dialog.kept.setChecked(True)
    assert not dialog._apply.isEnabled()
    dialog.kept.setChecked(False)
    assert dialog._apply.isEnabled()


def test_backups_are_made_proved_and_put_back_by_the_organiser(
    qtbot: QtBot, qapp: QApplication, event: OpenEvent
) -> None:
    event.station.back_up()
    event.station.desk.redeem(payload(1), Source.CAMERA)
    folder = event.station.folder
    reopened: list[Path] = []
    event.reopen_wanted.connect(reopened.append)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, CopiesDialog)
        dialog.show_backups()
        dialog._on_prove_clicked()
        qtbot.waitUntil(lambda: dialog.backups.rows()[0].note == "whole")
        dialog._put_back.click()

    def yes(dialog: QDialog) -> None:
        dialog.accept()

    with Script((CopiesDialog, act), (MessageDialog, yes), (MessageDialog, yes)) as script:
        QTimer.singleShot(0, lambda: event.office.open(steps.COPIES))
        qtbot.waitUntil(lambda: reopened == [folder], timeout=20_000)
    assert script.seen == ["CopiesDialog", "MessageDialog", "MessageDialog"]
    with opened(folder) as station:
        assert station.desk.counts().present == 1
        assert station.instance != INSTANCE


def test_going_on_from_a_stick_opens_a_desk_of_its_own(
    qtbot: QtBot, station: Station, stick: Path, tmp_path: Path
) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    dialog = ContinueDialog(tmp_path / "home", find=lambda: copies_in(stick))
    shown(qtbot, dialog)
    assert not dialog._start.isEnabled()
    CopyKeeper(station.files, station.clock, lambda: Drive(stick)).look()
    dialog.look()
    qtbot.waitUntil(dialog._start.isEnabled)
    (row,) = dialog.copies.rows()
    assert (row.title, row.note) == ("Tập huấn", "07:30, 27 Oct 2022")
    assert dialog._name.text() == "Bàn 1 (2)"
    dialog._name.setText("Bàn 3")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.outcome()))
    assert dialog.outcome() == "Bàn 3 goes on"
    assert "2 records are here" in dialog.text()
    assert dialog.desk is not None
    with opened(dialog.desk) as other:
        assert (other.name, other.desk.counts().present) == ("Bàn 3", 1)


def test_a_folder_with_a_second_copy_is_found_too(
    qtbot: QtBot, station: Station, stick: Path, tmp_path: Path
) -> None:
    CopyKeeper(station.files, station.clock, lambda: Drive(stick)).look()
    dialog = ContinueDialog(tmp_path / "home", find=list)
    shown(qtbot, dialog)
    dialog.set_folder(stick)
    assert len(dialog.copies.rows()) == 1
    dialog.set_folder(tmp_path / "none")
    assert dialog.copies.rows() == []
    assert not dialog._start.isEnabled()


def test_the_first_window_offers_to_go_on(qtbot: QtBot, qapp: QApplication) -> None:
    program = Program(qapp, Settings(), None)
    program.ask()
    assert program._welcome is not None
    qtbot.addWidget(program._welcome)
    qtbot.waitUntil(program._welcome.isActiveWindow)
    with Script((ContinueDialog, lambda dialog: dialog.reject())) as script:
        QTest.keyClick(program._welcome, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert script.seen == ["ContinueDialog"]


def test_before_everything_is_exported_wiping_offers_only_the_export(qtbot: QtBot, event: OpenEvent) -> None:
    event.station.desk.redeem(payload(1), Source.CAMERA)

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, WipeDialog)
        assert not hasattr(dialog, "_wipe")
        dialog._on_export_clicked()

    with Script((WipeDialog, export), (ExportDialog, lambda dialog: dialog.reject())) as script:
        event.office.open(steps.WIPE)
    assert script.seen == ["WipeDialog", "ExportDialog"]


def test_wiping_wants_the_name_and_then_everything_goes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, stick: Path
) -> None:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.export(stick)
    program = Program(qapp, Settings(sound=False, recent_events=[str(folder)]), str(tmp_path / "none"))
    program.open(folder)
    assert program.opened is not None

    def wipe(dialog: QDialog) -> None:
        assert isinstance(dialog, WipeDialog)
        assert not dialog._wipe.isEnabled()
        dialog._name.setText("Tập huân")
        assert not dialog._wipe.isEnabled()
        dialog._name.setText("tập huấn")
        dialog._wipe.click()

    with Script((WipeDialog, wipe), (MessageDialog, lambda dialog: dialog.accept())) as script:
        program.opened.office.open(steps.WIPE)
        qtbot.waitUntil(lambda: not folder.exists())
        qtbot.waitUntil(lambda: len(script.seen) == 2)
    assert program._welcome is not None
    qtbot.addWidget(program._welcome)
    assert list(stick.iterdir()) != []


def test_the_wipe_says_where_everything_is(qtbot: QtBot, station: Station, stick: Path) -> None:
    station.export(stick)
    found = look_at(station.folder)
    assert found.last is not None
    assert found.last.at - station.clock.now() < timedelta(seconds=1)
    dialog = WipeDialog(station, found)
    shown(qtbot, dialog)
    assert dialog._wipe.isVisible()
