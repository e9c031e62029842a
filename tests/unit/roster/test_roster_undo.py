"""Taking a roster back: everything is as it was, nobody recorded is lost, and no payload changes hands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from station.app import Station, open_station
from station.checkin.cases import Person
from station.errors import Refusal
from station.model.delegate import Delegate, DelegateStatus
from station.model.unit import Kind
from station.model.verdict import Outcome, Reason, Source
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import fits_of, plan_photos
from station.roster.plan import read_roster
from station.store import invitations, units
from station.store import roster as roster_store
from station.store.connection import WriteConnection
from station.store.projections import rebuild
from tests.builders import HandClock, make_event, payload
from tests.portraits import photo

HEADING = ("Mã", "Họ và tên", "Đơn vị", "Điện thoại", "Ăn chay")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "event"), clock=HandClock())
    yield opened
    opened.close()


def take(station: Station, path: Path, *rows: tuple[str, ...]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADING, *rows]):
            sheet.write_row(number, 0, row)
    roster = read_roster(path, keep=["Ăn chay"])
    station.take_roster(station.roster_changes(roster), path.name, roster.sha256)


def everybody(station: Station) -> dict[str, Delegate]:
    with station.files.reading() as connection:
        return {delegate.name: delegate for delegate in roster_store.delegates(connection)}


def test_one_step_back_is_the_roster_as_it_was(station: Station, tmp_path: Path) -> None:
    before, payloads = everybody(station), station.payloads()
    take(
        station,
        tmp_path / "lần 2.xlsx",
        ("DB00001", "Nguyễn Thị Ánh", "LĐLĐ tỉnh Hà Nam", "0987654321", "có"),
        ("DB00002", "Trần Văn Đức", "LĐLĐ tỉnh Hà Nam", "092", ""),
        ("", "Người Mới", "LĐLĐ tỉnh Lào Cai", "", "có"),
    )
    changed = everybody(station)
    assert changed["Nguyễn Thị Ánh"].extra == (("Ăn chay", "có"),)
    assert changed["Lê Hoàng Ân"].status is DelegateStatus.VANISHED
    assert "Người Mới" in changed
    latest = station.latest_roster()
    assert latest is not None
    assert latest.file_name == "lần 2.xlsx"
    undone = station.undo_roster()
    assert (undone.removed, undone.kept, undone.restored) == (1, 0, 4)
    assert everybody(station) == before
    assert station.payloads() == payloads
    assert station.latest_roster() is None
    with pytest.raises(Refusal):
        station.undo_roster()
    assert station.files.write(rebuild) == []


def test_units_that_came_with_the_file_go_unless_something_was_decided_about_them(
    station: Station, tmp_path: Path
) -> None:
    with station.files.reading() as connection:
        before = set(units.colours(connection, Kind.UNIT))
    take(
        station,
        tmp_path / "2.xlsx",
        ("", "Người Mới", "Sở Nội vụ", "", ""),
        ("", "Người Khác", "Sở Y tế", "", ""),
    )
    station.files.write(lambda c: units.set_colour(c, Kind.UNIT, "Sở Y tế", "#0b4aa2"))
    station.undo_roster()
    with station.files.reading() as connection:
        assert set(units.colours(connection, Kind.UNIT)) == before | {"Sở Y tế"}


def test_who_has_checked_in_stays_and_only_leaves_the_roster(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("", "Người Mới", "", "", ""), ("", "Người Khác", "", "", ""))
    new = everybody(station)["Người Mới"]
    code = station.payloads()[new.id]
    assert station.desk.redeem(code.encode(), Source.CAMERA).outcome is Outcome.ADMITTED
    undone = station.undo_roster()
    assert (undone.removed, undone.kept) == (1, 1)
    after = everybody(station)
    assert after["Người Mới"].status is DelegateStatus.VANISHED
    assert "Người Khác" not in after
    assert station.desk.counts().present == 1


def test_who_was_sent_an_invitation_stays_too(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("", "Người Mới", "", "", ""), ("", "Người Khác", "", "", ""))
    new = everybody(station)["Người Mới"]

    def invite(connection: WriteConnection) -> None:
        issued = roster_store.live_payloads(connection)[new.id]
        invitations.remember(connection, [issued], ["page"], station.clock.now())

    station.files.write(invite)
    assert (station.undo_roster().kept, everybody(station)["Người Mới"].status) == (
        1,
        DelegateStatus.VANISHED,
    )


def test_whose_row_is_taken_back_loses_the_photo_too(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("DB00077", "Người Mới", "", "", ""))
    photo(tmp_path / "photos" / "DB00077.jpg")
    pictures = read_pictures([tmp_path / "photos"], lambda _done, _total: None)
    state = station.photos.state()
    plan = plan_photos(pictures, fits_of(pictures, state.delegates), state)
    assert station.photos.take(plan, lambda _done, _total: None) == 1

    assert station.undo_roster().removed == 1

    assert station.photos.known() == {}
    assert list((station.folder / "photos").iterdir()) == []


def test_a_payload_that_was_taken_back_is_nobodys(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("", "Người Sai", "", "", ""))
    wrong = everybody(station)["Người Sai"]
    sent_out = station.payloads()[wrong.id]
    station.undo_roster()
    take(station, tmp_path / "3.xlsx", ("", "Người Đúng", "", "", ""))
    right = everybody(station)["Người Đúng"]
    assert right.id != wrong.id
    assert station.payloads()[right.id] != sent_out
    assert station.desk.redeem(sent_out.encode(), Source.CAMERA).outcome is not Outcome.ADMITTED


def test_who_had_vanished_before_has_vanished_again(station: Station, tmp_path: Path) -> None:
    five = [(d.code, d.name, d.unit, d.phone, "") for d in everybody(station).values()]
    take(station, tmp_path / "2.xlsx", *five[:3])
    second = everybody(station)
    take(station, tmp_path / "3.xlsx", *five)
    assert all(d.status is DelegateStatus.ACTIVE for d in everybody(station).values())
    station.undo_roster()
    assert everybody(station) == second
    assert station.latest_roster() is None  # one step, not two


def test_attendance_from_before_is_untouched(station: Station, tmp_path: Path) -> None:
    station.desk.redeem(payload(3), Source.CAMERA)
    take(station, tmp_path / "2.xlsx", ("DB00001", "Nguyễn Thị Ánh", "", "", ""))
    station.undo_roster()
    assert station.desk.counts().present == 1
    assert everybody(station)["Lê Hoàng Ân"].status is DelegateStatus.ACTIVE


def test_walk_ins_whom_a_file_named_are_as_they_came(station: Station, tmp_path: Path) -> None:
    walk_in = station.cases.walk_in(Person("Vũ Thị Mai", unit="LĐLĐ tỉnh Hà Nam")).delegate
    assert walk_in is not None
    code = station.payloads()[walk_in.id]
    take(
        station,
        tmp_path / "2.xlsx",
        ("", "Vũ Thị Mai", "LĐLĐ tỉnh Hà Nam", "0911222333", ""),
        ("", "Người Mới", "", "", ""),
    )
    named = everybody(station)["Vũ Thị Mai"]
    assert (named.id, named.code, named.phone) == (walk_in.id, walk_in.code, "0911222333")
    undone = station.undo_roster()
    assert (undone.removed, undone.kept) == (1, 0)
    assert everybody(station)["Vũ Thị Mai"] == walk_in
    assert station.desk.redeem(code.encode(), Source.CAMERA).reason is Reason.ALREADY_IN


def test_who_comes_instead_of_somebody_taken_back_still_does(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("", "Người Mới", "LĐLĐ tỉnh Lạ", "", ""))
    new = everybody(station)["Người Mới"]
    code = station.payloads()[new.id]
    comes = station.cases.substitute(new.id, Person("Lý Quốc Bảo"), "bận họp")
    station.files.write(lambda c: units.rename(c, Kind.UNIT, "LĐLĐ tỉnh Lạ", "LĐLĐ tỉnh Quen"))
    assert (station.undo_roster().removed, everybody(station)["Người Mới"].status) == (
        0,
        DelegateStatus.VANISHED,
    )
    after = everybody(station)["Lý Quốc Bảo"]
    assert (after.status, after.unit) == (DelegateStatus.ACTIVE, "LĐLĐ tỉnh Quen")
    assert station.desk.redeem(code.encode(), Source.CAMERA).reason is Reason.SUBSTITUTED
    assert (
        station.desk.redeem(station.payloads()[comes.id].encode(), Source.CAMERA).outcome is Outcome.ADMITTED
    )


def test_units_merged_since_stay_one(station: Station, tmp_path: Path) -> None:
    take(station, tmp_path / "2.xlsx", ("DB00001", "Nguyễn Thị Ánh", "Hà Nam", "", ""))
    station.files.write(lambda c: units.merge(c, Kind.UNIT, "LĐLĐ tỉnh Hà Nam", "Hà Nam"))
    station.undo_roster()
    assert {person.unit for person in everybody(station).values()} == {"Hà Nam"}
    with station.files.reading() as connection:
        assert [division.name for division in units.divisions(connection, Kind.UNIT)] == ["Hà Nam"]
