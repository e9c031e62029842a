"""The sessions of an event as people write them: lines of a table, or a small TOML file for scripts."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from station.errors import BadInput, EnvironmentFault, Problem
from station.i18n import _
from station.model.event import Event, Session
from station.text import clean

LONGEST_CODE = 32
LONGEST_TITLE = 500
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_TIME = re.compile(r"(\d{1,2})\s*[:hg.]\s*(\d{2})?", re.IGNORECASE)  # 7:30, 7h30, 7g30, 7h
_FIELDS = ("id", "title", "title_en", "opens_at", "closes_at")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as it is typed; empty texts where nothing was.

    Attributes:
        day: ``27/10/2022``, or ``27/10`` in the year of the event.
        opens, closes: local times such as ``7:30`` or ``7h30``; the second one may have a day of its own before it.
    """

    code: str = ""
    title: str = ""
    title_en: str = ""
    day: str = ""
    opens: str = ""
    closes: str = ""

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


def sessions_of_lines(lines: Sequence[SessionLine], event: Event) -> tuple[Session, ...]:
    """The sessions of the lines that are not empty, in their order. Raises BadInput with every problem; its rows
    are the numbers of the lines, from 1."""
    problems: list[Problem] = []
    sessions: list[Session] = []
    codes: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line.is_empty():
            continue
        found = [*_wrong_texts(number, line, codes), *_wrong_times(number, line, event)]
        problems += found
        if not found:
            opens, closes = _window(line, event)
            title, title_en = clean(line.title), clean(line.title_en)
            sessions.append(Session(line.code.strip(), len(sessions) + 1, title, title_en, opens, closes))
    if problems:
        raise BadInput(problems)
    return tuple(sessions)


def lines_of_sessions(sessions: Sequence[Session], zone: str) -> list[SessionLine]:
    """The sessions as a person would type them."""
    return [_line(session, ZoneInfo(zone)) for session in sessions]


def read_programme(path: Path, event: Event) -> tuple[Session, ...]:
    """The sessions of a TOML file, local times without an offset.

    Raises BadInput with every problem; EnvironmentFault when the file cannot be read.
    """
    try:
        items = tomllib.loads(path.read_text("utf-8")).get("session", [])
    except OSError as error:
        text = _("The file “{file}” cannot be read: {reason}.")
        raise EnvironmentFault(text.format(file=path.name, reason=error.strerror or error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = _("The file “{file}” is not TOML: {reason}.").format(file=path.name, reason=error)
        raise BadInput([Problem(None, None, "NOT_TOML", text)]) from error
    if not isinstance(items, list) or not items:
        text = _("The file “{file}” has no [[session]].").format(file=path.name)
        raise BadInput([Problem(None, None, "NO_SESSIONS", text)])
    lines: list[SessionLine] = []
    problems: list[Problem] = []
    for number, item in enumerate(items, 1):
        line = _line_of_item(item) if isinstance(item, dict) else None
        if line is None:
            text = _("Session {number}: use only {fields}, with local times such as 2022-10-27T07:30:00.")
            said = text.format(number=number, fields=", ".join(_FIELDS))
            problems.append(Problem(number, None, "BAD_SESSION", said))
        else:
            lines.append(line)
    if problems:
        raise BadInput(problems)
    return sessions_of_lines(lines, event)


def programme_text(sessions: Sequence[Session], zone: str) -> str:
    """The sessions as TOML, which :func:`read_programme` reads."""
    parts = []
    for session in sessions:
        texts = (f"{name} = {_quoted(getattr(session, name))}" for name in ("id", "title", "title_en"))
        lines = ["[[session]]", *texts]
        for name in ("opens_at", "closes_at"):
            instant: datetime | None = getattr(session, name)
            if instant is not None:
                lines.append(f"{name} = {instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M:%S}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are among those of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(session: Session, zone: ZoneInfo) -> SessionLine:
    opens = session.opens_at.astimezone(zone) if session.opens_at else None
    closes = session.closes_at.astimezone(zone) if session.closes_at else None
    return _line_of(session.id, session.title, session.title_en, opens, closes)


def _line_of(
    code: str, title: str, title_en: str, opens: datetime | None, closes: datetime | None
) -> SessionLine:
    day = opens or closes
    until = ""
    if closes is not None and day is not None:
        until = f"{closes:%H:%M}" if closes.date() == day.date() else f"{closes:%d/%m/%Y %H:%M}"
    return SessionLine(
        code, title, title_en, f"{day:%d/%m/%Y}" if day else "", f"{opens:%H:%M}" if opens else "", until
    )


def _line_of_item(item: dict[str, Any]) -> SessionLine | None:
    code, title, title_en = (item.get(name, "") for name in ("id", "title", "title_en"))
    opens, closes = item.get("opens_at"), item.get("closes_at")
    strange = set(item) - set(_FIELDS) or not all(isinstance(text, str) for text in (code, title, title_en))
    if strange or not all(instant is None or _is_local(instant) for instant in (opens, closes)):
        return None
    return _line_of(code, title, title_en, opens, closes)


def _is_local(instant: object) -> bool:
    return isinstance(instant, datetime) and instant.tzinfo is None


def _wrong_texts(number: int, line: SessionLine, codes: dict[str, int]) -> Iterator[Problem]:
    code = line.code.strip()
    if not code or len(code) > LONGEST_CODE or not code.isprintable():
        text = _("Line {number}: the session needs a short code, for example CD1.")
        yield Problem(number, "code", "BAD_CODE", text.format(number=number))
    first = codes.setdefault(code.casefold(), number)
    if code and first != number:
        text = _("Line {number}: the code “{code}” stands already in line {first}.")
        said = text.format(number=number, code=code, first=first)
        yield Problem(number, "code", "DUPLICATE_CODE", said)
    if not clean(line.title) or len(line.title) > LONGEST_TITLE or len(line.title_en) > LONGEST_TITLE:
        text = _("Line {number}: the session needs a title of at most {most} characters.")
        yield Problem(number, "title", "BAD_TITLE", text.format(number=number, most=LONGEST_TITLE))


def _wrong_times(number: int, line: SessionLine, event: Event) -> Iterator[Problem]:
    day = parse_day(line.day, event.starts_on.year)
    if line.day.strip() and day is None:
        text = _("Line {number}: “{day}” is not a day. Write it like 27/10/2022.")
        yield Problem(number, "day", "BAD_DAY", text.format(number=number, day=line.day))
    elif day is not None and not event.starts_on <= day <= event.ends_on:
        text = _("Line {number}: {day} is not a day of the event, which lasts from {first} to {last}.")
        said = text.format(
            number=number, day=line.day, first=f"{event.starts_on:%d/%m/%Y}", last=f"{event.ends_on:%d/%m/%Y}"
        )
        yield Problem(number, "day", "DAY_OUTSIDE", said)
    for column, typed in (("opens", line.opens), ("closes", line.closes)):
        if typed.strip() and (_time(typed) if column == "opens" else _end(typed, event)) is None:
            text = _("Line {number}: “{time}” is not a time. Write it like 7:30.")
            yield Problem(number, column, "BAD_TIME", text.format(number=number, time=typed))
        elif typed.strip() and not line.day.strip():
            text = _("Line {number}: the time {time} needs a day.")
            yield Problem(number, "day", "NO_DAY", text.format(number=number, time=typed))
    opens, closes = _window(line, event)
    if opens is not None and closes is not None and closes <= opens:
        text = _("Line {number}: the session ends before it begins.")
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
