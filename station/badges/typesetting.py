"""Makes a text fit its place: smaller, then on more lines, then cut with an ellipsis."""

import math
from dataclasses import dataclass
from functools import lru_cache

from station.badges.fonts import Font, printable, width_em

POINTS_PER_MM = 72 / 25.4
LEADING = 1.3  # of the size, from baseline to baseline
_STEP_PT = 0.5
_PREFERRED_SHRINK = 0.8  # a text is shrunk to this before it gets a second line
_ELLIPSIS = "…"
_ACROSS = 0.78  # of a diagonal: the letters are high, too


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text ready to be drawn."""

    size_pt: float
    lines: tuple[str, ...]

    @property
    def height_mm(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size_pt * LEADING / POINTS_PER_MM


@lru_cache(maxsize=2**12)  # the event's name, the unit and the labels come again on every card
def fit(
    text: str, font: Font, size_pt: float, smallest_pt: float, width_mm: float, most_lines: int
) -> Fitted:
    """The text in the largest size, from ``size_pt`` down to ``smallest_pt``, in which it fits.

    One line is preferred as long as that costs little size; several lines are made about equally long. What does
    not fit in the smallest size ends with an ellipsis.
    """
    words = printable(text).split()
    if not words:
        return Fitted(size_pt, ())
    one_line_pt = max(smallest_pt, size_pt * _PREFERRED_SHRINK) if most_lines > 1 else smallest_pt
    for lines_wanted, down_to_pt in ((1, one_line_pt), (most_lines, smallest_pt)):
        size = size_pt
        while size >= down_to_pt:
            lines = _wrapped(words, font, _available_em(width_mm, size))
            if lines and len(lines) <= lines_wanted:
                return Fitted(size, tuple(_balanced(words, font, _available_em(width_mm, size), lines)))
            size -= _STEP_PT
    return Fitted(smallest_pt, _cut(words, font, _available_em(width_mm, smallest_pt), most_lines))


def across(text: str, font: Font, width_mm: float, height_mm: float) -> tuple[float, float]:
    """Size (points) and angle (degrees, anticlockwise) at which a word lies from corner to corner of a rectangle."""
    angle = math.degrees(math.atan2(height_mm, width_mm))
    length_mm = math.hypot(width_mm, height_mm) * _ACROSS
    return length_mm * POINTS_PER_MM / width_em(printable(text), font), angle


def _available_em(width_mm: float, size_pt: float) -> float:
    return width_mm * POINTS_PER_MM / size_pt


def _wrapped(words: list[str], font: Font, width: float) -> list[str]:
    """Lines no wider than ``width`` ems, broken at spaces; none when a word alone is wider."""
    space = width_em(" ", font)
    lines: list[list[str]] = []
    used = width + 1
    for word in words:
        wide = width_em(word, font)
        if wide > width:
            return []
        if used + space + wide > width:
            lines.append([])
            used = -space
        lines[-1].append(word)
        used += space + wide
    return [" ".join(line) for line in lines]


def _balanced(words: list[str], font: Font, width: float, lines: list[str]) -> list[str]:
    """The same number of lines, as narrow as they can be."""
    best, low, high = lines, 0.0, width
    for _halving in range(8):
        middle = (low + high) / 2
        tried = _wrapped(words, font, middle)
        if tried and len(tried) == len(lines):
            best, high = tried, middle
        else:
            low = middle
    return best


def _cut(words: list[str], font: Font, width: float, most_lines: int) -> tuple[str, ...]:
    """As many whole lines as there may be, the last one ending with an ellipsis; long words are broken."""
    pieces = [piece for word in words for piece in _broken(word, font, width)]
    lines = _wrapped(pieces, font, width)
    if len(lines) <= most_lines:
        return tuple(lines)
    last = lines[most_lines - 1]
    while width_em(last + _ELLIPSIS, font) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return (*lines[: most_lines - 1], last.rstrip(" ,;:–-(") + _ELLIPSIS)


def _broken(word: str, font: Font, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_em(pieces[-1] + character, font) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
