"""What was renamed or merged stays so, whatever the next roster file says and whichever file is taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from station.app import Station, open_station
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.unit import Kind
from station.roster.lines import LineKind, change_lines
from station.roster.plan import RosterFile, read_roster
from station.store import roster as roster_store
from station.store import units
from tests.builders import DELEGATES, HandClock, make_event

OLD, NEW = "LĐLĐ tỉnh Hà Nam", "Liên đoàn Lao động tỉnh Hà Nam"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    set_language("en")
    opened = open_station(make_event(tmp_path / "event"), clock=HandClock())
    yield opened
    opened.close()


def file_of(path: Path, *units_said: str, category: str = "Học viên") -> RosterFile:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Mã", "Họ và tên", "Đơn vị", "Thành phần"))
        for number, (person, unit) in enumerate(zip(DELEGATES, units_said, strict=False), 1):
            sheet.write_row(number, 0, (person.code, person.name, unit, category))
    return read_roster(path)


def take(station: Station, roster: RosterFile) -> None:
    station.take_roster(station.roster_changes(roster), "next.xlsx", roster.sha256)


def everybody(station: Station) -> list[Delegate]:
    with station.files.reading() as connection:
        return sorted(roster_store.delegates(connection), key=lambda delegate: delegate.code)


def test_a_file_with_the_old_spelling_changes_nothing_and_says_so(station: Station, tmp_path: Path) -> None:
    station.files.write(lambda c: units.rename(c, Kind.UNIT, OLD, NEW))
    station.files.write(lambda c: units.rename(c, Kind.CATEGORY, "Học viên", "Đại biểu chính thức"))
    roster = file_of(tmp_path / "next.xlsx", *[OLD] * 4)
    difference = station.roster_changes(roster)
    assert (len(difference.unchanged), difference.changed, difference.added) == (4, (), ())
    unit, category = difference.notices
    assert (unit.problem, unit.row) == ("READ_AS", 2)
    assert unit.message.startswith(f"4 rows say “{OLD}”, which is read as “{NEW}”")
    assert "“Học viên”" in category.message
    lines = change_lines(roster, difference)
    assert [line.detail for line in lines if line.kind is LineKind.NOTICE] == [unit.message, category.message]


def test_a_new_delegate_of_the_old_spelling_belongs_to_the_merged_unit(
    station: Station, tmp_path: Path
) -> None:
    station.files.write(lambda c: units.add(c, Kind.UNIT, NEW))
    station.files.write(lambda c: units.merge(c, Kind.UNIT, OLD, NEW))
    path = tmp_path / "next.csv"
    path.write_text(f"Họ và tên;Đơn vị\nNgười Mới;{OLD}\n", "utf-8-sig")
    take(station, read_roster(path))
    assert {person.unit for person in everybody(station)} == {NEW}
    with station.files.reading() as connection:
        assert OLD not in units.colours(connection, Kind.UNIT)


def test_a_spelling_that_stands_for_itself_again_is_read_so(station: Station, tmp_path: Path) -> None:
    station.files.write(lambda c: units.rename(c, Kind.UNIT, OLD, NEW))
    station.files.write(lambda c: units.forget_spelling(c, Kind.UNIT, OLD))
    take(station, file_of(tmp_path / "next.xlsx", OLD))
    assert [person.unit for person in everybody(station)] == [OLD, NEW, NEW, NEW, NEW]


def test_taking_a_roster_back_after_a_merge_does_not_bring_the_old_unit_back(
    station: Station, tmp_path: Path
) -> None:
    take(station, file_of(tmp_path / "next.xlsx", "Báo Lao Động", "Báo Lao Động", category="Báo chí"))
    station.files.write(lambda c: units.rename(c, Kind.UNIT, OLD, NEW))
    station.files.write(lambda c: units.rename(c, Kind.CATEGORY, "Học viên", "Đại biểu"))
    station.undo_roster()
    people = everybody(station)
    assert {person.unit for person in people} == {NEW}
    assert [person.category for person in people] == ["Đại biểu"] * 4 + ["Báo chí"]
    with station.files.reading() as connection:
        assert set(units.colours(connection, Kind.CATEGORY)) == {"Đại biểu", "Báo chí"}


def test_a_file_without_a_column_of_units_leaves_them_alone(station: Station, tmp_path: Path) -> None:
    station.files.write(lambda c: units.rename(c, Kind.UNIT, OLD, NEW))
    path = tmp_path / "next.csv"
    path.write_text(f"Mã;Họ và tên\nDB00001;{DELEGATES[0].name}\n", "utf-8-sig")
    difference = station.roster_changes(read_roster(path))
    assert (len(difference.unchanged), difference.notices) == (1, ())
