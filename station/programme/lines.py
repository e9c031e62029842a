"""The sessions of an event as people type them: texts, checked and made into sessions, and back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from station.errors import BadInput, Problem
from station.i18n import _
from station.model.event import LONGEST_GRACE_MINUTES, Audience, Event, Repeats, Session
from station.text import clean

LONGEST_CODE = 32
LONGEST_TITLE = 500
LONGEST_NAME = 400
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_TIME = re.compile(r"(\d{1,2})\s*[:hg.]\s*(\d{2})?", re.IGNORECASE)  # 7:30, 7h30, 7g30, 7h


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as it is typed; empty texts where nothing was.

    Attributes:
        day: ``27/10/2022``, or ``27/10`` in the year of the event.
        opens, closes: local times such as ``7:30`` or ``7h30``; the second one may have a day of its own before it.
        grace_before, grace_after: minutes.
        admits, exits, repeats, re_entry: as in a session.
    """

    code: str = ""
    title: str = ""
    title_en: str = ""
    day: str = ""
    opens: str = ""
    closes: str = ""
    grace_before: str = ""
    grace_after: str = ""
    admits: tuple[Audience, ...] = ()
    exits: bool = False
    repeats: Repeats = Repeats.ONCE
    re_entry: bool = False

    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not any((self.code, self.title, self.title_en, self.day, self.opens, self.closes))


def parse_day(text: str, year: int) -> date | None:
    """A date as it is written in Vietnam, day first; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3] or year), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def lines_of_text(text: str) -> list[SessionLine]:
    """The rows of a spreadsheet as they are copied: short code, topic, in English, day, from, until; tabs between."""
    lines = []
    for row in filter(str.strip, text.splitlines()):
        code, title, title_en, day, opens, closes = ([cell.strip() for cell in row.split("\t")] + [""] * 6)[
            :6
        ]
        lines.append(SessionLine(code, title, title_en, day, opens, closes))
    return lines


def begins_at(line: SessionLine, event: Event) -> tuple[date, time] | None:
    """The day and the time at which a line begins, which is its place in the programme; None without a day."""
    day = parse_day(line.day, event.starts_on.year)
    return None if day is None else (day, _time(line.opens) or time(0))


def sessions_of_lines(lines: Sequence[SessionLine], event: Event) -> tuple[Session, ...]:
    """The sessions of the lines that are not empty, in their order. Raises BadInput with every problem; its rows
    are the numbers of the lines, from 1."""
    problems: list[Problem] = []
    sessions: list[Session] = []
    codes: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line.is_empty():
            continue
        found = [
            *_wrong_texts(number, line, codes),
            *_wrong_times(number, line, event),
            *_wrong_rules(number, line),
        ]
        problems += found
        if not found:
            sessions.append(_session(line, len(sessions) + 1, event))
    if problems:
        raise BadInput(problems)
    return tuple(sessions)


def lines_of_sessions(sessions: Sequence[Session], zone: str) -> list[SessionLine]:
    """The sessions as a person would type them."""
    return [_line(session, ZoneInfo(zone)) for session in sessions]


def local_window(opens: datetime | None, closes: datetime | None) -> tuple[str, str, str]:
    """Day, beginning and end as a person would type them, of two instants in the event's zone."""
    day = opens or closes
    if day is None:
        return "", "", ""
    until = ""
    if closes is not None:
        until = f"{closes:%H:%M}" if closes.date() == day.date() else f"{closes:%d/%m/%Y %H:%M}"
    return f"{day:%d/%m/%Y}", f"{opens:%H:%M}" if opens else "", until


def _line(session: Session, zone: ZoneInfo) -> SessionLine:
    opens = session.opens_at.astimezone(zone) if session.opens_at else None
    closes = session.closes_at.astimezone(zone) if session.closes_at else None
    return SessionLine(
        *(session.id, session.title, session.title_en),
        *local_window(opens, closes),
        grace_before=str(session.grace_before_minutes or ""),
        grace_after=str(session.grace_after_minutes or ""),
        admits=session.admits,
        exits=session.exits,
        repeats=session.repeats,
        re_entry=session.re_entry,
    )


def _session(line: SessionLine, number: int, event: Event) -> Session:
    """The session of a line in which nothing is wrong."""
    return Session(
        *(line.code.strip(), number, clean(line.title), clean(line.title_en)),
        *_window(line, event),
        grace_before_minutes=_minutes(line.grace_before) or 0,
        grace_after_minutes=_minutes(line.grace_after) or 0,
        admits=tuple(sorted({Audience(clean(rule.category), clean(rule.unit)) for rule in line.admits})),
        exits=line.exits,
        repeats=line.repeats,
        re_entry=line.re_entry,
    )


def _wrong_rules(number: int, line: SessionLine) -> Iterator[Problem]:
    for column, typed in (("grace_before", line.grace_before), ("grace_after", line.grace_after)):
        if _minutes(typed) is None:
            text = _("Session {number}: “{minutes}” is no number of minutes. Write one from 0 to {most}.")
            said = text.format(number=number, minutes=typed, most=LONGEST_GRACE_MINUTES)
            yield Problem(number, column, "BAD_GRACE", said)
        elif _minutes(typed) and not line.day.strip():
            text = _("Session {number}: minutes before or after need a day and times.")
            yield Problem(number, column, "NO_DAY", text.format(number=number))
    if any(len(name) > LONGEST_NAME for rule in line.admits for name in rule):
        text = _("Session {number}: the name of a category or unit has at most {most} characters.")
        yield Problem(number, "admits", "BAD_AUDIENCE", text.format(number=number, most=LONGEST_NAME))
    if line.re_entry and not line.exits:
        text = _("Session {number}: coming in again after leaving needs a session that records exits.")
        yield Problem(number, "re_entry", "NO_EXITS", text.format(number=number))


def _minutes(text: str) -> int | None:
    """A number of minutes of grace, 0 for an empty text; None for anything else."""
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        return None
    return int(typed) if int(typed) <= LONGEST_GRACE_MINUTES else None


def _wrong_texts(number: int, line: SessionLine, codes: dict[str, int]) -> Iterator[Problem]:
    code = line.code.strip()
    if not code or len(code) > LONGEST_CODE or not code.isprintable():
        text = _("Session {number}: the session needs a short code, for example CD1.")
        yield Problem(number, "code", "BAD_CODE", text.format(number=number))
    first = codes.setdefault(code.casefold(), number)
    if code and first != number:
        text = _("Session {number}: the code “{code}” is already that of session {first}.")
        said = text.format(number=number, code=code, first=first)
        yield Problem(number, "code", "DUPLICATE_CODE", said)
    if not clean(line.title) or len(line.title) > LONGEST_TITLE or len(line.title_en) > LONGEST_TITLE:
        text = _("Session {number}: the session needs a title of at most {most} characters.")
        yield Problem(number, "title", "BAD_TITLE", text.format(number=number, most=LONGEST_TITLE))


def _wrong_times(number: int, line: SessionLine, event: Event) -> Iterator[Problem]:
    day = parse_day(line.day, event.starts_on.year)
    if line.day.strip() and day is None:
        text = _("Session {number}: “{day}” is not a day. Write it like 27/10/2022.")
        yield Problem(number, "day", "BAD_DAY", text.format(number=number, day=line.day))
    elif day is not None and not event.starts_on <= day <= event.ends_on:
        text = _("Session {number}: {day} is not a day of the event, which lasts from {first} to {last}.")
        said = text.format(
            number=number, day=line.day, first=f"{event.starts_on:%d/%m/%Y}", last=f"{event.ends_on:%d/%m/%Y}"
        )
        yield Problem(number, "day", "DAY_OUTSIDE", said)
    for column, typed in (("opens", line.opens), ("closes", line.closes)):
        if typed.strip() and (_time(typed) if column == "opens" else _end(typed, event)) is None:
            text = _("Session {number}: “{time}” is not a time. Write it like 7:30.")
            yield Problem(number, column, "BAD_TIME", text.format(number=number, time=typed))
        elif typed.strip() and not line.day.strip():
            text = _("Session {number}: the time {time} needs a day.")
            yield Problem(number, "day", "NO_DAY", text.format(number=number, time=typed))
    opens, closes = _window(line, event)
    if opens is not None and closes is not None and closes <= opens:
        text = _("Session {number}: the session ends before it begins.")
        yield Problem(number, "closes", "ENDS_BEFORE", text.format(number=number))


def _window(line: SessionLine, event: Event) -> tuple[datetime | None, datetime | None]:
    """When a line opens and closes; a day without times is the whole day, and no day is no window."""
    day = parse_day(line.day, event.starts_on.year)
    if day is None:
        return None, None
    zone = ZoneInfo(event.zone)
    own_day, closes = _end(line.closes, event) or (None, None)
    begins = datetime.combine(day, _time(line.opens) or time(0), zone)
    if closes is None:
        return begins, datetime.combine(day, time(23, 59), zone)
    return begins, datetime.combine(own_day or day, closes, zone)


def _end(text: str, event: Event) -> tuple[date | None, time] | None:
    """A time, perhaps with a day before it; None for anything else."""
    day, _blank, clock = text.strip().rpartition(" ")
    closes, own_day = _time(clock), parse_day(day, event.starts_on.year)
    if closes is None or (day and own_day is None):
        closes, own_day = _time(text), None  # “7 h 30”
    return None if closes is None else (own_day, closes)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None
