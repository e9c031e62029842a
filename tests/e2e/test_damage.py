"""Bits flipped, pages zeroed, files cut: damage of the journal is always found and told in a sentence."""

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from station.errors import StationError
from station.exchange.verify import verify
from station.model.verdict import Source
from station.store import journal
from tests.builders import INSTANCE, HandClock, make_event, opened, payload

CASES = int(os.environ.get("STATION_DAMAGES", "150"))
MOST_CASES = max(300, CASES)
PAGE = 4096
LONGEST_S = 10.0
ALL_ENTRIES = "SELECT * FROM entry NOT INDEXED ORDER BY instance, sequence"


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An event with a journal of some hundred entries, closed."""
    path = make_event(tmp_path_factory.mktemp("whole") / "event")
    clock = HandClock()
    with opened(path, clock) as station:
        for number in range(60):
            clock.forward(seconds=7)
            delegate = f"{INSTANCE}-{number % 5 + 1}"
            station.desk.redeem(payload(number % 5 + 1), Source.CAMERA)
            station.desk.hand_out(delegate)
            if number % 3 == 0:
                station.desk.take_back(delegate, "TL01")
    return path


def one_bit(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def many_bits(data: bytearray, chance: random.Random) -> None:
    for _time in range(8):
        one_bit(data, chance)


def a_bit_of_the_header(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100)] ^= 1 << chance.randrange(8)


def a_page_zeroed(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


def a_page_of_elsewhere(data: bytearray, chance: random.Random) -> None:
    there, here = (chance.randrange(len(data) // PAGE) * PAGE for _page in range(2))
    data[here : here + PAGE] = data[there : there + PAGE]


def a_sector_of_noise(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // 512) * 512
    data[start : start + 512] = chance.randbytes(512)


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


HARMS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    one_bit,
    many_bits,
    a_bit_of_the_header,
    a_page_zeroed,
    a_page_of_elsewhere,
    a_sector_of_noise,
    cut_off,
)


def entries_in(data: bytes, place: Path) -> object:
    """The rows of the journal, read without any of our code; what SQLite says where it cannot."""
    file = place / "looked-at"
    file.write_bytes(data)
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        try:
            return connection.execute(ALL_ENTRIES).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            return repr(error)


def found_by(look: Callable[[], object]) -> bool:
    """Whether damage was told; anything but a StationError or a report fails the test."""
    started = time.monotonic()
    try:
        report = look()
    except StationError as error:
        assert str(error)
        return True
    finally:
        assert time.monotonic() - started < LONGEST_S
    return bool(getattr(report, "problems", ()))


def open_and_close(folder: Path) -> None:
    with opened(folder):
        pass


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_damage_of_the_journal_is_always_found(event: Path, tmp_path: Path, harm: object) -> None:
    assert callable(harm)
    whole = (event / "event.sqlite3").read_bytes()
    entries = entries_in(whole, tmp_path)
    harmed = 0
    for case in range(MOST_CASES):
        if case >= max(1, CASES // len(HARMS)) and (harmed or harm is a_bit_of_the_header):
            break  # as many as wanted, and one of them at least in the journal
        data = bytearray(whole)
        harm(data, random.Random(f"{harm.__name__} {case}"))
        folder = tmp_path / str(case)
        folder.mkdir()
        (folder / "event.sqlite3").write_bytes(data)
        found = found_by(lambda folder=folder: verify(folder))
        found_at_opening = found_by(lambda folder=folder: open_and_close(folder))
        if entries_in(data, tmp_path) != entries:
            harmed += 1
            assert found, case
        assert found or not found_at_opening, case
        shutil.rmtree(folder)
    assert harmed or harm is a_bit_of_the_header


def test_a_damaged_log_costs_at_most_its_end(event: Path, tmp_path: Path) -> None:
    """SQLite drops a log from its first damaged frame on: what is left is a whole beginning of the journal."""
    with opened(shutil.copytree(event, tmp_path / "event")) as station:
        for number in range(20):
            station.desk.redeem(payload(number % 5 + 1), Source.CAMERA)
        shutil.copytree(tmp_path / "event", tmp_path / "killed")
        with station.files.reading() as connection:
            chains = [
                list(journal.entries(connection, i)) for i in journal.instances_with_entries(connection)
            ]
    whole = [entry for chain in chains for entry in chain]
    log = (tmp_path / "killed" / "event.sqlite3-wal").read_bytes()
    for case in range(CASES // 10):
        data = bytearray(log)
        one_bit(data, random.Random(case))
        folder = shutil.copytree(tmp_path / "killed", tmp_path / str(case))
        (folder / "event.sqlite3-wal").write_bytes(data)
        if found_by(lambda folder=folder: verify(folder)):
            continue
        with opened(folder) as station, station.files.reading() as connection:
            kept = [e for chain in chains for e in journal.entries(connection, chain[0].instance)]
        assert len(whole) - 21 <= len(kept)
        assert all(entry in whole for entry in kept)
