"""The clerk of the demo: reacts to what is on the screen as a person would."""

import json
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from station.app import Station
from station.capture.frame import Sighting
from station.checkin.finding import Finder
from station.checkin.lane import Answer, Lane
from station.model.verdict import Outcome, Verdict
from ui.app import OpenEvent
from ui.demo.output import Report

_PICTURE_DELAY_MS = 350  # by then the outline lies on the code and the bundle is ticked


class TimedLane(Lane):
    """A lane that remembers when the frame behind each entry was grabbed.

    Attributes:
        grabbed_at: seconds of ``time.perf_counter()``, by entry.
    """

    def __init__(self, station: Station) -> None:
        super().__init__(station.desk, Finder(station.files, station.clock, station.key, station.desk))
        self.grabbed_at: dict[str, float] = {}

    def take(self, sighting: Sighting) -> Answer:
        answer = super().take(sighting)
        if isinstance(answer, Verdict):
            self.grabbed_at[answer.entry] = sighting.frame.grabbed_at
        return answer


class Clerk(QObject):
    """Hands out the bundle of everybody who is admitted, and photographs the window at telling moments.

    Attributes:
        report: what was painted.
        photographs: whether pictures are taken; a benchmark does without.
    """

    def __init__(self, event: OpenEvent, lane: TimedLane, screens: Path, *, as_json: bool) -> None:
        super().__init__(event)
        self.report = Report()
        self.photographs = True
        self._event = event
        self._lane = lane
        self._screens = screens
        self._as_json = as_json
        self._photographed: set[str] = set()
        event.desk.verdict_painted.connect(self._on_verdict_painted)

    def photograph(self, moment: str) -> None:
        """Save a picture of the window under the next number."""
        if not self.photographs:
            return
        number = len(self._photographed) + 1
        self._photographed.add(moment)
        self._event.window.grab().save(str(self._screens / f"{number:02d}-{moment}.png"))

    @Slot(object)
    def _on_verdict_painted(self, verdict: Verdict) -> None:
        self.report.add(verdict, (time.perf_counter() - self._lane.grabbed_at[verdict.entry]) * 1000)
        if self._as_json:
            print(json.dumps({"entry": verdict.entry, "verdict": verdict.outcome}), flush=True)
        if verdict.outcome is Outcome.ADMITTED:
            self._event.desk.hand_out_all()  # F2, without depending on which window has the keyboard
        moment = str(verdict.reason or verdict.outcome).lower().replace("_", "-")
        if moment not in self._photographed:
            QTimer.singleShot(_PICTURE_DELAY_MS, self, lambda: self._photograph_if_new(moment))

    def _photograph_if_new(self, moment: str) -> None:
        if moment not in self._photographed:
            self.photograph(moment)
