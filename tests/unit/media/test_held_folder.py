"""A held folder writes where it was opened, whatever its path is meanwhile."""

import os
from pathlib import Path

import pytest

from station.media.held import HeldFolder

needs_descriptors = pytest.mark.skipif(os.name == "nt", reason="Windows knows no descriptors of folders")


def test_what_is_made_is_read_again(tmp_path: Path) -> None:
    with HeldFolder(tmp_path) as place:
        place.make_folder("a/b")
        with place.create("a/b/c.txt") as file:
            file.write(b"chao")
        with place.read("a/b/c.txt") as file:
            assert file.read() == b"chao"
        place.sync_tree("a")
        place.rename("a/b/c.txt", "a/d.txt")
        assert list(place.files("a")) == [("d.txt", 4)]
        assert place.names("a") == ["b", "d.txt"]
        place.remove_tree("a")
        assert not place.exists("a")
        assert place.is_here()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"theirs")
    with HeldFolder(tmp_path) as place, pytest.raises(FileExistsError):
        place.create("a")
    assert (tmp_path / "a").read_bytes() == b"theirs"


@needs_descriptors
def test_another_folder_that_takes_the_path_gets_nothing(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with HeldFolder(tmp_path / "stick") as place:
        (tmp_path / "stick").rename(tmp_path / "gone")
        (tmp_path / "stick").mkdir()
        place.create("a").close()
        assert not place.is_here()
    assert list((tmp_path / "stick").iterdir()) == []
    assert [path.name for path in (tmp_path / "gone").iterdir()] == ["a"]


@needs_descriptors
def test_links_are_neither_followed_nor_emptied(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs").write_bytes(b"theirs")
    stick = tmp_path / "stick"
    (stick / "part").mkdir(parents=True)
    (stick / "part" / "link").symlink_to(outside)
    with HeldFolder(stick) as place:
        assert list(place.files("part")) == [("link", -1)]
        with pytest.raises(OSError, match="link"):
            place.read("part/link")
        place.remove_tree("part")
    assert (outside / "theirs").read_bytes() == b"theirs"
