"""Labels and identifiers of volumes, as udev keeps them."""

from pathlib import Path

from station.media.drives import Drive, drives_in, is_without_its_stick, mounts_of
from station.media.volumes import label_of, uuid_of


def test_a_label_is_found_by_its_link_and_read_as_people_wrote_it(tmp_path: Path) -> None:
    device = tmp_path / "sdb1"
    device.touch()
    links = tmp_path / "by-label"
    links.mkdir()
    (links / "\\xc4\\x90\\u1ea0I\\x20H\\xe1\\xbb\\x98I".replace("\\u1ea0", "\\xe1\\xba\\xa0")).symlink_to(
        device
    )
    (links / "other").symlink_to(tmp_path / "sdc1")
    assert label_of(str(device), links, tmp_path) == "ĐẠI HỘI"
    assert uuid_of(str(device), links, tmp_path).startswith("uuid:")


def test_without_udev_there_is_no_label(tmp_path: Path) -> None:
    assert label_of("/dev/sdz9", tmp_path / "none", tmp_path / "none") == ""
    assert uuid_of("/dev/sdz9", tmp_path / "none", tmp_path / "none") == ""


def test_a_drive_without_a_label_is_called_by_its_folder() -> None:
    assert Drive(Path("/media/ban1/USB")).name == "USB"
    assert Drive(Path("/media/ban1/USB"), label="KINGSTON").name == "KINGSTON"


def test_protection_and_number_come_from_the_table(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "1 0 8:17 / /media/a/USB ro,nosuid - vfat /dev/sdb1 ro\n2 0 8:33 / /media/a/B rw - vfat /dev/sdc1 rw\n"
    )
    first, second = drives_in(mounts_of(table), tmp_path)
    assert (first.read_only, second.read_only) == (True, False)
    assert first.number != second.number != 0
    assert first.device == "/dev/sdb1"


def test_where_a_stick_should_be_the_laptops_own_disk_is_recognised(tmp_path: Path) -> None:
    places = (tmp_path / "media",)
    (tmp_path / "media" / "ban1").mkdir(parents=True)
    assert is_without_its_stick(tmp_path / "media" / "ban1" / "KINGSTON", places)
    assert is_without_its_stick(tmp_path / "media" / "ban1", places)
    assert not is_without_its_stick(tmp_path / "documents", places)
    assert not is_without_its_stick(Path("/proc/self"), (Path("/"),))  # something else is mounted there
