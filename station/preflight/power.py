"""Whether the laptop will still run after the opening ceremony."""

from station.i18n import _
from station.preflight.battery import Battery
from station.preflight.check import Check, Level
from station.preflight.subject import Subject

NAME = "power"
LOW_PERCENT = 30


def check_power(subject: Subject) -> Check:
    """See :func:`judged`."""
    return judged(subject.machine.battery())


def judged(battery: Battery | None) -> Check:
    """On battery it warns, below 30 % it fails; a machine without battery is well as long as it runs."""
    if battery is None:
        return Check(NAME, Level.OK, _("This computer has no battery and runs from the mains."))
    low = battery.percent is not None and battery.percent < LOW_PERCENT
    full = "?" if battery.percent is None else battery.percent
    if battery.plugged:
        said = _("Plugged in; the battery is at {percent} %.").format(percent=full)
        if low:
            return Check(NAME, Level.WARN, said, _("Leave it plugged in over night."))
        return Check(NAME, Level.OK, said)
    said = _("Not plugged in; the battery is at {percent} %.").format(percent=full)
    return Check(
        NAME, Level.FAIL if low else Level.WARN, said, _("Plug in the charger, and take it to the desk.")
    )
