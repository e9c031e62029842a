"""The same numbers everywhere: fold of the journal = screens = workbook = tables = papers, for days at random."""

import csv
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from station.app import Station
from station.checkin.cases import Person
from station.errors import Refusal
from station.exchange.export import ExportResult
from station.exchange.verify import verify
from station.i18n import _
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.verdict import Source
from station.store import journal
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload

SESSIONS = (
    Session("CD1", 1, "Chuyên đề 1", exits=True, re_entry=True, closes_at=MORNING + timedelta(hours=9)),
    Session("CD2", 2, "Chuyên đề 2"),
)
PEOPLE = tuple(
    Delegate("", f"DB{n:05d}", f"Nguyễn Văn Số {n}", unit=f"Đơn vị {n % 4}", category="Học viên")
    for n in range(1, 25)
)


@dataclass
class Fold:
    """What the entries of the journal come to, worked out here in the plainest way."""

    inside: dict[str, set[str]] = field(default_factory=lambda: {each.id: set() for each in SESSIONS})
    came: dict[str, set[str]] = field(default_factory=lambda: {each.id: set() for each in SESSIONS})
    scans: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    handed_out: set[tuple[str, str]] = field(default_factory=set)
    walk_ins: int = 0
    voids: int = 0
    absent_for: dict[str, str] = field(default_factory=dict)


def folded(station: Station) -> Fold:
    with station.files.reading() as connection:
        entries = [
            entry
            for instance in journal.instances_with_entries(connection)
            for entry in journal.entries(connection, instance)
        ]
    entries.sort(key=lambda e: (e.content.hlc_ms, e.content.hlc_counter, e.instance, e.sequence))
    void = {entry.content.target for entry in entries if entry.content.kind == "void"}
    fold = Fold(voids=len(void))
    for entry in entries:
        kind, who, session = entry.content.kind, entry.content.delegate or "", entry.content.session or ""
        if kind in ("scan", "left"):
            fold.scans[session] += 1
            fold.refused[session] += entry.content.outcome == "refused"
        fold.walk_ins += kind == "walk_in"
        if kind == "substituted":
            fold.absent_for[who] = entry.body["substitute"]
        if entry.id in void:
            continue
        if kind == "scan" and entry.content.outcome == "admitted":
            fold.came[session].add(who)
            fold.inside[session].add(who)
        elif kind == "left":
            fold.inside[session].discard(who)
        elif kind == "handed_out":
            fold.handed_out.add((who, entry.content.document or ""))
        elif kind == "taken_back":
            fold.handed_out.discard((who, entry.content.document or ""))
    return fold


def play(station: Station, clock: HandClock, chance: random.Random) -> None:
    """A day at one desk: whatever people do, refusals of the rules included."""
    recorded: list[str] = []
    for number in range(160):
        clock.forward(seconds=chance.randrange(1, 90))
        serial, session = chance.randrange(1, len(PEOPLE) + 1), chance.choice(SESSIONS).id
        who, act = f"{INSTANCE}-{serial}", chance.random()
        try:
            if act < 0.5:
                recorded.append(station.desk.redeem(payload(serial), Source.CAMERA, session).entry)
            elif act < 0.62:
                recorded.append(station.desk.check_out_code(payload(serial), Source.CAMERA, "CD1").entry)
            elif act < 0.68:
                station.desk.redeem(b"rubbish", Source.CAMERA, session)
            elif act < 0.76 and recorded:
                station.desk.void(chance.choice(recorded), f"lý do {number}")
            elif act < 0.80:
                station.cases.walk_in(Person(f"Khách {number}", unit="Đơn vị 1"), session)
            elif act < 0.84:
                station.cases.substitute(who, Person(f"Người thay {number}"), "bận họp")
            elif act < 0.95:
                station.desk.hand_out(who)
            else:
                station.desk.take_back(who, "TL01")
        except Refusal:
            continue


def sheet(book: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    top = next(number for number, row in enumerate(rows) if row[0] == "STT")
    return [dict(zip(rows[top], row, strict=False)) for row in rows[top + 1 :]]


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def words(path: Path) -> str:
    """All text of a PDF, blanks made one."""
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


@pytest.fixture(params=range(4))
def day(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Fold, dict[str, Any], ExportResult]:
    clock, chance = HandClock(), random.Random(request.param)
    with opened(
        make_event(tmp_path / "e", delegates=PEOPLE, sessions=SESSIONS, clock=clock), clock
    ) as station:
        play(station, clock, chance)
        screens = {
            each.id: (station.desk.counts(each.id), station.delegations.lines(each.id)) for each in SESSIONS
        }
        exported = station.export(tmp_path / "stick")
        assert verify(exported.to).problems == []
        return folded(station), screens, exported


def test_journal_screens_workbook_tables_and_papers_agree(
    day: tuple[Fold, dict[str, Any], ExportResult],
) -> None:
    fold, screens, exported = day
    book = exported.to / "attendance.xlsx"
    attendance, minutes = table(exported.to / "attendance.csv"), words(exported.to / "minutes-annex.pdf")
    by_unit = sheet(book, "Theo đơn vị")
    for line in sheet(book, "Theo phiên"):
        session = line["Phiên"]
        counts, units = screens[session]
        inside, came = fold.inside[session], fold.came[session]
        assert (counts.present, counts.scans, counts.refused) == (
            len(inside), fold.scans[session], fold.refused[session],
        )  # fmt: skip
        assert (line[_("Present")], line["Đã đến"], line[_("Scans")], line[_("Refused")]) == (
            len(inside), len(came), fold.scans[session], fold.refused[session],
        )  # fmt: skip
        assert line["Đại biểu dự kiến"] == sum(unit.expected for unit in units)
        assert {u["Đơn vị"]: (u["Đại biểu dự kiến"], u["Có mặt"]) for u in by_unit if u["Phiên"] == session} == {
            unit.unit or "Không thuộc đơn vị nào": (unit.expected, unit.present)
            for unit in units
        } | {
            u["Đơn vị"]: (0, 0) for u in by_unit
            if u["Phiên"] == session and u["Đơn vị"] not in {unit.unit for unit in units}
        }  # fmt: skip
        rows = [row for row in attendance if row["Phiên"] == session]
        assert (len(rows), sum(row["Điểm danh"] == "có mặt" for row in rows)) == (len(came), len(inside))
        people = sheet(book, f"{session} · Chuyên đề {session[-1]}")
        assert sum(row["Điểm danh"] == "có mặt" for row in people) == len(inside)
        assert sum(bool(row["Vào lần đầu"]) for row in people) == len(came)
        assert f"Có mặt: {len(came)} đại biểu" in minutes
        arrived = [row for row in sheet(book, "Lượt đến theo thời gian") if row["Phiên"] == session]
        assert sum(row["Đã đến"] for row in arrived) == len(came)


def test_cases_and_hand_outs_agree(day: tuple[Fold, dict[str, Any], ExportResult]) -> None:
    fold, _screens, exported = day
    book = exported.to / "attendance.xlsx"
    assert len(sheet(book, "Đại biểu đăng ký tại bàn")) == fold.walk_ins
    assert len(sheet(book, "Đi thay")) == len(fold.absent_for)
    cancelled = sheet(book, "Mục ghi đã huỷ")
    assert len(cancelled) == fold.voids
    assert all(row["Lý do"].startswith("lý do ") for row in cancelled)
    assert len(sheet(book, "Lượt bị từ chối")) == sum(fold.refused.values())
    handed_out = table(exported.to / "hand-outs.csv")
    assert sum(row["Trạng thái"] == "đã phát" for row in handed_out) == len(fold.handed_out)
    due = sum(row["Trạng thái"] == "chưa phát" for row in handed_out)
    assert len(sheet(book, "Còn nợ tài liệu")) == due
    everybody = sheet(book, "Đại biểu")
    attended = sum(row["Số phiên có mặt"] for row in everybody)
    assert attended == sum(map(len, fold.came.values()))


def test_the_list_to_sign_names_exactly_who_may_come(day: tuple[Fold, dict[str, Any], ExportResult]) -> None:
    fold, _screens, exported = day
    everybody = sheet(exported.to / "attendance.xlsx", "Đại biểu")
    listed = words(exported.to / "attendance-list.pdf")
    assert f"Danh sách gồm {len(everybody) - len(fold.absent_for)} đại biểu" in listed


def test_the_manifest_tells_the_roster_and_what_each_file_holds(
    day: tuple[Fold, dict[str, Any], ExportResult],
) -> None:
    from station.media.manifest import read_manifest

    about = read_manifest(day[2].to).about
    assert about["roster"]["delegates"] >= len(PEOPLE)
    assert len(about["roster"]["sha256"]) == 64
    assert about["reports"]["attendance.csv"] == {
        "reports": ["attendance"],
        "count": len(table(day[2].to / "attendance.csv")),
    }
