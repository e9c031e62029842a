"""Makes the texts of a layout fit: wrapped, then smaller, then the middle names as initials, at last cut."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from station.badges.fonts import printable
from station.badges.layouts.model import Place, TextBlock, Words
from station.badges.layouts.words import filled
from station.badges.typesetting import Fitted, fit

_STEPS = 8  # in which a block that is too high is made smaller
_TOLERANCE_MM = 0.05


@dataclass(frozen=True, slots=True)
class Setting:
    """One text as it is drawn.

    Attributes:
        text: in full. is_cut: letters are missing from what is drawn.
    """

    words: Words
    text: str
    block: Fitted
    is_cut: bool


def fitted_block(element: TextBlock, place: Place, values: Mapping[str, str]) -> list[Setting]:
    """The texts that are not empty, smaller together where they are higher than the place."""
    texts = [(words, _text(words, values)) for words in element.words]
    texts = [(words, text) for words, text in texts if text]
    settings: list[Setting] = []
    for step in range(_STEPS + 1):
        share = 1 - step / _STEPS
        settings = [_set(words, text, place.width_mm, share) for words, text in texts]
        if not is_too_high(settings, place):
            return settings
    most = max((len(text.split()) - 2 for words, text in texts if words.abbreviate), default=0)
    for initials in range(1, most + 1):
        shorter = [_shortened(setting, place, initials) for setting in settings]
        if not is_too_high(shorter, place):
            return shorter
    return settings


def height_of(settings: list[Setting]) -> float:
    """Millimetres that fitted texts take, one below the other."""
    gaps = (setting.words.gap_mm for setting in settings[1:])
    return sum(setting.block.height_mm for setting in settings) + sum(gaps)


def is_too_high(settings: list[Setting], place: Place) -> bool:
    """Whether texts are higher than their place even in their smallest sizes."""
    return height_of(settings) > place.height_mm + _TOLERANCE_MM


def is_cut(text: str, block: Fitted) -> bool:
    """Whether letters of a text are missing from what was fitted."""
    return "".join(block.lines).replace(" ", "") != printable(text).replace(" ", "")


def abbreviations(name: str) -> Iterator[str]:
    """A name with more and more middle names as initials, from the back: family and given name stay whole.

    ``Nguyễn Thị Hoàng Ánh`` gives ``Nguyễn Thị H. Ánh`` and ``Nguyễn T. H. Ánh``.
    """
    words = printable(name).split()
    for position in range(len(words) - 2, 0, -1):
        words[position] = f"{words[position][0]}."
        yield " ".join(words)


def _shortened(setting: Setting, place: Place, initials: int) -> Setting:
    """With so many middle names as initials, where that may be and there are as many."""
    if not setting.words.abbreviate:
        return setting
    *_longer, text = [setting.text, *islice(abbreviations(setting.text), initials)]
    shorter = _set(setting.words, text, place.width_mm, 0)
    return Setting(setting.words, setting.text, shorter.block, shorter.is_cut)


def _text(words: Words, values: Mapping[str, str]) -> str:
    text = filled(words.template, values)
    return text.upper() if words.capitals else text


def _set(words: Words, text: str, width_mm: float, share: float) -> Setting:
    """``share`` 1 allows the full size, 0 only the smallest."""
    size_pt = words.smallest_pt + (words.size_pt - words.smallest_pt) * share

    def fitted(shown: str) -> tuple[Fitted, bool]:
        block = fit(shown, words.font, size_pt, words.smallest_pt, width_mm, words.lines)
        return block, is_cut(shown, block)

    block, cut = fitted(text)
    if cut and words.abbreviate:
        for shorter in abbreviations(text):
            tried, still_cut = fitted(shorter)
            if not still_cut:
                return Setting(words, text, tried, False)
    return Setting(words, text, block, cut)
