"""The arithmetic of the quorum at its edges, and how shares are read and said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.checkin.quorum import sentence, share_label, standing_words
from station.errors import Refusal
from station.i18n import set_language
from station.model.quorum import HALF, TWO_THIRDS, Quorum, QuorumRule, Share, parse_share


@pytest.mark.parametrize(
    ("share", "total", "needed"),
    [
        (HALF, 148, 75), (HALF, 147, 74), (HALF, 1, 1), (HALF, 2, 2), (HALF, 3, 2),
        (TWO_THIRDS, 148, 99), (TWO_THIRDS, 150, 100), (TWO_THIRDS, 3, 2), (TWO_THIRDS, 1, 1),
        (Share(1, 2), 148, 74), (Share(3, 4), 100, 75), (Share(1, 1), 7, 7), (Share(667, 1000), 3000, 2001),
        (TWO_THIRDS, 10**15 * 3, 2 * 10**15),
    ],
)  # fmt: skip
def test_so_many_are_needed(share: Share, total: int, needed: int) -> None:
    assert share.needed(total) == needed


@given(st.integers(1, 40), st.integers(1, 40), st.booleans(), st.integers(1, 100_000))
def test_the_number_needed_is_the_smallest_that_satisfies_the_rule(
    above: int, below: int, more_than: bool, total: int
) -> None:
    share = Share(min(above, below), max(above, below), more_than)
    needed, limit = share.needed(total), Fraction(share.numerator, share.denominator) * total

    def enough(count: int) -> bool:
        return count > limit if more_than else count >= limit

    assert enough(needed)
    assert not enough(needed - 1)


def test_one_short_of_the_rule_is_no_quorum_and_just_enough_is() -> None:
    rule = QuorumRule(TWO_THIRDS)
    assert [Quorum(rule, present, 148).is_reached for present in (98, 99)] == [False, True]
    assert [Quorum(QuorumRule(HALF), present, 100).is_reached for present in (50, 51)] == [False, True]
    assert Quorum(rule, 98, 148).lacking == 1


def test_where_nobody_counts_there_is_no_quorum() -> None:
    assert not Quorum(QuorumRule(TWO_THIRDS), 0, 0).is_reached


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2/3", TWO_THIRDS),
        (" 4 / 6 ", TWO_THIRDS),
        ("1/2", HALF),
        ("> 1/2", HALF),
        (">=1/2", Share(1, 2)),
        ("≥ 1/2", Share(1, 2)),
        ("50%", Share(1, 2)),
        (">50%", HALF),
        ("66,7 %", Share(667, 1000)),
        ("75.5%", Share(151, 200)),
        ("100%", Share(1, 1)),
    ],
)
def test_shares_are_read_as_people_write_them(text: str, share: Share) -> None:
    assert parse_share(text) == share
    assert parse_share(str(share)) == share


@pytest.mark.parametrize(
    "text", ["", "2", "3/2", "0/3", "1/0", "101%", "0%", ">100%", "abc", "-1/2", "２/3x"]
)
def test_what_is_no_share_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refusal, match=r"\."):
        parse_share(text)


def test_the_sentence_says_present_whom_and_the_rule() -> None:
    rule = QuorumRule(TWO_THIRDS, ("Đại biểu chính thức",))
    quorum = Quorum(rule, 98, 148)
    assert sentence(quorum) == "Có mặt 98 / 148 đại biểu chính thức (66,2 %) – cần 2/3 (99)"
    assert standing_words(quorum) == "Chưa đủ số đại biểu: còn thiếu 1"
    set_language("en")
    assert sentence(quorum) == "Present 98 / 148 đại biểu chính thức (66.2%) – 2/3 needed (99)"
    assert standing_words(Quorum(rule, 99, 148)) == "Quorum reached"


def test_a_share_is_rounded_down_so_that_it_never_looks_like_enough() -> None:
    assert Quorum(QuorumRule(HALF), 4999, 10000).permille == 499
    assert [share_label(share) for share in (HALF, Share(3, 5), Share(151, 200), Share(5, 7))] == [
        "hơn 1/2",
        "60 %",
        "75,5 %",
        "5/7",
    ]
