"""The manifest proves a folder, and every way of tampering with it is found."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.errors import BadInput, EnvironmentFault
from station.i18n import set_language
from station.media.manifest import MANIFEST_NAME, prove, read_manifest, verify_manifest, write_manifest

MADE_AT = datetime(2022, 10, 28, 17, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder of two files with its manifest."""
    set_language("en")
    folder = tmp_path / "export"
    (folder / "documents").mkdir(parents=True)
    (folder / "attendance.csv").write_bytes(b"code,name\r\n")
    (folder / "documents" / "tl01.pdf").write_bytes(b"%PDF" * 400_000)
    write_manifest(folder, {"event": "Tập huấn", "present": 2}, MADE_AT)
    return folder


def _rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads((folder / MANIFEST_NAME).read_bytes())
    change(content)
    (folder / MANIFEST_NAME).write_text(json.dumps(content), "utf-8")


def test_a_fresh_export_is_as_written(export: Path) -> None:
    assert verify_manifest(export) == []
    prove(export)
    manifest = read_manifest(export)
    assert manifest.about == {"event": "Tập huấn", "present": 2}
    assert manifest.created_at == "2022-10-28T10:00:00Z"
    assert [(file.name, file.bytes) for file in manifest.files] == [
        ("attendance.csv", 11),
        ("documents/tl01.pdf", 1_600_000),
    ]


def test_what_a_file_manager_left_is_no_problem(export: Path) -> None:
    (export / "documents" / "Thumbs.db").write_bytes(b"x")
    (export / "._attendance.csv").write_bytes(b"x")
    assert verify_manifest(export) == []


def _append(folder: Path) -> None:
    with (folder / "attendance.csv").open("ab") as file:
        file.write(b"x")


def _flip(folder: Path) -> None:
    (folder / "attendance.csv").write_bytes(b"code,nome\r\n")


def _link_out(folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_bytes(b"code,name\r\n")
    (folder / "attendance.csv").unlink()
    (folder / "attendance.csv").symlink_to(secret)


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (lambda folder: (folder / "attendance.csv").unlink(), "attendance.csv is missing."),
        (_append, "attendance.csv has 12 bytes instead of 11."),
        (_flip, "attendance.csv was changed: its content is not what was exported."),
        (lambda folder: (folder / "documents" / "b.exe").touch(), "documents/b.exe is not in the manifest."),
        (_link_out, "attendance.csv leads out of the folder and was not opened."),
        (
            lambda folder: _rewrite(folder, lambda c: c["files"][0].update(bytes=12)),
            "attendance.csv has 11 bytes",
        ),
        (
            lambda folder: _rewrite(folder, lambda c: c["files"][0].update(sha256="0")),
            "attendance.csv was changed",
        ),
        (
            lambda folder: _rewrite(folder, lambda c: c["files"].pop(0)),
            "attendance.csv is not in the manifest.",
        ),
    ],
)
def test_tampering_is_found(export: Path, tamper: Callable[[Path], None], problem: str) -> None:
    tamper(export)
    (found,) = verify_manifest(export)
    assert found.startswith(problem)
    with pytest.raises(EnvironmentFault, match="read back"):
        prove(export)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret", "documents/../../secret", "C:x", "\\\\server\\x", "//server/x", "a\0b"],
)
def test_a_name_outside_the_folder_is_not_opened(export: Path, name: str) -> None:
    _rewrite(export, lambda content: content["files"][0].update(name=name))
    assert any("leads out of the folder" in problem for problem in verify_manifest(export))


@pytest.mark.parametrize("name", ["", ".", "x" * 5000, "\ud800", "documents"])
def test_a_name_that_is_no_file_is_a_problem(export: Path, name: str) -> None:
    _rewrite(export, lambda content: content["files"][0].update(name=name))
    assert len(verify_manifest(export)) == 2


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[" * 200_000,
        b"null",
        b"{}",
        b'{"format": "checkin-station manifest", "version": 2, "created_at": "", "about": {}, "files": []}',
        b'{"format": "checkin-station manifest", "version": 1, "created_at": "", "about": {}, "files": [1]}',
        b'{"format": "checkin-station manifest", "version": 1, "created_at": "", "about": [], "files": []}',
    ],
)
def test_a_damaged_manifest_is_said_to_be_one(export: Path, raw: bytes) -> None:
    (export / MANIFEST_NAME).write_bytes(raw)
    (problem,) = verify_manifest(export)
    assert "is not a manifest" in problem


def test_the_same_name_twice_is_refused(export: Path) -> None:
    _rewrite(export, lambda content: content["files"].append(content["files"][0]))
    with pytest.raises(BadInput):
        read_manifest(export)


def test_a_missing_manifest_is_a_problem(tmp_path: Path) -> None:
    set_language("en")
    (problem,) = verify_manifest(tmp_path)
    assert "cannot be read" in problem


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(files=json_values, about=json_values, created_at=json_values)
def test_any_manifest_is_answered(
    tmp_path_factory: pytest.TempPathFactory, files: Any, about: Any, created_at: Any
) -> None:
    set_language("en")
    folder = tmp_path_factory.mktemp("any")
    content = {"format": "checkin-station manifest", "version": 1, "created_at": created_at, "about": about}
    (folder / MANIFEST_NAME).write_text(json.dumps({**content, "files": files}), "utf-8")
    sound = isinstance(about, dict) and isinstance(created_at, str) and files == []
    assert (verify_manifest(folder) == []) == sound


def test_the_instant_is_written_in_utc(tmp_path: Path) -> None:
    write_manifest(tmp_path, {}, datetime(2022, 1, 2, 3, 4, 5, 678, tzinfo=UTC))
    assert read_manifest(tmp_path).created_at == "2022-01-02T03:04:05Z"
