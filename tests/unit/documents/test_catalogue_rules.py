"""Who receives what: every kind of rule, exceptions over all of them, and counts of very many delegates."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from station.documents.bundles import Catalogue, to_move
from station.documents.matrix import Matrix, by_category, by_category_and_unit, printing_order
from station.documents.recipients import Names, in_words
from station.errors import Refusal
from station.model.delegate import Delegate, DelegateStatus
from station.model.document import BundleState, Document, Entitlement, Reserve

AN = Delegate("1-1", "DB1", "An", unit="Hà Nam", category="Học viên")
BINH = Delegate("1-2", "DB2", "Bình", unit="Hà Nam", category="Báo chí")
CHI = Delegate("1-3", "DB3", "Chi", unit="Huế", category="Học viên")
EVERYBODY = (AN, BINH, CHI)
ONE = Document("TL01", 1, "Một")


def admits(session: str, category: str, unit: str) -> bool:
    """Only trainees may enter the session CD1; every other one is open."""
    return session != "CD1" or category == "Học viên"


def receivers(*rules: Entitlement) -> list[str]:
    catalogue = Catalogue([ONE], rules, admits)
    return [person.name for person in EVERYBODY if catalogue.entitled(person)]


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        ([], []),
        ([Entitlement("TL01")], ["An", "Bình", "Chi"]),
        ([Entitlement("TL01", category="Học viên")], ["An", "Chi"]),
        ([Entitlement("TL01", unit="Hà Nam")], ["An", "Bình"]),
        ([Entitlement("TL01", category="Học viên", unit="Hà Nam")], ["An"]),
        ([Entitlement("TL01", category="Báo chí"), Entitlement("TL01", unit="Huế")], ["Bình", "Chi"]),
        ([Entitlement("TL01", session="CD1")], ["An", "Chi"]),
        ([Entitlement("TL01", session="CD2")], ["An", "Bình", "Chi"]),
        ([Entitlement("TL01", delegate="1-2")], ["Bình"]),
        ([Entitlement("TL01", delegate="9-9")], []),
        ([Entitlement("TL01"), Entitlement("TL01", category="Báo chí", forbids=True)], ["An", "Chi"]),
        ([Entitlement("TL01"), Entitlement("TL01", unit="Hà Nam", forbids=True)], ["Chi"]),
        ([Entitlement("TL01"), Entitlement("TL01", delegate="1-1", forbids=True)], ["Bình", "Chi"]),
        (
            [Entitlement("TL01", delegate="1-2"), Entitlement("TL01", category="Báo chí", forbids=True)],
            [],  # an exception is stronger than being named
        ),
        ([Entitlement("TL99")], []),
    ],
)
def test_any_rule_grants_and_no_exception_forbids(rules: Sequence[Entitlement], names: list[str]) -> None:
    assert receivers(*rules) == names


def test_without_rules_for_sessions_everybody_is_entitled_to_them() -> None:
    catalogue = Catalogue([ONE], [Entitlement("TL01", session="CD1")])
    assert catalogue.counts(EVERYBODY) == {"TL01": 3}


def test_the_order_of_the_documents_is_the_order_of_the_bundle() -> None:
    two = Document("TL02", 2, "Hai")
    catalogue = Catalogue([two, ONE], [Entitlement("TL01"), Entitlement("TL02")])
    assert [item.document.code for item in catalogue.bundle(AN, {})] == ["TL02", "TL01"]


def test_a_new_version_is_due_to_who_has_the_old_one_and_to_nobody_else() -> None:
    renewed = replace(ONE, version="2")
    catalogue = Catalogue([renewed], [Entitlement("TL01", category="Học viên")])
    (old,) = catalogue.bundle(AN, {"TL01": "1"})
    (new,) = catalogue.bundle(AN, {"TL01": "2"})
    (kept,) = catalogue.bundle(BINH, {"TL01": "1"})  # no longer entitled: keeps what there is
    assert (old.state, old.is_outdated, old.held_version) == (BundleState.DUE, True, "1")
    assert (new.state, new.is_outdated) == (BundleState.HANDED_OUT, False)
    assert (kept.state, kept.is_outdated) == (BundleState.HANDED_OUT, False)
    assert to_move(AN, (old,), None, BundleState.DUE) == ["TL01"]
    assert to_move(AN, (old,), ["TL01"], BundleState.HANDED_OUT) == ["TL01"]  # the old one can be taken back
    with pytest.raises(Refusal, match="TL02"):
        to_move(AN, (old,), ["TL02"], BundleState.DUE)


def test_a_withdrawn_document_goes_to_nobody_and_stays_with_who_has_it() -> None:
    catalogue = Catalogue(
        [replace(ONE, withdrawn=True, version="2")],
        [Entitlement("TL01"), Entitlement("TL01", delegate="1-1")],
    )
    assert catalogue.bundle(AN, {}) == catalogue.bundle(BINH, {}) == ()
    assert [item.state for item in catalogue.bundle(AN, {"TL01": "1"})] == [BundleState.HANDED_OUT]
    assert catalogue.counts(EVERYBODY) == {"TL01": 0}


def test_what_is_out_of_stock_is_said_only_while_it_is_due() -> None:
    catalogue = Catalogue([ONE], [Entitlement("TL01")])
    assert catalogue.bundle(AN, {}, {"TL01": 0})[0].is_out_of_stock
    assert not catalogue.bundle(AN, {}, {"TL01": 1})[0].is_out_of_stock
    assert not catalogue.bundle(AN, {})[0].is_out_of_stock
    assert not catalogue.bundle(AN, {"TL01": "1"}, {"TL01": 0})[0].is_out_of_stock


def test_the_matrix_counts_documents_delegates_and_groups_and_leaves_the_withdrawn_out() -> None:
    two = Document("TL02", 2, "Hai", pages=5, reserve=Reserve(10, is_percent=True))
    rules = [
        Entitlement("TL01", category="Học viên"),
        Entitlement("TL02"),
        Entitlement("TL01", delegate="1-2"),
    ]
    gone = replace(AN, id="1-4", status=DelegateStatus.WITHDRAWN)
    matrix = Matrix(Catalogue([ONE, two], rules), [*EVERYBODY, gone])
    assert [person.name for person in matrix.delegates] == ["An", "Bình", "Chi"]
    assert [matrix.total_of(place) for place in range(3)] == [2, 2, 2]
    assert matrix.marks(1) == (True, True)
    assert matrix.totals() == (3, 3)
    assert matrix.totals([0]) == (1, 1)
    groups = matrix.groups(by_category, range(3))
    assert [(group.names, group.delegates, group.counts) for group in groups] == [
        (("Báo chí",), 1, (1, 1)),
        (("Học viên",), 2, (2, 2)),
    ]
    assert len(matrix.groups(by_category_and_unit, range(3))) == 3
    order = printing_order(matrix)
    assert (order[1].entitled, order[1].reserve, order[1].copies) == (3, 1, 4)
    assert (order[1].sheets, order[1].sheets_two_sided) == (20, 12)
    assert order[0].sheets == 0  # pages unknown


def test_the_matrix_says_the_same_as_each_delegates_bundle() -> None:
    people = [
        replace(AN, id=f"1-{n}", unit=f"U{n % 7}", category=("Học viên", "Báo chí", "Khách")[n % 3])
        for n in range(60)
    ]
    documents = [Document(f"D{n}", n, "x") for n in range(12)]
    rules = [
        Entitlement(f"D{n % 12}", "Khách" if n % 4 else "", f"U{n % 7}" if n % 3 else "", "", "", n % 5 == 0)
        for n in range(40)
    ]
    rules += [Entitlement(f"D{n % 12}", delegate=f"1-{n}", forbids=n % 2 == 0) for n in range(30)]
    catalogue = Catalogue(documents, rules)
    matrix = Matrix(catalogue, people)
    for place, person in enumerate(people):
        naive = [
            any(_holds(r, person) for r in rules if r.document == d.code and not r.forbids)
            and not any(_holds(r, person) for r in rules if r.document == d.code and r.forbids)
            for d in documents
        ]
        assert list(matrix.marks(place)) == naive
        assert matrix.total_of(place) == sum(naive) == len(catalogue.bundle(person, {}))


def _holds(rule: Entitlement, person: Delegate) -> bool:
    return (
        rule.category in ("", person.category)
        and rule.unit in ("", person.unit)
        and rule.delegate in ("", person.id)
    )


def test_recipients_are_said_in_words() -> None:
    names = Names({"CD1": "Chuyên đề 1"}, {"1-2": "Bình"})
    assert in_words([], names) == "nobody"
    assert in_words([Entitlement("a", forbids=True)], names) == "nobody"
    assert in_words([Entitlement("a"), Entitlement("a", "Báo chí", forbids=True)], names) == (
        "everybody; except Báo chí"
    )
    rules = [
        Entitlement("a", "Học viên", "Huế"),
        Entitlement("a", session="CD1"),
        Entitlement("a", delegate="1-2"),
    ]
    assert in_words(rules, names) == "Học viên · Huế, Chuyên đề 1, Bình"
    many = [Entitlement("a", unit=f"U{n}") for n in range(9)]
    assert in_words(many, names) == "U0, U1, U2 and 6 more"
