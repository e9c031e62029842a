"""Bundles on a delegate's own stick: whole, proved, and nothing of theirs touched."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.documents.stick import CONTENTS_NAME, CopiedBundle, copy_bundle
from station.errors import Cancelled, EnvironmentFault
from station.media.manifest import MANIFEST_NAME, read_manifest
from station.model.document import Document, DocumentKind
from tests.builders import EVENT, MORNING

SIZE = 300_000
FOLDER = "tap-huan"


def document(source: Path, code: str, name: str, data: bytes, version: str = "1") -> Document:
    (source / "documents").mkdir(parents=True, exist_ok=True)
    (source / "documents" / name).write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        code,
        int(code[2:]),
        f"Chuyên đề {code}",
        file_name=name,
        sha256=digest,
        bytes=len(data),
        version=version,
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "event"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "anh-cuoi.jpg").write_bytes(b"theirs")
    return tmp_path / "stick"


@pytest.fixture
def documents(source: Path) -> list[Document]:
    bag = Document("TL03", 3, "Túi", kind=DocumentKind.PRINTED)
    return [
        document(source, "TL01", "mot.pdf", b"%PDF-1" + b"a" * SIZE),
        document(source, "TL02", "hai.pdf", b"%PDF-2" + b"b" * SIZE),
        bag,
    ]


def copied(source: Path, stick: Path, documents: list[Document], **more: object) -> CopiedBundle:
    return copy_bundle(source, EVENT, documents, stick, MORNING, **more)  # type: ignore[arg-type]


def names(stick: Path) -> list[str]:
    return sorted(path.name for path in (stick / FOLDER).iterdir())


def codes(documents: tuple[Document, ...]) -> list[str]:
    return [each.code for each in documents]


def test_files_and_contents_are_there_and_the_sticks_own_are_untouched(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    seen: list[tuple[int, int]] = []
    done = copied(source, stick, documents, progress=lambda *step: seen.append(step))
    assert (codes(done.written), codes(done.unchanged), codes(done.missing)) == (["TL01", "TL02"], [], [])
    assert done.folder == stick / FOLDER
    assert names(stick) == [MANIFEST_NAME, CONTENTS_NAME, "hai.pdf", "mot.pdf"]
    assert (done.folder / "mot.pdf").read_bytes() == (source / "documents" / "mot.pdf").read_bytes()
    assert (stick / "anh-cuoi.jpg").read_bytes() == b"theirs"
    text = (done.folder / CONTENTS_NAME).read_text("utf-8-sig")
    assert "Training" in text
    assert "1. Chuyên đề TL01" in text
    assert seen[-1] == (done.bytes, done.bytes)
    assert {file.name for file in read_manifest(done.folder).files} == {"mot.pdf", "hai.pdf", CONTENTS_NAME}


def test_a_second_time_only_what_is_missing_or_changed_is_copied(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    copied(source, stick, documents)
    assert codes(copied(source, stick, documents).written) == []
    (stick / FOLDER / "hai.pdf").unlink()
    again = copied(source, stick, documents)
    assert (codes(again.written), codes(again.unchanged)) == (["TL02"], ["TL01"])


def test_a_new_version_takes_the_place_of_ours_but_not_of_one_the_delegate_wrote_into(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    copied(source, stick, documents)
    (stick / FOLDER / "mot.pdf").write_bytes(b"with my notes")
    renewed = [
        document(source, "TL01", "mot.pdf", b"%PDF-1b" * 40, "2"),
        document(source, "TL02", "hai-moi.pdf", b"%PDF-2b" * 40, "2"),
    ]
    assert codes(copied(source, stick, renewed).written) == ["TL01", "TL02"]
    assert (stick / FOLDER / "mot.pdf").read_bytes() == b"with my notes"
    assert names(stick) == [MANIFEST_NAME, CONTENTS_NAME, "hai-moi.pdf", "mot-2.pdf", "mot.pdf"]
    assert codes(copied(source, stick, renewed).unchanged) == ["TL01", "TL02"]


def test_a_file_of_the_same_name_that_is_not_ours_stays(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    copied(source, stick, documents[:1])
    (stick / FOLDER / "hai.pdf").write_bytes(b"homework")
    (stick / FOLDER / CONTENTS_NAME).write_bytes(b"my list")
    copied(source, stick, documents)
    assert (stick / FOLDER / "hai.pdf").read_bytes() == b"homework"
    assert (stick / FOLDER / CONTENTS_NAME).read_bytes() == b"my list"
    assert (stick / FOLDER / "hai-2.pdf").is_file()


@pytest.mark.parametrize("foreign", ["folder", "file", "other event", "broken manifest"])
def test_a_folder_that_is_not_ours_is_left_alone(
    source: Path, stick: Path, documents: list[Document], foreign: str
) -> None:
    place = stick / FOLDER
    if foreign == "file":
        place.write_bytes(b"theirs")
    else:
        place.mkdir()
        told = '{"format": "checkin-station manifest", "version": 1, "created_at": "x", '
        told += '"about": {"event": "y"}, "files": []}'
        inside = {"folder": "a.txt"}.get(foreign, MANIFEST_NAME)
        (place / inside).write_text(told if foreign == "other event" else "{")
    before = sorted((path.name, path.read_bytes()) for path in stick.rglob("*") if path.is_file())
    done = copied(source, stick, documents)
    assert done.folder == stick / f"{FOLDER}-2"
    after = [(path.name, path.read_bytes()) for path in stick.rglob("*") if path.is_file()]
    assert set(before) <= set(after)


def test_what_the_manifest_names_outside_the_folder_is_neither_read_nor_removed(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    place = stick / FOLDER
    place.mkdir()
    digest = hashlib.sha256(b"theirs").hexdigest()
    (place / MANIFEST_NAME).write_text(
        f'{{"format": "checkin-station manifest", "version": 1, "created_at": "x", "about": {{"event": "{EVENT.id}", '
        f'"documents": {{"../anh-cuoi.jpg": "TL01"}}}}, '
        f'"files": [{{"name": "../anh-cuoi.jpg", "bytes": 6, "sha256": "{digest}"}}]}}'
    )
    copied(source, stick, documents)
    assert (stick / "anh-cuoi.jpg").read_bytes() == b"theirs"


def test_a_file_that_is_gone_or_changed_is_told_and_the_others_are_copied(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    (source / "documents" / "mot.pdf").write_bytes(b"%PDF-other")
    done = copied(source, stick, documents)
    assert (codes(done.missing), codes(done.written)) == (["TL01"], ["TL02"])
    assert "mot.pdf" not in names(stick)
    assert not list(stick.rglob("*.part"))


def test_stopped_midway_nothing_half_has_a_name_and_the_next_time_goes_on(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    def stop(done: int, _total: int) -> None:
        if done > SIZE + 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        copied(source, stick, documents, progress=stop)
    assert names(stick) == [MANIFEST_NAME, "mot.pdf"]
    again = copied(source, stick, documents)
    assert (codes(again.written), codes(again.unchanged)) == (["TL02"], ["TL01"])
    assert again.folder == stick / FOLDER


def test_another_drive_than_the_one_that_was_chosen_is_refused_before_anything_is_written(
    source: Path, stick: Path, documents: list[Document]
) -> None:
    with pytest.raises(EnvironmentFault, match="taken out"):
        copied(source, stick, documents, drive=-1)
    assert [path.name for path in stick.iterdir()] == ["anh-cuoi.jpg"]


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte and a half."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform == "win32" or not mount or os.geteuid() != 0:
        pytest.skip("needs root to mount")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=1500k", "tmpfs", place], check=False).returncode:
        pytest.skip("may not mount")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_a_stick_without_room_is_told_before_and_stays_as_it_was(source: Path, small_stick: Path) -> None:
    large = [document(source, "TL01", "mot.pdf", b"%PDF-1" + b"a" * 1_400_000)]
    with pytest.raises(EnvironmentFault, match="full"):
        copied(source, small_stick, large)
    assert list(small_stick.iterdir()) == []


def test_a_stick_pulled_out_midway_is_told_and_the_laptop_is_not_written_to(
    source: Path, small_stick: Path, documents: list[Document]
) -> None:
    small = [
        document(source, "TL01", "a.pdf", b"%PDF" + b"a" * 90_000),
        document(source, "TL02", "b.pdf", b"%PDF-b" * 9),
    ]

    def pull(done: int, _total: int) -> None:
        if done == 90_004:
            subprocess.run(["umount", "-l", small_stick], check=True)

    with pytest.raises(EnvironmentFault):
        copied(source, small_stick, small, progress=pull)
    assert list(small_stick.iterdir()) == []
