"""The second copy: small steps, two generations, and what is told when something of it is not whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station
from station.errors import EnvironmentFault, Refusal
from station.exchange.continuing import continue_event, copies_in
from station.exchange.keeping import CopyKeeper, CopyState, key_of, key_of_folder, stick_of
from station.exchange.verify import verify
from station.media.drives import Drive
from station.model.verdict import Source
from station.store import journal
from tests.builders import INSTANCE, HandClock, make_event, opened, payload


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event"), clock) as station:
        yield station


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "KINGSTON").mkdir()
    return tmp_path / "KINGSTON"


@pytest.fixture
def keeper(station: Station, stick: Path) -> CopyKeeper:
    return CopyKeeper(station.files, station.clock, lambda: Drive(stick))


def names(stick: Path) -> list[str]:
    (folder,) = stick.iterdir()
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_record_costs_only_the_journal_and_nothing_new_costs_nothing(
    station: Station, keeper: CopyKeeper, stick: Path
) -> None:
    keeper.look()
    assert names(stick) == ["COPY-000001.json", "event-000001.sqlite3", "journal-a.segment"]
    before = {path: path.stat().st_mtime_ns for path in stick.rglob("*") if path.is_file()}
    keeper.look()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    station.desk.redeem(payload(1), Source.CAMERA)
    assert keeper.look().until == 2
    assert names(stick) == [
        "COPY-000001.json",
        "event-000001.sqlite3",
        "journal-a.segment",
        "journal-b.segment",
    ]


def test_two_generations_are_kept_and_the_clock_does_not_matter(
    station: Station, keeper: CopyKeeper, stick: Path, clock: HandClock
) -> None:
    for serial in (1, 2, 3, 4):
        station.desk.redeem(payload(serial), Source.CAMERA)
        keeper.look(whole=True)
        clock.at -= timedelta(days=1)
    assert [name for name in names(stick) if name.startswith("event")] == [
        "event-000003.sqlite3",
        "event-000004.sqlite3",
    ]


def test_going_on_brings_people_documents_and_a_new_instance(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    (station.folder / "documents" / "thu-muc").mkdir()
    (station.folder / "documents" / "thu-muc" / "a.pdf").write_bytes(b"%PDF")
    (station.folder / "exports" / "badges.pdf").write_bytes(b"not needed")
    station.desk.redeem(payload(1), Source.CAMERA)
    keeper.look()
    station.desk.redeem(payload(2), Source.CAMERA)
    keeper.look()
    (copy,) = copies_in(stick)
    made = continue_event(copy, tmp_path / "laptop-2", station.clock)
    assert (copy.station, copy.instance, made.station, made.entries) == ("Bàn 1", INSTANCE, "Bàn 1 (2)", 3)
    assert made.instance != INSTANCE
    assert (made.missing, made.warnings) == ((), ())
    assert not (tmp_path / "laptop-2" / "exports" / "badges.pdf").exists()
    assert (tmp_path / "laptop-2" / "documents" / "thu-muc" / "a.pdf").read_bytes() == b"%PDF"
    with opened(tmp_path / "laptop-2") as other:
        assert (other.instance, other.desk.counts().present) == (made.instance, 2)
        assert other.desk.redeem(payload(1), Source.CAMERA).reason == "ALREADY_IN"
    assert verify(tmp_path / "laptop-2").problems == []


def test_where_the_newest_is_damaged_the_one_before_is_taken_and_the_journal_fills_up(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    for serial in (1, 2):
        station.desk.redeem(payload(serial), Source.CAMERA)
        keeper.look(whole=True)
    (newest,) = stick.rglob("event-000002.sqlite3")
    newest.write_bytes(newest.read_bytes()[:-4096] + bytes(4096))
    made = continue_event(copies_in(stick)[0], tmp_path / "laptop-2", station.clock)
    assert (made.entries, made.warnings) == (3, ())


def test_a_half_written_journal_leaves_the_other_one(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    keeper.look()
    for serial in (1, 2):
        station.desk.redeem(payload(serial), Source.CAMERA)
        keeper.look()
    (last,) = stick.rglob("journal-a.segment")  # a, b, a
    last.write_bytes(last.read_bytes()[:-100])
    made = continue_event(copies_in(stick)[0], tmp_path / "laptop-2", station.clock)
    assert made.entries == 2  # all but what was just being written
    (other,) = stick.rglob("journal-b.segment")
    other.write_bytes(b"{}")
    made = continue_event(copies_in(stick)[0], tmp_path / "laptop-3", station.clock)
    assert made.entries == 1
    assert len(made.warnings) == 1


def test_a_document_that_is_not_whole_is_named_and_left_out(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    (station.folder / "documents" / "a.pdf").write_bytes(b"%PDF whole")
    keeper.look()
    (there,) = stick.rglob("a.pdf")
    there.write_bytes(b"%PDF other")
    made = continue_event(copies_in(stick)[0], tmp_path / "laptop-2", station.clock)
    assert made.missing == ("documents/a.pdf",)
    assert not (tmp_path / "laptop-2" / "documents" / "a.pdf").exists()


def test_without_a_whole_database_nobody_goes_on(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    keeper.look()
    for database in stick.rglob("*.sqlite3"):
        database.write_bytes(b"SQLite format 3\0")
    with pytest.raises(EnvironmentFault, match="KINGSTON"):
        continue_event(copies_in(stick)[0], tmp_path / "laptop-2", station.clock)
    assert not any(path.name.startswith("laptop-2") for path in tmp_path.iterdir())


def test_a_second_copy_is_verified_where_it_lies(station: Station, keeper: CopyKeeper, stick: Path) -> None:
    (station.folder / "documents" / "a.pdf").write_bytes(b"%PDF whole")
    keeper.look()
    station.desk.redeem(payload(1), Source.CAMERA)
    keeper.look()
    report = verify(stick)
    assert (report.problems, report.entries, report.stations) == ([], 2, [INSTANCE])
    (there,) = stick.rglob("a.pdf")
    there.write_bytes(b"%PDF other")
    assert any("a.pdf" in problem for problem in verify(stick).problems)


def test_a_folder_that_is_taken_is_refused(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    keeper.look()
    with pytest.raises(Refusal, match="event"):
        continue_event(copies_in(stick)[0], station.folder, station.clock)


def test_anything_else_on_a_stick_is_no_second_copy(tmp_path: Path) -> None:
    (tmp_path / "COPY-1.json").write_text("{}")
    (tmp_path / "COPY-2.json").write_bytes(b"\xff")
    assert copies_in(tmp_path) == []
    assert copies_in(tmp_path / "none") == []


def test_a_walk_in_of_the_last_minute_is_there_too(
    station: Station, keeper: CopyKeeper, stick: Path, tmp_path: Path
) -> None:
    keeper.look()
    station.desk.redeem(payload(3), Source.CAMERA)
    keeper.look()
    with station.files.reading() as connection:
        entries = [entry.id for entry in journal.entries(connection, INSTANCE)]
    continue_event(copies_in(stick)[0], tmp_path / "laptop-2", station.clock)
    with opened(tmp_path / "laptop-2") as other, other.files.reading() as connection:
        assert [entry.id for entry in journal.entries(connection, INSTANCE)] == entries


def test_at_its_end_the_thread_brings_everything(station: Station, stick: Path) -> None:
    keeper = CopyKeeper(station.files, station.clock, lambda: Drive(stick))
    keeper.start()
    station.desk.redeem(payload(1), Source.CAMERA)
    keeper.stop()
    assert keeper.state().until == 2
    assert "event-000001.sqlite3" in names(stick)


def test_late_is_what_is_gone_wrong_or_old(clock: HandClock) -> None:
    now = clock.now()
    good = CopyState(now, 5, "KINGSTON", is_there=True)
    assert not good.is_late(now)
    assert good.is_late(now + timedelta(minutes=3))
    assert CopyState(now, 5, "KINGSTON", is_there=False).is_late(now)
    assert CopyState(now, 5, "KINGSTON", is_there=True, problem="full").is_late(now)


def test_a_stick_is_known_again_by_its_identifier_wherever_it_is(tmp_path: Path) -> None:
    here, there = Drive(Path("/media/a/USB"), key="uuid:1"), Drive(Path("/media/a/USB1"), key="uuid:1")
    assert stick_of(key_of(here), lambda: [Drive(Path("/media/a/USB"), key="uuid:2"), there]) == there
    assert stick_of(key_of(here), list) is None
    nameless = Drive(Path("/media/a/USB"))
    assert stick_of(key_of(nameless), lambda: [nameless]) == nameless
    assert stick_of(key_of_folder(tmp_path), list) == Drive(tmp_path)
    assert stick_of(key_of_folder(tmp_path / "none"), list) is None
