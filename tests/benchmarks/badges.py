"""How long badges, invitations and report files take: ``python tests/benchmarks/badges.py``."""

import io
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from station.badges.invitations import invitation_png, render_invitations
from station.badges.layout import CARD, SHEET
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.model.delegate import Delegate
from station.model.event import Event, Session
from station.reports import csv, xlsx
from station.reports.tables import AttendanceRecord, attendance_table

COUNT = 150
EVENT = Event(
    "id", "Nâng cao năng lực triển khai công tác tuyên truyền", "", date(2022, 10, 27), date(2022, 10, 28)
)
DELEGATES = [
    Delegate(
        f"20221027-{n}",
        f"DB{n:05d}",
        f"Nguyễn Thị Hoàng Oanh {n}",
        "Phó Trưởng ban",
        "Công đoàn tỉnh",
        "Học viên",
    )
    for n in range(1, COUNT + 1)
]
BADGES = [BadgeData(delegate, f"1{n:043d}", "#9b1c1f") for n, delegate in enumerate(DELEGATES)]


def _report(what: str, work: Callable[[], object], things: int) -> None:
    started = time.perf_counter()
    work()
    elapsed_ms = (time.perf_counter() - started) * 1000
    print(f"{what:<32} {elapsed_ms / things:8.2f} ms each, {elapsed_ms:8.0f} ms for {things}")


def main() -> None:
    """Print the figures."""
    first = BADGES[:1]
    _report("first badge, fonts read", lambda: render_badges(io.BytesIO(), EVENT, first, CARD), 1)
    _report("one badge", lambda: render_badges(io.BytesIO(), EVENT, first, CARD), 1)
    _report("badges on cards", lambda: render_badges(io.BytesIO(), EVENT, BADGES, CARD), COUNT)
    _report("badges on sheets", lambda: render_badges(io.BytesIO(), EVENT, BADGES, SHEET), COUNT)
    _report("invitations", lambda: render_invitations(io.BytesIO(), EVENT, BADGES), COUNT)
    _report("invitation pictures", lambda: [invitation_png(EVENT, badge) for badge in BADGES[:10]], 10)
    now = datetime.now(UTC)
    sessions = [Session(f"CD{n}", n, f"Chuyên đề {n}") for n in range(8)]
    records = [AttendanceRecord(d, s, True, now, "Bàn 1") for d in DELEGATES for s in sessions]
    table = attendance_table(EVENT, records)
    _report("rows of attendance", lambda: attendance_table(EVENT, records), len(records))
    _report("rows of xlsx", lambda: xlsx.workbook(table), len(records))
    _report("rows of csv", lambda: csv.text(table), len(records))


if __name__ == "__main__":
    main()
