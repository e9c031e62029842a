"""How jobs and printers are said in a row."""

from zoneinfo import ZoneInfo

from station.badges.printers import printer_label
from station.badges.profiles import Printing, When
from station.badges.worker import Hold
from station.i18n import N_, _
from station.model.print_job import Job, JobState, Roll
from ui.widgets.row_list import Row

STATES = {
    JobState.QUEUED: (N_("Waits"), "clock", "muted"),
    JobState.SENT: (N_("On its way to {printer}"), "send", "accent"),
    JobState.UNKNOWN: (N_("Nobody knows whether it is printed"), "circle-question-mark", "warning"),
    JobState.DONE: (N_("Printed"), "circle-check", "positive"),
    JobState.FAILED: (N_("Not printed"), "octagon-x", "negative"),
    JobState.CANCELLED: (N_("Cancelled"), "ban", "muted"),
}
WHENS = {
    When.FIRST: N_("At the first admission"),
    When.ALWAYS: N_("At every admission"),
    When.DEMAND: N_("Only when the clerk asks (F7)"),
    When.NEVER: N_("Never at this desk"),
}


def job_row(job: Job, zone: ZoneInfo) -> Row:
    """A job with its state, reason and time."""
    words, icon, role = STATES[job.state]
    state = _(words).format(printer=printer_label(job.printer))
    if job.state is JobState.DONE and job.printer:
        handed = _("Printed on {printer}") if job.confirmed else _("Handed to {printer}")
        state = handed.format(printer=printer_label(job.printer))
    at = job.printed_at or job.wished_at
    again = _("again: {reason}").format(reason=job.why) if job.why else ""
    return Row(
        job.name,
        " · ".join(filter(None, (state, job.reason, again, job.code, job.desk))),
        f"{at.astimezone(zone):%H:%M}",
        icon,
        role,
        str(job.number),
        muted=job.state in (JobState.DONE, JobState.CANCELLED),
    )


def printer_row(printer: str, printing: Printing, hold: Hold | None, roll: Roll) -> Row:
    """A printer with what it does, how much it printed, and what is left on its roll."""
    counted = _("{count} printed").format(count=roll.printed)
    low = roll.left is not None and roll.left <= printing.profile(printer).warn_at
    left = _("{count} left on the roll").format(count=roll.left) if roll.left is not None else ""
    categories = ", ".join(category for category, name in printing.by_category.items() if name == printer)
    if hold is not None:
        icon, role = ("pause", "muted") if hold.until is None else ("printer-x", "negative")
        return Row(printer_label(printer), hold.reason, left, icon, role, printer)
    icon, role = ("triangle-alert", "warning") if low else ("printer", "accent")
    detail = " · ".join(filter(None, (counted, left, categories)))
    return Row(printer_label(printer), detail, "", icon, role, printer)
