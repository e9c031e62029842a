"""Bringing desks together in the window: sticks, a watched folder, and conflicts decided with the keyboard alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.verdict import Source
from tests.builders import payload
from tests.ui.dialogs import Script
from tests.unit.exchange.desks import Desks
from ui.dialogs.choose import Choose
from ui.dialogs.merge.conflicts import ConflictsDialog
from ui.dialogs.merge.dialog import MergeDialog
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    made = Desks(tmp_path)
    for name in ("Bàn A", "Bàn B"):
        made.at(name, lambda station: station.desk.redeem(payload(1), Source.CAMERA))
    return made


def shown(qtbot: QtBot, station: Station) -> MergeDialog:
    dialog = MergeDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def done(qtbot: QtBot, dialog: MergeDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)


def cells(dialog: MergeDialog, station: str) -> tuple[str, ...]:
    return next(row for row in dialog.model.rows() if station in row[0])


def test_a_stick_is_taken_in_with_the_keyboard_alone(
    qtbot: QtBot, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = desks.stick("Bàn A")
    monkeypatch.setattr(Choose, "folder", lambda *_arguments: stick)
    with desks.opened("office") as station:
        dialog = shown(qtbot, station)
        assert [row[0] for row in dialog.model.rows()] == ["Bàn 1 (this laptop)"]
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: "3 new entries" in dialog.said(), timeout=20_000)
        done(qtbot, dialog)
        assert cells(dialog, "Bàn A")[1:3] == ("3", "nothing")
        assert station.desk.counts().present == 1
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_what_is_missing_or_refused_can_be_read_in_full(qtbot: QtBot, desks: Desks) -> None:
    late, bad = desks.own("Bàn A", 2), desks.own("Bàn B")
    bad.write_bytes(bad.read_bytes()[:-9])
    with desks.opened("office") as station:
        dialog = shown(qtbot, station)
        dialog.take([late, bad])
        done(qtbot, dialog)
        assert "1 file was not taken in" in dialog.said()
        told = dialog.notes.texts()
        assert told[0] == "Bàn A: entries 1–2 are missing. Bring its stick again."
        assert told[1].startswith("Bàn B Not taken in:")
        assert "cut off or damaged" in told[1]
        assert dialog.notes.isVisible()
        assert cells(dialog, "Bàn A")[2] == "1–2"
        dialog.take([desks.own("Bàn B")])
        done(qtbot, dialog)
        assert not dialog.notes.isVisible()


def test_a_folder_without_files_and_one_that_is_gone_are_said(qtbot: QtBot, desks: Desks) -> None:
    (desks.top / "empty").mkdir()
    with desks.opened("office") as station:
        dialog = shown(qtbot, station)
        dialog.take([desks.top / "empty"])
        done(qtbot, dialog)
        assert dialog.said() == "There are no files of desks in there."
        dialog.take([desks.top / "gone"])
        done(qtbot, dialog)
        assert "Is the stick plugged in?" in dialog.said()


def test_headquarters_takes_in_what_is_put_into_a_folder(
    qtbot: QtBot, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = desks.top / "arrivals"
    arrivals.mkdir()
    own = desks.own("Bàn B")
    monkeypatch.setattr(Choose, "folder", lambda *_arguments: arrivals)
    with desks.opened("office") as station:
        dialog = shown(qtbot, station)
        dialog._timer.setInterval(20)
        QTest.keyClick(dialog._watch, Qt.Key.Key_Space)
        assert dialog.is_watching()
        shutil.copy(own, arrivals)
        qtbot.waitUntil(lambda: any("Bàn B" in row[0] for row in dialog.model.rows()), timeout=20_000)
        qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
        QTest.keyClick(dialog._watch, Qt.Key.Key_Space)
        assert not dialog.is_watching()
        done(qtbot, dialog)


def test_a_conflict_is_decided_with_the_keyboard_alone(qtbot: QtBot, desks: Desks) -> None:
    desks.merge("office", desks.stick("Bàn A"), desks.stick("Bàn B"))
    with desks.opened("office") as station:
        merge = shown(qtbot, station)

        def decide(dialog: object) -> None:
            assert isinstance(dialog, ConflictsDialog)
            qtbot.waitUntil(lambda: len(dialog.shown()) == 1 and dialog.list.hasFocus(), timeout=20_000)
            qtbot.waitUntil(lambda: [button.isVisible() for button in dialog.buttons] == [True, True])
            QTest.keyClick(dialog.list, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
            qtbot.waitUntil(lambda: dialog.said().startswith("No conflicts"), timeout=20_000)
            assert dialog.buttons == []
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

        assert merge._conflicts.isEnabled()
        with Script((ConflictsDialog, decide)):
            QTest.keyClick(merge._conflicts, Qt.Key.Key_Space)
        assert not merge._conflicts.isEnabled()


def test_a_conflict_that_somebody_else_decided_meanwhile_is_said(qtbot: QtBot, desks: Desks) -> None:
    from station.exchange.conflicts import resolve

    desks.merge("office", desks.stick("Bàn A"), desks.stick("Bàn B"))
    with desks.opened("office") as station:
        dialog = ConflictsDialog(station)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: len(dialog.shown()) == 1, timeout=20_000)
        resolve(station.files, station.clock, dialog.shown()[0].id, "keep")
        dialog.decide("keep")
        qtbot.waitUntil(lambda: "is not open" in dialog.said(), timeout=20_000)
        dialog.reject()
