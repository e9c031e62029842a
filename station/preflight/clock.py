"""Whether date, time and time zone of the laptop can be right, by everything that is known to have happened already."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from station.i18n import _
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import journal, roster
from station.store.folder import PARTS

NAME = "clock"
_SLACK = timedelta(minutes=5)  # two laptops are never set alike
_FILES_SLACK = timedelta(hours=15)  # times on a stick's FAT are local ones, taken for another zone's
_LONG_BEFORE = timedelta(days=60)


def check_clock(subject: Subject) -> Check:
    """Fails when the clock is behind what has happened; warns of a strange date and another time zone."""
    said = _("It is {time} here.").format(time=subject.told(subject.now))
    set_it = _("Set date and time of the laptop, by a telephone for example.")
    for what, at, level in _known(subject):
        if subject.now < at - _SLACK:
            text = _("{what} is of {at}: the clock is behind.").format(what=what, at=subject.told(at))
            return Check(NAME, level, f"{said} {text}", set_it)
    if _files_ahead(subject.files.path, datetime.now(UTC)):
        text = _("Files of the event were written later than that: the clock is behind.")
        return Check(NAME, Level.FAIL, f"{said} {text}", set_it)
    strange, other = _strange_date(subject), _other_zone(subject)
    if not strange and not other:
        return Check(NAME, Level.OK, f"{said} " + _("Compare it with a telephone."))
    advice = [_("Check the date of the laptop, and the days of the event.")] if strange else []
    advice += [_("Choose the time zone of the event in the system's settings.")] if other else []
    return Check(NAME, Level.WARN, " ".join(filter(None, (said, strange, other))), " ".join(advice))


def _known(subject: Subject) -> list[tuple[str, datetime, Level]]:
    """What has happened already, with the level for a clock that says it has not.

    Records of other stations only warn: it may be their clock that was ahead. The sample event has a clock of its own.
    """
    with subject.files.reading() as connection:
        here = journal.newest_at(connection, subject.files.instance.id)
        anywhere = journal.newest_at(connection)
        changed_at = roster.changed_at(connection)
    known = [
        (_("The newest record of this laptop"), here, Level.FAIL),
        (_("The roster"), changed_at, Level.FAIL),
        (_("This program"), None if subject.is_demo else subject.machine.built_at(), Level.FAIL),
        (_("The newest record of another station"), anywhere, Level.WARN),
    ]
    return [(what, at, level) for what, at, level in known if at is not None]


def _strange_date(subject: Subject) -> str:
    event, today = subject.event, subject.today
    if today > event.ends_on:
        return _("The event was over on {day}.").format(day=f"{event.ends_on:%d/%m/%Y}")
    if event.starts_on - today > _LONG_BEFORE:
        return _("The event begins only on {day}.").format(day=f"{event.starts_on:%d/%m/%Y}")
    return ""


def _other_zone(subject: Subject) -> str:
    wanted = subject.now.astimezone(ZoneInfo(subject.event.zone)).utcoffset() or timedelta()
    here = subject.machine.utc_offset(subject.now)
    if wanted == here:
        return ""
    return _("The laptop's time zone is {here}, the event's is {wanted} ({zone}).").format(
        here=_offset(here), wanted=_offset(wanted), zone=subject.event.zone
    )


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _files_ahead(folder: Path, machine_now: datetime) -> bool:
    """Whether files in the event folder bear times to come; the system wrote these, whatever clock the event has."""
    newest = 0.0
    for part in PARTS:
        for file in (folder / part).glob("*"):
            with suppress(OSError):
                newest = max(newest, file.stat().st_mtime)
    return newest > (machine_now + _FILES_SLACK).timestamp()
