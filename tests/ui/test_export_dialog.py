"""The export's dialog: sticks that come and go, one button, what is said at the end, another stick, another try."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station import settings as settings_store
from station.app import Station
from station.exchange.verify import verify
from station.media.course import Course, Phase
from station.media.drives import Drive
from station.model.verdict import Source
from station.settings import Settings
from tests.builders import payload
from ui.dialogs.export import ExportDialog
from ui.dialogs.export.wording import course_text, figures_text
from ui.style.theme import apply_language
from ui.widgets.place_list import Place, place_of


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


def stick(tmp_path: Path, label: str, *, read_only: bool = False) -> Place:
    path = tmp_path / label
    path.mkdir(exist_ok=True)
    place = place_of(path, Drive(path, "exfat", label, key=f"uuid:{label}", read_only=read_only))
    assert place is not None
    return place


class Window:
    """The dialog with sticks that a test plugs in, and what it let go of."""

    def __init__(self, qtbot: QtBot, station: Station, *plugged: Place, lets_go: bool = True) -> None:
        self.plugged = list(plugged)
        self.released: list[str] = []
        self._lets_go = lets_go
        self._qtbot = qtbot
        self.dialog = ExportDialog(station, find=lambda: list(self.plugged), release=self._release)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitUntil(lambda: len(self.titles()) == len(plugged) + 1)

    def titles(self) -> list[str]:
        return [row.title for row in self.dialog.places.list.rows()]

    def chosen(self) -> str:
        place = self.dialog.places.place()
        return place.name if place else ""

    def export(self) -> None:
        QTest.keyClick(self.dialog, Qt.Key.Key_Return)
        self._qtbot.waitUntil(lambda: bool(self.dialog.outcome()) and not self.dialog.is_working())

    def _release(self, drive: Drive) -> bool:
        self.released.append(drive.name)
        return self._lets_go


def test_the_stick_is_chosen_and_enter_exports_to_it(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    window = Window(qtbot, station, stick(tmp_path, "KINGSTON"))
    assert window.chosen() == "KINGSTON"
    window.export()
    assert window.dialog.outcome() == "You can take KINGSTON out"
    assert window.dialog.text().startswith("Done and verified.\n")
    assert window.released == ["KINGSTON"]
    (folder,) = (tmp_path / "KINGSTON").iterdir()
    assert verify(folder).ok


def test_what_cannot_be_let_go_of_says_how_to_take_it_out(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    window = Window(qtbot, station, stick(tmp_path, "KINGSTON"), lets_go=False)
    window.export()
    assert window.dialog.outcome() == "Done and verified"
    assert "Before you take KINGSTON out" in window.dialog.text()


def test_the_stick_of_the_second_copy_stays_in(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    settings_store.save(Settings(second_copy_drive="uuid:KINGSTON"))
    window = Window(qtbot, station, stick(tmp_path, "KINGSTON"))
    window.export()
    assert window.released == []
    assert "Leave KINGSTON in" in window.dialog.text()


def test_sticks_come_and_go_while_the_dialog_is_open(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    window = Window(qtbot, station)
    assert window.dialog.places._none.isVisible()
    assert window.titles() == ["Folder"]
    window.plugged.append(stick(tmp_path, "KINGSTON"))
    window.dialog.places.look()
    qtbot.waitUntil(lambda: window.chosen() == "KINGSTON")  # nobody had chosen anything else
    window.plugged.clear()
    window.dialog.places.look()
    qtbot.waitUntil(lambda: window.titles() == ["Folder"])
    assert window.dialog._start.isEnabled()


def test_what_the_person_chose_stays_chosen(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    window = Window(qtbot, station)
    window.dialog.set_folder(tmp_path)
    window.plugged.append(stick(tmp_path, "KINGSTON"))
    window.dialog.places.look()
    qtbot.waitUntil(lambda: len(window.titles()) == 2)
    assert window.chosen() == str(tmp_path)


def test_a_protected_stick_is_shown_and_not_written_to(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    window = Window(qtbot, station, stick(tmp_path, "VAN PHONG", read_only=True))
    (row, _folder) = window.dialog.places.list.rows()
    assert row.note == "write-protected"
    window.dialog.places.choose(tmp_path / "VAN PHONG")
    assert not window.dialog._start.isEnabled()
    window.dialog.begin()
    assert not window.dialog.is_working()


def test_several_sticks_in_turn(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    window = Window(qtbot, station, stick(tmp_path, "A"))
    window.export()
    assert window.dialog._start.caption() == "Another stick"
    window.plugged[:] = [stick(tmp_path, "B")]
    window.dialog._start.click()
    window.dialog.places.look()
    qtbot.waitUntil(lambda: window.chosen() == "B")
    assert window.dialog.outcome() == ""
    window.export()
    assert window.released == ["A", "B"]
    assert all(verify(next((tmp_path / name).iterdir())).ok for name in "AB")


def test_a_stick_that_was_exchanged_is_not_written_to_and_the_next_try_is_offered(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    place = stick(tmp_path, "KINGSTON")
    window = Window(qtbot, station, replace(place, number=place.number + 1))
    window.export()
    assert window.dialog.outcome() == "It was not done"
    assert "taken out or exchanged" in window.dialog.text()
    assert list((tmp_path / "KINGSTON").iterdir()) == []
    assert window.dialog._start.caption() == "Try again"
    window.plugged[:] = [place]
    window.dialog.places.look()
    qtbot.waitUntil(lambda: window.dialog.places.place() == place)
    window.export()
    assert window.dialog.outcome() == "You can take KINGSTON out"


def test_cancelled_it_leaves_nothing(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    window = Window(qtbot, station, stick(tmp_path, "KINGSTON"))
    dialog = window.dialog
    dialog.begin()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_working())
    if dialog.outcome() == "Stopped":  # else it was quicker than the hand
        assert list((tmp_path / "KINGSTON").iterdir()) == []
    assert dialog.isVisible()


def test_speed_time_and_waiting_are_said(tmp_path: Path) -> None:
    now = [0.0]
    course = Course(monotonic=lambda: now[0])
    place = stick(tmp_path, "KINGSTON")
    assert course_text(course, place) == "Making the reports…"
    assert figures_text(course) == ""
    course.begin(100_000_000, 100_000_000, 0)
    now[0] = 10.0
    course.advance(20_000_000)
    assert course_text(course, place) == "Writing to KINGSTON…"
    assert figures_text(course) == "20 MB of 200 MB · 2.0 MB/s · about 2 minutes left"
    now[0] = 14.0
    assert course_text(course, place) == "KINGSTON is slow: waiting for it. Leave it in."
    course.prove()
    course.advance(1)
    assert course.phase is Phase.PROVING
    assert course_text(course, place) == "Reading back from KINGSTON…"


def test_a_password_is_typed_twice_and_shuts_the_workbook(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    dialog = ExportDialog(station, find=list)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_folder(tmp_path)
    dialog.contents.field.setText("mật khẩu dài")
    assert not dialog._start.isEnabled()
    dialog.contents.again.setText("mật khẩu dài")
    assert dialog._start.isEnabled()
    dialog._start.click()
    qtbot.waitUntil(lambda: not dialog.is_working() and bool(dialog.outcome()), timeout=20_000)
    books = list(tmp_path.rglob("*.xlsx"))
    assert books
    for book in books:
        assert book.read_bytes()[:8] == bytes.fromhex(
            "d0cf11e0a1b11ae1"
        )  # encrypted: no ZIP that anybody opens
    assert not list(tmp_path.rglob("*.csv"))
    assert "mật khẩu dài".encode() not in b"".join(
        path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()
    )
