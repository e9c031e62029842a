"""The disk is full or protected, the folder is removed or exchanged under an open desk: it is said, nothing is lost."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from station.app import open_station
from station.errors import EnvironmentFault
from station.exchange.verify import verify
from station.model.verdict import Source
from tests.builders import INSTANCE, HandClock, make_event, opened, payload

BLOCK = bytes(4096)
needs_root = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="needs root to mount a small disk"
)
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file go")


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
    try:
        assert place.is_mount()
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on a small disk; returns the file to remove."""
    ballast = disk / "ballast"
    assert disk.is_mount()
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(BLOCK)
        except OSError:
            return ballast


@needs_root
def test_a_full_disk_is_said_and_the_desk_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=4m") as disk:
        event = make_event(disk / "event")
        with opened(event) as station:
            told = [station.desk.redeem(payload(1), Source.CAMERA).entry]
            ballast = fill(disk)
            with pytest.raises(EnvironmentFault, match="đầy"):
                while True:
                    told.append(station.desk.redeem(payload(2), Source.CAMERA).entry)
            assert station.desk.counts().scans == len(told)
            ballast.unlink()
            told.append(station.desk.redeem(payload(3), Source.CAMERA).entry)
        report = verify(event)
        assert (report.problems, report.entries) == ([], 1 + len(told))


@needs_root
def test_opening_on_a_full_disk_says_so_and_harms_nothing(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=4m") as disk:
        event = make_event(disk / "event")
        ballast = fill(disk)
        with pytest.raises(EnvironmentFault, match="đầy"):
            opened(event)
        with pytest.raises(EnvironmentFault, match="đầy"):
            make_event(disk / "another")
        assert not list(disk.glob("another*"))
        ballast.unlink()
        with opened(event) as station:
            assert station.instance == INSTANCE


@needs_root
def test_a_protected_disk_is_said_and_can_be_verified(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=8m") as disk:
        event = make_event(disk / "event")
        with opened(event) as station:
            station.desk.redeem(payload(1), Source.CAMERA)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(EnvironmentFault, match=str(event)):
            opened(event)
        report = verify(event)
        assert (report.problems, report.entries) == ([], 2)


@needs_root
def test_a_killed_desks_folder_on_a_protected_disk_can_be_verified(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=8m") as disk:
        with opened(make_event(tmp_path / "event")) as station:
            station.desk.redeem(payload(1), Source.CAMERA)
            shutil.copytree(tmp_path / "event", disk / "killed")  # with its log
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        report = verify(disk / "killed")
        assert (report.problems, report.entries) == ([], 2)


def removed(event: Path) -> None:
    shutil.rmtree(event)


def renamed(event: Path) -> None:
    event.rename(event.with_name("moved"))


def exchanged(event: Path) -> None:
    other = make_event(event.with_name("other"))
    (other / "event.sqlite3").replace(event / "event.sqlite3")


@needs_posix
@pytest.mark.parametrize("harm", [removed, renamed, exchanged], ids=lambda harm: harm.__name__)
def test_nothing_is_admitted_into_a_file_that_is_no_longer_there(tmp_path: Path, harm: object) -> None:
    event = make_event(tmp_path / "event")
    station = open_station(event, clock=HandClock())
    station.desk.redeem(payload(1), Source.CAMERA)
    assert callable(harm)
    harm(event)
    for act in (
        lambda: station.desk.redeem(payload(2), Source.CAMERA),
        lambda: station.desk.hand_out(f"{INSTANCE}-1"),
        station.desk.counts,
        lambda: station.export(tmp_path / "stick"),
    ):
        with pytest.raises(EnvironmentFault, match=r"event\.sqlite3"):
            act()
    station.close()
    (tmp_path / "stick").rmdir()
    if harm is renamed:
        with opened(tmp_path / "moved") as moved:
            assert moved.desk.counts().present == 1
    elif harm is exchanged:
        with opened(event) as other:  # the log of the old file does not get into the new one
            assert other.desk.counts().present == 0
        assert verify(event).problems == []
    else:
        assert list(tmp_path.iterdir()) == []  # nothing was made anew at the old place


@needs_posix
def test_a_log_that_was_removed_costs_nothing_that_was_told(tmp_path: Path) -> None:
    event = make_event(tmp_path / "event")
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        (event / "event.sqlite3-wal").unlink()
        station.desk.redeem(payload(2), Source.CAMERA)
        assert station.desk.counts().present == 2
        shutil.copytree(event, tmp_path / "killed")
    for folder in (event, tmp_path / "killed"):
        report = verify(folder)
        assert (report.problems, report.entries) == ([], 3)
