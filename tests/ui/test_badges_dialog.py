"""The badge place and F7 at the desk, over a real event and printers that do as they are told."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.app import Station
from station.badges.batch import boxed
from station.badges.invitations import Order
from station.badges.layouts.folder import copy_layout
from station.badges.printers import PrinterAway
from station.badges.profiles import FILE_PRINTER, Printing, Profile, When, printing_of
from station.model.print_job import JobState
from station.model.verdict import Source
from station.settings import Settings
from station.store import badges as badge_store
from tests.builders import INSTANCE, payload
from tests.printers import Obedient
from ui.app import OpenEvent
from ui.badges import BadgePrinting
from ui.dialogs.badges.address import AddressDialog
from ui.dialogs.badges.batch import BatchDialog
from ui.dialogs.badges.dialog import BadgesDialog
from ui.dialogs.badges.profile import ProfileDialog
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.choose import Choose
from ui.dialogs.message import MessageDialog

ANH, DUC = f"{INSTANCE}-1", f"{INSTANCE}-2"


class Place:
    """A badge place with two printers."""

    def __init__(self, station: Station, window: QWidget) -> None:
        self.settings, self.kept = Settings(), 0
        self.installed = Obedient("Zebra", "Canon")
        self.house = BadgePrinting(
            station, window, lambda: self.settings, self._keep, lambda *_of: None, self.installed
        )
        self.house.choose(Printing(printer="Zebra"))
        self.dialog = BadgesDialog(self.house, window)
        self.dialog.show()

    def _keep(self) -> None:
        self.kept += 1

    def rows(self) -> list[tuple[str, str]]:
        return [(row.title, row.icon) for row in self.dialog.queue.rows()]


@pytest.fixture
def place(qtbot: QtBot, station: Station) -> Iterator[Place]:
    window = QWidget()
    qtbot.addWidget(window)
    place = Place(station, window)
    qtbot.addWidget(place.dialog)
    yield place
    place.house.close()


def test_waiting_badges_are_printed_with_one_button(qtbot: QtBot, station: Station, place: Place) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    station.desk.redeem(payload(2), Source.CAMERA)
    place.dialog.refresh()
    assert place.rows() == [("Nguyễn Thị Ánh", "clock"), ("Trần Văn Đức", "clock")]

    place.dialog._now.click()

    qtbot.waitUntil(lambda: [icon for _name, icon in place.rows()] == ["circle-check"] * 2)
    assert "2" in place.dialog.printers.rows()[0].detail
    assert not place.dialog._now.isEnabled()


def test_a_printer_that_is_away_says_so_and_its_badge_can_be_cancelled(
    qtbot: QtBot, station: Station, place: Place
) -> None:
    place.installed.faults["Zebra"] = PrinterAway("Máy in <b>tắt</b>")
    station.desk.wish_badge(ANH)
    place.dialog.refresh()
    place.dialog._now.click()
    qtbot.waitUntil(lambda: place.dialog.printers.rows()[0].icon == "printer-x")
    assert place.dialog.printers.rows()[0].detail == "Máy in <b>tắt</b>"
    qtbot.waitUntil(lambda: place.dialog._cancel.isEnabled())

    place.dialog._cancel.click()

    assert place.rows() == [("Nguyễn Thị Ánh", "ban")]
    assert station.desk.counts().badges_waiting == 0


def test_a_doubtful_badge_is_printed_again_only_after_a_question(
    qtbot: QtBot, station: Station, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.desk.wish_badge(ANH)
    station.files.write(lambda c: badge_store.send(c, 1, "Zebra"))
    station.files.write(badge_store.doubt_sent)
    place.dialog.refresh()
    assert "không rõ" in place.dialog.text() or "nobody knows" in place.dialog.text()
    answers = [False, True]
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_a, **_k: answers.pop(0))

    place.dialog._retry.click()
    assert place.installed.sent == []
    place.dialog._retry.click()

    qtbot.waitUntil(lambda: len(place.installed.sent) == 1)


def test_a_person_pauses_and_resumes_a_printer(qtbot: QtBot, station: Station, place: Place) -> None:
    place.dialog._pause.click()
    assert place.dialog.printers.rows()[0].icon == "pause"
    station.desk.wish_badge(ANH)
    place.dialog.refresh()
    place.dialog._now.click()
    place.dialog._pause.click()
    qtbot.waitUntil(lambda: len(place.installed.sent) == 1)


def test_choices_are_kept_and_in_force_at_once(station: Station, place: Place) -> None:
    place.dialog._when.setCurrentIndex(place.dialog._when.findData(When.NEVER))
    place.dialog._at_once.setChecked(True)

    station.desk.redeem(payload(1), Source.CAMERA)

    assert station.desk.counts().badges_waiting == 0
    read = printing_of(place.settings)
    assert (read.when, read.at_once, read.printer) == (When.NEVER, True, "Zebra")
    assert place.kept > 1


def test_nonsense_in_the_settings_is_as_usual() -> None:
    wrong = {
        "when": "morgen",
        "at_once": 1,
        "printer": 5,
        "by_category": [],
        "profiles": {
            "Z": {"copies": 9000, "rotation": 7, "offset_x_mm": float("nan"), "scale_percent": "viel"}
        },
    }
    read = printing_of(Settings(printing=wrong))
    assert (read.when, read.at_once, read.printer) == (When.FIRST, False, "")
    assert read.profile("Z") == Profile(copies=20, offset_x_mm=-50.0)


def test_the_calibration_page_goes_to_the_printer_with_the_offset_chosen(
    qtbot: QtBot, station: Station, place: Place
) -> None:
    dialog = ProfileDialog("Zebra", Profile(), station, place.house.printers)
    qtbot.addWidget(dialog)
    dialog._x.setValue(2.5)

    dialog.print_calibration()

    qtbot.waitUntil(lambda: not dialog.is_working())
    assert place.installed.profiles == [Profile(offset_x_mm=2.5)]
    assert dialog.told()


def test_an_address_that_makes_no_sense_is_not_accepted(qtbot: QtBot) -> None:
    dialog = AddressDialog()
    qtbot.addWidget(dialog)
    dialog._line.setText("máy in")
    dialog.accept()
    assert dialog.result() != AddressDialog.DialogCode.Accepted
    dialog._line.setText("10.0.0.7")
    dialog.accept()
    assert (dialog.result(), dialog.address()) == (AddressDialog.DialogCode.Accepted, "socket:10.0.0.7")


def test_a_batch_puts_badges_into_boxes_that_the_card_names(
    qtbot: QtBot, station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.desk.wish_badge(ANH)
    dialog = BatchDialog(station, Profile().layout)
    qtbot.addWidget(dialog)
    dialog._boxes.setValue(2)
    monkeypatch.setattr(Choose, "new_pdf", lambda *_a: tmp_path / "thẻ.pdf")

    dialog.begin()

    qtbot.waitUntil(lambda: not dialog.is_working())
    with station.files.reading() as connection:
        boxes = badge_store.boxes(connection)
    assert boxes[ANH] == "A"
    assert set(boxes.values()) == {"A", "D–H"}
    assert station.desk.counts().badges_waiting == 0
    station.desk.redeem(payload(1), Source.CAMERA)
    assert station.desk.counts().badges_waiting == 0, "it lies in a box"
    assert BatchDialog(station, Profile().layout).boxes() == []
    station.cases.lost_badge(ANH)
    with station.files.reading() as connection:
        assert ANH not in badge_store.boxes(connection)


def test_boxes_never_split_a_letter_and_none_is_empty(station: Station) -> None:
    badges = list(station.badges().values())
    for count in range(1, 9):
        boxes = boxed(badges, Order.NAME, count)
        assert sum(len(box.badges) for box in boxes) == len(badges)
        assert all(box.badges for box in boxes)
        assert len(boxes) <= count
    assert boxed([], Order.UNIT, 3) == []


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[OpenEvent]:
    event = OpenEvent(
        qapp,
        station,
        Settings(sound=False, theme="light", printing={"at_once": True, "printer": FILE_PRINTER}),
        lambda _s: None,
    )
    event.window.show()
    yield event
    event.close()


def _states(station: Station) -> list[JobState]:
    with station.files.reading() as connection:
        return [job.state for job in badge_store.closed_jobs(connection, 9)]


def test_an_admission_is_a_file_and_f7_asks_why_again(
    qtbot: QtBot, event: OpenEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = ["", "Ướt"]
    monkeypatch.setattr(ReasonDialog, "ask", lambda *a: (asked.append(a[2]), answers.pop(0))[1])
    event.controller.redeem(payload(1))
    qtbot.waitUntil(lambda: _states(event.station) == [JobState.DONE])
    qtbot.waitUntil(lambda: event.desk.result.card.delegate() is not None)

    event.desk.result.badge_requested.emit()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert "Bàn 1" in asked[0]
    event.desk.result.badge_requested.emit()

    qtbot.waitUntil(lambda: _states(event.station) == [JobState.DONE] * 2)
    assert len(list((event.station.folder / "exports" / "badges").iterdir())) == 2


def test_a_batch_is_printed_with_any_layout_of_the_event_and_a_broken_one_is_named(
    qtbot: QtBot, station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = copy_layout("card-90x55", "Thẻ khách", station.folder)
    dialog = BatchDialog(station, "Thẻ khách")
    qtbot.addWidget(dialog)
    offered = [dialog._paper.itemText(row) for row in range(dialog._paper.count())]
    assert {"Thẻ 90 × 55 mm", "Thẻ A6, mỗi trang một thẻ"} <= set(offered)
    monkeypatch.setattr(Choose, "new_pdf", lambda *_a: tmp_path / "thẻ.pdf")
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working())
    with pypdfium2.PdfDocument(tmp_path / "thẻ.pdf") as pdf:
        assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [90, 55]

    own.write_text("[page]\nwidth = 0\n", encoding="utf-8")
    (tmp_path / "thẻ.pdf").unlink()
    broken = BatchDialog(station, "Thẻ khách")
    qtbot.addWidget(broken)
    broken._again.setChecked(True)
    broken.begin()
    qtbot.waitUntil(lambda: not broken.is_working())
    assert not (tmp_path / "thẻ.pdf").exists()
    assert "Thẻ khách" in broken.text()
