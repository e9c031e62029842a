"""Whether there is a printer, and whether a person saw a good test page come out of it."""

from station.i18n import _
from station.preflight import trials
from station.preflight.check import Check, Level
from station.preflight.roster import named
from station.preflight.subject import Subject

NAME = "printer"


def check_printer(subject: Subject) -> Check:
    """Warns until a person said that a test page is good; badges as PDF never need a printer, so it never fails."""
    if subject.machine.printers is None:
        return Check(
            NAME,
            Level.WARN,
            _("Printers can be asked for in the window only."),
            _("Open the event, then Prepare, Ready for the doors."),
        )
    printers = subject.machine.printers()
    if not printers:
        return Check(
            NAME,
            Level.WARN,
            _("No printer is installed on this laptop."),
            _("Install one to print badges here, or write them as a PDF and print that elsewhere."),
        )
    installed = _("Installed: {printers}.").format(printers=named(printers))
    trial = trials.latest(subject.settings, trials.PRINTER)
    if trial is None or trial.what not in printers:
        return Check(
            NAME,
            Level.WARN,
            f"{installed} " + _("No test page was printed."),
            _("Print the test page and look at it."),
        )
    values = {"printer": trial.what, "at": subject.told(trial.at)}
    if not trial.passed:
        said = _("The test page from {printer} on {at} was not good.").format(**values)
        return Check(
            NAME,
            Level.WARN,
            said,
            _("Set the paper and the scaling of the printer to 100 %, then print it again."),
        )
    said = _("The test page from {printer} on {at} was good.").format(**values)
    if trials.holds(trial, subject.now):
        return Check(NAME, Level.OK, said)
    return Check(NAME, Level.WARN, said, _("That is some days ago: print it again."))
