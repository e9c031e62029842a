"""The demo: the sample event, scanned for real from a video, in front of the real window."""

import json
import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from station.app import Station, open_station
from station.capture.files import length_of_video
from station.errors import StationError
from station.exchange.verify import verify
from station.i18n import _, language
from station.sample_event import VIDEO, create_sample_event, first_morning
from station.settings import Settings
from ui.app import OpenEvent, make_application
from ui.bridge.operation import Operation
from ui.demo.clerk import Clerk, TimedLane
from ui.demo.output import ProgressBar, prepared, summary, table, write_summary
from ui.run import show_fitting

DEFAULT_OUT = Path("demo-output")
_SIZE = (1366, 768)
_PROGRESS_MS = 250
_FIRST_LOOK_MS = 800  # the empty desk, before the first delegate comes
_LAST_LOOK_MS = 3000  # with a display: time to see how it ended


def demo(out: Path | None, video: Path | None, *, as_json: bool) -> int:
    """Run the demo; returns 0 when its export was verified, 1 otherwise."""
    try:
        folder = prepared(out or DEFAULT_OUT)
        clock = first_morning()
        create_sample_event(folder / "event", clock)
        station = open_station(folder / "event", clock=clock)
    except StationError as error:
        print(error, file=sys.stderr)
        return 1
    application = make_application(Settings(language=language(), theme="light"))
    run = DemoRun(application, station, folder, video or VIDEO, as_json=as_json)
    signal.signal(signal.SIGINT, lambda *_arguments: application.exit(1))
    sys.excepthook = run.fail
    run.start()
    try:
        return application.exec()
    finally:
        run.close()
        sys.excepthook = sys.__excepthook__


class DemoRun(QObject):
    """One run: the video, the window and the clerk; at the end badges, export and summary.

    Attributes:
        desk_window: the open window. clerk: who works at it.
    """

    def __init__(
        self, application: QApplication, station: Station, out: Path, video: Path, *, as_json: bool
    ) -> None:
        super().__init__()
        self._application = application
        self._station = station
        self._out = out
        self._video = video
        self._as_json = as_json
        self._offscreen = application.platformName() == "offscreen"
        lane = TimedLane(station)
        station.lane = lane
        self.desk_window = OpenEvent(
            application,
            station,
            Settings(language=language(), theme="light"),
            keep=lambda _settings: None,  # what is tried in the demo is not this machine's daily choice
        )
        self.clerk = Clerk(self.desk_window, lane, out / "screens", as_json=as_json)
        self.desk_window.camera.ended.connect(self._on_ended)
        self.desk_window.camera.failed_to_open.connect(self._on_video_refused)
        self._ending: Operation | None = None
        self._bar = ProgressBar(length_of_video(video))
        self._progress = QTimer(self)
        self._progress.timeout.connect(self._on_progress)

    def start(self) -> None:
        """Show the window and begin the video."""
        if self._offscreen:
            self.desk_window.window.resize(*_SIZE)
            self.desk_window.window.show()
        else:
            show_fitting(self.desk_window.window)
        self._progress.start(_PROGRESS_MS)
        self.desk_window.start_camera(str(self._video))
        QTimer.singleShot(_FIRST_LOOK_MS, self, lambda: self.clerk.photograph("idle"))

    def close(self) -> None:
        """End feed, workers and store."""
        self._progress.stop()
        if self._ending is not None:
            self._ending.wait()
        self.desk_window.close()

    def fail(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug ends the demo at once, with its traceback."""
        sys.__excepthook__(kind, error, trace)
        self._application.exit(1)

    @Slot()
    def _on_progress(self) -> None:
        feed = self.desk_window.camera.feed()
        frame = feed.newest() if feed is not None else None
        if frame is not None:
            self._bar.show(frame.media_seconds, len(self.clerk.report.verdicts))

    @Slot(str)
    def _on_video_refused(self, sentence: str) -> None:
        print(sentence, file=sys.stderr)
        self._application.exit(1)

    @Slot()
    def _on_ended(self) -> None:
        self.desk_window.when_idle(self._begin_ending)

    def _begin_ending(self) -> None:
        self.clerk.photograph("end")
        self._ending = Operation("demo-ending", lambda _progress: self._end(), self)
        self._ending.succeeded.connect(self._on_finished)
        self._ending.failed.connect(lambda error: self._on_video_refused(str(error)))
        self._ending.start()

    def _end(self) -> dict[str, object]:
        """Badges and export, off the GUI thread."""
        badges = self._station.print_badges(self._out / "badges.pdf")
        export = self._station.export(self._out / "export")
        return summary(self._station, self.clerk.report, badges, export.verified and verify(export.to).ok)

    @Slot(object)
    def _on_finished(self, figures: dict[str, object]) -> None:
        write_summary(self._out, figures)
        stream = sys.stderr if self._as_json else sys.stdout
        print("\n" + table(self._station, self.clerk.report, figures), file=stream, flush=True)
        if self._as_json:
            print(json.dumps(figures), flush=True)
        print(_("Everything is in {path}.").format(path=self._out), file=stream, flush=True)
        verified = 0 if figures["export_verified"] else 1
        QTimer.singleShot(
            0 if self._offscreen else _LAST_LOOK_MS, self, lambda: self._application.exit(verified)
        )
