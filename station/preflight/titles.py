"""What the checks and their levels are called, on the screen and on paper."""

from collections.abc import Sequence

from station.i18n import N_, _, ngettext
from station.preflight.check import Check, Level, worst

_TITLES = {
    "clock": N_("Date and time"),
    "event": N_("Event folder"),
    "sessions": N_("Sessions"),
    "roster": N_("Roster"),
    "fonts": N_("Letters on badges"),
    "documents": N_("Documents"),
    "scanning": N_("Reading codes"),
    "scanner": N_("Scanner"),
    "printer": N_("Printer"),
    "stick": N_("USB stick"),
    "disk": N_("Disk"),
    "power": N_("Power"),
    "unsent": N_("Exports and badges"),
    "backup": N_("Backup"),
    "settings": N_("Sound and settings"),
    "camera": N_("Camera"),
}
_WORDS = {Level.OK: N_("Good"), Level.WARN: N_("Look at it"), Level.FAIL: N_("Must be mended")}


def title_of(name: str) -> str:
    """What a check is called."""
    return _(_TITLES.get(name, name))


def word_of(level: Level) -> str:
    """What a level is called."""
    return _(_WORDS[level])


def verdict_on(checks: Sequence[Check]) -> str:
    """The state of the whole machine in one line."""
    level = worst(checks)
    points = sum(check.level is level for check in checks)
    if level is Level.FAIL:
        text = ngettext(
            "Not ready: {count} point must be mended", "Not ready: {count} points must be mended", points
        )
        return text.format(count=points)
    if level is Level.WARN:
        text = ngettext("Look at {count} point", "Look at {count} points", points)
        return text.format(count=points)
    return _("Ready for the doors")
