"""Which names look like one, and which only look alike to somebody who does not know them."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.roster.units import spelling_key, suggestions

ONE = [
    ("Liên đoàn Lao động tỉnh Hà Nam", "LĐLĐ T. Hà Nam"),
    ("LĐLĐ tỉnh Hà Nam", "LĐLĐ T.Hà Nam"),
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ NAM", "Lien doan lao dong tinh Ha Nam"),
    ("Công đoàn Y tế Việt Nam", "CĐ Y tế VN"),
    ("LĐLĐ TP. Hồ Chí Minh", "Liên đoàn Lao động thành phố Hồ Chí Minh"),
    ("LĐLĐ TPHCM", "LĐLĐ TP.HCM"),
    ("LĐLĐ thị xã Duy Tiên", "LĐLĐ TX Duy Tiên"),
    ("Ủy ban nhân dân tỉnh Hà Nam", "UBND tỉnh Hà Nam"),
    ("Công ty TNHH MTV Sông Đà", "Cty trách nhiệm hữu hạn một thành viên Sông Đà"),
    ("Tổng công ty Điện lực miền Bắc", "TCT Điện lực miền Bắc"),
    ("Ban Tuyên giáo Trung ương", "Ban Tuyên giáo TƯ"),
    ("Ban Tuyên giáo TW", "Ban Tuyên giáo Trung Ương"),
    ("Ban Chấp hành Công đoàn Dệt May", "BCH CĐ Dệt may"),
    ("Tổng Liên đoàn Lao động Việt Nam", "Tổng LĐLĐ Việt Nam"),
    ("Sở Giáo dục và Đào tạo", "Sở GD&ĐT"),
    ("Sở Giáo dục & Đào tạo", "Sở GDĐT"),
    ("Trường Cao đẳng Y tế", "Trường CĐ Y tế"),
    ("Hội Nông dân", "Hội  nông-dân."),
    ("Bộ Tư pháp", "BỘ TƯ PHÁP"),
]
DIFFERENT = [
    ("LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh Hà Nội"),
    ("Công đoàn Y tế", "Công đoàn Y tế Việt Nam"),
    ("LĐLĐ tỉnh Bắc Ninh", "LĐLĐ thành phố Bắc Ninh"),
    ("LĐLĐ Bắc Ninh", "LĐLĐ tỉnh Bắc Ninh"),
    ("Công ty 1 23", "Công ty 12 3"),
    ("Quận 1", "Quận 11"),
    ("Trường Cao đẳng Y tế", "Trường Công đoàn Y tế"),
    ("Công đoàn Công ty Điện lực", "Công ty Điện lực"),
    ("Tổng công ty Điện lực", "Công ty Điện lực"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_spellings_of_one_unit_are_suggested(one: str, other: str) -> None:
    (suggestion,) = suggestions({one: 2, other: 1})
    assert suggestion.spellings == ((one, 2), (other, 1))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_units_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert suggestions({one: 1, other: 1}) == []


def test_the_usual_name_has_most_delegates_then_is_the_longest_then_has_fewest_capitals() -> None:
    def usual(counts: dict[str, int]) -> str:
        return suggestions(counts)[0].usual

    assert usual({"Liên đoàn Lao động": 1, "LĐLĐ": 3}) == "LĐLĐ"
    assert usual({"LĐLĐ": 1, "Liên đoàn Lao động": 1}) == "Liên đoàn Lao động"
    assert usual({"BAN NỮ CÔNG": 1, "Ban Nữ công": 1}) == "Ban Nữ công"


def test_names_told_apart_are_not_suggested_again_until_another_spelling_comes() -> None:
    apart = [frozenset({"Hoà Bình", "Hoa Bình"})]
    assert suggestions({"Hoà Bình": 1, "Hoa Bình": 1}, apart) == []
    assert len(suggestions({"Hoà Bình": 1, "Hoa Bình": 1, "HÒA BÌNH": 1}, apart)) == 1


def test_names_without_a_letter_are_left_alone() -> None:
    assert suggestions({"–": 1, "...": 1}) == []


@given(st.lists(st.sampled_from(["Công đoàn", "tỉnh", "T.", "LĐLĐ", *ascii_lowercase]), min_size=1))
def test_shortening_what_is_short_changes_nothing(words: list[str]) -> None:
    key = spelling_key(" ".join(words))
    assert key == spelling_key(" ".join(words).upper())
    assert key == spelling_key(f"  {'  '.join(words)}. ")
