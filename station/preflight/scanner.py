"""Whether a scanner was tried on this machine; only a person can try one, so it is remembered."""

from station.i18n import _
from station.preflight import trials
from station.preflight.check import Check, Level
from station.preflight.subject import Subject

NAME = "scanner"


def check_scanner(subject: Subject) -> Check:
    """Green after a test code arrived whole, not too long ago."""
    trial = trials.latest(subject.settings, trials.SCANNER)
    advice = _("Test the scanner, if this desk has one: scan the test code.")
    if trial is None:
        return Check(NAME, Level.WARN, _("No scanner has been tried on this laptop."), advice)
    at = subject.told(trial.at)
    if not trial.passed:
        said = _("The scanner tried on {at} changes the digits of codes.").format(at=at)
        return Check(NAME, Level.WARN, said, _("Use another scanner, or set this one as its test says."))
    said = _("A scanner was tried on {at}: codes arrive whole.").format(at=at)
    if trials.holds(trial, subject.now):
        return Check(NAME, Level.OK, said)
    return Check(NAME, Level.WARN, said, _("That is some days ago: try it again."))
