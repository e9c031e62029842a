"""Long work stands still while something is recorded, and never for ever."""

import threading
import time
from pathlib import Path

import pytest

from station import right_of_way
from station.app import open_station
from station.badges.layout import CARD
from station.badges.rendering import render_badges
from station.store.connection import WriteConnection
from tests.builders import make_event


def test_a_job_of_badges_makes_no_step_while_something_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right_of_way, "LONGEST_WAIT_S", 30.0)
    station = open_station(make_event(tmp_path / "event"))
    pages: list[int] = []
    started = threading.Event()
    ended = threading.Event()

    def draw() -> None:
        started.set()
        badges = list(station.badges().values())
        render_badges(
            tmp_path / "badges.pdf", station.event, badges, CARD, lambda done, _all: pages.append(done)
        )
        ended.set()

    job = threading.Thread(target=draw)

    def work(_connection: WriteConnection) -> list[int]:
        job.start()
        started.wait(10)
        assert not ended.wait(0.3)
        return list(pages)

    try:
        assert station.files.write(work) == []
        job.join(30)
        assert pages[-1] == len(station.badges())
    finally:
        station.close()


def test_a_long_query_of_an_export_stands_still_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(right_of_way, "LONGEST_WAIT_S", 30.0)
    station = open_station(make_event(tmp_path / "event"))
    counted: list[int] = []
    query = "WITH n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n WHERE x < 20000) SELECT count(*) FROM n"

    def read() -> None:
        with station.files.snapshot() as connection:
            counted.append(connection.execute(query).fetchone()[0])

    job = threading.Thread(target=read)

    def work(_connection: WriteConnection) -> list[int]:
        job.start()
        job.join(0.5)
        return list(counted)

    try:
        assert station.files.write(work) == []
        job.join(30)
        assert counted == [20000]
    finally:
        station.close()


def test_a_step_waits_only_so_long_for_a_record_that_hangs() -> None:
    with right_of_way.recording():
        began = time.monotonic()
        right_of_way.give_way()
        waited_s = time.monotonic() - began
    assert right_of_way.LONGEST_WAIT_S * 0.9 <= waited_s < 5


def test_the_way_is_free_once_the_last_of_several_records_is_through() -> None:
    with right_of_way.recording():
        with right_of_way.recording():
            pass
        assert not right_of_way._free.is_set()
    assert right_of_way._free.is_set()
    right_of_way.give_way()
