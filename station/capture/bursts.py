"""Keystrokes of a scanner that types like a keyboard, told from a person's by their rhythm.

A scanner types 1 to 30 ms a key, some over Bluetooth up to 60 ms; whoever types fast needs 80 ms and more. What it
types passes through the computer's keyboard layout: an Enter key is an Enter key everywhere, but on a French or a
Vietnamese layout the key 1 gives ``&`` or ``ă``. Own codes are digits only, so the keys themselves tell them.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

PAUSE_S = 0.15  # after a longer pause the next key begins something new
UNENDED_S = 0.2  # a scanner that adds no Enter is taken to be done after this
PACE_S = 0.035  # on average between two keys; nobody types like this
_HAND_S = 2 * PACE_S  # a longer pause after keys that came slowly: a scanner begins where a person typed
_SHORTEST = 4  # characters at that pace, with Enter or Tab after them
_SHORTEST_UNENDED = 6  # and with nothing after them
_SHORTEST_SLOW = 8  # characters at a person's pace, when there is no field to type into
_DIGITS_OF_A_CODE = 20  # digits and Enter are a code at any pace: nobody searches for so many
_LONGEST = 8000  # characters; a QR symbol holds 7,089 digits at most
_CARD_BEGINS, _CARD_ENDS = "begin:vcard", "end:vcard"


class Ending(StrEnum):
    """What came after the last character."""

    ENTER = "enter"
    TAB = "tab"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key press that gives a character.

    Attributes:
        text: what the keyboard layout makes of it; empty for a keypad key while Num Lock is off.
        digit: what is printed on the key, where that is a digit; else empty.
        plain: without Shift.
        at_s: when it was pressed, on any clock.
    """

    text: str
    digit: str
    at_s: float
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Burst:
    """Keys that followed each other without a pause.

    Attributes:
        strokes: in order, at least one.
        ending: what came after them.
    """

    strokes: tuple[Stroke, ...]
    ending: Ending

    @property
    def typed(self) -> str:
        """The text as the computer's layout gives it."""
        return "".join(stroke.text for stroke in self.strokes)

    @property
    def text(self) -> str:
        """The text that was meant: the digits on the keys, where the layout made something else of all of them."""
        typed = self.typed
        if typed.isascii() and typed.isdigit():
            return typed
        if all(stroke.digit and stroke.plain for stroke in self.strokes):
            return "".join(stroke.digit for stroke in self.strokes)
        return typed

    @property
    def pace_s(self) -> float:
        """Mean seconds between two keys; 0 for a single one."""
        gaps = len(self.strokes) - 1
        return (self.strokes[-1].at_s - self.strokes[0].at_s) / gaps if gaps else 0.0

    @property
    def longest_pause_s(self) -> float:
        """Seconds."""
        return max((later.at_s - earlier.at_s for earlier, later in pairwise(self.strokes)), default=0.0)

    def is_fast(self) -> bool:
        """Whether no person types like this."""
        return len(self.strokes) > 1 and self.pace_s <= PACE_S

    def is_scan(self, *, in_field: bool) -> bool:
        """Whether a scanner typed it; in a field for text the doubt goes to the person who types there."""
        text = self.text
        if self.is_fast():
            return len(text) >= (_SHORTEST_UNENDED if self.ending is Ending.NOTHING else _SHORTEST)
        if self.ending is Ending.NOTHING:
            return False
        if text.isascii() and text.isdigit() and len(text) >= _DIGITS_OF_A_CODE:
            return True
        return not in_field and self.ending is Ending.ENTER and len(text) >= _SHORTEST_SLOW


class Keystrokes:
    """Gathers key presses into bursts."""

    def __init__(self) -> None:
        self._strokes: list[Stroke] = []

    def __len__(self) -> int:
        return len(self._strokes)

    def add(self, stroke: Stroke) -> None:
        """A character; after a pause it begins a new burst."""
        if self._strokes:
            pause_s = stroke.at_s - self._strokes[-1].at_s
            if not 0 <= pause_s <= (PAUSE_S if self.is_fast() else _HAND_S):
                self._strokes.clear()
        if len(self._strokes) < _LONGEST:
            self._strokes.append(stroke)

    def break_line(self, at_s: float) -> bool:
        """An Enter in the middle of a visiting card, which has several lines; False where it is an end."""
        text = "".join(stroke.text for stroke in self._strokes[:400]).casefold()
        if not text.startswith(_CARD_BEGINS):
            return False
        tail = "".join(stroke.text for stroke in self._strokes[-len(_CARD_ENDS) - 2 :]).casefold()
        if tail.rstrip().endswith(_CARD_ENDS):
            return False
        self.add(Stroke("\n", "", at_s))
        return True

    def is_fast(self) -> bool:
        """Whether what came so far is typed by a scanner."""
        return Burst(tuple(self._strokes), Ending.NOTHING).is_fast()

    def finish(self, ending: Ending) -> Burst | None:
        """What was gathered, if anything; the next character begins anew."""
        strokes = tuple(self._strokes)
        self._strokes.clear()
        return Burst(strokes, ending) if strokes else None

    def drop(self) -> None:
        """A key that no scanner presses came in between."""
        self._strokes.clear()
