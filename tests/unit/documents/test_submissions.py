"""What delegates bring in: expected by rules, taken in safely, owed until it came."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.checkin.submissions import receive_file, receive_without_file
from station.documents.submissions import (
    FOLDER,
    add_from_column,
    add_submission,
    change_submission,
    owed,
    read_expected,
    remove_submission,
)
from station.errors import Cancelled, Refusal
from station.model.document import Entitlement
from station.model.submission import How, Submission, SubmissionKind
from station.store import projections
from station.store.travel import snapshot_opened, write_snapshot
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event

FIRST, FIFTH = f"{INSTANCE}-1", f"{INSTANCE}-5"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    extra = (("Báo cáo", "x"), ("Bài tham luận", "Nhà ở công nhân"))
    people = [
        replace(DELEGATES[0], extra=extra),
        replace(DELEGATES[1], extra=(("Báo cáo", "Không"),)),
        *DELEGATES[2:],
    ]
    station = open_station(make_event(tmp_path / "event", delegates=people), clock=HandClock())
    yield station
    station.close()


def add(station: Station, title: str = "Bài trình bày", **who: str) -> Submission:
    wish = Submission("", 0, title, SubmissionKind.SLIDES)
    return station.files.write(lambda c: add_submission(c, wish, [Entitlement("", **who)]))


def owing(station: Station, **filters: str) -> list[str]:
    with station.files.reading() as connection:
        return [
            f"{line.submission.code} {line.delegate.code}"
            for line in owed(read_expected(connection), **filters)
        ]


def file(tmp_path: Path, name: str = "Bài của tôi.pptx", data: bytes = b"PK\x03\x04 slides") -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


def test_it_is_owed_by_whom_the_rules_name(station: Station) -> None:
    add(station, category="Báo chí")
    add(station, "Poster", delegate=FIRST)
    assert owing(station) == ["SP01 DB00005", "SP02 DB00001"]


def test_a_file_is_copied_under_a_safe_name_and_is_owed_no_more(station: Station, tmp_path: Path) -> None:
    add(station, category="Báo chí")
    source = file(tmp_path)
    stored = receive_file(station.files, station.clock, FIFTH, "sp01", source)
    assert stored.name == "sp01-db00005.pptx"
    assert (station.folder / FOLDER / stored.name).read_bytes() == source.read_bytes()
    assert owing(station) == []
    again = receive_file(
        station.files, station.clock, FIFTH, "SP01", file(tmp_path, data=b"PK\x03\x04 better")
    )
    assert again.name == "sp01-db00005-2.pptx"
    with station.files.reading() as connection:
        line = read_expected(connection)[0]
    assert line.received is not None
    assert (line.received.file_name, line.received.how) == (again.name, How.FILE)


@pytest.mark.parametrize(("name", "data"), [("a.exe", b"x"), ("slides.pptx", b"MZ\x90"), ("a.pdf", b"")])
def test_programs_and_empty_files_are_refused_and_nothing_stays(
    station: Station, tmp_path: Path, name: str, data: bytes
) -> None:
    add(station)
    with pytest.raises(Refusal):
        receive_file(station.files, station.clock, FIRST, "SP01", file(tmp_path, name, data))
    assert not list((station.folder / FOLDER).glob("*"))
    assert "SP01 DB00001" in owing(station)


def test_more_than_two_gigabytes_are_refused(station: Station, tmp_path: Path) -> None:
    add(station)
    large = tmp_path / "phim.mp4"
    with large.open("wb") as made:
        made.truncate(2_000_000_001)
    with pytest.raises(Refusal, match="2 GB"):
        receive_file(station.files, station.clock, FIRST, "SP01", large)
    assert not list((station.folder / FOLDER).glob("*"))


def test_a_copy_that_is_stopped_leaves_nothing(station: Station, tmp_path: Path) -> None:
    add(station)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        receive_file(station.files, station.clock, FIRST, "SP01", file(tmp_path), stop)
    assert not list((station.folder / FOLDER).iterdir())
    assert "SP01 DB00001" in owing(station)


def test_paper_and_none_are_recorded_and_a_void_makes_it_owed_again(station: Station) -> None:
    add(station, category="Báo chí")
    receive_without_file(station.files, station.clock, FIFTH, "SP01", How.NONE)
    assert owing(station) == []
    with station.files.reading() as connection:
        row = connection.execute("SELECT instance || '-' || sequence FROM received").fetchone()
    station.desk.void(row[0])
    assert owing(station) == ["SP01 DB00005"]
    receive_without_file(station.files, station.clock, FIFTH, "SP01", How.PAPER)
    assert owing(station) == []
    assert station.files.write(projections.rebuild) == []


def test_the_original_name_is_a_particular_and_not_in_the_body(station: Station, tmp_path: Path) -> None:
    add(station)
    receive_file(station.files, station.clock, FIRST, "SP01", file(tmp_path))
    with station.files.reading() as connection:
        body = connection.execute("SELECT body FROM entry WHERE kind = 'submitted'").fetchone()[0]
        told = connection.execute("SELECT text FROM particulars WHERE field = 'file'").fetchone()[0]
    assert "Bài của tôi" not in body
    assert told == "Bài của tôi.pptx"


def test_an_extra_column_says_who_brings_what(station: Station) -> None:
    marks = station.files.write(lambda c: add_from_column(c, "bao cao", SubmissionKind.REPORT))
    titles = station.files.write(lambda c: add_from_column(c, "Bài tham luận", SubmissionKind.SLIDES))
    assert [each.title for each in (*marks, *titles)] == ["Báo cáo", "Nhà ở công nhân"]
    assert owing(station) == ["SP01 DB00001", "SP02 DB00001"]
    assert station.files.write(lambda c: add_from_column(c, "Báo cáo", SubmissionKind.REPORT)) == []
    with pytest.raises(Refusal, match="Bài tham luận"):
        station.files.write(lambda c: add_from_column(c, "Ghi chú", SubmissionKind.OTHER))


def test_bad_definitions_are_refused(station: Station) -> None:
    for wish in (Submission("", 0, " "), Submission("A B", 0, "x"), Submission("", 0, "x", session="CD9")):
        with pytest.raises(Refusal):
            station.files.write(lambda c, wish=wish: add_submission(c, wish, []))
    add(station)
    with pytest.raises(Refusal, match="sp01"):
        station.files.write(lambda c: add_submission(c, Submission("sp01", 0, "x"), []))


def test_it_can_be_changed_and_removed_until_somebody_brought_it(station: Station) -> None:
    made = add(station)
    station.files.write(
        lambda c: change_submission(
            c, made.code, replace(made, title="Poster"), [Entitlement("", delegate=FIRST)]
        )
    )
    assert owing(station) == ["SP01 DB00001"]
    receive_without_file(station.files, station.clock, FIRST, "SP01", How.PAPER)
    with pytest.raises(Refusal, match="SP01"):
        station.files.write(lambda c: remove_submission(c, "SP01"))


def test_what_is_expected_travels_to_the_desks_and_what_was_received_does_not(
    station: Station, tmp_path: Path
) -> None:
    add(station)
    receive_without_file(station.files, station.clock, FIRST, "SP01", How.PAPER)
    with station.files.snapshot() as connection:
        write_snapshot(connection, tmp_path / "pack.sqlite3")
    with snapshot_opened(tmp_path / "pack.sqlite3") as pack:
        counts = [
            pack.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("submission", "submission_rule", "received", "entry")
        ]
    assert counts == [1, 1, 0, 0]
