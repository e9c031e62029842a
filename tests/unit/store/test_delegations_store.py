"""Who is expected, present and missing of which unit, and who counts for the quorum, as the journal has it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.checkin.cases import Person
from station.model.delegate import Delegate, DelegateStatus
from station.model.entry import EntryKind
from station.model.event import Audience, Session
from station.model.quorum import TWO_THIRDS, QuorumRule
from station.model.unit import Kind
from station.model.verdict import Source
from station.store import migration, projections, quorum, units
from station.store.connection import WriteConnection
from station.store.delegations import PersonLine
from station.store.journal import Note
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, payload

HA_NAM, HUE = "LĐLĐ tỉnh Hà Nam", "LĐLĐ thành phố Huế"
PEOPLE = (
    *DELEGATES,
    Delegate("", "DB00006", "Bùi Thị Sáu", unit=HUE, category="Học viên", phone="0912345678"),
    Delegate("", "DB00007", "Cao Văn Bảy", category="Khách mời"),
)
SESSIONS = (
    Session("CHUNG", 1, "Toàn bộ", exits=True, re_entry=True),
    Session("CD1", 2, "Chuyên đề 1", admits=(Audience("Học viên"), Audience(unit=HUE))),
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "e", delegates=PEOPLE, sessions=SESSIONS), clock=clock)
    yield opened
    opened.close()


def lines(station: Station, session: str = "CHUNG") -> dict[str, tuple[int, int, int]]:
    return {
        line.unit: (line.expected, line.present, line.missing) for line in station.delegations.lines(session)
    }


def person(station: Station, name: str, unit: str = HA_NAM) -> PersonLine:
    return next(
        line for line in station.delegations.people(unit, "CHUNG") if line.delegate.name.startswith(name)
    )


def stand(station: Station, delegate: str, status: DelegateStatus) -> None:
    note = Note(EntryKind.STANDING_CHANGED, station.clock.now(), delegate=delegate, body={"status": status})
    station.files.write(lambda connection: projections.record(connection, INSTANCE, note))


def test_every_unit_has_a_line_and_those_without_one_together(station: Station) -> None:
    assert lines(station) == {HA_NAM: (5, 0, 5), HUE: (1, 0, 1), "": (1, 0, 1)}
    station.desk.redeem(payload(1), Source.CAMERA, "CHUNG")
    station.desk.redeem(payload(6), Source.CAMERA, "CHUNG")
    assert lines(station) == {HA_NAM: (5, 1, 4), HUE: (1, 1, 0), "": (1, 0, 1)}


def test_who_left_is_missing_again_with_the_time(station: Station, clock: HandClock) -> None:
    station.desk.redeem(payload(1), Source.CAMERA, "CHUNG")
    clock.forward(minutes=90)
    station.desk.check_out_code(payload(1), Source.CAMERA, "CHUNG")
    assert lines(station)[HA_NAM] == (5, 0, 5)
    gone = person(station, "Nguyễn")
    assert (gone.missing, gone.first_in is not None, gone.last_out) == (True, True, clock.now())


def test_only_who_may_enter_a_session_is_expected_there(station: Station) -> None:
    assert lines(station, "CD1") == {HA_NAM: (4, 0, 4), HUE: (1, 0, 1)}


def test_who_does_not_come_is_not_missing(station: Station) -> None:
    stand(station, f"{INSTANCE}-2", DelegateStatus.WITHDRAWN)
    station.cases.substitute(f"{INSTANCE}-1", Person("Lý Thị Thay"), "bận")
    assert lines(station)[HA_NAM] == (4, 0, 4)
    absent = person(station, "Nguyễn")
    assert (absent.expected, absent.substitute) == (False, "Lý Thị Thay")
    assert person(station, "Lý").stands_for == absent.delegate.name
    assert person(station, "Trần").delegate.status is DelegateStatus.WITHDRAWN
    stand(station, f"{INSTANCE}-2", DelegateStatus.ACTIVE)
    assert lines(station)[HA_NAM] == (5, 0, 5)


def test_who_was_let_in_as_an_exception_is_counted_with_their_unit(station: Station) -> None:
    stand(station, f"{INSTANCE}-2", DelegateStatus.BLOCKED)
    station.cases.override(f"{INSTANCE}-2", "đồng ý", "CHUNG")
    assert lines(station)[HA_NAM] == (5, 1, 4)


def test_a_corrected_unit_counts(station: Station) -> None:
    station.cases.correct(f"{INSTANCE}-7", {"unit": HUE})
    assert lines(station) == {HA_NAM: (5, 0, 5), HUE: (2, 0, 2)}
    assert [line.delegate.name for line in station.delegations.missing("CHUNG", HUE)] == [
        "Cao Văn Bảy",
        "Bùi Thị Sáu",
    ]


def test_a_walk_in_is_present_and_says_so(station: Station) -> None:
    station.cases.walk_in(Person("Vũ Thị Mai", unit=HUE), "CHUNG")
    assert lines(station)[HUE] == (2, 1, 1)
    assert person(station, "Vũ", HUE).approval == "waiting"


def test_the_quorum_counts_the_chosen_categories_only(station: Station) -> None:
    assert station.delegations.quorum("CHUNG") is None
    rule = QuorumRule(TWO_THIRDS, ("Học viên",))
    station.delegations.set_quorum(rule)
    for serial in (1, 2, 3, 5):  # the fifth is of the press
        station.desk.redeem(payload(serial), Source.CAMERA, "CHUNG")
    standing = station.delegations.quorum("CHUNG")
    assert standing is not None
    assert (standing.rule, standing.present, standing.total, standing.needed) == (rule, 3, 5, 4)
    station.desk.redeem(payload(6), Source.CAMERA, "CHUNG")
    reached = station.delegations.quorum("CHUNG")
    assert reached is not None
    assert reached.is_reached
    station.delegations.set_quorum(replace(rule, categories=None))
    everybody = station.delegations.quorum("CHUNG")
    assert everybody is not None
    assert (everybody.present, everybody.total) == (5, 7)
    station.delegations.set_quorum(None)
    assert station.delegations.quorum("CHUNG") is None


def test_who_left_is_not_present_for_the_quorum(station: Station) -> None:
    station.delegations.set_quorum(QuorumRule(TWO_THIRDS))
    station.desk.redeem(payload(1), Source.CAMERA, "CHUNG")
    station.desk.check_out_code(payload(1), Source.CAMERA, "CHUNG")
    standing = station.delegations.quorum("CHUNG")
    assert standing is not None
    assert standing.present == 0


def test_a_walk_in_moves_the_quorum_only_once_approved_and_a_substitute_takes_the_place(
    station: Station,
) -> None:
    station.delegations.set_quorum(QuorumRule(TWO_THIRDS, ("Học viên",)))
    walk_in = station.cases.walk_in(Person("Vũ Thị Mai", category="Học viên"), "CHUNG")
    comes = station.cases.substitute(f"{INSTANCE}-1", Person("Lý Thị Thay"), "bận")
    station.desk.admit_by_hand(comes.id, "CHUNG")

    def standing() -> tuple[int, int]:
        found = station.delegations.quorum("CHUNG")
        assert found is not None
        return found.present, found.total

    assert standing() == (1, 5)
    assert walk_in.delegate is not None
    station.cases.decide_walk_in(walk_in.delegate.id, approved=True)
    assert standing() == (2, 6)


def test_hand_outs_of_before_the_step_have_no_receiver_and_stand_as_the_journal_says(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migration.migrate(connection, 12)
        connection.execute(
            "INSERT INTO hand_out (delegate, document, instance, sequence, at_ms) VALUES ('1-1', 'TL01', '1', 1, 0)"
        )
        assert migration.migrate(connection)[:1] == [13]
        assert migration.is_complete(connection)
        assert connection.execute("SELECT received_by FROM hand_out").fetchone()[0] is None
        assert quorum.rule_of(connection) is None


def test_the_rule_follows_a_category_that_is_renamed_and_loses_one_that_goes(station: Station) -> None:
    rule = QuorumRule(TWO_THIRDS, ("Báo chí", "Học viên"))
    station.delegations.set_quorum(rule)

    def rename(connection: WriteConnection) -> None:
        connection.execute("UPDATE category SET name = 'Phóng viên' WHERE name = 'Báo chí'")
        connection.execute("DELETE FROM quorum_category WHERE category = 'Học viên'")

    station.files.write(rename)
    changed = station.delegations.quorum("CHUNG")
    assert changed is not None
    assert (changed.rule.categories, changed.total) == (("Phóng viên",), 1)
    station.files.write(lambda connection: connection.execute("DELETE FROM quorum_category"))
    nobody = station.delegations.quorum("CHUNG")
    assert nobody is not None
    assert (nobody.total, nobody.is_reached) == (0, False)


def test_the_rule_goes_over_to_the_category_that_another_becomes_part_of(station: Station) -> None:
    station.delegations.set_quorum(QuorumRule(TWO_THIRDS, ("Báo chí",)))
    station.files.write(lambda connection: units.merge(connection, Kind.CATEGORY, "Báo chí", "Khách mời"))
    merged = station.delegations.quorum("CHUNG")
    assert merged is not None
    assert (merged.rule.categories, merged.total) == (("Khách mời",), 2)


def test_a_unit_that_was_renamed_after_a_correction_is_one_line(station: Station) -> None:
    station.cases.correct(f"{INSTANCE}-7", {"unit": HUE})
    station.files.write(lambda connection: units.rename(connection, Kind.UNIT, HUE, "LĐLĐ TP Huế"))
    assert lines(station) == {HA_NAM: (5, 0, 5), "LĐLĐ TP Huế": (2, 0, 2)}
    assert len(station.delegations.people("LĐLĐ TP Huế", "CHUNG")) == 2
