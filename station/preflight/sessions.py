"""Whether there is a session to check into today, or on the event's first day."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from station.i18n import _, ngettext, pick
from station.model.event import Session
from station.preflight.check import Check, Level
from station.preflight.subject import Subject

NAME = "sessions"


def check_sessions(subject: Subject) -> Check:
    """Fails when nobody could check in on the day that counts; warns when the event is over."""
    event = subject.event
    if subject.today > event.ends_on:
        return Check(
            NAME,
            Level.WARN,
            _("The event was over on {day}.").format(day=f"{event.ends_on:%d/%m/%Y}"),
            _("Check the days of the event, and the date of this laptop."),
        )
    day = max(subject.today, event.starts_on)
    that_day = [session for session in subject.sessions if _is_on(session, day, subject)]
    if not that_day:
        return Check(
            NAME,
            Level.FAIL,
            _("No session is open on {day}: every code would be refused.").format(day=f"{day:%d/%m/%Y}"),
            _("Correct the days and times of the sessions in the event's data."),
        )
    count = ngettext("{count} session", "{count} sessions", len(that_day)).format(count=len(that_day))
    said = _("{sessions} on {day}.").format(sessions=count, day=f"{day:%d/%m/%Y}")
    return Check(NAME, Level.OK, " ".join(filter(None, (said, *_now_and_next(that_day, subject)))))


def _is_on(session: Session, day: date, subject: Subject) -> bool:
    opens = subject.day_of(session.opens_at) if session.opens_at else day
    closes = subject.day_of(session.closes_at) if session.closes_at else day
    return opens <= day <= closes


def _now_and_next(sessions: Sequence[Session], subject: Subject) -> tuple[str, str]:
    now = subject.now
    open_now = [
        s
        for s in sorted(
            sessions, key=lambda s: s.opens_at is None
        )  # as the desk: the one with a window first
        if (s.opens_at is None or s.opens_at <= now) and (s.closes_at is None or now < s.closes_at)
    ]
    to_come = sorted(
        ((s.opens_at, s) for s in sessions if s.opens_at is not None and s.opens_at > now),
        key=lambda pair: pair[0],
    )
    current = _("Open now: “{session}”.").format(session=_title(open_now[0])) if open_now else ""
    if not to_come:
        return current, ""
    opens_at, session = to_come[0]
    upcoming = _("Next: “{session}” at {time}.").format(
        session=_title(session), time=_time(opens_at, subject.event.zone)
    )
    return current, upcoming


def _title(session: Session) -> str:
    return pick(session.title, session.title_en)


def _time(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"
