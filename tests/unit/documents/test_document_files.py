"""Files taken into the event folder: whole or not at all, never a program, never from or to elsewhere."""

import errno
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.documents import files
from station.documents.files import (
    FileState,
    changed_documents,
    delete_file,
    path_of,
    sha256_of,
    state_of,
    store_file,
)
from station.errors import Cancelled, EnvironmentFault, Refusal, StationError
from station.model.document import Document, DocumentKind

PDF = b"%PDF-1.7\n" + b"x" * 3000
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links, devices and modes of POSIX")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    (tmp_path / "e" / "documents").mkdir(parents=True)
    return tmp_path / "e"


def written(path: Path, data: bytes = PDF) -> Path:
    path.write_bytes(data)
    return path


def stored_names(event: Path) -> list[str]:
    return sorted(path.name for path in (event / "documents").iterdir())


def test_a_file_is_copied_and_hashed(event: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    stored = store_file(event, written(tmp_path / "Báo cáo – Đoàn 3.pdf"), lambda *step: seen.append(step))
    assert stored.name == "bao-cao-doan-3.pdf"
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert (event / "documents" / stored.name).read_bytes() == PDF
    assert seen[-1] == (len(PDF), len(PDF))
    assert stored.notices == ()


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx", "mp4", "zip", "txt", "png", "odt", "epub", ""])
def test_any_type_of_document_is_taken(event: Path, tmp_path: Path, suffix: str) -> None:
    assert (
        store_file(event, written(tmp_path / f"a.{suffix}".rstrip("."), b"PK\x03\x04 something")).bytes == 14
    )


def test_a_name_is_made_safe_and_never_takes_another_files_place(event: Path, tmp_path: Path) -> None:
    names = ["con.pdf", "LPT1.PDF", "x" * 240 + ".pdf", "a.pdf"]
    (tmp_path / "again").mkdir()
    stored = [store_file(event, written(tmp_path / name)).name for name in names]
    (event / "documents" / "A-2.PDF").write_bytes(b"by hand")
    stored.append(store_file(event, written(tmp_path / "again" / "a.pdf", PDF + b"2")).name)
    assert stored[:2] == ["_con.pdf", "_lpt1.pdf"]
    assert len(stored[2]) <= 100
    assert stored[3:] == ["a.pdf", "a-3.pdf"]  # A-2.PDF is the same name on Windows
    assert (event / "documents" / "a.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    "name",
    [
        "a.exe", "a.dll", "a.msi", "a.bat", "a.cmd", "a.ps1", "a.vbs", "a.js", "a.jar", "a.lnk", "a.scr", "a.com",
        "a.sh", "Báo cáo.pdf.EXE", "a.exe. .", "a.e\u200bxe", "a.ｅｘｅ", "moi\u202efdp.exe",
    ],
)  # fmt: skip
@posix
def test_programs_are_refused_by_name(event: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="program or a script"):
        store_file(event, written(tmp_path / name))
    assert stored_names(event) == []


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 This program", b"\x7fELF\x02\x01", b"#!/bin/sh\nrm -rf /", b"\xef\xbb\xbf#!/usr/bin/env python",
        b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\x00\x00\x00\x01\x14\x02\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + bytes.fromhex("84100c0000000000c000000000000046"),
    ],
)  # fmt: skip
def test_programs_are_refused_by_content(event: Path, tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refusal, match="program or a script"):
        store_file(event, written(tmp_path / "harmless.pdf", data))
    assert stored_names(event) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bang.XLSM", b"PK\x03\x04"),
        ("thu.docx", b"PK\x03\x04" + bytes((1 << 20) - 10) + b"word/vbaProject.bin"),  # across two readings
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_macros_are_taken_and_told(event: Path, tmp_path: Path, name: str, data: bytes) -> None:
    stored = store_file(event, written(tmp_path / name, data))
    assert "holds macros" in stored.notices[0]
    assert stored_names(event) == [stored.name]


def test_what_is_no_file_is_refused(event: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is a folder"):
        store_file(event, tmp_path)
    with pytest.raises(Refusal, match="is empty"):
        store_file(event, written(tmp_path / "a.pdf", b""))
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        store_file(event, tmp_path / "nowhere.pdf")
    with pytest.raises(StationError):
        store_file(event, Path("a\x00b.pdf"))
    assert stored_names(event) == []


@posix
def test_links_devices_and_pipes_are_refused_without_waiting_for_them(event: Path, tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(written(tmp_path / "real.pdf"))
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(Refusal, match="points to another file"):
        store_file(event, tmp_path / "link.pdf")
    for odd in (tmp_path / "pipe.pdf", Path("/dev/zero")):
        with pytest.raises(Refusal, match="is not a file"):
            store_file(event, odd)
    assert stored_names(event) == []


@posix
def test_ten_gigabytes_are_refused_unread(event: Path, tmp_path: Path) -> None:
    huge = tmp_path / "phim.mp4"
    with huge.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(Refusal, match=r"10\.0 GB.*at most 2 GB.*FAT32 takes no file over 4 GB"):
        store_file(event, huge)
    assert stored_names(event) == []


def test_a_file_that_grows_beyond_the_limit_leaves_nothing(
    event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.bin", bytes(3 << 20))
    monkeypatch.setattr(files, "_refuse_odd", lambda *_arguments: None)
    monkeypatch.setattr(files, "LARGEST_BYTES", 2 << 20)
    with pytest.raises(Refusal, match="at most 2 GB"):
        store_file(event, source)
    assert stored_names(event) == []


def test_a_disk_without_room_is_said_before_anything_is_written(
    event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "free_bytes", lambda _folder: 1000)
    with pytest.raises(EnvironmentFault, match="full"):
        store_file(event, written(tmp_path / "a.pdf"))
    assert stored_names(event) == []


def test_a_disk_that_fills_up_while_copying_leaves_nothing(
    event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    source = written(tmp_path / "a.bin", bytes(3_000_000))
    folder = event / "documents"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False)
    if done.returncode or not os.path.ismount(folder):
        pytest.skip("tmpfs cannot be mounted here")
    try:
        monkeypatch.setattr(
            files, "free_bytes", lambda _folder: 10**12
        )  # somebody else took the room meanwhile
        with pytest.raises(EnvironmentFault, match="full"):
            store_file(event, source)
        assert stored_names(event) == []
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_stick_that_is_pulled_out_while_reading_is_named_and_leaves_nothing(
    event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.bin", bytes(3_000_000))

    class Pulled(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(errno.EIO, "Input/output error")
            return super().read(-1 if size is None else size) or b""

    monkeypatch.setattr(os, "fdopen", lambda descriptor, _mode: Pulled(descriptor))
    with pytest.raises(EnvironmentFault, match=r"a\.bin cannot be read"):
        store_file(event, source)
    assert stored_names(event) == []


def test_stopping_leaves_nothing(event: Path, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        store_file(event, written(tmp_path / "a.pdf"), stop)
    assert stored_names(event) == []


@pytest.mark.parametrize(
    "name",
    ["../secret.pdf", "/etc/passwd", "C:\\x.pdf", "a/b.pdf", "..\\x.pdf", "..", ".", "", "a\x00.pdf", "C:x"],
)
def test_a_name_that_leads_out_of_the_folder_is_no_file(event: Path, name: str) -> None:
    (event / "secret.pdf").write_bytes(PDF)
    document = Document("TL01", 1, "x", file_name=name, sha256=hashlib.sha256(PDF).hexdigest())
    assert path_of(event, document) is None
    assert state_of(event, document) is FileState.MISSING
    delete_file(event, document)
    assert (event / "secret.pdf").exists()


@posix
def test_a_link_in_the_folder_is_not_followed(event: Path, tmp_path: Path) -> None:
    (event / "documents" / "a.pdf").symlink_to(written(tmp_path / "real.pdf"))
    document = Document("TL01", 1, "x", file_name="a.pdf", sha256=sha256_of(tmp_path / "real.pdf"))
    assert state_of(event, document) is FileState.MISSING


def test_changed_and_missing_files_are_found_by_their_hash(event: Path, tmp_path: Path) -> None:
    documents = []
    for number, name in enumerate(("a.pdf", "b.pdf", "c.pdf", "d.pdf"), 1):
        stored = store_file(event, written(tmp_path / name, PDF + name.encode()))
        documents.append(
            Document(
                name,
                number,
                name,
                file_name=stored.name,
                sha256=stored.sha256,
                bytes=stored.bytes if number < 4 else 0,
            )
        )
    documents.append(Document("TUI", 9, "Túi", kind=DocumentKind.PRINTED))
    folder = event / "documents"
    (folder / "b.pdf").write_bytes(PDF + b"B.PDF")  # as many bytes as before
    (folder / "c.pdf").unlink()
    (folder / "d.pdf").write_bytes(b"")
    steps: list[tuple[int, int]] = []
    found = changed_documents(event, documents, lambda *step: steps.append(step))
    assert [(document.code, state) for document, state in found] == [
        ("b.pdf", FileState.CHANGED),
        ("c.pdf", FileState.MISSING),
        ("d.pdf", FileState.CHANGED),
    ]
    assert steps[-1] == (5, 5)
