"""Names that mean the same place below a folder on every operating system, and those that do not."""

import pytest

from station.media.names import is_portable


@pytest.mark.parametrize(
    "name", ["a.pdf", "documents/Tài liệu 1.pdf", "a/b/c", "…", "x" * 255, "-", "con1", "console"]
)
def test_a_plain_path_is_portable(name: str) -> None:
    assert is_portable(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "/etc/passwd", "../x", "a/../b", "a/./b", "a//b", "a/", "C:/x", "c:x", "\\\\server\\x", "a\\b", "nul",
        "NUL.txt",
        "documents/Com1.pdf", "aux .pdf", "a ", "a.", "a\0b", "a\nb", "a?b", "x" * 256, "ễ" * 100, "a/" * 600 + "a",
        "a\ud800",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_or_nowhere_is_not(name: str) -> None:
    assert not is_portable(name)
