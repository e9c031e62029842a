"""Who still owes and is owed: outstanding documents and submissions as plain tables."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from station.documents.outstanding import Outstanding
from station.documents.submissions import Expected
from station.i18n import N_, _, pick
from station.model.event import Event, Session
from station.model.submission import How, Submission, SubmissionKind
from station.reports.tables import Table, local, marked

KIND_NAMES = {
    SubmissionKind.SLIDES: N_("slides"),
    SubmissionKind.VIDEO: N_("video"),
    SubmissionKind.POSTER: N_("poster"),
    SubmissionKind.REPORT: N_("report"),
    SubmissionKind.OTHER: N_("other"),
}
HOW_NAMES = {How.FILE: N_("file"), How.PAPER: N_("on paper"), How.NONE: N_("has none")}


def outstanding_table(event: Event, lines: Sequence[Outstanding]) -> Table:
    """A row for each document that somebody who came has not received."""
    rows = tuple(
        (
            number,
            line.document.code,
            pick(line.document.title, line.document.title_en),
            line.document.version,
            line.held_version,
            line.delegate.code,
            line.delegate.name,
            line.delegate.unit,
            line.delegate.category,
        )
        for number, line in enumerate(lines, 1)
    )
    columns = (
        _("No."), _("Document"), _("Document title"), _("Version"), _("Has version"), _("Code"), _("Full name"),
        _("Unit"), _("Category"),
    )  # fmt: skip
    return marked(Table(_("Documents still due"), columns, rows, _above(event)), event)


def submissions_table(event: Event, sessions: Sequence[Session], lines: Sequence[Expected]) -> Table:
    """A row for each submission of each delegate, received or owed."""
    zone = ZoneInfo(event.zone)
    rows = tuple(
        (
            number,
            line.delegate.code,
            line.delegate.name,
            line.delegate.unit,
            line.submission.code,
            line.submission.title,
            _(KIND_NAMES[line.submission.kind]),
            line.submission.session,
            local(due_of(line.submission, sessions), zone),
            _(HOW_NAMES[line.received.how]) if line.received else _("owed"),
            local(line.received.at, zone) if line.received else None,
            line.received.station if line.received else "",
            line.received.file_name if line.received else "",
        )
        for number, line in enumerate(lines, 1)
    )
    columns = (
        _("No."), _("Code"), _("Full name"), _("Unit"), _("Submission"), _("Title"), _("Kind"), _("Session"), _("Due"),
        _("State"), _("Received at"), _("Station"), _("File"),
    )  # fmt: skip
    return marked(Table(_("Submissions"), columns, rows, _above(event)), event)


def due_of(submission: Submission, sessions: Sequence[Session]) -> datetime | None:
    """When it is due: its own time, else when its session opens; None for no time."""
    if submission.due_at is not None:
        return submission.due_at
    return next((session.opens_at for session in sessions if session.id == submission.session), None)


def _above(event: Event) -> tuple[str, ...]:
    return tuple(line for line in (event.organiser, pick(event.name, event.name_en)) if line)
