"""Takes out of any text what could be about a person: what the event knows of them, long numbers, paths, addresses."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from station.text import clean

_GONE = "[…]"
_LEAST = 3  # letters; shorter words would take half of every text with them
_PATTERNS = (
    re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE),  # an address may hold a password
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    re.compile(r"[0-9a-fA-F]{32,}"),
    re.compile(r"(?<![\w.])\+?\d(?:[ .\-]?\d){6,}(?![\w])"),
)
# Times are no telephone numbers.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d)?")


class Scrubber:
    """Takes known words and what looks personal out of texts.

    Args:
        words: names, codes, telephone numbers, keys and whatever else must not leave.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        texts = {clean(word) for word in words}
        known = sorted((text for text in texts if len(text) >= _LEAST), key=len, reverse=True)
        either = "|".join(map(re.escape, known))
        self._known = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if known else None
        self._home = str(Path.home())

    def scrubbed(self, text: str) -> str:
        """The text without them."""
        text = unicodedata.normalize("NFC", text)
        if len(self._home) > 1:
            text = text.replace(self._home, "~")
        if self._known is not None:
            text = self._known.sub(_GONE, text)
        pieces, end = [], 0
        for time in _TIME.finditer(text):
            pieces += [_without_patterns(text[end : time.start()]), time.group()]
            end = time.end()
        return "".join([*pieces, _without_patterns(text[end:])])

    def scrubbed_value(self, value: Any) -> Any:
        """The same for every text in a value that becomes JSON; numbers and keys are of the program's own."""
        if isinstance(value, str):
            return self.scrubbed(value)
        if isinstance(value, dict):
            return {key: self.scrubbed_value(one) for key, one in value.items()}
        return [self.scrubbed_value(one) for one in value] if isinstance(value, list) else value


def _without_patterns(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(_GONE, text)
    return text
