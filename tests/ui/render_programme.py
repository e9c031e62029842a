"""States of the programme's page and of the desk where exits are recorded, for render_screens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from station.app import new_event_values
from station.model.event import Audience, Event, Repeats, Session
from station.model.verdict import Direction, Movement, Outcome, Reason
from station.programme.lines import SessionLine, sessions_of_lines
from ui.app import OpenEvent
from ui.dialogs.event import SESSIONS, EventDialog
from ui.dialogs.programme.audience import AudienceDialog
from ui.dialogs.programme.page import ProgrammePage
from ui.wording import session_label

UNITS = ["Công đoàn Y tế Việt Nam", "LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh Thừa Thiên Huế", "LĐLĐ thành phố Hà Nội"]
CATEGORIES = ["Ban tổ chức", "Báo chí", "Báo cáo viên", "Học viên", "Khách mời"]
START = date(2022, 10, 27)


def states(
    opened: OpenEvent, show: Callable[..., None], dialog: Callable[[QWidget], QWidget]
) -> dict[str, Callable[[], QWidget | None]]:
    """Every state by name."""
    sample = opened.station.desk.sessions()
    door = replace(
        sample[1], exits=True, re_entry=True, grace_before_minutes=15, admits=(Audience("Học viên"),)
    )

    def page(sessions: Sequence[Session], days: int, chosen: int = 0, wrong: bool = False) -> QWidget:
        made = EventDialog(None, opened.station.folder)
        made._name.setText("Tập huấn công đoàn")
        event = _event(days)
        made._starts.setText(f"{event.starts_on:%d/%m/%Y}")
        made._ends.setText(f"{event.ends_on:%d/%m/%Y}")
        fresh = ProgrammePage(event, sessions, CATEGORIES, UNITS)
        made._pages.insertWidget(SESSIONS, fresh)
        made._pages.removeWidget(made.programme)
        made.programme.deleteLater()
        made.programme = fresh
        dialog(made)
        made._next.click()
        made.resize(min(1240, opened.window.width() - 40), min(720, opened.window.height() - 40))
        fresh._choose(chosen)
        if wrong:
            fresh.plan.change(chosen, replace(fresh.plan.lines[chosen], closes="9:7x"))
            made._next.click()
        return made

    def ruled() -> tuple[Session, ...]:
        changed = replace(
            sample[3], repeats=Repeats.DAILY, admits=(Audience(unit=UNITS[2]),), grace_after_minutes=10
        )
        return (sample[0], door, sample[2], changed, *sample[4:])

    def audience() -> QWidget:
        made = AudienceDialog("CD1", door.admits, CATEGORIES, UNITS, opened.window)
        made.field.setText("tỉnh")
        made.list.choose_current()
        return dialog(made)

    def way(direction: Direction) -> None:
        opened.desk.show_way(direction, session_label(door))

    def left(outcome: Outcome, reason: Reason | None, **changes: Any) -> None:
        way(Direction.OUT)
        at = opened.station.clock.now()
        came = Movement(Direction.IN, at - timedelta(hours=2), "Bàn 1", True, "20221027-8")
        gone = Movement(Direction.OUT, at - timedelta(minutes=9), "Bàn 2", False, "20221027-9")
        departure = gone if reason is Reason.NOT_IN or outcome is Outcome.ADMITTED else None
        show(
            outcome,
            reason,
            session=door,
            direction=Direction.OUT,
            admission=came,
            departure=departure,
            **changes,
        )

    def refused(reason: Reason) -> None:
        way(Direction.IN)
        at = opened.station.clock.now()
        session = replace(door, opens_at=at + timedelta(hours=1), closes_at=at + timedelta(hours=3))
        gone = Movement(Direction.OUT, at - timedelta(minutes=9), "Bàn 1", True, "20221027-9")
        outcome = Outcome.ATTENTION if reason is Reason.ALREADY_IN else Outcome.REFUSED
        show(outcome, reason, session=session, departure=gone if outcome is Outcome.ATTENTION else None)

    return {
        "programme": lambda: page(ruled(), 2, 1),
        "programme-empty": lambda: page((), 2),
        "programme-1": lambda: page(sample[:1], 1),
        "programme-40": lambda: page(_many(), 5, 12),
        "programme-wrong": lambda: page(sample, 2, 3, wrong=True),
        "programme-other-day": lambda: page(sample, 1, 6),
        "audience": audience,
        "way-in": lambda: way(Direction.IN),
        "way-out": lambda: way(Direction.OUT),
        "left": lambda: left(Outcome.ADMITTED, None),
        "left-not-in": lambda: left(Outcome.REFUSED, Reason.NOT_IN),
        "not-entitled": lambda: refused(Reason.NOT_ENTITLED),
        "not-yet-open": lambda: refused(Reason.NOT_YET_OPEN),
        "already-left": lambda: refused(Reason.ALREADY_IN),
    }


def _event(days: int) -> Event:
    return new_event_values("Tập huấn công đoàn", START, START + timedelta(days=days - 1))


def _many() -> tuple[Session, ...]:
    """Eight a day for five days."""
    lines = [
        SessionLine(
            f"CD{8 * day + number + 1}",
            "Kỹ năng sản xuất sản phẩm truyền thông cho trang thông tin điện tử"
            if number % 3
            else "Thảo luận tổ",
            "",
            f"{START + timedelta(days=day):%d/%m/%Y}",
            f"{7 + number}:00",
            f"{7 + number}:45",
            admits=(Audience("Học viên"),) if number == 4 else (),
            exits=number % 4 == 0,
        )
        for day in range(5)
        for number in range(8)
    ]
    return sessions_of_lines(lines, _event(5))
