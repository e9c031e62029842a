"""The zbar engine: raw bytes, undone guesses, a missing library."""

import subprocess
import sys

import pytest

from station.capture.zbar import Zbar, undo_guess
from tests.unit.capture.pictures import code_picture

WITHOUT_LIBRARY = """
import ctypes.util, ctypes, os
ctypes.util.find_library = lambda name: None
from station.capture.zbar import Zbar
from station.errors import EnvironmentFault
from station.i18n import set_language
set_language("en")
try:
    Zbar()
except EnvironmentFault as fault:
    print(fault)
"""


@pytest.mark.parametrize("name", ["Lê", "Nguyễn Thị Ánh", "Bùi Đức Cường", "Võ Ngọc Quỳnh"])
def test_the_guess_of_a_library_without_raw_bytes_is_undone(name: str) -> None:
    picture = code_picture(name)
    (guessed,) = (reading.raw for reading in Zbar(raw_bytes=False).read(picture))

    assert guessed == name.encode()


def test_without_undoing_short_names_would_be_ruined() -> None:
    assert undo_guess("L礙".encode()) == "Lê".encode()


@pytest.mark.parametrize("payload", [b"", b"0123456789", b"\xff\xfe", "点茗".encode()])
def test_what_was_not_guessed_stays(payload: bytes) -> None:
    assert undo_guess(payload) == payload


def test_one_scanner_reads_pictures_of_different_sizes_one_after_the_other() -> None:
    zbar = Zbar()

    for module in (3, 9, 4):
        assert [reading.raw for reading in zbar.read(code_picture(f"module {module}", module))] == [
            f"module {module}".encode()
        ]


def test_a_picture_that_is_part_of_another_is_read() -> None:
    picture = code_picture("part")
    around = picture.repeat(2, 1)

    assert [reading.raw for reading in Zbar().read(around[:, ::2])] == [b"part"]


@pytest.mark.skipif(sys.platform == "win32", reason="there the library comes with pyzbar")
def test_a_missing_library_says_what_to_install() -> None:
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBRARY], capture_output=True, text=True, check=True
    ).stdout

    assert "libzbar0" in told
