"""Prepared faults, each of which the preflight must name; and an evening on which there is none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from station.checkin.cases import Person
from station.i18n import set_language
from station.media.drives import Drive
from station.media.faults import MEGABYTE
from station.model.event import Session
from station.model.verdict import Source
from station.preflight import trials
from station.preflight.all_checks import CHECKS, run_checks
from station.preflight.battery import Battery, battery_of
from station.preflight.check import Level
from station.preflight.trials import Trial
from station.store import badges, instance
from station.store import documents as document_store
from station.store.connection import WriteConnection
from tests.builders import DELEGATES, EVENT, INSTANCE, MORNING, payload
from tests.unit.capture.pictures import empty, write_video
from tests.unit.preflight.conftest import PRINTER, Evening


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def said(evening: Evening, name: str, level: Level) -> str:
    """The text of a check that must have come out at a level."""
    check = evening.check(name)
    assert check.level is level, check
    return check.text


def test_where_all_is_well_every_check_is_green(evening: Evening) -> None:
    checks = list(run_checks(evening.subject()))
    assert [check.name for check in checks] == list(CHECKS)
    assert [check.text for check in checks if check.level is not Level.OK] == []
    assert all(check.message for check in checks)


def test_an_event_without_delegates(evening_of: Callable[..., Evening]) -> None:
    assert "nobody on the roster" in said(evening_of(delegates=()), "roster", Level.FAIL)


def test_a_roster_that_is_ten_days_old_two_days_before_the_event(evening: Evening) -> None:
    old_ms = round((MORNING - timedelta(days=10)).timestamp() * 1000)
    evening.station.files.write(lambda c: c.execute("UPDATE payload SET issued_at_ms = ?", (old_ms,)))
    assert "the roster is of 17/10/2022 07:30. Ask the office" in said(evening, "roster", Level.WARN)


def test_an_old_roster_long_before_the_event_is_none_of_todays_worries(evening: Evening) -> None:
    evening.station.files.write(lambda c: c.execute("UPDATE payload SET issued_at_ms = 1660000000000"))
    evening.clock.at = datetime(2022, 10, 1, tzinfo=UTC)
    assert evening.check("roster").level is Level.OK


def test_a_delegate_whose_payload_is_gone(evening: Evening) -> None:
    evening.station.files.write(lambda c: c.execute("DELETE FROM payload WHERE serial = 2"))
    text = said(evening, "roster", Level.WARN)
    assert "1 delegate has no valid code: Trần Văn Đức." in text


def test_delegates_who_may_be_there_twice_are_counted(evening_of: Callable[..., Evening]) -> None:
    twin = replace(DELEGATES[0], code="DB00099", name="nguyễn thị ánh")
    assert "1 may be on it twice" in said(evening_of(delegates=(*DELEGATES, twin)), "roster", Level.OK)


def test_a_day_without_a_session(evening_of: Callable[..., Evening]) -> None:
    second_day = Session(
        "S2", 1, "Ngày 2", "", MORNING + timedelta(days=1), MORNING + timedelta(days=1, hours=3)
    )
    text = said(evening_of(sessions=[second_day]), "sessions", Level.FAIL)
    assert "No session is open on 27/10/2022" in text


def test_the_session_of_now_and_the_next_one_are_named(evening_of: Callable[..., Evening]) -> None:
    hour = timedelta(hours=1)
    sessions = [
        Session("S0", 0, "Cả ngày", "All day"),
        Session("S1", 1, "Sáng", "Morning", MORNING - hour, MORNING + hour),
        Session("S2", 2, "Trưa", "Noon", MORNING + 2 * hour, MORNING + 3 * hour),
    ]
    text = said(evening_of(sessions=sessions), "sessions", Level.OK)
    assert "3 sessions on 27/10/2022. Open now: “Morning”. Next: “Noon” at 09:30." in text


def test_an_event_that_is_over(evening: Evening) -> None:
    evening.clock.forward(days=9)
    assert "was over on 28/10/2022" in said(evening, "sessions", Level.WARN)
    assert "was over on 28/10/2022" in said(evening, "clock", Level.WARN)


def test_a_camera_that_is_not_there(evening: Evening, tmp_path: Path) -> None:
    evening.settings.camera = str(tmp_path / "gone.avi")
    assert "gone.avi" in said(evening, "camera", Level.FAIL)


def test_a_camera_under_its_cover(evening: Evening, tmp_path: Path) -> None:
    black = write_video(tmp_path / "black.avi", [np.zeros((360, 640, 3), np.uint8)] * 30, codec="MJPG")
    evening.changes["camera"] = str(black)
    assert "nothing but black" in said(evening, "camera", Level.FAIL)


def test_a_camera_whose_picture_stands_still(evening: Evening, tmp_path: Path) -> None:
    evening.changes["camera"] = str(write_video(tmp_path / "still.avi", [empty()] * 30, codec="MJPG"))
    assert "stands still" in said(evening, "camera", Level.FAIL)


def test_a_camera_before_which_nobody_held_a_code_and_one_by_which_a_code_was_read(
    evening: Evening, tmp_path: Path
) -> None:
    noise = np.random.default_rng(7)
    wall = [noise.integers(90, 160, (360, 640, 3), np.uint8) for _picture in range(20)]
    address = str(write_video(tmp_path / "wall.avi", wall, codec="MJPG"))
    evening.settings.camera = address
    assert "Nobody has held a code before it yet." in said(evening, "camera", Level.WARN)
    trials.remember(evening.settings, trials.CAMERA, Trial(address, evening.clock.now(), passed=True))
    assert "A code was read by it on 27/10/2022 07:42." in said(evening, "camera", Level.OK)
    trials.remember(evening.settings, trials.CAMERA, Trial("another", evening.clock.now(), passed=True))
    assert evening.check("camera").level is Level.WARN


def test_something_that_cannot_be_a_camera(evening: Evening) -> None:
    evening.changes["camera"] = "ftp://somewhere/video"
    assert "cannot be a camera" in said(evening, "camera", Level.FAIL)


def test_a_scanner_that_nobody_tried_or_that_failed_or_long_ago(evening: Evening) -> None:
    evening.settings.trials.clear()
    assert "No scanner has been tried" in said(evening, "scanner", Level.WARN)
    trials.remember(evening.settings, trials.SCANNER, Trial("", evening.clock.now(), passed=False))
    assert "changes the digits" in said(evening, "scanner", Level.WARN)
    trials.remember(evening.settings, trials.SCANNER, Trial("", MORNING - timedelta(days=4), passed=True))
    assert "some days ago" in said(evening, "scanner", Level.WARN)


@pytest.mark.parametrize(
    ("printers", "text"),
    [
        (None, "in the window only"),
        ([], "No printer is installed"),
        (["Another"], "No test page was printed"),
    ],
)
def test_printers_that_are_unknown_missing_or_untried(
    evening: Evening, printers: list[str] | None, text: str
) -> None:
    evening.change_machine(printers=None if printers is None else lambda: printers)
    assert text in said(evening, "printer", Level.WARN)


def test_a_test_page_that_was_not_good(evening: Evening) -> None:
    trials.remember(evening.settings, trials.PRINTER, Trial(PRINTER, evening.clock.now(), passed=False))
    assert f"The test page from {PRINTER} on 27/10/2022 07:42 was not good." in said(
        evening, "printer", Level.WARN
    )


def test_no_stick(evening: Evening) -> None:
    evening.change_machine(drives=lambda: [])
    assert "No USB stick was found." in said(evening, "stick", Level.WARN)


def test_a_stick_that_cannot_be_written(evening: Evening) -> None:
    evening.change_machine(drives=lambda: [Drive(Path("/proc"))])
    assert "/proc" in said(evening, "stick", Level.FAIL)


def test_a_good_stick_is_as_it_was_before(evening: Evening) -> None:
    (evening.stick / "theirs.txt").write_text("kept")
    assert "takes files and gives them back; 84 GB free" in said(evening, "stick", Level.OK)
    assert [file.name for file in evening.stick.iterdir()] == ["theirs.txt"]


@pytest.mark.parametrize(("megabytes", "level"), [(150, Level.FAIL), (600, Level.WARN), (1000, Level.OK)])
def test_a_disk_that_is_nearly_full(evening: Evening, megabytes: int, level: Level) -> None:
    evening.change_machine(free_bytes=lambda _path: megabytes * MEGABYTE)
    assert f"{megabytes} MB free" in said(evening, "disk", level)


def test_a_network_drive(evening: Evening) -> None:
    evening.change_machine(file_system=lambda _path: "cifs")
    assert "network drive" in said(evening, "disk", Level.WARN)


def test_a_document_that_was_removed(evening: Evening) -> None:
    (evening.station.folder / "documents" / "chuong-trinh.pdf").unlink()
    assert "Missing or not readable: CT (chuong-trinh.pdf)." in said(evening, "documents", Level.FAIL)


def test_a_document_that_was_altered(evening: Evening) -> None:
    (evening.station.folder / "documents" / "chuong-trinh.pdf").write_bytes(b"%PDF another document")
    assert "Changed since they were added: CT (chuong-trinh.pdf)." in said(evening, "documents", Level.FAIL)


def test_characters_that_badges_cannot_show(evening_of: Callable[..., Evening]) -> None:
    people = (
        replace(DELEGATES[0], name="Trần 𝒜n"),
        replace(DELEGATES[1], unit="Đại sứ quán 中国"),
        *DELEGATES[2:],
    )
    text = said(evening_of(delegates=people), "fonts", Level.WARN)
    assert "2 delegates have characters" in text
    assert "DB00001 Trần 𝒜n (𝒜 U+1D49C)" in text
    assert "DB00002 Trần Văn Đức (中 U+4E2D 国 U+56FD)" in text


def test_a_clock_that_is_a_day_behind_the_newest_entry(evening: Evening) -> None:
    evening.station.desk.redeem(payload(1), Source.CAMERA)
    evening.clock.forward(days=-1)
    text = said(evening, "clock", Level.FAIL)
    assert "It is 26/10/2022 07:42 here. The newest record of this laptop is of 27/10/2022 07:42" in text


def test_a_clock_behind_the_program_itself(evening: Evening) -> None:
    evening.change_machine(built_at=lambda: MORNING + timedelta(days=30))
    assert "This program is of 26/11/2022 07:30" in said(evening, "clock", Level.FAIL)


def test_files_from_the_future(evening: Evening) -> None:
    import os

    file = evening.station.folder / "documents" / "chuong-trinh.pdf"
    later = datetime.now(UTC).timestamp() + 2 * 86_400
    os.utime(file, (later, later))
    assert "Files of the event were written later" in said(evening, "clock", Level.FAIL)


def test_a_laptop_in_another_time_zone(evening: Evening) -> None:
    evening.change_machine(utc_offset=lambda _at: timedelta(hours=8))
    assert "UTC+08:00, the event's is UTC+07:00 (Asia/Ho_Chi_Minh)" in said(evening, "clock", Level.WARN)


def test_a_battery_at_twelve_per_cent(evening: Evening, tmp_path: Path) -> None:
    supply = tmp_path / "power_supply" / "BAT0"
    supply.mkdir(parents=True)
    for name, value in (("type", "Battery"), ("capacity", "12"), ("status", "Discharging"), ("present", "1")):
        (supply / name).write_text(value + "\n")
    evening.change_machine(battery=lambda: battery_of(tmp_path / "power_supply"))
    assert "Not plugged in; the battery is at 12 %." in said(evening, "power", Level.FAIL)


@pytest.mark.parametrize(
    ("battery", "level"),
    [
        (Battery(100, plugged=True), Level.OK),
        (Battery(80, plugged=False), Level.WARN),
        (Battery(12, plugged=True), Level.WARN),
        (Battery(None, plugged=False), Level.WARN),
    ],
)
def test_other_batteries(evening: Evening, battery: Battery, level: Level) -> None:
    evening.change_machine(battery=lambda: battery)
    assert evening.check("power").level is level


def test_records_that_are_in_no_export_and_badges_that_wait(evening: Evening) -> None:
    assert "Nothing has been recorded here yet." in said(evening, "unsent", Level.OK)
    admitted = evening.station.desk.redeem(payload(1), Source.CAMERA)
    assert admitted.delegate is not None
    who = admitted.delegate.id
    evening.station.files.write(lambda c: badges.wish(c, who, MORNING))
    text = said(evening, "unsent", Level.WARN)
    assert "1 record is in no export" in text
    assert "1 badge waits for printing." in text
    evening.station.export(evening.station.folder / "exports")
    evening.station.files.write(lambda c: badges.withdraw(c, who))
    assert "Every record is in an export" in said(evening, "unsent", Level.OK)


def test_no_backup_an_old_one_and_one_that_is_damaged(evening: Evening) -> None:
    folder = evening.station.folder / "backups"
    (newest,) = folder.iterdir()
    evening.clock.forward(days=1, hours=1)
    assert "The newest backup is of 27/10/2022 07:42. Make a backup now." in said(
        evening, "backup", Level.WARN
    )
    newest.write_bytes(newest.read_bytes()[:5000])
    assert "cannot be read" in said(evening, "backup", Level.FAIL)
    newest.unlink()
    assert "There is no backup of this event." in said(evening, "backup", Level.WARN)


def test_a_journal_in_which_an_entry_was_changed(evening: Evening) -> None:
    evening.station.desk.redeem(payload(1), Source.CAMERA)
    with closing(sqlite3.connect(evening.station.files.database)) as connection:
        trigger = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'entry_is_never_changed'"
        ).fetchone()[0]
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute("UPDATE entry SET outcome = 'refused' WHERE outcome = 'admitted'")
        connection.execute(trigger)
        connection.commit()
    text = said(evening, "event", Level.FAIL)
    assert "The event folder is not whole: Entry 20221027-2 was changed after it was written." in text


def test_two_stations_of_one_name(evening: Evening) -> None:
    evening.station.files.write(lambda c: instance.start_instance(c, "Bàn 1", "elsewhere", evening.clock))
    assert "Another station is called “Bàn 1” too." in said(evening, "event", Level.WARN)


def test_the_sample_event(evening: Evening) -> None:
    evening.changes["is_demo"] = True
    assert "This is the sample event" in said(evening, "event", Level.WARN)


def test_sound_that_is_off_or_cannot_be_heard(evening: Evening) -> None:
    evening.change_machine(plays_sound=lambda: False)
    assert "nothing to play sounds with" in said(evening, "settings", Level.WARN)
    evening.settings.sound = False
    assert "Sound is off." in said(evening, "settings", Level.WARN)


def test_an_event_in_another_zone_is_told_in_its_own(evening: Evening) -> None:
    evening.changes["event"] = replace(EVENT, zone="Europe/Paris")
    evening.change_machine(utc_offset=lambda _at: timedelta(hours=2))
    assert "It is 27/10/2022 02:42 here." in said(evening, "clock", Level.OK)


def counted(evening: Evening, stock: int | None, **changes: object) -> None:
    def work(connection: WriteConnection) -> None:
        bag = document_store.document_of(connection, "TUI")
        assert bag is not None
        document_store.update_document(connection, "TUI", replace(bag, stock=stock, **changes))

    evening.station.files.write(work)
    evening.station.desk.reload()


def test_too_few_printed_copies_for_those_who_still_wait_for_one(evening: Evening) -> None:
    counted(evening, 5)
    assert evening.check("documents").level is Level.OK
    counted(evening, 4)
    assert "Too few printed copies: TUI (4/5)." in said(evening, "documents", Level.WARN)
    evening.station.desk.hand_out(f"{INSTANCE}-1")
    assert "Too few printed copies: TUI (3/4)." in said(evening, "documents", Level.WARN)
    counted(evening, 5)
    assert evening.check("documents").level is Level.OK
    counted(evening, 5, version="2")
    assert evening.check("documents").level is Level.OK, (
        "nobody has the new version yet, and all five copies are left"
    )
    counted(evening, 4, withdrawn=True)
    assert evening.check("documents").level is Level.OK


def test_who_is_substituted_needs_neither_a_code_nor_a_copy(evening: Evening) -> None:
    counted(evening, 5)
    evening.station.cases.substitute(f"{INSTANCE}-1", Person("Lý Quốc Bảo"), "bận họp")
    assert "no valid code" not in evening.check("roster").text
    assert evening.check("documents").level is Level.OK


def test_the_file_of_a_withdrawn_document_is_not_missed(evening: Evening) -> None:
    (evening.station.folder / "documents" / "chuong-trinh.pdf").unlink()

    def withdraw(connection: WriteConnection) -> None:
        document = document_store.document_of(connection, "CT")
        assert document is not None
        document_store.update_document(connection, "CT", replace(document, withdrawn=True))

    evening.station.files.write(withdraw)
    assert evening.check("documents").level is Level.OK


def test_a_rehearsal_is_named(evening: Evening) -> None:
    evening.changes["event"] = replace(evening.station.event, rehearsal=True)
    assert "This is a rehearsal" in said(evening, "event", Level.WARN)
