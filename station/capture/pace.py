"""The speed of a video file that is played as if it were a camera."""

import threading
import time

_GIVEN_UP_AFTER_S = (
    1.0  # later than this the video goes on from now, slower, instead of running after the clock
)


class Pace:
    """Tells when each frame is due, counted from the first."""

    def __init__(self, frames_per_second: float) -> None:
        self._period_s = 1 / frames_per_second
        self._began_at: float | None = None
        self._passed_over = False

    def pass_over(self, number: int) -> bool:
        """Whether a frame comes too late to be shown; never says so twice in a row, so that some are seen."""
        late = self._began_at is not None and self._delay_s(number) < -self._period_s
        self._passed_over = late and not self._passed_over
        return self._passed_over

    def wait(self, number: int, stopping: threading.Event) -> None:
        """Wait until a frame is due, or until stopping."""
        if self._began_at is None:
            self._began_at = time.perf_counter() - number * self._period_s
        delay_s = self._delay_s(number)
        if delay_s > 0:
            stopping.wait(delay_s)
        elif delay_s < -_GIVEN_UP_AFTER_S:
            self._began_at -= delay_s

    def _delay_s(self, number: int) -> float:
        assert self._began_at is not None
        return self._began_at + number * self._period_s - time.perf_counter()
