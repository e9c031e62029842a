"""The desk shows the photo where there is one, after the verdict, and is as it always was where there is none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.model.verdict import Outcome, Reason, Source
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import fits_of, plan_photos
from station.settings import Settings
from tests.builders import HandClock, make_event, payload
from tests.portraits import photo
from ui.app import OpenEvent
from ui.screens.prepare.steps import PHOTOS, lines

BLUE, RED = "#4a6cd6", "#d64a4a"


def take(station: Station, folder: Path, **colours: str) -> None:
    """Give delegates photos before walls of these colours, by code."""
    for code, colour in colours.items():
        photo(folder / f"{code}.jpg", colour)
    pictures = read_pictures([folder], lambda _done, _total: None)
    state = station.photos.state()
    plan = plan_photos(pictures, fits_of(pictures, state.delegates), state)
    station.photos.take(plan, lambda _done, _total: None)


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenEvent]:
    """An open event in which the first and the second delegate have a photo."""
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    take(station, tmp_path / "photos", DB00001=BLUE, DB00002=RED)
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
    event.window.resize(1366, 768)
    event.window.show()
    known(qtbot, event)
    yield event
    event.close()


def known(qtbot: QtBot, event: OpenEvent) -> None:
    """Wait until the desk has looked who has a photo."""
    with qtbot.waitCallback() as done:
        event.when_idle(done)


def shows(event: OpenEvent, colour: str) -> bool:
    image = event.desk.result.card.photo.image()
    if image is None or image.isNull():
        return False
    seen, wanted = image.pixelColor(4, 4), QColor(colour)
    return all(abs(a - b) < 12 for a, b in zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True))


def test_the_photo_comes_after_the_verdict_was_painted(qtbot: QtBot, event: OpenEvent) -> None:
    card = event.desk.result.card
    event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))

    assert card.photo.isVisibleTo(card) and card.photo.image() is None  # its place is kept
    with qtbot.waitSignal(event.desk.verdict_painted):
        pass
    qtbot.waitUntil(lambda: shows(event, BLUE))


def test_a_delegate_without_a_photo_has_the_card_of_old(qtbot: QtBot, event: OpenEvent) -> None:
    card = event.desk.result.card
    event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))
    qtbot.waitUntil(lambda: shows(event, BLUE))

    with qtbot.waitSignal(event.desk.verdict_painted):
        event.controller.show_verdict(event.station.desk.redeem(payload(3), Source.CAMERA))

    assert card.photo.isHidden()


def test_no_delegate_is_shown_with_the_photo_of_another(qtbot: QtBot, event: OpenEvent) -> None:
    verdicts = [event.station.desk.redeem(payload(serial), Source.CAMERA) for serial in (1, 2)]
    for verdict in verdicts:
        event.controller.show_verdict(verdict)
    qtbot.waitUntil(lambda: shows(event, RED))

    event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))
    assert not shows(event, RED)
    qtbot.waitUntil(lambda: shows(event, BLUE))


def test_a_photo_that_comes_late_is_not_shown_on_the_next_card(qtbot: QtBot, event: OpenEvent) -> None:
    verdicts = [event.station.desk.redeem(payload(serial), Source.CAMERA) for serial in (1, 3)]
    for verdict in verdicts:  # the second one lets the first be painted, which then asks for its photo
        event.controller.show_verdict(verdict)
    known(qtbot, event)

    assert event.desk.result.card.photo.image() is None


def test_a_photo_that_was_shown_before_is_there_at_once(qtbot: QtBot, event: OpenEvent) -> None:
    for _time in range(2):
        event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))
        qtbot.waitUntil(lambda: shows(event, BLUE))
        event.desk.closed.emit()

    event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))
    assert shows(event, BLUE)


def test_the_enquiry_card_shows_the_photo_too(qtbot: QtBot, event: OpenEvent) -> None:
    event.controller.open_card(event.station.desk.search("DB00002")[0].delegate.id)

    qtbot.waitUntil(lambda: shows(event, RED))


def test_a_missing_file_shows_a_sign_and_disturbs_nothing(qtbot: QtBot, event: OpenEvent) -> None:
    for path in (event.station.folder / "photos").iterdir():
        path.unlink()

    event.controller.show_verdict(event.station.desk.redeem(payload(1), Source.CAMERA))

    qtbot.waitUntil(event.desk.result.card.photo.is_missing)
    assert event.desk.toast.isHidden()


def test_a_photo_that_was_exchanged_or_removed_is_noticed(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path
) -> None:
    who = event.station.desk.search("DB00001")[0].delegate.id
    event.controller.open_card(who)
    qtbot.waitUntil(lambda: shows(event, BLUE))
    take(event.station, tmp_path / "again", DB00001=RED)
    event.office.changed.emit()
    known(qtbot, event)
    event.controller.open_card(who)
    qtbot.waitUntil(lambda: shows(event, RED))

    event.station.photos.remove([who])
    event.office.changed.emit()
    known(qtbot, event)
    event.controller.open_card(who)
    known(qtbot, event)
    assert event.desk.result.card.photo.isHidden()


def test_candidates_are_told_apart_by_their_photos(qtbot: QtBot, event: OpenEvent) -> None:
    verdict = event.station.desk.redeem(b"nothing", Source.CAMERA)
    people = tuple(event.station.desk.search(code)[0].delegate for code in ("DB00001", "DB00004"))
    event.controller.show_verdict(
        replace(verdict, outcome=Outcome.REFUSED, reason=Reason.AMBIGUOUS, candidates=people)
    )

    rows = event.desk.result.candidates._list.rows
    qtbot.waitUntil(lambda: rows()[0].picture is not None)
    assert rows()[1].picture is None


def test_the_step_says_how_many_have_a_photo(event: OpenEvent) -> None:
    details = {line.step.key: line.detail for line in lines(event.station)}

    assert details[PHOTOS] == "2/5 đại biểu đã có ảnh"
