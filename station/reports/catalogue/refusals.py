"""Every scan that was refused, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_, _
from station.model.delegate import Delegate
from station.model.verdict import Reason, Source
from station.reports.facts import Counted, Facts
from station.reports.people import SOURCES, person_columns
from station.reports.report import Column, Format, Report
from station.store import reports
from station.store.reports import Refused

REASONS = {
    Reason.MISREAD: N_("Misread"),
    Reason.FORGED: N_("Not genuine"),
    Reason.UNKNOWN: N_("Unknown code"),
    Reason.WRONG_EVENT: N_("Another event"),
    Reason.REVOKED: N_("Code revoked"),
    Reason.BLOCKED: N_("Blocked"),
    Reason.WITHDRAWN: N_("Withdrawn"),
    Reason.NOT_ON_ROSTER: N_("Not on this roster"),
    Reason.NOT_YET_OPEN: N_("Not open yet"),
    Reason.CLOSED: N_("Closed"),
    Reason.NOT_ENTITLED: N_("Not entitled"),
    Reason.ALREADY_IN: N_("Already in"),
    Reason.NOT_IN: N_("Not in"),
    Reason.AMBIGUOUS: N_("Several delegates"),
    Reason.SUBSTITUTED: N_("Someone else came"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One refused scan."""

    at: datetime | None
    delegate: Delegate | None
    told: Refused


def reason_words(reason: str) -> str:
    """A reason in words; one that a newer program wrote stays as it is."""
    return _(REASONS[Reason(reason)]) if reason in set(Reason) else reason


def _source(source: str) -> str:
    return _(SOURCES[Source(source)]) if source in set(Source) else source


def _rows(facts: Facts) -> Counted[Line]:
    return Counted(
        reports.refusal_count(facts.connection),
        lambda: (
            Line(facts.local(each.at), facts.by_id.get(each.delegate), each)
            for each in reports.refusals(facts.connection)
        ),
    )


REPORT = Report(
    "refusals",
    90,
    N_("Refusals"),
    N_("Every scan that was refused, with the reason."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("at", N_("At"), lambda line: line.at, 19),
        Column("session", N_("Session"), lambda line: line.told.session, 10),
        Column("direction", N_("Direction"), lambda line: _("out") if line.told.out else _("in"), 10),
        Column("reason", N_("Reason"), lambda line: reason_words(line.told.reason), 22),
        *person_columns(lambda line: line.delegate),
        Column("source", N_("Recorded by"), lambda line: _source(line.told.source), 13),
        Column("station", N_("Station"), lambda line: line.told.station, 14),
    ),
    _rows,
)
