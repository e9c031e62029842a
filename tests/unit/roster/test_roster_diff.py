"""What a roster file changes in the roster that is there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.model.delegate import Delegate, DelegateStatus
from station.roster.aliases import Aliases
from station.roster.diff import RosterDiff, compare
from station.roster.lines import LineKind, change_lines
from station.roster.plan import RosterFile
from station.roster.validate import RosterRow


def delegate(number: int, name: str, **values: object) -> Delegate:
    return Delegate(id=f"1-{number}", **{"code": f"DB{number}", "name": name, **values})


def counts(difference: RosterDiff) -> tuple[int, int, int, int]:
    return tuple(map(len, (difference.added, difference.changed, difference.unchanged, difference.vanished)))


AN = delegate(1, "Lê An", unit="Hà Nội", phone="0912 345 678", seat="A1")
CHI = delegate(2, "Bùi Chi", unit="Huế")


def test_into_an_empty_roster_everybody_is_added_in_the_order_of_the_file():
    difference = compare([RosterRow(2, "Lê An", unit="X"), RosterRow(3, "Bùi Chi", code="DB7")], [])
    assert difference.added == (
        Delegate(id="", code="", name="Lê An", unit="X"),
        Delegate(id="", code="DB7", name="Bùi Chi"),
    )


def test_the_code_decides_whatever_the_name_has_become():
    difference = compare([RosterRow(2, "Lê Thị An", code="DB1", unit="Hà Nội")], [AN, CHI])
    (change,) = difference.changed
    assert change.fields == {"name": ("Lê An", "Lê Thị An")}
    assert change.after == replace(AN, name="Lê Thị An")
    assert (change.row, difference.vanished) == (2, (CHI,))


def test_a_code_in_other_letter_case_is_the_same_and_gets_the_spelling_of_the_file():
    (change,) = compare([RosterRow(2, "Bùi Chi", code="ｄb2")], [CHI]).changed
    assert change.fields == {"code": ("DB2", "ｄb2")}


def test_a_column_that_is_not_there_erases_nothing_and_an_empty_cell_clears():
    assert counts(compare([RosterRow(2, "Lê An", code="DB1")], [AN])) == (0, 0, 1, 0)
    (change,) = compare([RosterRow(2, "Lê An", code="DB1", phone="", seat="")], [AN]).changed
    assert change.fields == {"phone": ("0912 345 678", ""), "seat": ("A1", "")}


def test_who_is_recognised_by_name_is_said_so_and_may_be_somebody_else():
    rows = [RosterRow(2, "Lê An", unit="Hà Nội", phone="0912 345 678", seat="B7")]
    (change,) = compare(rows, [AN, CHI]).changed
    assert (change.before, change.by_name) == (AN, True)
    apart = compare(rows, [AN, CHI], apart={2})
    assert [added.name for added in apart.added] == ["Lê An"]
    assert counts(apart) == (1, 0, 0, 2)


def test_another_spelling_of_the_unit_makes_nobody_somebody_new():
    there = [delegate(1, "Lê An", unit="LĐLĐ tỉnh Hà Nam"), delegate(2, "Bùi Chi", unit="LĐLĐ TP Hà Nội")]
    names = ("Liên đoàn Lao động tỉnh Hà Nam", "Liên đoàn lao động thành phố Hà Nội")
    rows = [RosterRow(n, d.name, unit=unit) for n, (d, unit) in enumerate(zip(there, names, strict=True), 2)]
    difference = compare(rows, there)
    assert [(change.before, change.by_name) for change in difference.changed] == [(d, True) for d in there]
    assert counts(difference) == (0, 2, 0, 0)
    assert [notice.problem for notice in difference.notices] == ["UNIT_SPELT"] * 2


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Lê An", "Sở Nội vụ"), ("LÊ AN", "Huế"), ("Lê Thị An", "Hà Nội"), ("Lê Anh", "ha noi")],
)
def test_the_telephone_tells_who_went_to_another_unit_or_got_another_name(name: str, unit: str):
    (change,) = compare([RosterRow(2, name, unit=unit, phone="+84 912345678")], [AN, CHI]).changed
    assert (change.before, change.by_name) == (AN, True)


def test_who_is_recognised_with_a_doubt_comes_first():
    rows = [
        RosterRow(2, "Lê An", unit="ha noi", phone="0912345678", seat="B1"),
        RosterRow(3, "Bùi Chi", unit="Huế", seat="B2"),  # nobody's telephone number is known
    ]
    difference = compare(rows, [AN, CHI])
    file = RosterFile(tuple(rows), (), (), (), "DS", 1, {}, (), "")
    matched = [line.row for line in change_lines(file, difference) if line.kind is LineKind.MATCHED]
    assert matched == [3, 2]


@pytest.mark.parametrize(
    "people",
    [
        [("Trần Văn Bình", "Hà Nội")],
        [("Lê Thị An", "Huế")],
        [("Lê Anh", "Hà Nội"), ("Lê Ban", "Hà Nội")],
    ],
)
def test_one_telephone_for_a_whole_delegation_proves_nothing(people: list[tuple[str, str]]):
    rows = [RosterRow(n, name, unit=unit, phone="0912345678") for n, (name, unit) in enumerate(people, 2)]
    assert counts(compare(rows, [AN])) == (len(rows), 0, 0, 1)


def test_a_unit_in_several_spellings_is_named_with_the_usual_one_first():
    units = ("LĐLĐ TP. Hà Nội", "LĐLĐ TP Hà Nội", "LĐLĐ TP Hà Nội", "lđlđ tp hà nội", "LĐLĐ Hà Nam")
    rows = [RosterRow(n, f"An {n}", unit=unit) for n, unit in enumerate(units, 2)]
    (notice,) = compare(rows, []).notices
    assert (notice.problem, notice.row) == ("UNIT_SPELT", 2)
    assert "“LĐLĐ TP Hà Nội” (2 times), also “LĐLĐ TP. Hà Nội”, “lđlđ tp hà nội”." in notice.message


def test_spellings_that_were_merged_or_told_apart_are_not_asked_about_again():
    rows = [RosterRow(2, "Lê An", unit="LĐLĐ Huế"), RosterRow(3, "Bùi Chi", unit="lđlđ Huế")]
    merged = compare(rows, [], aliases=Aliases(units={"lđlđ Huế": "LĐLĐ Huế"}))
    assert [notice.problem for notice in merged.notices] == ["READ_AS"]
    told_apart = Aliases(told_apart=[frozenset({"LĐLĐ Huế", "lđlđ Huế"})])
    assert compare(rows, [], aliases=told_apart).notices == ()


def test_a_code_is_certain_whatever_is_said_of_the_row():
    rows = [RosterRow(2, "Lê An", code="DB1", seat="B7")]
    (change,) = compare(rows, [AN, CHI], apart={2}).changed
    assert (change.before, change.by_name) == (AN, False)


def test_an_empty_code_never_clears_a_code():
    assert counts(compare([RosterRow(2, "Bùi Chi", code="", unit="Huế")], [CHI])) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "row",
    [
        RosterRow(2, "LÊ AN", unit="hà nội", phone="+84912345678"),
        RosterRow(2, "LÊ AN", unit="hà nội", phone=""),
        RosterRow(2, "LÊ AN", unit="hà nội"),
        RosterRow(2, "LÊ AN", phone="0912345678"),
        RosterRow(2, "LÊ AN"),
    ],
)
def test_without_code_name_and_unit_and_telephone_tell_who_it_is(row: RosterRow):
    assert [change.before for change in compare([row], [AN, CHI]).changed] == [AN]


@pytest.mark.parametrize(
    "row",
    [
        RosterRow(2, "Lê An", unit="Hà Nội", phone="0987654321"),
        RosterRow(2, "Lê An", unit="Huế"),
        RosterRow(2, "Lê Ân Ân", unit="Hà Nội"),
        RosterRow(2, "Lê An", code="DB9", unit="Hà Nội"),
    ],
)
def test_another_telephone_unit_name_or_code_is_another_person(row: RosterRow):
    assert counts(compare([row], [AN])) == (1, 0, 0, 1)


def test_a_row_that_fits_several_is_a_problem_and_nobody_vanishes_for_it():
    twins = [delegate(1, "Lê An", unit="X", phone="1"), delegate(2, "Lê An", unit="X", phone="2")]
    difference = compare([RosterRow(5, "Lê An", unit="X")], twins)
    assert difference.added == difference.vanished == ()
    (problem,) = difference.problems
    assert (problem.row, problem.problem) == (5, "AMBIGUOUS_MATCH")


def test_several_rows_that_fit_one_delegate_are_problems():
    rows = [RosterRow(2, "Bùi Chi", unit="Huế", phone="1"), RosterRow(3, "Bùi Chi", unit="Huế", phone="2")]
    difference = compare(rows, [CHI])
    assert [problem.row for problem in difference.problems] == [2, 3]
    assert counts(difference) == (0, 0, 0, 0)


def test_the_telephone_number_tells_namesakes_apart():
    twins = [delegate(1, "Lê An", unit="X", phone="0901"), delegate(2, "Lê An", unit="X", phone="0902")]
    rows = [
        RosterRow(2, "Lê An", unit="X", phone="0902", seat="B"),
        RosterRow(3, "Lê An", unit="X", phone="0901", seat="A"),
    ]
    assert [change.before for change in compare(rows, twins).changed] == [twins[1], twins[0]]


def test_a_row_without_telephone_cannot_tell_a_namesake_with_from_one_without():
    twins = [delegate(1, "Lê An", unit="X"), delegate(2, "Lê An", unit="X", phone="0902")]
    difference = compare([RosterRow(2, "Lê An", unit="X", phone="", seat="B")], twins)
    assert [problem.problem for problem in difference.problems] == ["AMBIGUOUS_MATCH"]


def test_who_is_named_by_code_is_not_taken_by_a_namesake_without_code():
    rows = [RosterRow(2, "Bùi Chi", unit="Huế"), RosterRow(3, "Bùi Chi", code="DB2", unit="Huế")]
    assert counts(compare(rows, [CHI])) == (1, 0, 1, 0)


def test_who_vanished_and_is_back_is_active_again():
    gone = replace(CHI, status=DelegateStatus.VANISHED)
    (change,) = compare([RosterRow(2, "Bùi Chi", code="DB2")], [gone]).changed
    assert change.fields == {"status": ("vanished", "active")}


@pytest.mark.parametrize("status", [DelegateStatus.WITHDRAWN, DelegateStatus.BLOCKED])
def test_a_roster_file_never_lifts_nor_hides_what_the_organiser_decided(status: DelegateStatus):
    decided = replace(CHI, status=status)
    assert counts(compare([RosterRow(2, "Bùi Chi", code="DB2")], [decided])) == (0, 0, 1, 0)
    assert counts(compare([], [decided])) == (0, 0, 0, 0)


def test_who_has_vanished_before_does_not_vanish_again():
    assert counts(compare([], [replace(CHI, status=DelegateStatus.VANISHED), AN])) == (0, 0, 0, 1)


def test_delegates_of_rows_left_out_for_problems_do_not_vanish():
    rejected = [RosterRow(2, "", code="db1"), RosterRow(3, "BÙI CHI", unit="?")]
    assert counts(compare([], [AN, CHI], rejected)) == (0, 0, 0, 0)


ROWS = st.lists(
    st.builds(
        RosterRow,
        row=st.just(0),
        name=st.sampled_from(["Lê An", "Lê Ân", "Bùi Chi"]),
        unit=st.sampled_from(["X", "Y"]),
        phone=st.sampled_from(["", "0901", "0902"]),
        seat=st.sampled_from(["", "A1"]),
    ),
    max_size=8,
).map(lambda rows: [replace(row, row=number) for number, row in enumerate(rows, 2)])


def applied(difference: RosterDiff) -> list[Delegate]:
    first = len(difference.unchanged) + len(difference.changed) + 1
    added = [replace(d, id=str(n), code=f"NEW{n}") for n, d in enumerate(difference.added, first)]
    return [*difference.unchanged, *(change.after for change in difference.changed), *added]


@given(ROWS)
def test_a_file_read_again_changes_nothing(rows: list[RosterRow]):
    existing = applied(compare(rows, []))
    again = compare(rows, existing)
    assert counts(again) == (0, 0, len(rows), 0)
    assert again.problems == ()


@given(ROWS, ROWS)
def test_every_row_and_every_delegate_has_exactly_one_fate(before: list[RosterRow], rows: list[RosterRow]):
    existing = applied(compare(before, []))
    difference = compare(rows, existing)
    added, changed, unchanged, _ = counts(difference)
    assert added + changed + unchanged + len(difference.problems) == len(rows)
    kept = [change.before.id for change in difference.changed] + [d.id for d in difference.unchanged]
    fates = kept + [d.id for d in difference.vanished]
    assert len(fates) == len(set(fates))
    if not difference.problems:
        assert sorted(fates) == sorted(d.id for d in existing)
