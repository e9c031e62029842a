"""Repeat suppression: which of the codes read in a frame are being shown anew."""

from collections.abc import Iterable

from station.capture.frame import Code

GONE_AFTER_S = 1.2
"""Seconds without a reading after which a code counts as taken away.

A code held in a moving hand is unreadable for up to 0.8 s at a stretch (blur, glare); a person who takes the code
away, sees the answer and shows it again needs more than 1.5 s.
"""


GONE_AFTER_LOOKS = 8
"""Frames without a reading that it takes besides: a busy machine looks seldom; a code not looked for is not gone."""

GONE_FOR_SURE_S = 4.0
"""Seconds after which a code has left however few frames there were: the camera stood still or was unplugged."""


class Sightings:
    """Remembers which codes are in view; pure, so the same readings always give the same sightings.

    Args:
        gone_after_s, gone_after_looks: seconds and frames without a reading after which a code has left.
    """

    def __init__(self, gone_after_s: float = GONE_AFTER_S, gone_after_looks: int = GONE_AFTER_LOOKS) -> None:
        self._gone_after_s = gone_after_s
        self._gone_after_looks = gone_after_looks
        self._looks = 0
        self._last_read: dict[bytes, tuple[float, int]] = {}  # when, and at which look

    def update(self, codes: Iterable[Code], at_s: float) -> list[Code]:
        """The codes that were not in view before this frame, each once.

        Args:
            codes: read in the frame.
            at_s: when, in seconds of the medium; never smaller than the time before.
        """
        self._looks += 1
        self._last_read = {
            raw: (read_at, look)
            for raw, (read_at, look) in self._last_read.items()
            if not self._has_left(at_s - read_at, self._looks - look)
        }
        shown_anew = []
        for code in codes:
            if code.raw not in self._last_read:
                shown_anew.append(code)
            self._last_read[code.raw] = (at_s, self._looks)
        return shown_anew

    def _has_left(self, unread_s: float, looks: int) -> bool:
        return unread_s > GONE_FOR_SURE_S or (
            unread_s > self._gone_after_s and looks > self._gone_after_looks
        )
