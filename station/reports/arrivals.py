"""The arrivals of a session in spans of minutes; pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.model.event import Session
from station.reports.facts import Stay

_SPANS_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440)
_MOST_SPANS = 48


@dataclass(frozen=True, slots=True)
class Span:
    """Who came first within some minutes from ``begins`` on, and who had come by its end."""

    session: Session
    begins: datetime
    minutes: int
    came: int
    total: int


def arrivals(session: Session, stays: Iterable[Stay]) -> list[Span]:
    """Spans without a gap from the first arrival to the last, short enough to see the queue; none for nobody."""
    times = [stay.first_in for stay in stays if stay.first_in is not None]
    if not times:
        return []
    first, last = min(times), max(times)
    minutes = _minutes_of(last - first)
    width, start = timedelta(minutes=minutes), _rounded(first, minutes)
    counted = Counter((at - start) // width for at in times)
    spans, total = [], 0
    for place in range(max(counted) + 1):
        total += counted[place]
        spans.append(Span(session, start + place * width, minutes, counted[place], total))
    return spans


def _minutes_of(whole: timedelta) -> int:
    """The shortest span of which few are enough; days, where even those are many."""
    return next((m for m in _SPANS_MINUTES if whole < timedelta(minutes=m * _MOST_SPANS)), _SPANS_MINUTES[-1])


def _rounded(at: datetime, minutes: int) -> datetime:
    """The beginning of the span of the day in which an instant lies."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    width = timedelta(minutes=minutes)
    return midnight + (at - midnight) // width * width
