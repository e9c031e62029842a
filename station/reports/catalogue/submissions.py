"""What delegates were to bring in: received or owed."""

from collections.abc import Callable
from datetime import datetime

from station.documents.submissions import Expected
from station.i18n import N_, _
from station.reports.facts import Facts
from station.reports.owing import HOW_NAMES, KIND_NAMES, due_of
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.reports.tables import Cell, local


def _how(line: Expected) -> str:
    return _(HOW_NAMES[line.received.how]) if line.received else _("owed")


def _times(facts: Facts) -> tuple[Column[Expected], ...]:
    def column(key: str, heading: str, at: Callable[[Expected], datetime | None]) -> Column[Expected]:
        def value(line: Expected) -> Cell:
            return local(at(line), facts.zone)

        return Column(key, heading, value, 19)

    return (
        column("due", _("Due"), lambda line: due_of(line.submission, facts.sessions)),
        column("at", _("Received at"), lambda line: line.received.at if line.received else None),
    )


REPORT = Report(
    "submissions",
    130,
    N_("Submissions"),
    N_("What delegates were to bring in: received or owed."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        *person_columns(lambda line: line.delegate),
        Column("submission", N_("Submission"), lambda line: line.submission.code, 12),
        Column("title", N_("Title"), lambda line: line.submission.title, 34),
        Column("kind", N_("Kind"), lambda line: _(KIND_NAMES[line.submission.kind]), 12),
        Column("session", N_("Session"), lambda line: line.submission.session, 10),
        Column("state", N_("State"), _how, 14),
        Column("station", N_("Station"), lambda line: line.received.station if line.received else "", 14),
        Column("file", N_("File"), lambda line: line.received.file_name if line.received else "", 30),
        Column("due", N_("Due"), None, 19),
        Column("at", N_("Received at"), None, 19),
    ),
    lambda facts: facts.submissions,
    _times,
)
