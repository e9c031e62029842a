"""The rhythm that tells a scanner from a person, and the digits that are printed on keys."""

import pytest

from station.capture.bursts import Burst, Ending, Keystrokes, Stroke
from station.capture.keys import digit_on_key


def burst(text: str, every_s: float, ending: Ending) -> Burst:
    keys = Keystrokes()
    for place, character in enumerate(text):
        keys.add(Stroke(character, "", place * every_s))
    gathered = keys.finish(ending)
    assert gathered is not None
    return gathered


@pytest.mark.parametrize(
    ("text", "every_s", "ending", "in_field", "outside"),
    [
        ("1234", 0.010, Ending.ENTER, True, True),
        ("123", 0.010, Ending.ENTER, False, False),
        ("1234", 0.010, Ending.TAB, True, True),
        ("12345", 0.010, Ending.NOTHING, False, False),
        ("123456", 0.010, Ending.NOTHING, True, True),
        ("12345678", 0.060, Ending.ENTER, False, True),
        ("1234567", 0.060, Ending.ENTER, False, False),
        ("12345678", 0.060, Ending.TAB, False, False),
        ("7" * 20, 0.060, Ending.ENTER, True, True),
        ("7" * 20, 0.060, Ending.NOTHING, False, False),
        ("a" * 20, 0.060, Ending.ENTER, False, True),
    ],
)
def test_what_is_a_scan(text: str, every_s: float, ending: Ending, in_field: bool, outside: bool) -> None:
    gathered = burst(text, every_s, ending)
    assert gathered.is_scan(in_field=True) is in_field
    assert gathered.is_scan(in_field=False) is outside


def test_a_scanner_that_begins_right_after_a_person_is_parted_from_them() -> None:
    keys = Keystrokes()
    for place, character in enumerate("hoa"):
        keys.add(Stroke(character, "", place * 0.09))
    for place, character in enumerate("4711"):
        keys.add(Stroke(character, "", 0.28 + place * 0.01))
    gathered = keys.finish(Ending.ENTER)
    assert gathered is not None
    assert gathered.text == "4711"


def test_digits_of_keys_count_only_when_every_key_has_one_and_none_is_shifted() -> None:
    def of(*strokes: Stroke) -> str:
        return Burst(strokes, Ending.ENTER).text

    assert of(Stroke("&", "1", 0), Stroke("é", "2", 0)) == "12"
    assert of(Stroke("&", "1", 0), Stroke("x", "", 0)) == "&x"
    assert of(Stroke("&", "7", 0, plain=False), Stroke("é", "2", 0)) == "&é"
    assert of(Stroke("5", "5", 0, plain=False), Stroke("6", "6", 0)) == "56"


@pytest.mark.parametrize(
    ("code", "platform", "digit"),
    [
        (10, "linux", "1"),
        (19, "linux", "0"),
        (90, "linux", "0"),
        (79, "linux", "7"),
        (2, "win32", "1"),
        (11, "win32", "0"),
        (82, "win32", "0"),
        (0x152, "win32", ""),  # Insert of the arrow block
        (0, "darwin", ""),
        (38, "linux", ""),
    ],
)
def test_the_digit_on_a_key(code: int, platform: str, digit: str) -> None:
    assert digit_on_key(code, platform) == digit
