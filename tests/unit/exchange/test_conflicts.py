"""Conflicts between desks: found in the entries, decided by an entry, and then decided everywhere."""

import itertools
from pathlib import Path

import pytest

from station.checkin.cases import Person
from station.errors import Refusal
from station.exchange.conflicts import Choice, Conflict, ConflictKind, conflicts, resolve
from station.exchange.verify import verify
from station.model.verdict import Source
from station.reports.catalogue import report_of
from station.reports.facts import Facts
from station.store import projections
from tests.builders import INSTANCE, payload
from tests.unit.exchange.desks import Desks

WHO = f"{INSTANCE}-1"


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def found(desks: Desks, name: str = "office") -> list[Conflict]:
    with desks.opened(name) as station, station.files.reading() as connection:
        return conflicts(connection)


def gather(desks: Desks) -> None:
    """Everything to the office."""
    desks.merge("office", *(desks.stick(name) for name in ("Bàn A", "Bàn B", "Bàn C")))


def decide(desks: Desks, choice: str, name: str = "office") -> None:
    (only,) = found(desks, name)
    desks.at(name, lambda station: resolve(station.files, station.clock, only.id, choice))


def spread(desks: Desks) -> None:
    """Everything from the office to all desks: then all say the same, also made again from the journal."""
    stick = desks.stick("office")
    states = []
    for name in ("office", "Bàn A", "Bàn B", "Bàn C"):
        desks.merge(name, stick)
        with desks.opened(name) as station:
            assert station.files.write(projections.rebuild) == []
            with station.files.reading() as connection:
                states.append(
                    (
                        conflicts(connection),
                        *(
                            sorted(map(tuple, connection.execute(f"SELECT * FROM {table}")), key=repr)
                            for table in projections.TABLES
                        ),
                    )
                )
        assert verify(desks.folders[name]).ok
    assert all(state == states[0] for state in states)


def redeem(desks: Desks, name: str, serial: int = 1) -> None:
    desks.at(name, lambda station: station.desk.redeem(payload(serial), Source.CAMERA))


def present(desks: Desks, name: str = "office") -> int:
    with desks.opened(name) as station:
        return station.desk.counts().present


@pytest.mark.parametrize("choice", [Choice.KEEP, Choice.CANCEL])
def test_one_delegate_admitted_at_two_desks(desks: Desks, choice: Choice) -> None:
    redeem(desks, "Bàn A")
    redeem(desks, "Bàn B")
    gather(desks)
    (only,) = found(desks)
    assert (only.kind, only.delegate) == (ConflictKind.ADMITTED_TWICE, WHO)
    assert [(claim.station, claim.counts) for claim in only.claims] == [("Bàn A", True), ("Bàn B", False)]
    decide(desks, choice)
    assert found(desks) == []
    assert present(desks) == 1
    spread(desks)


def test_a_third_admission_opens_what_was_decided_of_two(desks: Desks) -> None:
    redeem(desks, "Bàn A")
    redeem(desks, "Bàn B")
    gather(desks)
    decide(desks, Choice.KEEP)
    redeem(desks, "Bàn C")
    gather(desks)
    assert [len(one.claims) for one in found(desks)] == [3]


def test_an_exception_by_who_knew_is_no_conflict(desks: Desks) -> None:
    redeem(desks, "Bàn A")
    desks.merge("Bàn B", desks.stick("Bàn A"))
    desks.at("Bàn B", lambda station: station.cases.override(WHO, "mất thẻ"))
    gather(desks)
    assert found(desks) == []


@pytest.mark.parametrize(("choice", "there"), [(Choice.SAME, 1), (Choice.APART, 2)])
def test_two_walk_ins_that_are_one_person(desks: Desks, choice: Choice, there: int) -> None:
    for name, spelling in (("Bàn A", "Vũ Thị Mai"), ("Bàn B", "VŨ THỊ MAI")):
        desks.at(
            name,
            lambda station, spelling=spelling: station.cases.walk_in(Person(spelling, unit="Ban Nữ công")),
        )
    gather(desks)
    (only,) = found(desks)
    assert only.kind is ConflictKind.SAME_PERSON
    assert present(desks) == 2
    decide(desks, choice)
    assert present(desks) == there
    assert found(desks) == []
    with desks.opened("office") as office:
        seen = office.desk.redeem(office.payloads()[only.other].encode(), Source.CAMERA)
        assert seen.reason == "ALREADY_IN"
    spread(desks)


def test_people_of_one_name_and_different_units_are_two(desks: Desks) -> None:
    for name, unit in (("Bàn A", "Ban Nữ công"), ("Bàn B", "Ban Tài chính")):
        desks.at(name, lambda station, unit=unit: station.cases.walk_in(Person("Vũ Thị Mai", unit=unit)))
    gather(desks)
    assert found(desks) == []


def test_a_union_counts_the_first_coming_of_either_and_can_be_voided(desks: Desks) -> None:
    for name in ("Bàn B", "Bàn A"):
        desks.at(name, lambda station: station.cases.walk_in(Person("Vũ Thị Mai")))
    gather(desks)
    decide(desks, Choice.SAME)
    with desks.opened("office") as office, office.files.reading() as connection:
        rows = connection.execute("SELECT delegate, instance FROM attendance").fetchall()
        union = connection.execute("SELECT instance || '-' || sequence FROM united").fetchone()[0]
    assert len(rows) == 1
    assert rows[0]["delegate"].startswith(rows[0]["instance"])  # who came first, by the desk that came first

    def void(station: object) -> None:
        from station.model.entry import EntryKind
        from station.store.journal import Note

        note = Note(EntryKind.VOID, office.clock.now(), target=union)
        station.files.write(lambda c: projections.record(c, station.instance, note))  # type: ignore[attr-defined]

    desks.at("office", void)
    assert present(desks) == 2


def test_who_was_registered_twice_is_missing_nowhere(desks: Desks) -> None:
    for name in ("Bàn B", "Bàn A"):
        desks.at(name, lambda station: station.cases.walk_in(Person("Vũ Thị Mai", unit="Ban Nữ công")))
    gather(desks)
    decide(desks, Choice.SAME)
    with desks.opened("office") as office:
        session = office.desk.session(None)
        missing = [line.delegate.name for line in office.delegations.missing(None)]
        with office.files.reading() as connection:
            facts = Facts(connection, office.clock.now())
            stays = [stay for stay in facts.stays(session) if stay.delegate.name == "Vũ Thị Mai"]
            (unit,) = [each for each in facts.standings(session) if each.unit == "Ban Nữ công"]
            listed = [line.delegate.name for line in report_of("attendance").rows(facts)]
    assert "Vũ Thị Mai" not in missing
    assert [bool(stay.first_in) for stay in stays] == [True]
    assert (unit.expected, unit.came) == (1, 1)
    assert listed.count("Vũ Thị Mai") == 1


def test_a_field_corrected_differently(desks: Desks) -> None:
    desks.at("Bàn A", lambda station: station.cases.correct(WHO, {"name": "Nguyễn Thị Anh", "seat": "A1"}))
    desks.at("Bàn B", lambda station: station.cases.correct(WHO, {"name": "Nguyễn Thị Ảnh", "seat": "A1"}))
    gather(desks)
    (only,) = found(desks)
    assert (only.kind, only.field) == (ConflictKind.CORRECTED_TWICE, "name")
    assert [(claim.text, claim.counts) for claim in only.claims] == [
        ("Nguyễn Thị Anh", False),
        ("Nguyễn Thị Ảnh", True),
    ]
    decide(desks, only.claims[0].entry)
    assert found(desks) == []
    with desks.opened("office") as office:
        line = next(x for x in office.desk.roster() if x.delegate.id == WHO)
        assert line.delegate.name == "Nguyễn Thị Anh"
    spread(desks)


def test_who_knew_the_other_correction_does_not_contradict_it(desks: Desks) -> None:
    desks.at("Bàn A", lambda station: station.cases.correct(WHO, {"name": "Nguyễn Thị Anh"}))
    desks.merge("Bàn B", desks.stick("Bàn A"))
    desks.at("Bàn B", lambda station: station.cases.correct(WHO, {"name": "Nguyễn Thị Ảnh"}))
    gather(desks)
    assert found(desks) == []


@pytest.mark.parametrize(("choice", "there"), [(Choice.PRESENT, 1), (Choice.ABSENT, 0)])
@pytest.mark.parametrize("knew", [False, True])
def test_cancelled_at_one_desk_and_scanned_later_at_another(
    desks: Desks, choice: Choice, there: int, knew: bool
) -> None:
    """Who knew of the admission answered “already in”: after the cancellation that scan alone says they are there."""
    entry = ""

    def admit(station: object) -> None:
        nonlocal entry
        entry = station.desk.redeem(payload(1), Source.CAMERA).entry  # type: ignore[attr-defined]

    desks.at("Bàn A", admit)
    if knew:
        desks.merge("Bàn B", desks.stick("Bàn A"))
    redeem(desks, "Bàn B")
    desks.at("Bàn A", lambda station: station.desk.void(entry, "nhầm người"))
    gather(desks)
    (only,) = found(desks)
    assert only.kind is ConflictKind.CANCELLED_THEN_SCANNED
    assert present(desks) == (0 if knew else 1)
    decide(desks, choice)
    assert present(desks) == there
    assert found(desks) == []
    spread(desks)


def test_two_offices_that_decide_differently_end_alike(desks: Desks) -> None:
    redeem(desks, "Bàn A")
    redeem(desks, "Bàn B")
    gather(desks)
    desks.merge("Bàn C", desks.stick("office"))
    decide(desks, Choice.KEEP, "office")
    decide(desks, Choice.CANCEL, "Bàn C")
    gather(desks)
    assert present(desks) == 1
    spread(desks)


def test_what_is_not_open_or_no_choice_is_refused_and_records_nothing(desks: Desks) -> None:
    redeem(desks, "Bàn A")
    redeem(desks, "Bàn B")
    gather(desks)
    (only,) = found(desks)
    for conflict, choice in ((only.id, Choice.SAME), ("000000000000", Choice.KEEP)):
        with pytest.raises(Refusal):
            desks.at("office", lambda s, c=conflict, x=choice: resolve(s.files, s.clock, c, x))
    assert len(found(desks)) == 1


def test_names_of_conflicts_do_not_depend_on_the_order_of_merging(desks: Desks) -> None:
    for name in ("Bàn A", "Bàn B", "Bàn C"):
        redeem(desks, name)
    sticks = [desks.stick(name) for name in ("Bàn A", "Bàn B", "Bàn C")]
    names = set()
    for order, name in zip(
        itertools.permutations(sticks, 3), ("Bàn A", "Bàn B", "Bàn C", "office"), strict=False
    ):
        for stick in order:
            desks.merge(name, stick)
        names.add(tuple(one.id for one in found(desks, name)))
    assert len(names) == 1
