"""What the demo leaves in its folder: the summary, the table of what it did, the pictures of the window."""

import json
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from station.app import Station
from station.errors import Refusal, StationError
from station.i18n import _
from station.media.atomic import write_file
from station.model.verdict import Verdict
from station.sample_event import is_sample_event
from station.store import checkin, documents

SUMMARY = "summary.json"
PARTS = ("event", "export", "screens", "badges.pdf", SUMMARY)
_LEFT_BY_A_KILL = ("event.part", "badges.pdf.part", f"{SUMMARY}.part")


def prepared(out: Path) -> Path:
    """A folder for the demo; what an earlier demo left in it is removed, anything else is never touched.

    Raises Refusal when the folder holds other things, an event that is not the sample event among them.
    """
    if out.exists() and not out.is_dir():
        raise Refusal(_("{path} is a file. Choose a folder for the demo.").format(path=out))
    names = [path.name for path in out.iterdir()] if out.is_dir() else []
    others = [name for name in names if name not in PARTS and name not in _LEFT_BY_A_KILL]
    if not others and "event" in names and not _is_sample_event(out / "event"):
        others = ["event"]
    if others:
        raise Refusal(
            _("{path} holds other things ({name}). Choose an empty folder for the demo.").format(
                path=out, name=others[0]
            )
        )
    for name in names:
        if (out / name).is_dir():
            shutil.rmtree(out / name)
        else:
            (out / name).unlink()
    (out / "screens").mkdir(parents=True)
    return out


def _is_sample_event(folder: Path) -> bool:
    try:
        return is_sample_event(folder)
    except StationError:  # damaged, newer, or none at all: not ours to delete
        return False


@dataclass(slots=True)
class Report:
    """Every verdict that was painted, and what came of it.

    Attributes:
        latencies_ms: from the grab of the frame that was read to the verdict on the screen.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)

    def add(self, verdict: Verdict, latency_ms: float) -> None:
        """Note a verdict that has been painted."""
        self.verdicts.append(verdict)
        self.latencies_ms.append(latency_ms)


def summary(station: Station, report: Report, badges: int, export_verified: bool) -> dict[str, object]:
    """The figures of the demo: scans and hand-outs as the journal has them."""
    with station.files.reading() as connection:
        outcomes = Counter(str(scan.outcome) for scan in checkin.recent_scans(connection, sys.maxsize))
        handed_out = documents.handed_out_count(connection)
    return {
        "scans": outcomes.total(),
        "admitted": outcomes["admitted"],
        "attention": outcomes["attention"],
        "refused": outcomes["refused"],
        "handed_out": handed_out,
        "badges": badges,
        "export_verified": export_verified,
        "verdicts_shown": len(report.verdicts),
        "latency_median_ms": quantile(report.latencies_ms, 0.5),
        "latency_p95_ms": quantile(report.latencies_ms, 0.95),
    }


def write_summary(out: Path, figures: dict[str, object]) -> None:
    """Keep the figures beside what they speak of."""
    write_file(out / SUMMARY, json.dumps(figures, ensure_ascii=False, indent=1).encode() + b"\n")


def table(station: Station, report: Report, figures: dict[str, object]) -> str:
    """What the demo did, for people."""
    zone = ZoneInfo(station.event.zone)
    lines = []
    for verdict in report.verdicts:
        person = verdict.delegate
        lines.append(
            f"{verdict.at.astimezone(zone):%H:%M:%S}  {verdict.outcome:<9}  {verdict.reason or '':<13}  "
            f"{person.code if person else '–':<8}  {person.name if person else '–'}"
        )
    width = max(map(len, figures))
    return "\n".join([*lines, "", *(f"{name:<{width}}  {value}" for name, value in figures.items())])


def quantile(values: list[float], share: float) -> float | None:
    """The nearest-rank quantile, rounded to a tenth; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


class ProgressBar:
    """Shows on standard error how far the video is: one line written over and over, or a line each tenth."""

    def __init__(self, total_s: float) -> None:
        self._total_s = total_s
        self._tenths = 0

    def show(self, seconds: float, verdicts: int) -> None:
        """Say that so many seconds of the video have been played and so many verdicts shown."""
        share = min(1.0, seconds / self._total_s) if self._total_s else 0.0
        filled = round(30 * share)
        line = (
            f"[{'█' * filled}{'·' * (30 - filled)}] {seconds:3.0f} s / {self._total_s:.0f} s   {verdicts} ✓"
        )
        if sys.stderr.isatty():
            print(f"\r{line} ", end="", file=sys.stderr, flush=True)
        elif int(10 * share) > self._tenths:
            self._tenths = int(10 * share)
            print(line, file=sys.stderr, flush=True)
