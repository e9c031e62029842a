"""File names are accepted by every system."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.media.names import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Báo cáo – Đoàn 3.pdf", "bao-cao-doan-3.pdf"),
        ("DB00001 Nguyễn Thị Ánh", "db00001-nguyen-thi-anh"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_con"),
        ("aux.txt", "_aux.txt"),
        ("", "unnamed"),
        ("王小明", "unnamed"),
        ("a . b", "a.b"),
        ("a.bcdefghi-jklm", "a.bcdefghi-jklm"),
        ("x" * 300 + ".xlsx", "x" * 94 + ".xlsx"),
    ],
)
def test_a_text_becomes_a_plain_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_any_text_gives_a_name_that_every_system_accepts(text: str) -> None:
    name = safe_name(text)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_.-]{0,99}", name)
    assert not name.endswith((".", "-"))
    assert ".." not in name
    assert safe_name(name) == name
