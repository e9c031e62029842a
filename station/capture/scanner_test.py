"""What a scanner does to codes: four known codes to scan, and what is wrong with how they arrive."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from station.capture.bursts import PACE_S, Burst, Ending
from station.i18n import _, ngettext

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_LEAST_ALIKE = 0.35  # of its characters; below this it is none of the codes of the test
_MOST_SHOWN = 6  # pairs of characters in a sentence
_SYMBOLOGY = re.compile(r"[\]}][A-Za-z][0-9]")  # ISO/IEC 15424, as "]Q1"; "}" on a keyboard with Caps Lock


class Sample(StrEnum):
    """The codes of the test, in the order in which they are scanned; the value is what they hold."""

    DIGITS = "111" + "0123456789" * 4 + "1"
    LETTERS = f"222 {_ALPHABET} {_ALPHABET.upper()} ;:|/\\?=&#@-_.,+*{{}}[]()\"'"
    NAMES = "333 Nguyễn Thị Ánh, Đặng Hữu Ước, Phạm Quỳnh Mỹ"
    LONG = "444" + "".join(f"{number:03}" for number in range(100))


class Grade(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a scanner does, as a sentence."""

    grade: Grade
    sentence: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What became of one code; ``sample`` is None when it is none of the test's."""

    sample: Sample | None
    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        """The worst."""
        grades = {finding.grade for finding in self.findings}
        return next((grade for grade in (Grade.FAULT, Grade.NOTE) if grade in grades), Grade.GOOD)


def examine_burst(burst: Burst) -> Examination:
    """Examine what a scanner typed."""
    examination = examine_text(burst.text)
    if examination.sample is None:
        return examination
    findings = [*examination.findings, *_rhythm(burst)]
    if burst.text != burst.typed:
        findings.append(
            Finding(
                Grade.NOTE,
                _("The keyboard layout turns digits into other characters; digits are read all the same."),
            )
        )
    return Examination(examination.sample, tuple(findings))


def examine_text(text: str) -> Examination:
    """Examine the text alone, for example from a serial scanner."""
    sample = _sample_of(text)
    if sample is None:
        sentence = _("This is none of the codes of the test.")
        return Examination(None, (Finding(Grade.FAULT, sentence),))
    before, middle, after = _aligned(sample.value, text)
    findings = [*_additions(before, after), *_changes(sample, middle)]
    if not findings:
        findings.append(Finding(Grade.GOOD, _("Every character arrives as it is.")))
    return Examination(sample, tuple(findings))


def _sample_of(text: str) -> Sample | None:
    def likeness(sample: Sample) -> float:
        return SequenceMatcher(None, sample.value.casefold(), text.casefold(), autojunk=False).ratio()

    best = max(Sample, key=likeness)
    return best if likeness(best) >= _LEAST_ALIKE else None


def _aligned(expected: str, got: str) -> tuple[str, str, str]:
    """What came before the sample, the sample as it came, and what came after it."""
    spare = len(got) - len(expected)
    if spare <= 0:
        mark = _SYMBOLOGY.match(got)
        return (mark[0], got[mark.end() :], "") if mark else ("", got, "")

    def agreeing(start: int) -> int:
        return sum(a.casefold() == b.casefold() for a, b in zip(expected, got[start:], strict=False))

    start = max(range(spare + 1), key=agreeing)
    if agreeing(start) < _LEAST_ALIKE * len(expected):  # shifted somewhere in the middle
        return "", got, ""
    return got[:start], got[start : start + len(expected)], got[start + len(expected) :]


def _additions(before: str, after: str) -> list[Finding]:
    findings = []
    if before:
        sentence = _("It adds {characters} before each code.").format(characters=_quoted(before))
        findings.append(Finding(Grade.NOTE, sentence))
    if after:
        sentence = _("It adds {characters} after each code.").format(characters=_quoted(after))
        findings.append(Finding(Grade.NOTE, sentence))
    return findings


def _changes(sample: Sample, got: str) -> list[Finding]:
    expected = sample.value
    if got == expected:
        return []
    if got == expected.swapcase():
        return [Finding(Grade.FAULT, _("It swaps capitals and small letters: switch Caps Lock off."))]
    if sample is Sample.NAMES:
        return [_lost_marks()]
    if len(got) == len(expected):
        return [_swaps(expected, got)]
    return [_losses(expected, got)]


def _lost_marks() -> Finding:
    return Finding(
        Grade.NOTE,
        _("Letters with Vietnamese marks do not arrive. Own codes hold digits only and are not concerned."),
    )


def _swaps(expected: str, got: str) -> Finding:
    pairs: dict[str, str] = {
        a: b for a, b in zip(expected.upper(), got.upper(), strict=False) if a != b and len(a) == len(b)
    }
    mutual = [(a, b) for a, b in pairs.items() if pairs.get(b) == a and a < b]
    single = [(a, b) for a, b in pairs.items() if pairs.get(b) != a]
    shown = [f"{a} ↔ {b}" for a, b in mutual] + [f"{a} → {b}" for a, b in single]
    listed = ", ".join(shown[:_MOST_SHOWN]) + (" …" if len(shown) > _MOST_SHOWN else "")
    advice = _("It changes characters: {pairs}. Set it to the keyboard layout of this computer.")
    return Finding(Grade.FAULT, advice.format(pairs=listed))


def _losses(expected: str, got: str) -> Finding:
    matcher = SequenceMatcher(None, expected, got, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    lost, added = len(expected) - kept, len(got) - kept
    if lost:
        sentence = ngettext(
            "It drops {count} character of {total} at this speed: set a longer pause between characters.",
            "It drops {count} characters of {total} at this speed: set a longer pause between characters.",
            lost,
        )
        return Finding(Grade.FAULT, sentence.format(count=lost, total=len(expected)))
    sentence = ngettext(
        "It adds {count} character within the code.", "It adds {count} characters within the code.", added
    )
    return Finding(Grade.FAULT, sentence.format(count=added))


def _rhythm(burst: Burst) -> Sequence[Finding]:
    endings = {
        Ending.ENTER: Finding(Grade.GOOD, _("It ends each code with Enter.")),
        Ending.TAB: Finding(Grade.GOOD, _("It ends each code with Tab.")),
        Ending.NOTHING: Finding(
            Grade.NOTE,
            _("It adds no Enter, so each code waits for a moment: set Enter as its suffix if you can."),
        ),
    }
    pace_ms = burst.pace_s * 1000
    if burst.ending is Ending.NOTHING and not burst.is_fast():
        sentence = _(
            "It types slowly, {pace} ms a character, and adds no Enter: it cannot be told from typing."
        )
        return (Finding(Grade.FAULT, sentence.format(pace=f"{pace_ms:.0f}")),)
    if burst.pace_s <= PACE_S:
        pace = Finding(Grade.GOOD, _("It types a character in {pace} ms.").format(pace=f"{pace_ms:.0f}"))
    else:
        pace = Finding(
            Grade.NOTE,
            _(
                "It types slowly, {pace} ms a character: with the cursor in a field, short codes count as typing."
            ).format(pace=f"{pace_ms:.0f}"),
        )
    return endings[burst.ending], pace


def _quoted(characters: str) -> str:
    """Characters so that those without a picture can be read too."""
    shown = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in characters)
    return f"“{shown}”"
