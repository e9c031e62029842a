"""Tables say who attended and who received what, in Vietnamese order and the event's time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from station.badges.texts import BadgeData
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.document import BundleState, Document
from station.model.event import Event, Session
from station.model.verdict import Source
from station.reports.mail_merge import mail_merge_table
from station.reports.tables import (
    AttendanceRecord,
    HandOutRecord,
    attendance_overview,
    attendance_table,
    hand_out_table,
)

EVENT = Event(
    "id", "Tập huấn", "Training", date(2022, 10, 27), date(2022, 10, 28), organiser="Tổng Liên đoàn"
)
DAY, TOPIC = Session("CHUNG", 1, "Toàn bộ"), Session("CD1", 2, "Chuyên đề 1", "Topic 1")
DUC = Delegate("1-1", "DB00001", "Trần Văn Đức", unit="Hà Nam")
DUNG = Delegate("1-2", "DB00002", "Đỗ Ngọc Dũng", unit="Hà Nội")
AN = Delegate("1-3", "DB00003", "Lê Hoàng Ân")
ANH = Delegate("1-4", "DB00004", "Nguyễn Thị Ánh")
CAME_AT = datetime(2022, 10, 27, 0, 41, 5, 123456, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def english(_vietnamese: None) -> None:
    set_language("en")


def test_attendance_is_by_session_then_by_given_name() -> None:
    table = attendance_table(
        EVENT,
        [
            AttendanceRecord(AN, None, False),
            AttendanceRecord(DUC, TOPIC, True, CAME_AT, "Desk 1"),
            AttendanceRecord(DUC, DAY, True, CAME_AT, "Desk 1", source=Source.HAND),
            AttendanceRecord(DUNG, DAY, True, CAME_AT, "Desk 2"),
            AttendanceRecord(ANH, DAY, True, CAME_AT, "Desk 1"),
        ],
    )
    assert [(row[0], row[2], row[6], row[8]) for row in table.rows] == [
        (1, "Nguyễn Thị Ánh", "CHUNG", "present"),
        (2, "Đỗ Ngọc Dũng", "CHUNG", "present"),
        (3, "Trần Văn Đức", "CHUNG", "present"),
        (4, "Trần Văn Đức", "CD1", "present"),
        (5, "Lê Hoàng Ân", "", "absent"),
    ]
    assert table.above == ("Tổng Liên đoàn", "Training")
    assert table.rows[3][7] == "Topic 1"
    assert table.rows[2][-1] == "by hand"


def test_instants_are_in_the_zone_of_the_event() -> None:
    (row,) = attendance_table(EVENT, [AttendanceRecord(AN, DAY, True, CAME_AT)]).rows
    first_in = row[9]
    assert first_in == datetime(2022, 10, 27, 7, 41, 5, tzinfo=HANOI)
    assert isinstance(first_in, datetime)
    assert first_in.hour == 7


def test_the_overview_has_a_row_for_each_delegate_and_a_column_for_each_session() -> None:
    records = [
        AttendanceRecord(DUC, DAY, True, CAME_AT),
        AttendanceRecord(DUC, TOPIC, True, CAME_AT),
        AttendanceRecord(AN, TOPIC, False),
        AttendanceRecord(DUNG, None, False),
    ]
    table = attendance_overview(EVENT, [TOPIC, DAY], records)
    local = datetime(2022, 10, 27, 7, 41, 5, tzinfo=HANOI)
    assert table.columns[-3:] == ("Sessions attended", "CHUNG", "CD1")
    assert [(row[2], *row[6:]) for row in table.rows] == [
        ("Lê Hoàng Ân", 0, None, None),
        ("Đỗ Ngọc Dũng", 0, None, None),
        ("Trần Văn Đức", 2, local, local),
    ]


def test_who_left_has_attended_and_the_overview_says_when() -> None:
    door = Session("CD2", 3, "Chuyên đề 2", exits=True, re_entry=True)
    left_at = datetime(2022, 10, 27, 3, tzinfo=UTC)
    records = [
        AttendanceRecord(DUC, door, False, CAME_AT, "Desk 1", left_at),
        AttendanceRecord(DUNG, door, True, CAME_AT, "Desk 1", left_at),
        AttendanceRecord(AN, None, False),
    ]
    table = attendance_table(EVENT, records)
    assert [(row[2], row[8], row[10]) for row in table.rows] == [
        ("Đỗ Ngọc Dũng", "present", datetime(2022, 10, 27, 10, tzinfo=HANOI)),
        ("Trần Văn Đức", "left", datetime(2022, 10, 27, 10, tzinfo=HANOI)),
        ("Lê Hoàng Ân", "absent", None),
    ]
    overview = attendance_overview(EVENT, [DAY, door], records)
    assert overview.columns[-4:] == ("Sessions attended", "CHUNG", "CD2", "CD2 last out")
    assert [row[6:] for row in overview.rows if row[2] == "Trần Văn Đức"] == [
        (1, None, datetime(2022, 10, 27, 7, 41, 5, tzinfo=HANOI), datetime(2022, 10, 27, 10, tzinfo=HANOI))
    ]


def test_hand_outs_are_by_name_then_in_the_order_of_documents() -> None:
    book, bag = Document("TL01", 1, "Chuyên đề 1"), Document("TUI", 9, "Túi", "Bag")
    table = hand_out_table(
        EVENT,
        [
            HandOutRecord(DUC, bag, CAME_AT, "Desk 1"),
            HandOutRecord(DUC, book, CAME_AT, "Desk 1"),
            HandOutRecord(AN, bag, None, state=BundleState.DUE),
        ],
    )
    assert [(row[2], row[6], row[7], row[8]) for row in table.rows] == [
        ("Lê Hoàng Ân", "TUI", "Bag", "due"),
        ("Trần Văn Đức", "TL01", "Chuyên đề 1", "handed out"),
        ("Trần Văn Đức", "TUI", "Bag", "handed out"),
    ]


def test_every_row_has_a_cell_for_each_column() -> None:
    tables = [
        attendance_table(EVENT, [AttendanceRecord(DUC, DAY, True, CAME_AT)]),
        attendance_overview(EVENT, [DAY, TOPIC], [AttendanceRecord(DUC, DAY, True, CAME_AT)]),
        hand_out_table(EVENT, [HandOutRecord(DUC, Document("A", 1, "A"), CAME_AT)]),
        mail_merge_table(EVENT, [BadgeData(DUC, "1" * 44)], ["db00001.png"]),
    ]
    for table in tables:
        assert [len(row) for row in table.rows] == [len(table.columns)]
        assert len(set(table.columns)) == len(table.columns)


def test_the_mail_merge_sheet_begins_with_its_headings_and_keeps_the_given_order() -> None:
    table = mail_merge_table(EVENT, [BadgeData(DUC, "1" * 44), BadgeData(AN, "2" * 44)], ["a.png", "b.png"])
    assert table.above == ()
    assert [(row[1], row[8], row[9]) for row in table.rows] == [
        ("Trần Văn Đức", "a.png", "1" * 44),
        ("Lê Hoàng Ân", "b.png", "2" * 44),
    ]
