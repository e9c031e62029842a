"""What the demo leaves in its folder: the summary, the table of what it did, the pictures of the window."""

import json
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from station.app import Station
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.model.verdict import Verdict
from station.store import checkin, documents

SUMMARY = "summary.json"
PARTS = ("event", "export", "screens", "badges.pdf", SUMMARY)


def prepared(out: Path) -> Path:
    """An empty folder for the demo; what an earlier demo left in it is removed, anything else is never touched.

    Raises Refusal when the folder holds other things.
    """
    if out.exists() and not out.is_dir():
        raise Refusal(_("{path} is a file. Choose a folder for the demo.").format(path=out))
    others = (
        [p.name for p in out.iterdir() if p.name not in PARTS and ".part" not in p.name]
        if out.is_dir()
        else []
    )
    if others:
        raise Refusal(
            _("{path} holds other things ({name}). Choose an empty folder for the demo.").format(
                path=out, name=others[0]
            )
        )
    shutil.rmtree(out, ignore_errors=True)
    (out / "screens").mkdir(parents=True)
    return out


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


def progress_line(seconds: float, verdicts: int) -> str:
    """Where the video is, to be written over and over on one line of a terminal."""
    filled = int(seconds) % 60 // 2
    return f"\r{int(seconds):4d} s  [{'█' * filled}{'·' * (30 - filled)}]  {verdicts} "
