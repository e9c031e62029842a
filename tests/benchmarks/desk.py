"""The desk at work: the sample video in the real window, from the grab of a frame to the verdict painted.

Run in a process of its own, so that memory and processor time are the program's alone.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

TICK_MS = 16
SETTLING_TICKS = 60  # while the camera opens
LIMITS = {
    "window usable, s after start": "2.5",
    "latency median, ms": "70",
    "latency p95, ms": "150",
    "preview, lowest frames in any second": "25",
    "window's tick of 16 ms late by, p99, ms": "5",
    "processor, cores": "1",
    "memory (RSS), MB": "350",
}


def run() -> list[tuple[str, ...]]:
    """Rows: figure, value, limit."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
        child = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.desk", folder],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    figures = json.loads(child.stdout.splitlines()[-1])
    return [(name, f"{figures[name]:.2f}", LIMITS[name]) for name in LIMITS]


def main(out: Path) -> int:
    """Play the demo once and print its figures as one line of JSON."""
    import psutil
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from station.app import open_station
    from station.sample_event import VIDEO, create_sample_event, first_morning
    from station.settings import Settings
    from ui.app import make_application
    from ui.demo import DemoRun

    process = psutil.Process()

    class Watch(QObject):
        """Notes when the preview is painted."""

        def __init__(self) -> None:
            super().__init__()
            self.painted_at: list[float] = []

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.painted_at.append(time.perf_counter())
            return False

    clock = first_morning()
    create_sample_event(out / "event", clock)
    (out / "screens").mkdir()
    creating_s = 0.0
    application = make_application(Settings(language="vi", theme="light"))
    demo = DemoRun(application, open_station(out / "event", clock=clock), out, VIDEO, as_json=True)
    demo.clerk.photographs = False
    watch = Watch()
    demo.desk_window.desk.preview.installEventFilter(watch)
    usable: list[float] = []
    largest: list[int] = []
    sampler = QTimer()
    sampler.timeout.connect(lambda: largest.append(process.memory_info().rss))
    sampler.start(500)
    ticks: list[float] = []
    ticker = QTimer()
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: ticks.append(time.perf_counter()))
    QTimer.singleShot(0, lambda: usable.append(time.time() - process.create_time() - creating_s))
    demo.start()
    ticker.start(TICK_MS)
    before = process.cpu_times()
    began = time.perf_counter()
    ended: list[tuple[float, float]] = []

    def measure() -> None:
        cpu = process.cpu_times()
        ticker.stop()
        ended.append((cpu.user + cpu.system - before.user - before.system, time.perf_counter() - began))

    demo.desk_window.camera.ended.connect(measure)
    application.exec()
    latencies = sorted(demo.clerk.report.latencies_ms)
    demo.close()
    cpu_s, elapsed_s = ended[0]
    figures = {
        "window usable, s after start": usable[0],
        "latency median, ms": latencies[len(latencies) // 2],
        "latency p95, ms": latencies[int(len(latencies) * 0.95)],
        "preview, lowest frames in any second": lowest_rate(watch.painted_at),
        "window's tick of 16 ms late by, p99, ms": lateness_ms(ticks[SETTLING_TICKS:], 0.99),
        "processor, cores": cpu_s / elapsed_s,
        "memory (RSS), MB": max(largest) / 1e6,
    }
    print(json.dumps(figures))
    return 0


def lowest_rate(instants: list[float]) -> float:
    """The fewest instants in any window of one second, the first and the last second left out."""
    inside = [at for at in instants if instants[0] + 1 <= at <= instants[-1] - 1]
    counts = []
    start = 0
    for end, at in enumerate(inside):
        while inside[start] < at - 1:
            start += 1
        if at - inside[0] >= 1:
            counts.append(end - start + 1)
    return min(counts)


def lateness_ms(instants: list[float], share: float) -> float:
    """By how much a tick was late at most, for this share of the ticks."""
    late = sorted((later - earlier) * 1000 - TICK_MS for earlier, later in pairwise(instants))
    return max(0.0, late[int(share * (len(late) - 1))])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
