"""The starter: what it finds missing, when it leaves .venv alone, and what the lock files promise."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import launch

PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)


def pins(lock: Path) -> set[tuple[str, str]]:
    return set(PIN.findall(lock.read_text("utf-8")))


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished .venv of the launcher's making, without the packages."""
    home = tmp_path / "usr" / "bin"
    folder = tmp_path / ".venv"
    python = folder / launch.PYTHON.relative_to(launch.VENV)
    for made in (home / python.name, python):
        made.parent.mkdir(parents=True)
        made.touch()
    (folder / "pyvenv.cfg").write_text(f"home = {home}\nversion = 3.11.2\n", "utf-8")
    lock = tmp_path / "some.lock"
    lock.write_text("segno==1.6.6", "utf-8")
    monkeypatch.setattr(launch, "VENV", folder)
    monkeypatch.setattr(launch, "PYTHON", python)
    monkeypatch.setattr(launch, "STAMP", folder / "installed.txt")
    monkeypatch.setattr(launch, "LOCK", lock)
    launch.STAMP.write_text("\n".join(launch.wanted([lock])), "utf-8")
    return folder


def nothing_to_do() -> bool:
    return launch.wanted([launch.LOCK]) <= launch.stamped()


def test_a_finished_set_up_is_left_alone(venv: Path) -> None:
    assert nothing_to_do()


def test_a_changed_lock_file_is_noticed(venv: Path) -> None:
    launch.LOCK.write_text("segno==1.6.7", "utf-8")

    assert not nothing_to_do()


def test_a_set_up_that_was_interrupted_has_no_stamp_and_starts_over(venv: Path) -> None:
    launch.STAMP.unlink()

    assert launch.stamped() == set()


@pytest.mark.parametrize("gone", ["pyvenv.cfg", launch.PYTHON.relative_to(launch.VENV), "../usr/bin"])
def test_a_broken_venv_counts_as_none(venv: Path, gone: str) -> None:
    path = venv / gone
    path.rename(path.with_name("elsewhere"))

    assert not nothing_to_do()
    assert launch.stamped() == set()


@pytest.mark.skipif(os.name == "nt", reason="links to the base Python are made on Unix only")
def test_a_system_that_got_another_python_is_noticed(venv: Path, tmp_path: Path) -> None:
    python = tmp_path / "usr" / "bin" / launch.PYTHON.name
    python.rename(python.with_name("python3.13"))
    python.symlink_to("python3.13")

    assert not nothing_to_do()


def test_a_moved_checkout_needs_no_new_set_up(
    venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = venv.rename(tmp_path / "moved")
    monkeypatch.setattr(launch, "VENV", moved)
    monkeypatch.setattr(launch, "PYTHON", moved / launch.PYTHON.relative_to(venv))
    monkeypatch.setattr(launch, "STAMP", moved / "installed.txt")

    assert nothing_to_do()


def test_a_failed_update_keeps_the_set_that_worked(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = launch.STAMP.read_text("utf-8")
    launch.LOCK.write_text("segno==1.6.7", "utf-8")
    monkeypatch.setattr(launch, "pip", lambda *_: 1)

    with pytest.raises(SystemExit):
        launch.ensure_venv([launch.LOCK])

    assert set(launch.STAMP.read_text("utf-8").splitlines()) == set(before.splitlines())


def test_the_stamp_is_gone_while_packages_are_installed(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamps = []
    launch.LOCK.write_text("segno==1.6.7", "utf-8")
    monkeypatch.setattr(launch, "pip", lambda *_: stamps.append(launch.STAMP.exists()) or 0)

    launch.ensure_venv([launch.LOCK])

    assert stamps == [False]
    assert nothing_to_do()


def test_a_missing_library_is_answered_with_its_package() -> None:
    libraries = {"libno-such-thing.so.9": "libnosuch9"}

    assert launch.missing(libraries, {}).items() >= libraries.items()


def test_a_missing_program_is_answered_with_its_package() -> None:
    assert launch.missing({}, {"no-such-program": "nosuch"})["no-such-program"] == "nosuch"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages")
def test_who_may_not_install_is_told_the_exact_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        launch.shutil, "which", lambda name: "/bin/x" if name in ("apt-get", "sudo") else None
    )
    monkeypatch.setattr(launch, "root_prefix", lambda: None)

    with pytest.raises(SystemExit) as refused:
        launch.ensure_system({"libno-such-thing.so.9": "libnosuch9"}, {"no-such-program": "nosuch"})

    line = "sudo sh -c 'apt-get update; apt-get install -y --no-install-recommends libnosuch9 nosuch'"
    assert str(refused.value).splitlines()[-1].strip() == line


def test_every_library_has_a_package_with_a_debian_name() -> None:
    names = launch.LIBRARIES | launch.TEST_PROGRAMS | launch.PYTHON_PARTS

    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", package) for package in names.values())


def test_a_wrong_command_shows_how_it_is_used() -> None:
    answer = subprocess.run(
        [sys.executable, launch.__file__, "no-such-command"], capture_output=True, check=False
    )

    assert answer.returncode == 2
    assert b"launch.py demo" in answer.stderr


def test_the_development_lock_holds_the_program_s_own_versions() -> None:
    assert pins(launch.LOCK)
    assert pins(launch.LOCK) <= pins(launch.DEV_LOCK)


@pytest.mark.parametrize("lock", [launch.LOCK, launch.DEV_LOCK], ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text("utf-8")

    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    blocks = re.split(r"\n(?=[a-z0-9-]+==)", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
