"""Whom a clerk means with what was typed."""

import random

import pytest

from station.model.delegate import Delegate, DelegateStatus
from station.roster.search import SearchIndex
from station.text import fold
from tests.people import people, with_a_slip

ANH = Delegate("1", "DB00001", "Nguyễn Thị Ánh", unit="LĐLĐ tỉnh Hà Nam", phone="0912 345 678")
ANH_TOO = Delegate("2", "DB00002", "Nguyễn Thị Anh", unit="Công đoàn Y tế Việt Nam", phone="+84 987 654 321")
DUC = Delegate("3", "DB00013", "Đặng Văn Đức", unit="Liên đoàn Lao động tỉnh Đắk Lắk", phone="0901000111")
DUNG = Delegate("4", "DB00112", "Đỗ Ngọc Dũng", unit="LĐLĐ tỉnh Hà Nội", phone="0901000222")
AYUN = Delegate("5", "KM7", "Y Thông Ayun", unit="LĐLĐ tỉnh Đắk Lắk")
ROSTER = (ANH_TOO, ANH, DUNG, DUC, AYUN)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(ROSTER)


def first(index: SearchIndex, text: str) -> Delegate | None:
    found = index.find(text)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("du", DUC),  # the first two letters of a given name; DUNG comes with it
        ("dang van duc", DUC),
        ("ĐẶNG VĂN ĐỨC", DUC),
        ("Đặng Văn Đức", DUC),
        ("duc dang", DUC),  # in any order
        ("dvd", DUC),  # initials
        ("dnd", DUNG),
        ("ntanh", ANH_TOO),
        ("đỗ dung", DUNG),
        ("ldld ha noi", DUNG),
        ("lien doan dak lak duc", DUC),
        ("cd y te", ANH_TOO),
        ("anh ha nam", ANH),
        ("678", ANH),  # the last digits of the telephone
        ("4321", ANH_TOO),
        ("0987654321", ANH_TOO),
        ("db00112", DUNG),
        ("DB00112", DUNG),
        ("13", DUC),  # the number of the code
        ("km7", AYUN),
        ("ayun", AYUN),
        ("nguyễn thị ánh", ANH),  # the marks typed decide between look-alikes
        ("nguyễn thị anh", ANH_TOO),
    ],
)
def test_the_one_who_is_meant_comes_first(index: SearchIndex, text: str, meant: Delegate) -> None:
    found = first(index, text)
    assert found is not None
    assert found == meant or (text == "du" and found in (DUC, DUNG))


@pytest.mark.parametrize(
    "text",
    [
        "dang van duv",
        "dnag van duc",
        "dang vn duc",
        "dang vvan duc",
        "dangvan duc",
        "dang vanduc",
        "dang văn dứt",
    ],
)
def test_a_slip_is_forgiven(index: SearchIndex, text: str) -> None:
    assert first(index, text) == DUC


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", "zzz", "\x00", "🙂", "qwxyz nobody"])
def test_nobody_is_found_for_nothing(index: SearchIndex, text: str) -> None:
    assert index.find(text) == []


def test_an_empty_roster_has_nobody() -> None:
    assert SearchIndex(()).find("an") == []


def test_the_best_come_first_and_no_more_than_wanted(index: SearchIndex) -> None:
    found = index.find("ng", 2)
    scores = [score for _delegate, score in found]
    assert len(found) == 2
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_roster_is_searched_without_marks_and_with_slips() -> None:
    """Of 300 people 99 % are found first without marks, or a namesake; 95 % with a slip."""
    roster = people(2_000)
    index = SearchIndex(roster)
    chance = random.Random(3)
    asked = chance.sample(roster, 300)

    def found_first(text: str, name: str) -> bool:
        found = first(index, text)
        return found is not None and fold(found.name) == fold(name)

    plain = sum(found_first(fold(person.name), person.name) for person in asked)
    slips = sum(found_first(with_a_slip(fold(person.name), chance), person.name) for person in asked)
    assert plain >= 297
    assert slips >= 285


def test_names_that_are_easily_taken_for_each_other() -> None:
    names = (
        "Nguyễn Thị Ánh", "Nguyễn Thị Anh", "Nguyễn Thị Oanh", "Nguyễn Thị Hằng", "Trần Thị Ánh", "Nguyễn Thị Ánh",
        "Nguyễn Thị An", "Ánh",
    )  # fmt: skip
    people = [Delegate(f"d{number}", f"DB{number}", name) for number, name in enumerate(names, 1)]
    people.append(Delegate("d9", "DB9", "Nguyễn Thị Ánh", status=DelegateStatus.WITHDRAWN))
    index = SearchIndex(people)
    assert [other.id for other in index.alike(people[0])] == ["d2", "d3", "d6", "d7"]
    assert [other.id for other in index.alike(people[3])] == []
    assert index.alike(people[7]) == ()
    assert [other.id for other in index.alike(Delegate("new", "", "nguyen thi hang"))] == ["d4"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ho vant hanh", "Hồ Văn Thanh"),  # the space moved: no single word says it
        ("nguyento lan", "Nguyễn Tố Lan"),
        ("nguyne hai hai", "Nguyễn Hải Hải"),
        ("pham kim ho", "Phạm Kim Hoa"),  # not typed to its end: likelier than a wrong letter
        ("huynh dinh hnung", "Huỳnh Đình Nhung"),  # two letters turned round: likelier than one too many
        ("ran manh hai", "Trần Mạnh Hải"),
    ],
)
def test_among_many_like_it_the_likeliest_comes_first(typed: str, meant: str) -> None:
    others = (
        "Hồ Văn Hạnh", "Hồ Văn Hành", "Nguyễn Công Lan", "Nguyễn Anh Hải Hải", "Phạm Kim Hà", "Huỳnh Đình Hùng",
        "Đỗ Văn Mạnh Hải", "Trần Văn Mạnh",
    )  # fmt: skip
    crowd = [Delegate(f"d{n}", f"DB{n}", name) for n, name in enumerate((*others * 20, meant), 1)]
    found = first(SearchIndex(crowd), typed)
    assert found is not None
    assert found.name == meant
    people = [person.id for person, _score in SearchIndex(crowd).find(typed)]
    assert len(people) == len(set(people))
