"""Reads codes frame by frame: a cheap look at every frame, costly looks in turn, within a budget of time.

Each frame puts an allowance of milliseconds into a purse: little while nothing is in view, more while something
that looks like a code is. The cheap look is always made; a costly one when the purse holds what it cost the last
times on this very machine. So a slow laptop looks thoroughly less often, but shows its picture as smoothly.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle

from station.capture.decoder import grey_of
from station.capture.engines import Engines, load_engines
from station.capture.frame import Code, Corners, Frame, Grey
from station.capture.passes import (
    Found,
    Pass,
    attempt,
    moved,
    zbar_half_pass,
    zbar_inverted_pass,
    zbar_pass,
    zxing_double_pass,
    zxing_larger_pass,
    zxing_pass,
    zxing_sharp_pass,
)
from station.capture.regions import Region, regions_with_detail
from station.capture.retry import PREPARATIONS, retry
from station.capture.unite import still_unread, united

IDLE_MS = 5.0  # a frame's allowance for costly looks while nothing is in view
WATCHFUL_MS = 22.0  # and while something is
WATCHFUL_S = 1.0  # of the medium, after something was seen
_MOST_SAVED_MS = 60.0  # a longer quiet time buys no more: no frame may cost much more than this
_MOST_RETRIES = 2  # places a frame
_SMOOTHING = 0.2  # of what a pass cost now in what it is expected to cost

CHEAP: tuple[Pass, ...] = (zxing_pass,)
COSTLY: tuple[Pass, ...] = (zxing_double_pass, zxing_larger_pass, zbar_pass, zxing_sharp_pass)
COSTLY_BESIDE_ZBAR: tuple[Pass, ...] = (zxing_double_pass, zxing_larger_pass, zxing_sharp_pass)
COSTLY_WITHOUT_ZXING: tuple[Pass, ...] = (zbar_pass, zbar_inverted_pass, zbar_pass, zbar_half_pass)
THOROUGH: tuple[Pass, ...] = (zxing_pass, zbar_pass, zxing_double_pass)
THOROUGH_WITHOUT_ZXING: tuple[Pass, ...] = (zbar_pass, zbar_inverted_pass, zbar_half_pass)


class StreamDecoder:
    """Reads codes frame by frame; used by one thread at a time.

    Args:
        thorough: look at every frame with all that is worth it, for videos that are read without hurry. The same
            video then always gives the same codes.
        beside: give zbar a thread of its own, for which there should be a second processor; its codes then come
            with one of the next frames. :meth:`close` ends it.

    Raises:
        EnvironmentFault: no library that reads codes is here.
    """

    def __init__(self, *, thorough: bool = False, beside: bool = False) -> None:
        self._engines = load_engines()
        self._thorough = thorough
        both = self._engines.zbar is not None and self._engines.zxing is not None
        self._beside = _Beside(self._engines) if beside and both else None
        self._costly = self._turns()
        self._next = next(self._costly)
        self._purse_ms = 0.0
        self._cost_ms: dict[Pass, float] = {}
        self._seen_at_s = float("-inf")
        self._preparations = cycle(PREPARATIONS)
        self._unread: list[Corners] = []

    def decode(self, frame: Frame) -> list[Code]:
        """Every code read in this frame, or just before by the other thread, each once; corners in pixels."""
        grey = grey_of(frame.image)
        found = self._thorough_look(grey) if self._thorough else self._quick_look(grey, frame.media_seconds)
        codes = united(found.codes)
        self._unread = still_unread(found.unread, codes)
        if codes or self._unread:
            self._seen_at_s = frame.media_seconds
        return codes

    def unread(self) -> list[Corners]:
        """Where the frame decoded last holds what looks like a code and could not be read."""
        return self._unread

    def is_watchful(self, at_s: float) -> bool:
        """Whether something was in view within the last second of the medium."""
        return at_s - self._seen_at_s <= WATCHFUL_S

    def close(self) -> None:
        """End the other thread, if there is one."""
        if self._beside is not None:
            self._beside.close()

    def _turns(self) -> Iterator[Pass]:
        if self._engines.zxing is None:
            return cycle(COSTLY_WITHOUT_ZXING)
        return cycle(COSTLY_BESIDE_ZBAR if self._beside is not None or self._engines.zbar is None else COSTLY)

    def _thorough_look(self, grey: Grey) -> Found:
        found = Found()
        for look in THOROUGH if self._engines.zxing is not None else THOROUGH_WITHOUT_ZXING:
            _add(found, attempt(look, self._engines, grey))
        self._retry(grey, found)
        return found

    def _quick_look(self, grey: Grey, at_s: float) -> Found:
        found = Found()
        for look in CHEAP:
            _add(found, attempt(look, self._engines, grey))
        if self._beside is not None:
            found.codes.extend(self._beside.collect())
        if found.unread or found.codes:
            self._seen_at_s = at_s
        self._retry(grey, found)
        self._purse_ms += WATCHFUL_MS if self.is_watchful(at_s) else IDLE_MS
        self._spend(grey, found)
        return found

    def _spend(self, grey: Grey, found: Found) -> None:
        """The next costly look, when it can be paid; with what was read already in view, the others can wait."""
        self._purse_ms = min(self._purse_ms, _MOST_SAVED_MS)
        if self._cost_ms.get(self._next, 0.0) > self._purse_ms:
            return
        look, self._next = self._next, next(self._costly)
        began_at = time.thread_time()
        regions = regions_with_detail(grey)
        for region in regions:
            left, top, right, bottom = region
            _add(found, moved(attempt(look, self._engines, grey[top:bottom, left:right]), (left, top)))
        if self._beside is not None:
            self._beside.look_at(grey, regions)
        took_ms = (time.thread_time() - began_at) * 1000
        before_ms = self._cost_ms.get(look, took_ms)
        self._cost_ms[look] = before_ms + _SMOOTHING * (took_ms - before_ms)
        self._purse_ms -= took_ms

    def _retry(self, grey: Grey, found: Found) -> None:
        """Another look at what was found but not read: all preparations if there is time, else one a frame."""
        preparations = PREPARATIONS if self._thorough else (next(self._preparations),)
        for corners in found.unread[:_MOST_RETRIES]:
            code = retry(self._engines, grey, corners, preparations)
            if code is not None:
                found.codes.append(code)


class _Beside:
    """zbar on a thread of its own, which looks at a frame whenever it has finished with the one before."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._thread = ThreadPoolExecutor(1, "zbar")
        self._looking: Future[list[Code]] | None = None

    def look_at(self, grey: Grey, regions: list[Region]) -> None:
        """Begin to look, unless a look is under way."""
        if self._looking is None and regions:
            self._looking = self._thread.submit(self._codes, grey, regions)

    def collect(self) -> list[Code]:
        """What the look found that has ended since; nothing while none has."""
        if self._looking is None or not self._looking.done():
            return []
        looking, self._looking = self._looking, None
        return looking.result()

    def close(self) -> None:
        """Wait for the look that is under way."""
        self._thread.shutdown()

    def _codes(self, grey: Grey, regions: list[Region]) -> list[Code]:
        codes: list[Code] = []
        for left, top, right, bottom in regions:
            part = attempt(zbar_pass, self._engines, grey[top:bottom, left:right])
            codes.extend(moved(part, (left, top)).codes)
        return codes


def _add(found: Found, more: Found) -> None:
    found.codes.extend(more.codes)
    found.unread = still_unread([*found.unread, *more.unread], found.codes)


def processors() -> int:
    """Processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
