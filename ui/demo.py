"""The demo: the sample event, scanned for real from a video in front of the real window, by a clerk made of code."""

import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from station.app import Station, open_station
from station.capture.frame import Sighting
from station.checkin.lane import Lane
from station.clock import from_ms
from station.errors import StationError
from station.exchange.export import ExportResult
from station.exchange.verify import verify
from station.i18n import _, set_language
from station.model.verdict import Outcome, Verdict
from station.sample_event import VIDEO, create_sample_event, first_morning
from station.settings import Settings
from ui.app import OpenEvent, make_application
from ui.demo_output import Report, prepared
from ui.run import show_fitting

_SIZE = (1366, 768)
_PICTURE_DELAY_MS = 350  # the outline lies on the code and the bundle is ticked by then
_LAST_LOOK_MS = 2500  # with a display: time to see how it ended


class TimedLane(Lane):
    """A lane that remembers when the frame of each entry was grabbed.

    Attributes:
        grabbed_at: seconds of ``time.perf_counter()``, by entry.
    """

    def __init__(self, station: Station) -> None:
        super().__init__(station.desk)
        self.grabbed_at: dict[str, float] = {}

    def take(self, sighting: Sighting) -> Verdict:
        verdict = super().take(sighting)
        self.grabbed_at[verdict.entry] = sighting.frame.grabbed_at
        return verdict
