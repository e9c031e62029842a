"""Every check in the order in which they are made and listed, and how they are made one after the other."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from station.errors import Cancelled, StationError
from station.i18n import _
from station.preflight import (
    backup,
    camera,
    clock,
    disk,
    documents,
    event,
    fonts,
    power,
    printer,
    roster,
    scanner,
    scanning,
    sessions,
    settings,
    stick,
    unsent,
)
from station.preflight.check import Check, Level
from station.preflight.subject import Progress, Subject

CHECKS: dict[str, Callable[[Subject], Check]] = {
    clock.NAME: clock.check_clock,
    event.NAME: event.check_event,
    sessions.NAME: sessions.check_sessions,
    roster.NAME: roster.check_roster,
    fonts.NAME: fonts.check_fonts,
    documents.NAME: documents.check_documents,
    scanning.NAME: lambda _subject: scanning.check_scanning(),
    scanner.NAME: scanner.check_scanner,
    printer.NAME: printer.check_printer,
    stick.NAME: stick.check_stick,
    disk.NAME: disk.check_disk,
    power.NAME: power.check_power,
    unsent.NAME: unsent.check_unsent,
    backup.NAME: backup.check_backup,
    settings.NAME: settings.check_settings,
    camera.NAME: camera.check_camera,  # the slowest comes last
}
_PARTS = 1000  # of the progress a check
_log = logging.getLogger(__name__)


def run_checks(
    subject: Subject, names: Sequence[str] = (), progress: Progress | None = None
) -> Iterator[Check]:
    """Make the checks of these names, all without any, and give each result when it is there.

    ``progress(done, total)`` may raise Cancelled, which ends it. Nothing else that a check raises does: it becomes
    a red result of that check.
    """
    wanted = [name for name in CHECKS if not names or name in names]
    for number, name in enumerate(wanted):
        yield _made(name, subject if progress is None else _reporting(subject, number, len(wanted), progress))
        if progress is not None:
            progress((number + 1) * _PARTS, len(wanted) * _PARTS)


def _reporting(subject: Subject, number: int, total: int, progress: Progress) -> Subject:
    """The subject for one check, whose own progress is a part of the whole."""

    def part(done: int, of: int) -> None:
        progress(number * _PARTS + (_PARTS * min(done, of) // of if of > 0 else 0), total * _PARTS)

    return replace(subject, progress=part)


def _made(name: str, subject: Subject) -> Check:
    try:
        return CHECKS[name](subject)
    except Cancelled:
        raise
    except StationError as error:
        return Check(name, Level.FAIL, str(error))
    except Exception as error:  # edge: one check that has a bug must not hide what the others found
        _log.exception("the check %s failed", name)
        text = _("This could not be checked: {reason}.").format(reason=str(error) or type(error).__name__)
        return Check(name, Level.FAIL, text, _("Check it by hand, and tell the makers of the program."))
