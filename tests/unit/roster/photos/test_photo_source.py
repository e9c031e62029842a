"""Every file of a folder or ZIP is offered once; hazards become sentences, and nothing is unpacked to the disk."""

import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from station.errors import BadInput, Refusal
from station.roster.photos import source
from station.roster.photos.album import read_pictures
from station.roster.photos.source import photo_files
from tests.portraits import avatar, encoded, photo

PICTURE = encoded(avatar((120, 160)))


def told(path: Path) -> dict[str, str]:
    """The name of the problem of every file, '' for a portrait."""
    pictures = read_pictures([path], lambda _done, _total: None)
    return {picture.file: picture.problem.problem if picture.problem else "" for picture in pictures}


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_subfolders_are_looked_through_and_what_systems_leave_is_passed_over(tmp_path: Path) -> None:
    for name in (
        "a.jpg",
        "Hà Nam/b.jpg",
        ".hidden/c.jpg",
        "Thumbs.db",
        "._a.jpg",
        ".DS_Store",
        "__MACOSX/d.jpg",
    ):
        photo(tmp_path / name)

    assert told(tmp_path) == {"Hà Nam/b.jpg": "", "a.jpg": ""}


def test_a_zip_gives_what_its_folder_would(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", **{"x/a.jpg": PICTURE, "Lê.jpg": PICTURE, "__MACOSX/._a.jpg": b"", "x/": b""}
    )

    assert told(path) == {"Lê.jpg": "", "x/a.jpg": ""}


def test_one_picture_by_itself_is_taken_too(tmp_path: Path) -> None:
    assert told(photo(tmp_path / "a.jpg")) == {"a.jpg": ""}


def test_hazards_of_an_archive_are_sentences_and_the_others_go_in(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", **{"a.jpg": PICTURE}).read_bytes()
    entries = {
        "good.jpg": PICTURE,
        "../up.jpg": PICTURE,
        "C:/drive.jpg": PICTURE,
        "inner.zip": inner,
        "swelling.bmp": bytes(3_000_000),
        "notes.txt": b"hello",
    }
    path = zipped(tmp_path / "a.zip", **entries)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(zipfile.ZipInfo("locked.jpg"), PICTURE)
        archive.writestr(zipfile.ZipInfo("broken.jpg"), b"BROKEN" + PICTURE)
    content = path.read_bytes().replace(b"BROKEN", b"broken")
    place = content.rindex(b"locked.jpg") - 46  # its line in the list of entries
    path.write_bytes(content[: place + 8] + b"\1" + content[place + 9 :])

    assert told(path) == {
        "../up.jpg": "LEADS_OUTSIDE",
        "C:/drive.jpg": "LEADS_OUTSIDE",
        "broken.jpg": "DAMAGED_ENTRY",
        "good.jpg": "",
        "inner.zip": "ARCHIVE",
        "link.jpg": "LINK",
        "locked.jpg": "ENCRYPTED",
        "notes.txt": "NOT_A_PICTURE",
        "swelling.bmp": "SWELLS",
    }
    assert not (tmp_path.parent / "up.jpg").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_links_and_pipes_of_a_folder_are_not_read(tmp_path: Path) -> None:
    photo(tmp_path / "in/a.jpg")
    (tmp_path / "in/link.jpg").symlink_to(tmp_path / "in/a.jpg")
    (tmp_path / "in/round").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in/pipe.jpg")

    assert told(tmp_path / "in") == {
        "a.jpg": "",
        "link.jpg": "LINK",
        "pipe.jpg": "NOT_A_PICTURE",
        "round": "LINK",
    }


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(source.LARGEST_BYTES + 1)

    assert told(tmp_path) == {"a.jpg": "TOO_LARGE"}


@pytest.mark.parametrize("content", [b"PK\3\4 and then nonsense", PICTURE, b""])
def test_what_is_called_zip_but_is_none_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    with pytest.raises(BadInput, match=r"a\.zip") as caught:
        told(tmp_path / "a.zip")
    assert caught.value.problems[0].problem == "DAMAGED_ARCHIVE"


def test_an_archive_cut_short_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.jpg": PICTURE})
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(BadInput):
        told(path)


def test_an_archive_or_folder_with_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MOST_FILES", 2)
    names = [f"{number:03}.jpg" for number in range(60)]
    path = zipped(tmp_path / "a.zip", **dict.fromkeys(names, b""))
    for name in names:
        (tmp_path / name).touch()

    with pytest.raises(BadInput) as caught:
        told(path)
    assert caught.value.problems[0].problem == "SUSPICIOUS_ARCHIVE"
    with pytest.raises(Refusal, match="2"):
        told(tmp_path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere"):
        told(tmp_path / "nowhere")


def test_the_archive_is_let_go_of(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.jpg": PICTURE})
    with photo_files([path]) as files:
        assert io.BytesIO(files[0].read()).read(2) == b"\xff\xd8"

    path.unlink()
    with pytest.raises(BadInput):
        files[0].read()
