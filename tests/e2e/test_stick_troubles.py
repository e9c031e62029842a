"""Everything that can be wrong with a stick: each is said in a sentence, and leaves no half file under a final name."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station, new_event
from station.errors import EnvironmentFault
from station.exchange.keeping import CopyKeeper
from station.exchange.verify import verify
from station.media.atomic import drive_of
from station.media.course import Course, Phase
from station.media.drives import Drive
from station.media.names import is_portable
from station.model.verdict import Source
from tests.builders import EVENT, SECRET, HandClock, make_event, opened, payload
from tests.e2e.stick import Stick, can_plug, needs_sticks


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event")) as station:
        for serial in (1, 2, 3):
            station.desk.redeem(payload(serial), Source.CAMERA)
        yield station


def while_writing(
    course: Course, act: Callable[[], object], after_bytes: int = 1
) -> Callable[[int, int], None]:
    """Something that happens once, in the midst of writing."""
    left = [act]

    def progress(_done: int, _total: int) -> None:
        if left and course.phase is Phase.WRITING and course.done_bytes >= after_bytes:
            left.pop()()

    return progress


def finished(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.iterdir() if not path.name.endswith(".part"))


@needs_sticks
def test_no_room_is_said_before_anything_is_written(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON", megabytes=1) as stick:
        with pytest.raises(EnvironmentFault, match=r"đầy.*MB"):
            station.export(stick.path)
        assert list(stick.path.iterdir()) == []


@needs_sticks
def test_a_stick_that_gets_full_midway_says_so_and_is_left_as_it_was(
    station: Station, tmp_path: Path
) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:

        def fill() -> None:
            with (
                pytest.raises(OSError, match="space"),
                (stick.path / "film.mp4").open("wb", buffering=0) as film,
            ):
                while True:
                    film.write(bytes(4096))

        course = Course()
        with pytest.raises(EnvironmentFault, match="đầy"):
            station.export(stick.path, while_writing(course, fill), course=course)
        assert [path.name for path in stick.path.iterdir()] == ["film.mp4"]
        (stick.path / "film.mp4").unlink()
        assert verify(station.export(stick.path).to).ok


@needs_sticks
def test_pulled_out_midway_it_goes_on_where_it_stopped(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        course = Course()
        with pytest.raises(EnvironmentFault, match="rút"):
            station.export(stick.path, while_writing(course, stick.pull_out, 8000), course=course)
        assert list(stick.path.iterdir()) == []  # the laptop's own disk
        stick.plug_in()
        assert finished(stick.path) == []
        again = station.export(stick.path)
        assert again.kept_bytes > 0
        assert verify(again.to).ok
        assert [path.name for path in stick.path.iterdir()] == [again.to.name]


@needs_sticks
def test_a_stick_pulled_out_before_the_button_is_pressed_is_missed(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        chosen = drive_of(stick.path)
        stick.pull_out()
        with pytest.raises(EnvironmentFault, match="rút"):
            station.export(stick.path, number=chosen)
        assert list(stick.path.iterdir()) == []


@needs_sticks
def test_another_stick_of_the_same_name_midway_gets_nothing(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        other = Stick(tmp_path / "KINGSTON")
        course = Course()
        with pytest.raises(EnvironmentFault, match="rút"):
            station.export(
                stick.path, while_writing(course, lambda: stick.exchange(other), 4000), course=course
            )
        assert list(stick.path.iterdir()) == []  # the other one
        other.__exit__(None, None, None)


@needs_sticks
def test_a_protected_stick_is_said(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        stick.protect()
        with pytest.raises(EnvironmentFault, match=r"KINGSTON.*chống ghi"):
            station.export(stick.path)
        assert list(stick.path.iterdir()) == []


@contextmanager
def failing(place: Path, good_bytes: int) -> Iterator[Path]:
    """A stick that takes so many bytes more and then fails: its image has no room to grow on the disk it is of."""
    bench, stick = place.with_name("bench"), place
    bench.mkdir()
    stick.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", bench], check=True)
    try:
        image = bench / "image"
        with image.open("wb") as file:
            file.truncate(16 << 20)
        subprocess.run(["mkfs.ext4", "-qF", "-m", "0", "-O", "^has_journal", image], check=True)
        subprocess.run(["mount", "-o", "loop", image, stick], check=True)
        try:
            with (
                pytest.raises(OSError, match="space"),
                (bench / "ballast").open("wb", buffering=0) as ballast,
            ):
                while True:
                    ballast.write(bytes(4096))
            os.truncate(bench / "ballast", max(0, (bench / "ballast").stat().st_size - good_bytes))
            yield stick
        finally:
            subprocess.run(["umount", stick], check=True)
    finally:
        subprocess.run(["umount", bench], check=True)


@needs_sticks
@pytest.mark.parametrize("good_bytes", [0, 4096, 12288, 20480])
def test_a_stick_that_fails_at_some_byte_never_has_a_whole_looking_half(
    station: Station, tmp_path: Path, good_bytes: int
) -> None:
    with failing(tmp_path / "KINGSTON", good_bytes) as stick:
        with pytest.raises(EnvironmentFault, match="KINGSTON"):
            station.export(stick)
        assert [name for name in finished(stick) if name.startswith("export")] == []


@pytest.mark.skipif(not can_plug(), reason="needs root to mount a small disk")
def test_a_laptop_whose_own_disk_is_full_can_still_be_exported(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=True)
    try:
        with opened(make_event(disk / "event")) as station:
            station.desk.redeem(payload(1), Source.CAMERA)
            with pytest.raises(OSError, match="space"), (disk / "ballast").open("wb", buffering=0) as ballast:
                while True:
                    ballast.write(bytes(4096))
            assert verify(station.export(tmp_path / "stick").to).ok
            (disk / "ballast").unlink()
    finally:
        subprocess.run(["umount", disk], check=True)
    assert list(Path("/dev/shm").glob("checkin-station-*")) == []


def test_no_name_on_the_stick_is_one_that_fat_cannot_hold(tmp_path: Path) -> None:
    event = replace(EVENT, name='CON: Đại hội <XIII>? "2022" * | aux.', id=EVENT.id)
    new_event(tmp_path / "e", event, station="Bàn/1:", clock=HandClock(), secret=SECRET)
    with opened(tmp_path / "e") as station:
        to = station.export(tmp_path / "stick").to
    names = [to.name, *(path.relative_to(to).as_posix() for path in to.rglob("*"))]
    assert all(is_portable(name) and name.isascii() for name in names), names


def test_what_lies_on_the_stick_already_stays_as_it_is(station: Station, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with opened(make_event(tmp_path / "other")) as other:
        other.desk.redeem(payload(4), Source.CAMERA)
        theirs = other.export(stick).to
    (stick / "bai-hat.mp3").write_bytes(b"la la la")
    foreign = stick / "export-tap-huan-99999999-20221027T003000Z.part"
    foreign.mkdir()
    (foreign / "attendance.csv").write_bytes(b"half of another desk")
    before = {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()}
    ours = station.export(stick).to
    assert ours != theirs
    assert {path: path.read_bytes() for path in before} == before
    assert verify(theirs).ok
    assert verify(ours).ok


def test_a_clock_before_the_last_export_is_warned_of(tmp_path: Path) -> None:
    clock = HandClock()
    with opened(make_event(tmp_path / "event"), clock) as station:
        assert station.export(tmp_path / "stick").warnings == ()
        clock.at -= timedelta(days=400)
        again = station.export(tmp_path / "stick")
    assert len(again.warnings) == 1
    assert "giờ" in again.warnings[0]
    assert verify(again.to).ok


def test_of_two_exports_at_once_the_second_waits(station: Station, tmp_path: Path) -> None:
    waited, made = threading.Event(), []

    def second() -> None:
        made.append(station.export(tmp_path / "b", lambda _done, total: waited.set() if total == 0 else None))

    thread = threading.Thread(target=second)
    course = Course()

    def begin_second() -> None:
        thread.start()
        assert waited.wait(20)

    made.append(station.export(tmp_path / "a", while_writing(course, begin_second), course=course))
    thread.join()
    assert [verify(result.to).ok for result in made] == [True, True]


@pytest.mark.skipif(not can_plug(), reason="needs sticks")
def test_the_second_copy_says_what_is_wrong_and_catches_up(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        plugged = [True]
        drive = Drive(stick.path, label="KINGSTON")
        keeper = CopyKeeper(station.files, station.clock, lambda: drive if plugged[0] else None)
        assert keeper.look().problem == ""
        stick.protect()
        station.desk.redeem(payload(4), Source.CAMERA)
        assert "KINGSTON" in keeper.look().problem
        assert keeper.state().is_late(station.clock.now())
        stick.pull_out()
        plugged[0] = False
        gone = keeper.look()
        assert (gone.is_there, gone.problem, gone.until) == (False, "", 4)
        stick.plug_in()
        plugged[0] = True
        assert (keeper.look().until, keeper.state().problem) == (5, "")
        assert not keeper.state().is_late(station.clock.now())


@pytest.mark.skipif(not can_plug(), reason="needs sticks")
def test_the_second_copy_never_goes_where_its_stick_had_been(station: Station, tmp_path: Path) -> None:
    with Stick(tmp_path / "KINGSTON") as stick:
        drive = Drive(stick.path, label="KINGSTON", number=drive_of(stick.path))
        keeper = CopyKeeper(station.files, station.clock, lambda: drive)
        keeper.look()
        stick.pull_out()
        station.desk.redeem(payload(5), Source.CAMERA)
        keeper.look()
        assert list(stick.path.iterdir()) == []
