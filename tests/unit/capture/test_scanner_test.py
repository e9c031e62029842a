"""What is said of a scanner, from how the four codes of the test arrive."""

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from station.badges.scanner_sheet import render_scanner_sheet
from station.capture.bursts import Burst, Ending, Stroke
from station.capture.decoder import decode_image
from station.capture.scanner_test import Examination, Grade, Sample, examine_burst, examine_text
from station.i18n import set_language

ROW = "1234567890"


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def typed(
    sample: Sample, ending: Ending = Ending.ENTER, every_s: float = 0.008, layout: Mapping[str, str] = {}
) -> Burst:
    strokes = [
        Stroke(layout.get(character, character), character if character in ROW else "", place * every_s)
        for place, character in enumerate(sample.value)
    ]
    return Burst(tuple(strokes), ending)


def said(examination: Examination) -> str:
    return " ".join(finding.sentence for finding in examination.findings)


@pytest.mark.parametrize("sample", Sample)
def test_a_good_scanner_is_called_good(sample: Sample) -> None:
    examination = examine_burst(typed(sample))
    assert examination.sample is sample
    assert examination.grade is Grade.GOOD
    assert said(examination).startswith("Every character arrives as it is. It ends each code with Enter.")


def test_the_ending_and_the_pace_are_told() -> None:
    assert "with Tab" in said(examine_burst(typed(Sample.DIGITS, Ending.TAB)))
    unended = examine_burst(typed(Sample.DIGITS, Ending.NOTHING))
    assert (unended.grade, "adds no Enter" in said(unended)) == (Grade.NOTE, True)
    slow = examine_burst(typed(Sample.DIGITS, every_s=0.05))
    assert (slow.grade, "50 ms a character" in said(slow)) == (Grade.NOTE, True)


def test_a_slow_scanner_without_enter_is_faulty() -> None:
    examination = examine_burst(typed(Sample.DIGITS, Ending.NOTHING, every_s=0.05))
    assert examination.grade is Grade.FAULT
    assert "50 ms a character, and adds no Enter" in said(examination)


def test_swapped_letters_are_named() -> None:
    german = str.maketrans("yzYZ", "zyZY")
    examination = examine_text(Sample.LETTERS.value.translate(german))
    assert examination.grade is Grade.FAULT
    assert "changes characters: Y ↔ Z." in said(examination)


def test_a_french_scanner_is_told_by_its_letters() -> None:
    french = str.maketrans("aqzwAQZWm;", "qawzQAWZ;m")
    assert "A ↔ Q, W ↔ Z" in said(examine_text(Sample.LETTERS.value.translate(french)))


def test_caps_lock_is_told() -> None:
    assert "Caps Lock" in said(examine_text(Sample.LETTERS.value.swapcase()))


@pytest.mark.parametrize("lost", [1, 3, 40])
def test_dropped_characters_are_counted(lost: int) -> None:
    whole = Sample.LONG.value
    step = len(whole) // lost
    kept = "".join(c for place, c in enumerate(whole) if (place + 1) % step or (place + 1) // step > lost)
    assert len(whole) - len(kept) == lost
    examination = examine_text(kept)
    assert examination.sample is Sample.LONG
    assert f"drops {lost} character" in said(examination)
    assert "of 303" in said(examination)


@pytest.mark.parametrize("sample", Sample)
@pytest.mark.parametrize(("before", "after"), [("]Q1", ""), ("", "\x1d"), ("QR-", "##")])
def test_what_is_added_is_quoted(sample: Sample, before: str, after: str) -> None:
    examination = examine_text(before + sample.value + after)
    assert examination.sample is sample
    assert examination.grade is Grade.NOTE
    assert (f"“{before}” before" in said(examination)) == bool(before)
    assert ("after each code" in said(examination)) == bool(after)
    assert ("\\x1d" in said(examination)) == ("\x1d" in after)


def test_marks_that_get_lost_are_a_note_and_no_fault() -> None:
    bare = Sample.NAMES.value.encode("ascii", "replace").decode()
    examination = examine_text(bare)
    assert (examination.sample, examination.grade) == (Sample.NAMES, Grade.NOTE)
    assert "Vietnamese marks do not arrive" in said(examination)


def test_digits_that_the_layout_changed_are_read_and_told() -> None:
    examination = examine_burst(typed(Sample.DIGITS, layout=dict(zip(ROW, "&é\"'(-è_çà", strict=True))))
    assert examination.sample is Sample.DIGITS
    assert examination.grade is Grade.NOTE
    assert "turns digits into other characters" in said(examination)


@pytest.mark.parametrize("text", ["", "Trần Văn Nam", "https://example.org/ticket", "0912345678"])
def test_other_texts_are_none_of_the_test(text: str) -> None:
    assert examine_text(text).sample is None


def test_the_printed_sheet_holds_all_four_codes(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    render_scanner_sheet(sheet)
    page = pypdfium2.PdfDocument(sheet)[0]
    picture = page.render(scale=3).to_numpy()
    texts = {code.text for code in decode_image(picture[:, :, :3])}
    assert texts == {sample.value for sample in Sample}
    for caption in ("Test sheet for scanners", "4. A long code"):
        assert caption in page.get_textpage().get_text_bounded()
