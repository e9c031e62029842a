"""How long badges, invitations and report files take."""

import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from station.badges.invitations import invitation_png, render_invitations
from station.badges.layout import CARD, SHEET
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.model.delegate import Delegate
from station.model.event import Event
from station.reports import csv, xlsx
from station.reports.tables import Table

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


def run() -> list[tuple[str, ...]]:
    """Rows: what, how many, ms each."""
    rows = []

    def measure(what: str, work: Callable[[], object], things: int) -> None:
        started = time.perf_counter()
        work()
        elapsed_ms = (time.perf_counter() - started) * 1000
        rows.append((what, str(things), f"{elapsed_ms / things:.2f}"))

    first = BADGES[:1]
    measure("first badge, fonts read", lambda: render_badges(io.BytesIO(), EVENT, first, CARD), 1)
    measure("one badge", lambda: render_badges(io.BytesIO(), EVENT, first, CARD), 1)
    measure("badges on cards", lambda: render_badges(io.BytesIO(), EVENT, BADGES, CARD), COUNT)
    measure("badges on sheets", lambda: render_badges(io.BytesIO(), EVENT, BADGES, SHEET), COUNT)
    measure("invitations", lambda: render_invitations(io.BytesIO(), EVENT, BADGES), COUNT)
    measure("invitation pictures", lambda: [invitation_png(EVENT, badge) for badge in BADGES[:10]], 10)
    now = datetime.now(UTC)
    sessions = [f"CD{n}" for n in range(8)]
    people = [(d.code, d.name, d.position, d.unit, d.category) for d in DELEGATES]
    cells = tuple((n, *who, session, now) for session in sessions for n, who in enumerate(people, 1))
    columns = ("STT", "Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Thành phần", "Phiên", "Vào lần đầu")
    table = Table("Điểm danh", columns, cells)
    measure("rows of xlsx", lambda: xlsx.workbook(table), len(cells))
    measure("rows of csv", lambda: csv.text(table), len(cells))

    return rows
