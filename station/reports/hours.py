"""How long each delegate was inside a session, from admissions and exits; pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from station.clock import from_ms
from station.store.reports import Passage

_HOUR_MS = 3_600_000
_by_person = attrgetter("session", "delegate")


def inside(
    passages: Iterable[Passage], until_ms: Mapping[str, int], zone: ZoneInfo
) -> dict[tuple[str, str], float | None]:
    """Hours inside, to hundredths, by session and delegate; None where nobody knows.

    The passages of each follow one another. Whoever did not leave was inside until ``until_ms`` of the session, the
    earlier of its end and now; where it has none, nobody knows how long. Who is admitted again on
    another day without an exit begins anew: when they left the day before nobody knows. A clock that ran backwards
    takes nothing away.
    """
    return {
        key: _hours(list(some), until_ms.get(key[0], 0), zone) for key, some in groupby(passages, _by_person)
    }


def _hours(passages: list[Passage], until_ms: int, zone: ZoneInfo) -> float | None:
    total_ms, since_ms, known = 0, None, False
    for passage in passages:
        if passage.out:
            if since_ms is not None:
                total_ms += max(0, passage.at_ms - since_ms)
                known, since_ms = True, None
        elif since_ms is None or (
            passage.at_ms - since_ms > _HOUR_MS and _day(passage.at_ms, zone) != _day(since_ms, zone)
        ):
            since_ms = passage.at_ms
    if since_ms is not None and until_ms > since_ms:
        total_ms, known = total_ms + until_ms - since_ms, True
    return round(total_ms / _HOUR_MS, 2) if known else None


def _day(at_ms: int, zone: ZoneInfo) -> datetime:
    return from_ms(at_ms).astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
