"""The event's own data: a logo and a place in the archive, also where the folder is older than both."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import glance, open_station, set_archived
from station.errors import Refusal
from station.i18n import set_language
from station.model.event import Session
from station.store import event as event_store
from station.store.connection import open_for_writing
from station.store.migration import migrate
from tests.builders import EVENT, MORNING, HandClock, make_event, opened


def test_an_event_of_an_older_program_has_no_logo_and_is_not_archived(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "event.sqlite3", create=True)
    migrate(connection, 3)
    connection.execute(
        "INSERT INTO event (only, id, name, name_en, starts_on, ends_on, venue, organiser, zone, secret) "
        "VALUES (1, 'e', 'Cũ', '', '2022-10-27', '2022-10-28', '', '', 'Asia/Ho_Chi_Minh', zeroblob(32))"
    )
    connection.close()
    event = glance(tmp_path)
    assert event is not None
    assert (event.name, event.logo, event.archived_at) == ("Cũ", b"", None)


def test_an_archived_event_can_be_looked_at_and_not_worked_with(tmp_path: Path) -> None:
    set_language("en")
    folder = make_event(tmp_path / "event")
    set_archived(folder, True, clock=HandClock())
    with pytest.raises(Refusal, match="“Training” is in the archive"):
        open_station(folder)
    station = open_station(folder, also_archived=True)
    try:
        assert station.event.archived_at == MORNING
        assert len(station.desk.roster()) == 5
    finally:
        station.close()
    set_archived(folder, True, clock=HandClock(MORNING + timedelta(days=1)))
    assert glance(folder).archived_at == MORNING  # since when, not when it was said last
    set_archived(folder, False)
    open_station(folder).close()  # which lets go of the folder after the refusal too


def test_changing_the_data_of_an_event_keeps_its_place_in_the_archive(tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    set_archived(folder, True, clock=HandClock())
    station = open_station(folder, also_archived=True)
    try:
        station.files.write(lambda c: event_store.update_event(c, EVENT))
    finally:
        station.close()
    assert glance(folder).archived_at == MORNING


def test_the_session_that_bears_the_events_name_is_renamed_with_it(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "event")) as station:
        sessions = (*station.desk.sessions(), Session("CD1", 2, "Tập huấn"))
        station.change_event(replace(station.event, name="Hội nghị", name_en="Meeting"), sessions)
    with opened(tmp_path / "event") as station:
        assert [(s.title, s.title_en) for s in station.desk.sessions()] == [
            ("Hội nghị", "Meeting"),
            ("Tập huấn", ""),
        ]
