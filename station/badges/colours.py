"""Colours of printed things: one accent is given, all others follow from it so that text stays readable."""

import re
from dataclasses import dataclass

INK = "#14202b"
MUTED = "#56626e"
LINE = "#cdd5dc"
WATERMARK = "#C8102E"  # of a rehearsal
WATERMARK_OPACITY = 0.3
WHITE = "#ffffff"
NEUTRAL = "#37506b"  # the accent where none is given
_HEX = re.compile(r"#[0-9a-f]{6}")
_READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``.

    Attributes:
        accent: the category's colour, as given.
        on_accent: for text upon it.
        accent_text: the accent, darkened until it is readable upon white and upon the tint.
        tint: a trace of the accent, as a background.
    """

    accent: str
    on_accent: str
    accent_text: str
    tint: str
    ink: str = INK
    muted: str = MUTED
    line: str = LINE
    white: str = WHITE


def palette(accent: str) -> Palette:
    """The colours that go with a category's colour; anything that is not ``#rrggbb`` counts as none given."""
    accent = accent.strip().lower()
    if not _HEX.fullmatch(accent):
        accent = NEUTRAL
    on_accent = WHITE if contrast(WHITE, accent) >= min(_READABLE, contrast(INK, accent)) else INK
    tint = mixed(accent, WHITE, 0.93)
    return Palette(accent, on_accent, _darkened_for(accent, tint), tint)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """The colour between two: ``share`` 0 is the first, 1 the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _darkened_for(accent: str, background: str) -> str:
    share = 0.0
    while contrast(mixed(accent, INK, share), background) < _READABLE:
        share += 0.1
    return mixed(accent, INK, share)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 255 / 12.92 if channel <= 10 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
