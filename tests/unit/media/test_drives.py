"""Sticks are told from the laptop's own disks by what the system says of its mounts."""

import os
from pathlib import Path

import pytest

from station.media.drives import drives_in, file_system_of, mounts_of, removable_drives

TABLE = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 8:1 / /boot/efi rw,relatime shared:2 - vfat /dev/sda1 rw
24 22 0:22 / /proc rw shared:3 - proc proc rw
25 22 8:17 / /media/ban1/KINGSTON\0408GB rw,nosuid shared:4 - vfat /dev/sdb1 rw
26 22 8:33 / /run/media/ban1/Đại\040hội rw shared:5 - exfat /dev/sdc1 rw
27 22 8:49 / /home/backup rw shared:6 - ext4 /dev/sdd1 rw
28 22 8:65 / /srv/archive rw shared:7 - ext4 /dev/sde1 rw
29 22 0:50 / /mnt/office rw shared:8 - cifs //server/office rw
30 22 7:1 / /snap/core/1 ro shared:9 - squashfs /dev/loop1 ro
32 22 11:0 / /media/ban1/DVD ro shared:11 - iso9660 /dev/sr0 ro
33 22 8:18 / /windows rw shared:12 - fuseblk /dev/sdg3 rw
31 22 0:60 / /media/ban1/Ổ\040cứng rw shared:10 - fuseblk /dev/sdf1 rw
broken line
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(TABLE, "utf-8")
    return path


def test_sticks_are_found_wherever_they_are_mounted(table: Path, tmp_path: Path) -> None:
    blocks = tmp_path / "block"
    for disk, partition, removable in (("sdd", "sdd1", "1"), ("sde", "sde1", "0")):
        (blocks / disk / partition).mkdir(parents=True)
        (blocks / disk / "removable").write_text(removable + "\n")
        (blocks / partition).symlink_to(blocks / disk / partition)
    found = {str(drive.path): drive.system for drive in drives_in(mounts_of(table), blocks)}
    assert found == {
        "/media/ban1/KINGSTON 8GB": "vfat",
        "/run/media/ban1/Đại hội": "exfat",
        "/home/backup": "ext4",
        "/media/ban1/Ổ cứng": "fuseblk",
    }


def test_without_a_table_there_are_no_sticks(tmp_path: Path) -> None:
    assert drives_in(mounts_of(tmp_path / "none"), tmp_path) == []


def test_of_two_mounts_on_one_place_the_last_one_counts(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("1 0 8:1 / /media/x rw - vfat /dev/sdb1 rw\n2 1 0:9 / /media/x rw - tmpfs tmpfs rw\n")
    assert [mount.system for mount in mounts_of(table)] == ["tmpfs"]


@pytest.mark.skipif(os.name == "nt", reason="/proc is of Linux")
def test_this_system_answers() -> None:
    assert isinstance(removable_drives(), list)
    assert file_system_of(Path("/proc/self")) == "proc"
