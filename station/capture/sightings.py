"""Repeat suppression: which of the codes read in a frame are being shown anew."""

from collections.abc import Iterable

from station.capture.frame import Code

GONE_AFTER_S = 1.2
"""Seconds without a reading after which a code counts as taken away.

A code held in a moving hand is unreadable for up to 0.8 s at a stretch (blur, glare); a person who takes the code
away, sees the answer and shows it again needs more than 1.5 s.
"""


class Sightings:
    """Remembers which codes are in view; pure, so the same readings always give the same sightings.

    Args:
        gone_after_s: seconds without a reading after which a code has left.
    """

    def __init__(self, gone_after_s: float = GONE_AFTER_S) -> None:
        self._gone_after_s = gone_after_s
        self._last_read_at: dict[bytes, float] = {}

    def update(self, codes: Iterable[Code], at_s: float) -> list[Code]:
        """The codes that were not in view before this frame, each once.

        Args:
            codes: read in the frame.
            at_s: when, in seconds of the medium; never smaller than the time before.
        """
        self._last_read_at = {
            raw: read_at
            for raw, read_at in self._last_read_at.items()
            if at_s - read_at <= self._gone_after_s
        }
        shown_anew = []
        for code in codes:
            if code.raw not in self._last_read_at:
                shown_anew.append(code)
            self._last_read_at[code.raw] = at_s
        return shown_anew
