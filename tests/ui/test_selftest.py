"""The self-test from the sources, and the doors of the packaged program: headless commands, paths, packs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.capture.engines import load_engines
from station.errors import EnvironmentFault
from station.i18n import set_language
from station.preflight.check import Level
from station.roster import separate
from station.settings import Settings
from tests.builders import make_event
from tests.unit.exchange.packing import make_office, pack
from ui.__main__ import packaged, parser
from ui.dialogs.unpack import UnpackDialog
from ui.run import Program
from ui.selftest import _tried
from ui.selftest.steps import STEPS, Trial

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_program_proves_itself_and_leaves_its_proofs(tmp_path: Path, language: str) -> None:
    out = tmp_path / "kết quả"
    command = [sys.executable, "-m", "ui", "selftest", "--json", "--lang", language, "--out", str(out)]
    told = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, check=False
    )

    lines = [json.loads(line) for line in told.stdout.decode().splitlines()]
    assert told.returncode == 0, told.stderr.decode()
    assert [line["check"] for line in lines] == ["event", *STEPS]
    assert {line["level"] for line in lines} == {"ok"}
    assert all(line["ms"] >= 0 and line["message"] for line in lines)
    assert ("Đã tạo sự kiện mẫu" in lines[0]["message"]) == (language == "vi")
    assert {path.name for path in out.iterdir()} == {
        *("window-vi.png", "window-en.png", "window-admitted.png", "badges.pdf", "badge.png"),
    }


def test_a_folder_that_cannot_be_made_is_said_and_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-m", "ui", "selftest", "--json", "--out", str(tmp_path / "file")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    (line,) = (json.loads(line) for line in told.stdout.decode().splitlines())
    assert told.returncode == 1
    assert (line["check"], line["level"]) == ("event", "fail")
    assert "1 phần" in told.stderr.decode()


@pytest.mark.parametrize(
    "error", [EnvironmentFault("the disk is gone"), KeyError("a library"), ImportError("libz")]
)
def test_a_step_that_breaks_is_a_failed_check_and_no_crash(error: Exception) -> None:
    def breaks(_trial: Trial) -> str:
        raise error

    check = _tried("badges", breaks, None)  # type: ignore[arg-type]  # the step looks at nothing

    assert (check.name, check.level) == ("badges", Level.FAIL)
    assert str(error) in check.message


@pytest.mark.parametrize(
    "fault", ["FileNotFoundError('libiconv.dll')", "OSError('[WinError 126]')", "ImportError('zbar')"]
)
def test_without_the_runtime_of_windows_the_other_library_reads_alone_and_it_is_said(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyzbar").mkdir()
    (tmp_path / "pyzbar" / "__init__.py").touch()
    (tmp_path / "pyzbar" / "wrapper.py").write_text(f"raise {fault}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyzbar"]:
        monkeypatch.delitem(sys.modules, name)

    check = _tried("decoders", STEPS["decoders"], None)  # type: ignore[arg-type]  # the step looks at nothing
    engines = load_engines()

    assert check.level is Level.WARN
    assert "Visual C++ 2013" in check.message
    assert engines.zbar is None and engines.zxing is not None
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyzbar"]:
        del sys.modules[name]  # the broken one is no other test's; one that was there before is put back


def test_the_packaged_program_runs_the_headless_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event(tmp_path / "event")

    assert packaged(["verify", str(event), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_help_of_the_packaged_program_names_its_windows(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        packaged(["--help"])

    assert ended.value.code == 0
    assert all(name in capsys.readouterr().out for name in ("selftest",))
    assert parser().parse_args(["run", "/x"]).folder == Path("/x")


def test_on_windows_the_program_with_streams_reads_the_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "checkin-station.exe"))
    assert separate._command() == [str(tmp_path / "checkin-station.exe"), "read-workbook"]

    (tmp_path / separate.CONSOLE_PROGRAM).touch()
    assert separate._command() == [str(tmp_path / separate.CONSOLE_PROGRAM), "read-workbook"]


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    set_language("en")
    made = Program(qapp, Settings(sound=False, language="en"), None)
    yield made
    if made._welcome is not None:
        made._welcome.close()
    set_language("vi")


def test_a_pack_chosen_in_the_file_manager_asks_for_its_passphrase_only(
    qtbot: QtBot, tmp_path: Path, program: Program
) -> None:
    office = make_office(tmp_path / "office")
    file = tmp_path / "gói.ckpack"
    pack(office, file)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UnpackDialog) or not dialog.isActiveWindow():
            QTimer.singleShot(20, look)
            return
        seen.append(dialog._file.text())
        seen.append(str(dialog.passphrase.hasFocus() or dialog.passphrase.isAncestorOf(dialog.focusWidget())))
        dialog.reject()

    QTimer.singleShot(0, look)
    program.open_pack(file)

    assert seen == [str(file), "True"]
    assert program.opened is None
