"""The process that reads workbooks: it can be stopped, it cannot do harm, and nothing of it is left."""

import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import xlsxwriter

from station.errors import BadInput, Cancelled
from station.roster import frames, separate
from station.roster.plan import read_roster
from station.roster.reader import OTHER_WORKBOOK, REQUEST, WORKBOOK
from station.roster.separate import read_separately
from station.roster.workbook import read_workbook
from tests.unit.roster.test_roster_workbook import MAIN, handmade


def large_workbook(rows: int) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("DS")
        sheet.write_row(0, 0, ("STT", "Họ và tên", "Đơn vị"))
        for number in range(1, rows + 1):
            sheet.write_row(number, 0, (number, f"Nguyễn Thị Ánh {number}", "LĐLĐ tỉnh Hà Nam"))
    return stream.getvalue()


def readers() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_another_process_reads_the_same_as_this_one(make_workbook: Callable[..., Path]) -> None:
    path = make_workbook(
        ("Họ và tên", "Ghi chú", "Số"),
        ("Nguyễn Thị Đào", "a\nb & <c> 😀", 0.1 + 0.2),
        ("Lê An", "bell\x07", 12345678901234567890),
    )
    content = path.read_bytes()
    assert list(read_separately(content, WORKBOOK)) == list(read_workbook(content))
    assert readers() == []


def test_progress_grows_to_the_size_of_the_sheet_and_stopping_is_quick_and_leaves_no_process() -> None:
    content = large_workbook(30_000)
    seen: list[tuple[int, int]] = []
    list(read_separately(content, WORKBOOK, lambda done, total: seen.append((done, total))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert {whole for _done, whole in seen if whole} <= {total, total + 1000} or seen[-1][1] >= total
    assert sum(0 < done < whole for done, whole in seen) > 3

    stopped_at: list[float] = []

    def stop(done: int, _total: int) -> None:
        if done:
            stopped_at.append(time.monotonic())
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read_separately(content, WORKBOOK, stop))
    assert time.monotonic() - stopped_at[0] < 1
    assert readers() == []
    assert not [thread for thread in threading.enumerate() if thread.name == "roster reader"]


def test_a_reader_that_hangs_is_asked_about_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = [sys.executable, "-c", "import sys, threading; sys.stdin.read(1); threading.Event().wait()"]
    monkeypatch.setattr(separate, "_command", lambda: hanging)
    with pytest.raises(BadInput) as caught:
        list(read_separately(b"x" * 10, WORKBOOK, deadline_s=0.3))
    assert caught.value.problems[0].problem == "SUSPICIOUS_FILE"

    calls: list[int] = []

    def stop(_done: int, _total: int) -> None:
        calls.append(1)
        if len(calls) > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read_separately(b"x" * 2**22, WORKBOOK, stop))
    assert readers() == []


def test_a_reader_that_dies_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    dying = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(separate, "_command", lambda: dying)
    with pytest.raises(BadInput) as caught:
        list(read_separately(b"x" * 2**22, WORKBOOK))
    (problem,) = caught.value.problems
    assert problem.problem == "SUSPICIOUS_FILE"
    assert "Copy the table of delegates into a new workbook" in problem.message


def test_a_reader_takes_no_more_memory_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separate, "MOST_MEMORY_BYTES", 60_000_000)
    texts = "".join(f"<si><t>{number:040d}</t></si>" for number in range(600_000))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    with pytest.raises(BadInput) as caught:
        list(read_separately(handmade(sheet, strings=texts), WORKBOOK))
    assert caught.value.problems[0].problem == "SUSPICIOUS_FILE"


def test_the_reader_knows_neither_windows_nor_cameras_nor_databases() -> None:
    code = "import sys, station.roster.reader; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {
        "PySide6",
        "cv2",
        "numpy",
        "reportlab",
        "sqlite3",
        "multiprocessing",
        "python_calamine",
    }


@pytest.mark.parametrize("kind", [WORKBOOK, OTHER_WORKBOOK])
def test_the_packaged_program_is_its_own_reader(kind: str) -> None:
    content = (
        large_workbook(1)
        if kind == WORKBOOK
        else (Path(__file__).with_name("data") / "danh-sach.xls").read_bytes()
    )
    request = REQUEST.pack(60, 1_500_000_000, b"en", kind.encode())
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run(
        [sys.executable, "-m", "ui", separate.READER_COMMAND],
        input=request + content,
        capture_output=True,
        check=True,
        env=environment,
    )
    kinds = [frame for frame, _payload in frames.received(io.BytesIO(run.stdout))]
    assert (kinds.count(frames.SHEET), kinds[-1]) == (1, frames.END)


def test_a_small_file_does_not_wait_long(make_workbook: Callable[..., Path]) -> None:
    rows = [(number, f"Lê An {number}", "Huế") for number in range(150)]
    path = make_workbook(("STT", "Họ và tên", "Đơn vị"), *rows)
    began = time.monotonic()
    assert len(read_roster(path).rows) == 150
    assert time.monotonic() - began < 3  # some 0.1 s on a free machine
