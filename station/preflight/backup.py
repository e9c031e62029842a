"""Whether there is a recent copy of the event that can be read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.errors import StationError
from station.i18n import _
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import event as event_store
from station.store.connection import DATABASE_NAME, damage_named, reading

NAME = "backup"
_OLD = timedelta(days=1)


def check_backup(subject: Subject) -> Check:
    """Fails when the newest copy cannot be read; warns when there is none, or none of the last day."""
    copies = sorted((subject.files.path / "backups").glob(f"*-{DATABASE_NAME}"))
    advice = _("Make a backup now.")
    if not copies:
        return Check(NAME, Level.WARN, _("There is no backup of this event."), advice)
    newest = copies[-1]
    made_at = _made_at(newest)
    if not _is_whole(newest, subject.event.id):
        text = _("The newest backup ({file}) cannot be read.").format(file=newest.name)
        return Check(NAME, Level.FAIL, text, advice)
    said = _("The newest backup is of {at}.").format(at=subject.told(made_at))
    if subject.now - made_at > _OLD:
        return Check(NAME, Level.WARN, said, advice)
    return Check(
        NAME,
        Level.OK,
        f"{said} " + _("It lies on the disk of the event: an export to a stick lies elsewhere."),
    )


def _made_at(copy: Path) -> datetime:
    try:
        return datetime.strptime(copy.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def _is_whole(copy: Path, event: str) -> bool:
    try:
        with damage_named(copy), reading(copy) as connection:
            return (
                connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                and event_store.event_of(connection).id == event
            )
    except StationError:
        return False
