"""The programme while it is being made: the sessions as typed, by day, and what can be done with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from station.model.event import Event
from station.programme.lines import SessionLine, begins_at, lines_of_text, parse_day

_NUMBERED = re.compile(r"(.*?)(\d+)")
_FIRST_CODE = "CD1"


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the event, or, with ``day`` None, what is open all the time or lies on no day of the event.

    Attributes:
        places: of its sessions in the plan, in the order of their times.
        stray: these days are none of the event's, or no days at all.
    """

    day: date | None
    places: tuple[int, ...]
    stray: bool = False


class Plan:
    """Sessions in their order: those with a day by time, the others where people put them.

    Attributes:
        lines: the sessions as typed.
    """

    def __init__(self, event: Event, lines: Sequence[SessionLine] = ()) -> None:
        self._event = event
        self.lines = list(lines)
        self._arrange()

    def set_event(self, event: Event) -> None:
        """Other days."""
        self._event = event
        self._arrange()

    def days(self) -> list[date]:
        """The days of the event."""
        span = (self._event.ends_on - self._event.starts_on).days + 1
        return [self._event.starts_on + timedelta(days=number) for number in range(span)]

    def columns(self) -> list[Column]:
        """What is open all the time, each day of the event, and what lies outside if anything does."""
        by_day: dict[date | None, list[int]] = {}
        stray = []
        days = self.days()
        for place, line in enumerate(self.lines):
            day = parse_day(line.day, self._event.starts_on.year)
            if line.day.strip() and day not in days:
                stray.append(place)
            else:
                by_day.setdefault(day, []).append(place)
        columns = [Column(day, tuple(by_day.get(day, ()))) for day in (None, *days)]
        return [*columns, Column(None, tuple(stray), stray=True)] if stray else columns

    def add(self, day: date | None) -> int:
        """A new session at the end of a day, beginning where the one before it ends; returns its place."""
        before = [
            self.lines[place] for column in self.columns() if column.day == day for place in column.places
        ]
        opens = max(
            (line.closes for line in before if " " not in line.closes.strip()), key=_minute, default=""
        )
        line = SessionLine(self._next_code(), day=_written(day), opens=opens if day else "")
        return self._insert(line, len(self.lines))

    def duplicate(self, place: int) -> int:
        """The same once more, under another code; returns its place."""
        return self._insert(replace(self.lines[place], code=self._next_code()), place + 1)

    def paste(self, text: str) -> list[int]:
        """Take rows of a spreadsheet in; a code that is here gets its new times and titles. Returns the places."""
        touched = []
        for line in lines_of_text(text):
            if line.day and not any(character.isdigit() for character in line.day):
                continue  # the headings of the table
            known = next(
                (p for p, other in enumerate(self.lines) if line.code and other.code == line.code), None
            )
            if known is None:
                self.lines.append(line)
            else:
                line = replace(
                    self.lines[known],
                    title=line.title,
                    title_en=line.title_en,
                    day=line.day,
                    opens=line.opens,
                    closes=line.closes,
                )
                self.lines[known] = line
            touched.append(line)
        self._arrange()
        return [self._place(line) for line in touched]

    def remove(self, place: int) -> None:
        """Take a session out."""
        del self.lines[place]

    def change(self, place: int, line: SessionLine) -> None:
        """Other texts; the order is left until :meth:`settle`, so that nothing jumps while somebody types."""
        self.lines[place] = line

    def settle(self, place: int) -> int:
        """Bring the sessions into the order of their times; returns where this one is then."""
        line = self.lines[place]
        self._arrange()
        return self._place(line)

    def move_to(self, place: int, day: date | None) -> int:
        """Put a session on another day, at the same time of day; returns its place."""
        line = self.lines[place]
        if day is None:
            moved = replace(line, day="", opens="", closes="", grace_before="", grace_after="")
        else:
            moved = replace(line, day=_written(day), closes=line.closes.strip().rpartition(" ")[2])
        self.lines[place] = moved
        return self.settle(place)

    def swap(self, place: int, step: int) -> int:
        """Change places with the one before (-1) or after (1) it in its column; returns its place.

        On a day the two change their times: a topic goes where another one was.
        """
        column = next(column for column in self.columns() if place in column.places)
        at = column.places.index(place) + step
        if not 0 <= at < len(column.places):
            return place
        one, other = self.lines[place], self.lines[column.places[at]]
        if column.day is not None:
            one, other = _timed_as(one, other), _timed_as(other, one)
        self.lines[place], self.lines[column.places[at]] = other, one
        self._arrange()
        return self._place(one)

    def _insert(self, line: SessionLine, place: int) -> int:
        self.lines.insert(place, line)
        self._arrange()
        return self._place(line)

    def _place(self, line: SessionLine) -> int:
        return next(place for place, other in enumerate(self.lines) if other is line)

    def _arrange(self) -> None:
        """Those with a day by their times; who has none keeps the place in the list."""
        begins = [begins_at(line, self._event) for line in self.lines]
        timed = sorted((at, place) for place, at in enumerate(begins) if at is not None)
        ordered = iter([self.lines[place] for _at, place in timed])
        self.lines = [
            line if at is None else next(ordered) for line, at in zip(self.lines, begins, strict=True)
        ]

    def _next_code(self) -> str:
        """The next number behind the letters of the code that was numbered last."""
        numbered = [found for line in self.lines if (found := _NUMBERED.fullmatch(line.code.strip()))]
        if not numbered:
            return _FIRST_CODE
        letters = numbered[-1][1]
        highest = max(int(found[2]) for found in numbered if found[1] == letters)
        return f"{letters}{highest + 1}"


def _timed_as(line: SessionLine, other: SessionLine) -> SessionLine:
    return replace(line, day=other.day, opens=other.opens, closes=other.closes)


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _minute(text: str) -> tuple[int, ...]:
    """A time of day as numbers that can be compared; nothing for what is none."""
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])
