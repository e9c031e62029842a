"""What the checks ask of a machine, as the system's own files tell it."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.media.faults import free_bytes
from station.preflight.battery import Battery, battery, battery_of
from station.preflight.disk import where_else
from station.preflight.stick import size_told
from station.preflight.subject import Machine
from station.preflight.trials import CAMERA, Trial, holds, latest, remember
from station.settings import Settings, load, save, settings_dir
from tests.unit.preflight.conftest import Evening


def supply(place: Path, name: str, **values: str) -> None:
    (place / name).mkdir(parents=True)
    for key, value in values.items():
        (place / name / key).write_text(value + "\n")


def test_a_laptop_that_charges(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online="1")
    supply(tmp_path, "BAT0", type="Battery", capacity="64", status="Charging", present="1")
    assert battery_of(tmp_path) == Battery(64, plugged=True)


def test_two_batteries_count_together_and_that_of_the_mouse_not_at_all(tmp_path: Path) -> None:
    supply(tmp_path, "ADP1", type="Mains", online="0")
    supply(tmp_path, "BAT0", type="Battery", capacity="10", status="Discharging", present="1")
    supply(tmp_path, "BAT1", type="Battery", capacity="30", status="Unknown", present="1")
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", capacity="90", status="Charging")
    assert battery_of(tmp_path) == Battery(20, plugged=False)


def test_a_computer_without_battery(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online="1")
    assert battery_of(tmp_path) is None
    assert battery_of(tmp_path / "none") is None
    assert battery() is None or isinstance(battery(), Battery)


def test_a_battery_of_which_nothing_is_known(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", capacity="?", status="Discharging")
    assert battery_of(tmp_path) == Battery(None, plugged=False)


@pytest.mark.parametrize(
    ("folder", "system", "said"),
    [
        ("/home/ban1/OneDrive - Công đoàn/dai-hoi", "ext4", "“OneDrive - Công đoàn”"),
        ("/home/ban1/Dropbox/dai-hoi", "ext4", "“Dropbox”"),
        ("/mnt/office/dai-hoi", "cifs", "ổ đĩa mạng"),
        ("/mnt/office/dai-hoi", "fuse.sshfs", "ổ đĩa mạng"),
        ("/home/ban1/Documents/dai-hoi", "ext4", ""),
    ],
)
def test_folders_that_are_not_this_laptops_alone(folder: str, system: str, said: str) -> None:
    assert said in where_else(Path(folder), system)
    assert bool(where_else(Path(folder), system)) is bool(said)


def test_sizes_as_people_say_them() -> None:
    assert [size_told(size) for size in (150_400_000, 9_999_000_000, 84_300_000_000)] == [
        "150 MB",
        "9999 MB",
        "84 GB",
    ]


def test_this_machine_answers() -> None:
    machine = Machine()
    built_at = machine.built_at()
    assert built_at is not None
    assert built_at < datetime.now(UTC)
    assert machine.utc_offset(datetime.now(UTC)) == datetime.now().astimezone().utcoffset()
    assert machine.printers is None


def test_a_try_is_remembered_with_the_settings() -> None:
    settings, at = Settings(), datetime(2022, 10, 26, 12, 42, tzinfo=UTC)
    assert latest(settings, CAMERA) is None
    remember(settings, CAMERA, Trial("camera:C920", at, passed=True))
    save(settings)
    assert latest(load(), CAMERA) == Trial("camera:C920", at, passed=True)
    assert holds(latest(load(), CAMERA), at)


@pytest.mark.parametrize(
    "stored", ['{"trials": {"camera": 3}}', '{"trials": {"camera": {"at": "yesterday"}}}', '{"trials": []}']
)
def test_a_remembered_try_that_cannot_be_read_is_none(stored: str) -> None:
    settings_dir().mkdir(parents=True, exist_ok=True)
    (settings_dir() / "settings.json").write_text(stored)
    assert latest(load(), CAMERA) is None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 150 MB; skipped where nobody may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=150M", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a file system may not be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(os.name == "nt", reason="tmpfs is a file system of Linux")
def test_a_real_small_stick_and_one_that_is_full(evening: Evening, small_disk: Path) -> None:
    evening.changes["stick"] = small_disk
    evening.change_machine(free_bytes=free_bytes)
    assert evening.check("stick").level == "ok"
    (small_disk / "film.mkv").write_bytes(bytes(110_000_000))
    assert evening.check("stick").level == "warn"
    with (small_disk / "rest.bin").open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(bytes(1_000_000))
    assert evening.check("stick").level == "fail"
    assert [file.name for file in small_disk.iterdir() if "probe" in file.name] == []
