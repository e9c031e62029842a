"""A file or folder has its name only when it is complete."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.errors import EnvironmentFault, Refusal
from station.i18n import set_language
from station.media.atomic import drive_of, new_folder, write_file
from station.media.faults import free_bytes, reason


@pytest.fixture(autouse=True)
def english(_vietnamese: None) -> None:
    set_language("en")


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A mounted drive of 256 kB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    mount = tmp_path / "stick"
    mount.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount], check=False)
    if done.returncode or not os.path.ismount(mount):
        pytest.skip("tmpfs cannot be mounted here")
    yield mount
    subprocess.run(["umount", "-l", mount], check=True)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_from_bytes_and_from_pieces(tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", b"one")
    write_file(tmp_path / "a.csv", (piece for piece in [b"two ", b"pieces"]))
    assert (tmp_path / "a.csv").read_bytes() == b"two pieces"
    assert _names(tmp_path) == ["a.csv"]


def test_a_failing_source_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise KeyError("the source broke")

    write_file(tmp_path / "a.csv", b"old")
    with pytest.raises(KeyError):
        write_file(tmp_path / "a.csv", pieces())
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert _names(tmp_path) == ["a.csv"]


def test_a_full_stick_leaves_the_old_file_and_says_what_to_do(small_stick: Path) -> None:
    write_file(small_stick / "a.csv", b"old")
    with pytest.raises(EnvironmentFault, match=r"full: .*a\.csv was not written\. 2 MB are needed"):
        write_file(small_stick / "a.csv", bytes(1_500_000))
    assert (small_stick / "a.csv").read_bytes() == b"old"
    assert _names(small_stick) == ["a.csv"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"nowhere.*does not exist"):
        write_file(tmp_path / "nowhere" / "a.csv", b"x")
    with pytest.raises(EnvironmentFault, match="nowhere"):
        drive_of(tmp_path / "nowhere")
    with pytest.raises(EnvironmentFault, match="nowhere"):
        free_bytes(tmp_path / "nowhere")


def test_a_folder_appears_when_its_block_ends(tmp_path: Path) -> None:
    with new_folder(tmp_path, "export") as folder:
        assert not (tmp_path / "export").exists()
        (folder / "documents").mkdir()
        write_file(folder / "documents" / "a.txt", b"x")
    assert (tmp_path / "export" / "documents" / "a.txt").read_bytes() == b"x"
    assert _names(tmp_path) == ["export"]


def test_a_folder_whose_block_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path, "export") as folder:
        write_file(folder / "a.txt", b"x")
        raise KeyboardInterrupt
    assert _names(tmp_path) == []


def test_a_folder_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    with pytest.raises(Refusal, match="exists already"), new_folder(tmp_path, "export"):
        pytest.fail("the block must not start")
    with pytest.raises(Refusal, match="exists already"), new_folder(tmp_path, "other"):
        (tmp_path / "other").mkdir()
    assert _names(tmp_path) == ["export", "other"]


def test_what_a_power_cut_left_behind_is_neither_used_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "export.part").mkdir()
    (tmp_path / "export.part" / "half.csv").write_bytes(b"ha")
    with new_folder(tmp_path, "export") as folder:
        assert list(folder.iterdir()) == []
    assert _names(tmp_path) == ["export", "export.part"]


def test_a_full_stick_gets_no_folder(small_stick: Path) -> None:
    with pytest.raises(EnvironmentFault, match="full"), new_folder(small_stick, "export") as folder:
        (folder / "big.bin").write_bytes(bytes(1_000_000))
    assert _names(small_stick) == []


def test_too_little_room_is_said_before_anything_is_written(small_stick: Path) -> None:
    with (
        pytest.raises(EnvironmentFault, match="3 MB are needed"),
        new_folder(small_stick, "export", needed_bytes=1_000_000),
    ):
        pytest.fail("the block must not start")
    assert _names(small_stick) == []


def test_a_stick_pulled_out_before_the_export_gets_nothing_written_to_the_laptop(small_stick: Path) -> None:
    chosen = drive_of(small_stick)
    subprocess.run(["umount", small_stick], check=True)
    try:
        with pytest.raises(EnvironmentFault, match="taken out"), new_folder(small_stick, "e", drive=chosen):
            pytest.fail("the block must not start")
        assert _names(small_stick) == []
    finally:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", small_stick], check=True)


def test_a_stick_pulled_out_during_the_export_is_noticed(small_stick: Path) -> None:
    with pytest.raises(EnvironmentFault, match="taken out"), new_folder(small_stick, "e") as folder:
        write_file(folder / "a.csv", b"x")
        subprocess.run(["umount", "-l", small_stick], check=True)
    assert _names(small_stick) == []
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", small_stick], check=True)


def test_everything_is_synced_before_it_gets_its_name(tmp_path: Path) -> None:
    """The order of system calls, seen from outside."""
    log = tmp_path / "calls"
    script = """
from pathlib import Path
from station.media.atomic import new_folder, write_file
with new_folder(Path("."), "e") as folder:
    write_file(folder / "x", b"1")
"""
    try:
        done = subprocess.run(
            [
                "strace",
                "-f",
                "-y",
                "-o",
                log,
                "-e",
                "trace=fsync,rename,renameat2",
                sys.executable,
                "-c",
                script,
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "STATION_LANGUAGE": "en"},
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("needs strace")
    assert done.returncode == 0
    calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines() if "(" in line]
    seen = [call.split("(")[0] + ("/x" if "/x" in call.split(")")[0] else "") for call in calls]
    assert seen == ["fsync/x", "rename/x", "fsync", "fsync/x", "fsync", "rename", "fsync"]


def test_why_the_system_refused_is_said_in_words_that_are_translated() -> None:
    assert reason(FileNotFoundError(errno.ENOENT, "No such file or directory")) == "it is not there"
    assert reason(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
