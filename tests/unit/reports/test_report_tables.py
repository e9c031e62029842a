"""Rows say who attended and who received what, in Vietnamese order and the event's time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from station.badges.texts import BadgeData
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.event import Event, Session
from station.model.verdict import Source
from station.reports.catalogue import all_reports
from station.reports.choice import Choice
from station.reports.facts import Facts
from station.reports.mail_merge import mail_merge_table
from station.reports.report import Grid, grids
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload
from tests.report_rows import rows_of

EVENT = Event(
    "id", "Tập huấn", "Training", date(2022, 10, 27), date(2022, 10, 28), organiser="Tổng Liên đoàn"
)
DAY = Session("CHUNG", 1, "Toàn bộ")
TOPIC = Session("CD1", 2, "Chuyên đề 1", "Topic 1", exits=True, closes_at=MORNING + timedelta(hours=4))
DUC = Delegate("1-1", "DB00001", "Trần Văn Đức", unit="Hà Nam")
DUNG = Delegate("1-2", "DB00002", "Đỗ Ngọc Dũng", unit="Hà Nội")
AN = Delegate("1-3", "DB00003", "Lê Hoàng Ân")
ANH = Delegate("1-4", "DB00004", "Nguyễn Thị Ánh")
EVERYBODY = [replace(person, id="") for person in (DUC, DUNG, AN, ANH)]
CAME_AT = datetime(2022, 10, 27, 0, 41, 5, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english(_vietnamese: None) -> None:
    set_language("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three came to the day, one of them to the topic too, and left it after an hour and a half."""
    clock = HandClock(CAME_AT)
    with opened(make_event(tmp_path / "e", delegates=EVERYBODY, sessions=[DAY, TOPIC]), clock) as station:
        station.desk.redeem(payload(1), Source.CAMERA, "CHUNG")
        station.desk.redeem(payload(2), Source.SCANNER, "CHUNG")
        station.desk.admit_by_hand(f"{INSTANCE}-4", "CHUNG")
        station.desk.redeem(payload(1), Source.CAMERA, "CD1")
        station.desk.hand_out(f"{INSTANCE}-1", ["TL01"])
        clock.forward(minutes=90)
        station.desk.check_out_code(payload(1), Source.CAMERA, "CD1")
    return tmp_path / "e"


def test_attendance_is_by_session_then_by_given_name(folder: Path) -> None:
    rows = rows_of(folder / "event.sqlite3", "attendance", HandClock())
    assert [(row["number"], row["name"], row["session"], row["state"]) for row in rows] == [
        (1, "Nguyễn Thị Ánh", "CHUNG", "present"),
        (2, "Đỗ Ngọc Dũng", "CHUNG", "present"),
        (3, "Trần Văn Đức", "CHUNG", "present"),
        (4, "Trần Văn Đức", "CD1", "left"),
        (5, "Lê Hoàng Ân", "", "absent"),
    ]
    assert (rows[3]["title"], rows[3]["hours"]) == ("Topic 1", 1.5)
    assert [row["source"] for row in rows] == ["by hand", "scanner", "camera", "camera", ""]


def test_instants_are_in_the_zone_of_the_event_in_whole_seconds(folder: Path) -> None:
    (row, *_others) = rows_of(folder / "event.sqlite3", "attendance", HandClock())
    assert str(row["first_in"]) == "2022-10-27 07:41:05+07:00"


def test_a_delegate_has_one_line_with_everything(folder: Path) -> None:
    rows = {row["name"]: row for row in rows_of(folder / "event.sqlite3", "delegates", HandClock())}
    assert list(rows) == ["Nguyễn Thị Ánh", "Lê Hoàng Ân", "Đỗ Ngọc Dũng", "Trần Văn Đức"]
    duc = rows["Trần Văn Đức"]
    assert (duc["sessions"], duc["hours"]) == (2, 1.5)
    assert duc["first_in"] == duc["last_out"] - timedelta(minutes=90)  # type: ignore[operator]
    assert (rows["Lê Hoàng Ân"]["sessions"], rows["Lê Hoàng Ân"]["first_in"]) == (0, None)


def test_hand_outs_are_by_name_then_by_document_with_what_is_due(folder: Path) -> None:
    rows = rows_of(folder / "event.sqlite3", "hand-outs", HandClock())
    duc = [(row["document"], row["state"]) for row in rows if row["name"] == "Trần Văn Đức"]
    assert duc == [("TL01", "handed out"), ("TUI", "due")]
    assert [row["name"] for row in rows if row["document"] == "TUI"] == [
        "Nguyễn Thị Ánh",
        "Đỗ Ngọc Dũng",
        "Trần Văn Đức",
    ]


def test_every_row_has_a_cell_for_each_column_and_no_two_headings_are_alike(folder: Path) -> None:
    every = Choice().with_shown([column.key for report in all_reports() for column in report.fields])
    clock = HandClock()
    with opened(folder, clock) as station, station.files.reading() as connection:
        facts = Facts(connection, clock.now())
        made: list[Grid] = []
        for report in all_reports():
            for parted in (False, True):
                made += grids(report, facts, every.fields_of(report), parted=parted)
        for grid in made:
            assert len(set(grid.headings)) == len(grid.headings) == len(grid.widths), grid.name
            assert {len(row) for row in grid.rows()} <= {len(grid.headings)}
            assert sum(1 for _row in grid.rows()) == len(grid)


def test_the_mail_merge_sheet_begins_with_its_headings_and_keeps_the_given_order() -> None:
    table = mail_merge_table(EVENT, [BadgeData(DUC, "1" * 44), BadgeData(AN, "2" * 44)], ["a.png", "b.png"])
    assert table.above == ()
    assert [len(row) for row in table.rows] == [len(table.columns)] * 2
    assert [(row[1], row[8], row[9]) for row in table.rows] == [
        ("Trần Văn Đức", "a.png", "1" * 44),
        ("Lê Hoàng Ân", "b.png", "2" * 44),
    ]
