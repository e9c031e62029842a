"""Exports and segments: written, read back, and every change to them found."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from station.errors import Cancelled, EnvironmentFault, Refusal
from station.exchange import head as heads
from station.exchange.export import ExportResult
from station.exchange.segment import check_segment, segment_lines, segment_name
from station.exchange.verify import verify
from station.model.verdict import Source
from station.store import instance as instances
from tests.builders import INSTANCE, SECRET, HandClock, make_event, opened, payload
from tests.unit.exchange.unsealed import changed, lines_of, packed, replaced, version_1


@pytest.fixture
def exported(tmp_path: Path) -> ExportResult:
    clock = HandClock()
    with opened(make_event(tmp_path / "e"), clock) as station:
        for serial in (1, 2, 1, 99):
            clock.forward(minutes=1)
            verdict = station.desk.redeem(payload(serial), Source.CAMERA)
        station.desk.hand_out(f"{INSTANCE}-1")
        assert verdict.reason == "NOT_ON_ROSTER"
        return station.export(tmp_path / "stick")


def segment_of(exported: ExportResult) -> Path:
    return exported.to / f"journal-{INSTANCE}.segment"


def test_an_export_is_verified_and_complete(exported: ExportResult, tmp_path: Path) -> None:
    report = verify(exported.to)
    assert (exported.verified, report.ok, report.problems) == (True, True, [])
    assert report.entries == 1 + 4 + 3
    assert verify(tmp_path / "stick").entries == report.entries  # also found from the folder above it
    assert verify(tmp_path / "e").entries == report.entries
    assert not list((tmp_path / "stick").glob("*.part"))


def test_the_attendance_says_who_came_when(exported: ExportResult) -> None:
    csv = (exported.to / "attendance.csv").read_text("utf-8-sig").splitlines()
    assert len(csv) == 1 + 5
    assert sum("2022-10-27 07:31:00" in line and "Nguyễn Thị Ánh" in line for line in csv) == 1
    sheets = CalamineWorkbook.from_path(exported.to / "attendance.xlsx")
    cells = [cell for row in sheets.get_sheet_by_name("Đại biểu").to_python() for cell in row]
    assert "Trần Văn Đức" in cells
    hand_outs = (exported.to / "hand-outs.csv").read_text("utf-8-sig")
    rows = [line.split(",") for line in hand_outs.splitlines()[1:]]
    handed_out = [row for row in rows if "2022-10-27" in ",".join(row)]
    assert [len(handed_out), len(rows)] == [3, 6]  # the second who came has three documents to receive


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def without_line(number: int) -> Callable[[bytes], bytes]:
    def change(lines: list[bytes]) -> list[bytes]:
        del lines[number]
        return lines

    return changed(change)


TAMPERINGS = {
    "a bit flipped": flip,
    "cut off": lambda data: data[: len(data) * 2 // 3],
    "cut off by one byte": lambda data: data[:-1],
    "something behind it": lambda data: data + b"x",
    "the last entry gone": without_line(-1),
    "an entry in the middle gone": without_line(3),
    "the first entry gone": without_line(1),
    "only the head": lambda data: data.partition(b"\n")[0],
    "another delegate": replaced(f"{INSTANCE}-1", f"{INSTANCE}-3"),
    "another end": lambda data: re.sub(rb'"last":\d+', b'"last":3', data, count=1),
    "a newer version": lambda data: data.replace(b'"version":2', b'"version":3'),
    "an older version": lambda data: data.replace(b'"version":2', b'"version":1'),
    "not JSON": lambda data: b"\x00\xff" * 1000,
    "empty": lambda data: b"",
    "nested too deep": lambda data: b"[" * 100_000 + b"\n" + data,
    "nested too deep inside": changed(lambda lines: [lines[0], b"[" * 100_000 + b"\n", *lines[1:]]),
    "a line too long": changed(lambda lines: [*lines, b"x" * 300_000]),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_with_a_segment_is_found(exported: ExportResult, name: str, tmp_path: Path) -> None:
    segment = segment_of(exported)
    segment.write_bytes(TAMPERINGS[name](segment.read_bytes()))
    assert check_segment(segment).problems
    assert not verify(exported.to).ok
    (tmp_path / "alone.segment").write_bytes(segment.read_bytes())
    assert not verify(tmp_path / "alone.segment").ok


def test_a_station_missing_from_an_export_is_found(exported: ExportResult) -> None:
    manifest = json.loads((exported.to / "MANIFEST.json").read_text("utf-8"))
    manifest["about"]["chains"]["11112222"] = {"last": 7, "hash": "ab" * 32}
    (exported.to / "MANIFEST.json").write_text(json.dumps(manifest), "utf-8")
    assert any("11112222" in problem for problem in verify(exported.to).problems)


@pytest.mark.parametrize("particulars", ['{"x":[10000000000000,"y"]}', '{"x":["zz","y"]}', '{"x":7}', "[]"])
def test_hostile_particulars_are_a_problem_not_a_crash(exported: ExportResult, particulars: str) -> None:
    segment = segment_of(exported)
    lines = lines_of(segment.read_bytes())
    lines[1] = lines[1].rstrip(b"}\n") + b',"particulars":' + particulars.encode() + b"}\n"
    segment.write_bytes(packed(lines))
    assert check_segment(segment).problems


def test_half_a_character_is_a_problem_not_a_crash(exported: ExportResult) -> None:
    segment = segment_of(exported)
    segment.write_bytes(replaced('"scan"', '"\\ud800"')(segment.read_bytes()))
    assert check_segment(segment).problems


def test_verifying_changes_nothing(tmp_path: Path) -> None:
    event = make_event(tmp_path / "e")
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        shutil.copytree(event, tmp_path / "copy")  # as after a power cut, with its write-ahead log
    before = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir() if path.is_file()}
    assert "event.sqlite3-wal" in before
    assert verify(tmp_path / "copy").ok
    assert {
        path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir() if path.is_file()
    } == before


def test_an_open_event_can_be_verified(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        assert verify(tmp_path / "e").entries == 2


def test_a_forger_with_a_key_of_his_own_does_not_belong_to_the_event(exported: ExportResult) -> None:
    assert check_segment(segment_of(exported), SECRET).problems == []
    assert check_segment(segment_of(exported), b"another event's secret, 32 bytes").problems


def test_a_head_that_was_changed_breaks_the_signature(exported: ExportResult) -> None:
    segment = segment_of(exported)
    segment.write_bytes(segment.read_bytes().replace("Bàn 1".encode(), "Bàn 2".encode(), 1))
    assert any("chữ ký" in problem or "signature" in problem for problem in check_segment(segment).problems)


def test_what_a_newer_program_adds_to_a_head_does_not_hinder(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station, station.files.snapshot() as connection:
        head = heads.sealed_head(connection, INSTANCE, "now") | {"mood": "good"}
        signature = instances.sign(connection, INSTANCE, heads.signed_bytes(head))
        assert signature is not None
        pieces = list(segment_lines(connection, INSTANCE, "now"))
    told = json.loads(pieces[0]) | {"mood": "good", "signature": signature.hex()}
    (tmp_path / "new.segment").write_bytes(json.dumps(told).encode() + b"\n" + pieces[1])
    report = check_segment(tmp_path / "new.segment", SECRET)
    assert (report.problems, report.is_signed) == ([], True)


def test_a_segment_of_version_1_is_still_read(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        with station.files.snapshot() as connection:
            data = version_1(connection, INSTANCE)
    path = tmp_path / "old.segment"
    path.write_bytes(data)
    report = check_segment(path, SECRET)
    assert (report.problems, report.is_signed, report.entries, report.head) == ([], True, 2, None)
    path.write_bytes(data.replace(b'"admitted"', b'"refused"'))
    assert check_segment(path).problems
    path.write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
    assert check_segment(path).problems


def test_a_run_from_the_middle_is_proved_to_its_signed_end(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        for serial in (1, 2, 3):
            station.desk.redeem(payload(serial), Source.CAMERA)
        with station.files.snapshot() as connection:
            name = segment_name(connection, INSTANCE, 3)
            (tmp_path / name).write_bytes(b"".join(segment_lines(connection, INSTANCE, "now", 3)))
    assert name == f"journal-{INSTANCE}-3-4.segment"
    report = check_segment(tmp_path / name, SECRET)
    assert (report.problems, report.first, report.last, report.entries) == ([], 3, 4, 2)


@pytest.mark.parametrize(
    "name", ["attendance.csv", "attendance.xlsx", "minutes-annex.pdf", "README.txt", "MANIFEST.json"]
)
def test_a_changed_or_missing_file_is_found(exported: ExportResult, name: str) -> None:
    path = exported.to / name
    original = path.read_bytes()
    path.write_bytes(flip(original))
    assert not verify(exported.to).ok
    path.unlink()
    with pytest.raises(Refusal) if name == "MANIFEST.json" else pytest.raises(AssertionError):
        assert verify(exported.to).ok


def test_exports_never_overwrite_one_another(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        first, second = station.export(tmp_path / "stick"), station.export(tmp_path / "stick")
    assert first.to != second.to
    assert verify(first.to).ok
    assert verify(second.to).ok


def test_what_a_killed_export_left_does_not_block_the_next(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        killed = station.export(tmp_path / "stick").to
        killed.rename(killed.with_name(killed.name + ".part"))  # as if killed before it got its name
        again = station.export(tmp_path / "stick")
    assert again.to == killed
    assert verify(again.to).ok


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        if done >= 2:
            raise Cancelled

    with opened(make_event(tmp_path / "e")) as station, pytest.raises(Cancelled):
        station.export(tmp_path / "stick", cancel)
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to mount a small disk")
def test_a_full_stick_is_said_and_nothing_is_left_on_it(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", stick], check=True)
    try:
        assert stick.is_mount()
        with opened(make_event(tmp_path / "e")) as station:
            with pytest.raises(EnvironmentFault):
                station.export(stick)
            assert station.desk.redeem(payload(1), Source.CAMERA).outcome == "admitted"
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", stick], check=True)


def test_an_event_folder_whose_projections_were_touched_does_not_verify(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        station.files.write(lambda connection: connection.execute("DELETE FROM attendance").rowcount)
    assert not verify(tmp_path / "e").ok
