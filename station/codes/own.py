"""Recognises the own code: alone, with a scanner's additions around it, or inside an address or any other text."""

import re

from station.codes.payload import LENGTH, EventKey, Parsed, PayloadKind, parse_payload
from station.codes.trimming import trimmed

_APART = re.compile(r"[\s\-‐‑–—−.·_/]+")  # what people write between groups of digits
_RUNS = re.compile(r"[0-9]+", re.ASCII)
_LONGEST_RUN = 64  # digits; a prefix of a scanner is shorter than the rest
_MOST_RUNS = 16


def own_code(text: str, key: EventKey) -> Parsed:
    """What a text is as an own code.

    The number that is printed under a code may be typed, with blanks or dashes between its groups.
    Digits around the 44 are taken for a scanner's prefix or suffix only if the code within is genuine, which
    nothing is by accident; 44 digits alone in a text are an own code if their check digits say so.
    """
    whole = parse_payload(trimmed(text).encode(), key)
    if whole.kind not in (PayloadKind.FOREIGN, PayloadKind.MISREAD):
        return whole
    typed = parse_payload(typed_digits(text).encode(), key)
    if typed.kind not in (PayloadKind.FOREIGN, PayloadKind.MISREAD):
        return typed
    for run in _RUNS.findall(text)[:_MOST_RUNS]:
        within = _own_in_run(run, key)
        if within is not None:
            return within
    return typed if typed.kind is PayloadKind.MISREAD else whole


def typed_digits(text: str) -> str:
    """The digits of a text that is nothing but digits, perhaps in groups; empty for any other text."""
    digits = _APART.sub("", text)
    return digits if digits.isascii() and digits.isdigit() else ""


def _own_in_run(run: str, key: EventKey) -> Parsed | None:
    if len(run) == LENGTH:
        parsed = parse_payload(run.encode(), key)
        return None if parsed.kind in (PayloadKind.FOREIGN, PayloadKind.MISREAD) else parsed
    if LENGTH < len(run) <= _LONGEST_RUN:
        for start in range(len(run) - LENGTH + 1):
            parsed = parse_payload(run[start : start + LENGTH].encode(), key)
            if parsed.kind.is_proved:
                return parsed
    return None
