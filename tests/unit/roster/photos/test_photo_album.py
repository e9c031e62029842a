"""Photos are taken in as one step: files before rows, all or nothing, and no file that is nobody's stays."""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.commands import main
from station.errors import Cancelled, EnvironmentFault
from station.model.delegate import Delegate
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import PhotoKind, PhotoPlan, fits_of, plan_photos
from tests.builders import DELEGATES, HandClock, make_event
from tests.portraits import photo

NAMESAKE = Delegate("", "DB00006", "Nguyễn Thị Ánh", unit="LĐLĐ TP Hồ Chí Minh")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "event", delegates=(*DELEGATES, NAMESAKE)), clock=HandClock())
    yield opened
    opened.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Three that match, one of namesakes, one of nobody, one that is no picture."""
    folder = tmp_path / "photos"
    photo(folder / "DB00002.jpg")
    photo(folder / "Lê Hoàng Ân.jpg", "#c67a7a")
    photo(folder / "x/nguyen thi anh - ha nam.jpg", "#7ac67a")
    photo(folder / "Nguyễn Thị Ánh.jpg", "#c6c67a")
    photo(folder / "Người lạ.jpg", "#7ac6c6")
    (folder / "ghi chú.txt").write_text("hello")
    return folder


def still(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def planned(station: Station, folder: Path, by_hand: Mapping[int, str | None] | None = None) -> PhotoPlan:
    state = station.photos.state()
    found = read_pictures([folder], still)
    return plan_photos(found, fits_of(found, state.delegates), state, by_hand)


def kinds(plan: PhotoPlan) -> dict[str, tuple[PhotoKind, list[str]]]:
    return {line.picture.file: (line.kind, [d.code for d in line.delegates]) for line in plan.lines}


def on_disk(station: Station) -> set[str]:
    return {path.name for path in (station.folder / "photos").iterdir()}


def test_the_preview_says_what_becomes_of_every_file_and_changes_nothing(
    station: Station, pictures: Path
) -> None:
    plan = planned(station, pictures)

    assert kinds(plan) == {
        "DB00002.jpg": (PhotoKind.ADDED, ["DB00002"]),
        "Lê Hoàng Ân.jpg": (PhotoKind.ADDED, ["DB00003"]),
        "x/nguyen thi anh - ha nam.jpg": (PhotoKind.ADDED, ["DB00001"]),
        "Nguyễn Thị Ánh.jpg": (PhotoKind.AMBIGUOUS, ["DB00001", "DB00006"]),
        "Người lạ.jpg": (PhotoKind.UNMATCHED, []),
        "ghi chú.txt": (PhotoKind.UNUSABLE, []),
    }
    assert plan.without == 3
    assert station.photos.known() == {} and on_disk(station) == set()


def test_what_is_taken_in_is_found_again(station: Station, pictures: Path) -> None:
    plan = planned(station, pictures)

    assert station.photos.take(plan, still) == 3

    state = station.photos.state()
    assert (state.count(), state.broken) == (3, set())
    assert on_disk(station) == {taken.file_name for taken in state.photos.values()}
    for line in plan.assigned():
        assert line.picture.portrait is not None
        assert station.photos.picture(line.delegates[0].id) == line.picture.portrait.jpeg


def test_the_same_photos_again_change_nothing_and_another_one_replaces(
    station: Station, pictures: Path
) -> None:
    station.photos.take(planned(station, pictures), still)
    before = on_disk(station)
    photo(pictures / "DB00002.jpg", "#ffffff")

    plan = planned(station, pictures)
    station.photos.take(plan, still)

    found = [line.picture.file for line in plan.of(PhotoKind.REPLACED)]
    assert (found, len(plan.of(PhotoKind.UNCHANGED))) == (["DB00002.jpg"], 2)
    assert len(on_disk(station)) == 3 and len(on_disk(station) & before) == 2


def test_what_a_person_chose_counts(station: Station, pictures: Path) -> None:
    people = {delegate.code: delegate.id for delegate in station.photos.state().delegates}
    numbers = {line.picture.file: line.number for line in planned(station, pictures).lines}
    by_hand = {
        numbers["Nguyễn Thị Ánh.jpg"]: people["DB00006"],
        numbers["Người lạ.jpg"]: people["DB00002"],
        numbers["Lê Hoàng Ân.jpg"]: None,
    }

    plan = planned(station, pictures, by_hand)

    assert kinds(plan)["Nguyễn Thị Ánh.jpg"] == (PhotoKind.ADDED, ["DB00006"])
    assert kinds(plan)["Người lạ.jpg"] == (PhotoKind.ADDED, ["DB00002"])
    assert kinds(plan)["DB00002.jpg"] == (PhotoKind.AMBIGUOUS, ["DB00002"])  # somebody was surer
    assert kinds(plan)["Lê Hoàng Ân.jpg"] == (PhotoKind.LEFT_OUT, [])


def test_of_two_pictures_for_one_delegate_the_code_counts_and_equals_wait_for_a_person(
    station: Station, tmp_path: Path
) -> None:
    folder = tmp_path / "two"
    for name in ("DB00002.jpg", "Trần Văn Đức.jpg", "a/DB00003.jpg", "b/DB00003.jpg"):
        photo(folder / name)

    found = kinds(planned(station, folder))

    assert found["DB00002.jpg"] == (PhotoKind.ADDED, ["DB00002"])
    assert {found[name][0] for name in ("Trần Văn Đức.jpg", "a/DB00003.jpg", "b/DB00003.jpg")} == {
        PhotoKind.AMBIGUOUS
    }


@pytest.mark.parametrize("fails_at", [1, 4])
def test_a_full_disk_leaves_all_as_it_was(
    station: Station, pictures: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(station, pictures)
    calls, sync = [0], os.fsync

    def fsync(descriptor: int) -> None:
        calls[0] += 1
        if calls[0] == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    with monkeypatch.context() as patch, pytest.raises(EnvironmentFault):
        patch.setattr(os, "fsync", fsync)
        station.photos.take(plan, still)

    assert station.photos.known() == {} and on_disk(station) == set()


def test_rows_that_cannot_be_written_leave_no_file(
    station: Station, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_work: object) -> None:
        raise EnvironmentFault("The disk is full")

    with monkeypatch.context() as patch, pytest.raises(EnvironmentFault):
        patch.setattr(station.files, "write", write)
        station.photos.take(planned(station, pictures), still)

    assert station.photos.known() == {} and on_disk(station) == set()


def test_a_cancelled_taking_in_leaves_all_as_it_was(station: Station, pictures: Path) -> None:
    def cancel(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        station.photos.take(planned(station, pictures), cancel)

    assert station.photos.known() == {} and on_disk(station) == set()


def test_a_cancelled_reading_ends_soon(pictures: Path) -> None:
    def cancel(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_pictures([pictures], cancel)


def test_a_file_is_durable_before_its_row(
    station: Station, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, seen = planned(station, pictures), []
    write = station.files.write
    monkeypatch.setattr(station.files, "write", lambda work: (seen.append(on_disk(station)), write(work))[1])

    station.photos.take(plan, still)

    assert len(seen[0]) == 3


def test_a_photo_that_is_missing_or_changed_is_told_and_taken_in_again(
    station: Station, pictures: Path
) -> None:
    station.photos.take(planned(station, pictures), still)
    files = {
        who: station.folder / "photos" / taken.file_name for who, taken in station.photos.known().items()
    }
    first, second, _third = files
    files[first].unlink()
    files[second].write_bytes(b"changed")

    assert station.photos.state().broken == {first, second}
    for delegate in (first, second):
        with pytest.raises(EnvironmentFault, match="photos"):
            station.photos.picture(delegate)
    plan = planned(station, pictures)
    assert len(plan.of(PhotoKind.REPLACED)) == 2
    station.photos.take(plan, still)
    assert station.photos.state().broken == set()


def test_removing_deletes_row_and_file_and_leaves_what_is_not_ours(station: Station, pictures: Path) -> None:
    station.photos.take(planned(station, pictures), still)
    own = station.folder / "photos" / "đọc tôi.txt"
    own.write_text("mine")
    one, *others = station.photos.known()

    station.photos.remove([one])

    assert set(station.photos.known()) == set(others) and len(on_disk(station)) == 3
    assert station.photos.picture(one) is None
    station.photos.remove(others)
    assert on_disk(station) == {own.name}


def test_what_a_power_cut_left_is_tidied(station: Station, pictures: Path) -> None:
    folder = station.folder / "photos"
    (folder / "20221027-1-0123456789ab.jpg").touch()
    (folder / "20221027-1-0123456789ab.jpg.part").touch()

    station.photos.take(planned(station, pictures), still)

    assert len(on_disk(station)) == 3


def command(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[dict[str, object]]]:
    code = main(["photos", *map(str, arguments), "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "closed", delegates=(*DELEGATES, replace(NAMESAKE)))


def test_the_command_previews_applies_lists_and_removes(
    event: Path, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = {
        "matched": 3,
        "replaced": 0,
        "unchanged": 0,
        "unmatched": ["Người lạ.jpg"],
        "ambiguous": [{"file": "Nguyễn Thị Ánh.jpg", "delegates": ["DB00001", "DB00006"]}],
        "without": 3,
    }
    code, (line,) = command(capsys, event, "--from", pictures, "--dry-run")
    (unusable,) = line.pop("unusable")  # type: ignore[misc]
    assert (code, line) == (1, {**expected, "applied": False})
    assert (unusable["file"], unusable["problem"]) == ("ghi chú.txt", "NOT_A_PICTURE")

    code, (line,) = command(capsys, event, "--from", pictures, "--assign", "Người lạ.jpg=db00005")
    assert (code, line["matched"], line["applied"], line["without"]) == (1, 4, True, 2)

    code, lines = command(capsys, event)
    assert code == 0 and [each["code"] for each in lines if each["photo"]] == [
        "DB00001",
        "DB00003",
        "DB00005",
        "DB00002",
    ]

    code, (line,) = command(capsys, event, "--remove", "db00001", "DB00004")
    assert (code, line) == (0, {"removed": ["DB00001"], "without": 3, "applied": True})
    code, (line,) = command(capsys, event, "--remove-all")
    assert (code, len(line["removed"]), line["without"]) == (0, 3, 6)  # type: ignore[arg-type]


def test_the_command_is_done_when_nothing_is_left_over(
    event: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo(tmp_path / "one/DB00004.jpg")

    assert command(capsys, event, "--from", tmp_path / "one")[0] == 0


def test_the_command_says_what_is_wrong_with_an_archive_or_a_code(
    event: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4")

    code, (line,) = command(capsys, event, "--from", tmp_path / "a.zip")
    assert (code, line["applied"]) == (1, False)
    assert "a.zip" in line["unusable"][0]["reason"]  # type: ignore[index]
    assert command(capsys, event, "--remove", "DB99999") == (1, [])
    assert command(capsys, event, "--from", tmp_path / "nowhere") == (1, [])


def test_the_command_tells_which_photos_are_missing(
    event: Path, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command(capsys, event, "--from", pictures)
    next((event / "photos").iterdir()).unlink()

    code, lines = command(capsys, event)

    assert code == 1 and [line["sound"] for line in lines].count(False) == 1
